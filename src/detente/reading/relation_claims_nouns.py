"""Signs around nouns: "relations have soured", "the thaw ended", "softening its line toward B"."""

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.codes import Direction
from detente.reading.relation_claims_lexicon import relation_lexicon
from detente.reading.relation_claims_parties import Parties
from detente.reading.relation_claims_sign import Sign, stretch
from detente.reading.syntax import is_passive, is_verbal, kid, kids

BETTER, WORSE, STABLE = Direction.BETTER, Direction.WORSE, Direction.STABLE
_TOWARD = ("toward", "towards", "to", "on", "with", "against")


def noun_sign(noun: Token, parties: Parties) -> Sign | None:
    """Return the sign that a relation noun heads, or None when nothing is said of it."""
    kind = relation_lexicon().nouns.get(noun.lemma_.lower())
    if kind is None or noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ == "compound":
        return None
    if kind == "policy":
        return _policy(noun, parties)
    said = _predicate(noun, kind) or _attribute(noun, kind) or _change(noun) or _bare(noun, kind, parties)
    if said is None:
        return None
    direction, anchor, why = said
    named = parties.around(noun)
    if not named and kind == "neutral" and noun.lemma_.lower() not in ("relation", "tie", "relationship", "trust"):
        return None
    return Sign(_evidence(noun, anchor), anchor, direction, named, frozenset(), f"{kind} noun: {noun.lemma_}; {why}")


_Said = tuple[Direction, Token, str]


def _predicate(noun: Token, kind: str) -> _Said | None:
    """Read the verb over a relation noun that is its subject or its object."""
    verb = _governor(noun)
    if verb is None:
        return None
    lemma = verb.lemma_.lower()
    lexicon = relation_lexicon()
    if lemma in lexicon.verbs["formal"] and noun.dep_ == "dobj" and kind == "neutral":
        return None
    if lemma in lexicon.verbs["rethink"] and noun.dep_ == "dobj" and kind == "friendship":
        return WORSE, verb, f"verb {lemma}"
    if lemma == "freeze" and is_passive(verb) and any(c.lower_ in ("have", "has", "had") for c in verb.lefts):
        return STABLE, verb, f"verb {lemma}"
    if lexicon.does(lemma, "copulas") and noun.dep_ in ("nsubj", "nsubjpass"):
        found = _copular(verb, lemma, kind)
        if found is not None:
            return found
    direction = direction_of(lemma, kind) or _turned(verb, kind)
    return (direction, verb, f"verb {lemma}") if direction is not None else _depth(verb)


def _turned(verb: Token, kind: str) -> Direction | None:
    """Read the way in which a neutral verb takes a relation ("change relations in a positive direction")."""
    lexicon = relation_lexicon()
    if not lexicon.does(verb.lemma_.lower(), "turn") or kind != "neutral":
        return None
    ways = {t.lower_ for p in kids(verb, "prep", "advmod") for t in p.subtree}
    if ways & lexicon.adjectives["upward"]:
        return BETTER
    return WORSE if ways & lexicon.adjectives["downward"] else None


def _governor(noun: Token) -> Token | None:
    head = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass", "dobj") and is_verbal(head):
        return head
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        return _governor(noun.head)
    inside = next((c for c in kids(noun, "acl", "relcl") if is_verbal(c)), None)
    if inside is not None and direction_of(inside.lemma_.lower(), "neutral") is not None and inside.i > noun.i:
        return inside
    return None


def direction_of(lemma: str, kind: str) -> Direction | None:
    """Return where a verb moves a relation of a kind (neutral, friendship, thaw, quarrel), None if nowhere."""
    lexicon = relation_lexicon()
    bad = kind == "quarrel"
    if lexicon.does(lemma, "improve"):
        return BETTER
    if bad and (lexicon.does(lemma, "intensify") or lexicon.does(lemma, "begin")):
        return WORSE
    if lexicon.does(lemma, "end") and kind != "neutral":
        return BETTER if bad else WORSE
    if lexicon.does(lemma, "spoil"):
        return WORSE
    if lexicon.does(lemma, "intensify"):
        return BETTER
    if lexicon.does(lemma, "begin") and kind == "thaw":
        return BETTER
    if lexicon.does(lemma, "keep"):
        return {"quarrel": WORSE, "thaw": BETTER}.get(kind, STABLE)
    return None


