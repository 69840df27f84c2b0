"""Whether a capital or a state stands for its government or only says where something is."""

from spacy.tokens import Token

from detente.reading.mention_words import mention_words

_AT = frozenset({"in", "at", "near", "inside", "across", "throughout", "outside", "within", "around"})


_DATELINE = 6
_SHORTEST = 4


def is_place(token: Token, depth: int = 0) -> bool:
    """Tell whether a capital's name is a place here: "met in Moscow", "flew to Beijing", "the Helsinki summit"."""
    words, head, dep = mention_words(), token.head, token.dep_
    if is_dateline(token):
        return True
    if head.i == token.i:
        return False
    if dep == "conj" and depth < 4:
        return is_place(head, depth + 1)
    if dep == "pobj":
        return _after_preposition(head)
    if dep == "dobj":
        return head.lemma_ in words.place_verbs
    if dep in ("compound", "nmod", "amod", "poss"):
        return dep != "poss" and head.lemma_.lower() in words.place_events
    if dep == "npadvmod":
        return head.lower_ in words.based or head.pos_ == "VERB"
    if dep == "appos":
        return head.pos_ == "PROPN" and head.i == token.i - 2
    return False


def is_dateline(token: Token) -> bool:
    """Tell whether a name in capitals stands before the dash that opens a report: "BRUSSELS, May 3 — "."""
    start = token.sent.start
    if not token.text.isupper() or len(token.text) < _SHORTEST or token.i - start > _DATELINE:
        return False
    return any(t.text in ("—", "–", "-", "--") for t in token.doc[token.i + 1 : token.i + 2 + _DATELINE])


def is_location(token: Token, depth: int = 0) -> bool:
    """Tell whether a state's name only says where: "in Japan", "across Ukraine", "Lviv, Ukraine"."""
    if token.dep_ == "conj" and depth < 4:
        return is_location(token.head, depth + 1)
    if token.dep_ == "pobj":
        return token.head.lower_ in _AT
    return token.dep_ == "appos" and token.head.pos_ == "PROPN" and token.head.i == token.i - 2


def _after_preposition(preposition: Token) -> bool:
    words, name, governor = mention_words(), preposition.lower_, preposition.head
    if name in words.place_prepositions:
        return True
    if name in ("to", "from", "for", "towards", "toward"):
        return governor.lemma_.lower() in words.motion or governor.pos_ == "ADP"
    return name == "of" and governor.lemma_.lower() in words.parts