def _copular(verb: Token, lemma: str, kind: str) -> _Said | None:
    lexicon = relation_lexicon()
    becoming = lemma in lexicon.verbs["becoming"]
    for said in _complements(verb):
        word = said.lower_
        if word in lexicon.adjectives["same"]:
            return STABLE, verb, f"{lemma} {word}"
        better = word in lexicon.adjectives["good"]
        if better or word in lexicon.adjectives["bad"] or said.lemma_ in lexicon.adjectives["low"]:
            moved = becoming or said.tag_ in ("JJR", "JJS", "RBR") or word in ("over", "dead", "crisis", "point")
            direction = (BETTER if better else WORSE) if moved else STABLE
            if kind == "quarrel" and word == "over":
                direction = BETTER
            return direction, verb, f"{lemma} {word}"
        if said.tag_ in ("VBN", "VBG", "VBD") and (found := direction_of(said.lemma_.lower(), kind)) is not None:
            return found, verb, f"{lemma} {word}"
    return None


def _complements(verb: Token) -> list[Token]:
    found: list[Token] = []
    for child in kids(verb, "acomp", "attr", "advmod", "oprd", "prep", "dobj", "xcomp"):
        if child.i < verb.i:
            continue
        found.append(child)
        if child.dep_ in ("prep", "attr", "dobj", "acomp"):
            found.extend(child.subtree)
    return found


def _depth(verb: Token) -> _Said | None:
    """Read "reached their lowest point", "hit a low"."""
    lexicon = relation_lexicon()
    for said in verb.subtree:
        if said.i > verb.i and (said.lower_ in ("lowest", "worst") or said.lemma_ in lexicon.adjectives["low"]):
            return WORSE, verb, f"verb {verb.lemma_}, {said.lower_}"
    return None


def _attribute(noun: Token, kind: str) -> _Said | None:
    """Read the adjective before a relation noun ("warm relations", "worsening ties")."""
    lexicon = relation_lexicon()
    for adjective in kids(noun, "amod"):
        word = adjective.lower_
        if word in lexicon.adjectives["worsening"]:
            return (WORSE, noun, f"adjective {word}")
        if word in lexicon.adjectives["improving"] and not (word == "new" and kind == "neutral"):
            return (WORSE if kind == "quarrel" else BETTER, noun, f"adjective {word}")
        if kind in ("neutral", "friendship") and word in lexicon.adjectives["good"] | lexicon.adjectives["bad"]:
            return (STABLE, noun, f"adjective {word}")
    return None


def _change(noun: Token) -> _Said | None:
    """Read a noun of change over a relation noun ("deterioration in relations", "improvement of ties")."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "of"):
        return None
    head = noun.head.head
    change = relation_lexicon().changes.get(head.lemma_.lower())
    if change is None or change == "shift":
        return None
    return (Direction(change), head, f"change {head.lemma_}")


def _bare(noun: Token, kind: str, parties: Parties) -> _Said | None:
    if kind == "thaw" and noun.lemma_ != "opening":
        return BETTER, noun, "by itself"
    named = parties.around(noun)
    known = bool(named) or (parties.last is not None and noun.lemma_ not in ("tension", "discord"))
    if kind == "quarrel" and noun.lemma_ not in ("row", "ice", "distance", "freeze", "standoff") and known:
        return WORSE, noun, "by itself"
    if kind == "friendship" and len(named) >= 2:
        return STABLE, noun, "by itself"
    return None


def _policy(noun: Token, parties: Parties) -> Sign | None:
    """Read a government's line toward another actor that moves."""
    toward = [p for p in kids(noun, "prep") if p.lower_ in _TOWARD]
    verb = _governor(noun) or (noun.head if noun.dep_ in ("dobj", "nsubj", "nsubjpass") else None)
    if verb is None and noun.dep_ == "pobj" and is_verbal(noun.head.head) and noun.head.lower_ == "to":
        verb = noun.head.head
    if verb is None and noun.dep_ == "pobj":
        return _policy_change(noun, parties, toward)
    if verb is None or not is_verbal(verb):
        return None
    direction = _policy_direction(noun, verb)
    other = frozenset(c for p in (*toward, *_verb_toward(verb)) for g in kids(p, "pobj") for c in parties.of(g))
    if direction is None or not other:
        return None
    owner = kid(noun, "poss")
    own = parties.of(owner) if owner is not None else parties.around(noun) - other
    own = own or parties.subject(verb)
    return Sign(
        _evidence(noun, verb), verb, direction, own - other, other, f"policy noun: {noun.lemma_}; verb {verb.lemma_}"
    )


def _verb_toward(verb: Token) -> list[Token]:
    return [p for p in kids(verb, "prep") if p.lower_ in ("toward", "towards")]


def _policy_direction(noun: Token, verb: Token) -> Direction | None:
    lexicon = relation_lexicon()
    lemma = verb.lemma_.lower()
    if lemma in lexicon.policy_verbs:
        return Direction(lexicon.policy_verbs[lemma])
    if lexicon.does(lemma, "copulas"):
        for said in _complements(verb):
            if said.lower_ in lexicon.adjectives["same"]:
                return STABLE
            if said.lemma_ in lexicon.policy_verbs and said.tag_.startswith("VB"):
                return Direction(lexicon.policy_verbs[said.lemma_])
    return None


def _policy_change(noun: Token, parties: Parties, toward: list[Token]) -> Sign | None:
    change = noun.head.head
    kind = relation_lexicon().changes.get(change.lemma_.lower())
    if kind is None or noun.head.lower_ not in ("of", "in"):
        return None
    other = frozenset(c for p in toward for g in kids(p, "pobj") for c in parties.of(g))
    owner = kid(noun, "poss")
    own = parties.of(owner) if owner is not None else frozenset()
    if not other and noun.lemma_ != "course":
        return None
    direction = WORSE if kind == "worse" else BETTER
    why = f"policy noun: {change.lemma_} of {noun.lemma_}"
    return Sign(_evidence(noun, change), change, direction, own - other, other, why)


def _evidence(noun: Token, anchor: Token) -> Tokens:
    """Return the words from the noun's phrase to the anchor and its complements, cut at a relative clause or comma."""
    last = max(
        _phrase_end(noun), anchor.i, *(_phrase_end(c) for c in kids(anchor, "acomp", "attr", "prt", "advmod")), 0
    )
    first = min(noun.left_edge.i, anchor.i)
    return noun.doc[first : last + 1]


def _phrase_end(noun: Token) -> int:
    end = noun.right_edge.i
    for token in noun.doc[noun.i + 1 : end + 1]:
        if token.dep_ in ("relcl", "acl", "advcl") or token.text in (",", ";", ":", "—", "–", '"', "”", "“"):
            return min(end, token.left_edge.i, token.i) - 1 if token.is_punct else max(token.left_edge.i - 1, noun.i)
    return end


def pronoun_sign(verb: Token) -> Sign | None:
    """Read "They soured further": a verb said of relations alone, with a pronoun for a subject."""
    subject = kid(verb, "nsubj", "nsubjpass")
    if subject is None or subject.lower_ not in ("they", "these", "those", "it"):
        return None
    lexicon = relation_lexicon()
    lemma = verb.lemma_.lower()
    if not lexicon.does(lemma, "alone") or kid(verb, "dobj") is not None:
        return None
    direction = BETTER if lexicon.does(lemma, "improve") else WORSE
    return Sign(stretch(subject, verb), verb, direction, frozenset(), frozenset(), f"pronoun: {lemma}")
