"""Statements without a cue verb: "according to X", "in X's view", "the claim that", "X: …"."""

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.codes import Stance
from detente.reading.statements_attribution import Attribution, attribution
from detente.reading.statements_lexicon import statement_lexicon
from detente.reading.statements_source import source_of
from detente.reading.syntax import is_verbal, kid, kids


def phrase_statements(sentence: Tokens) -> list[Attribution]:
    """Return the attributions of a sentence whose cue is a phrase or a noun."""
    found = []
    for token in sentence:
        one = None
        if token.lower_ == "according":
            one = _according(token, sentence)
        elif token.lower_ == "in" and token.dep_ == "prep":
            one = _view(token, sentence)
        elif token.pos_ == "NOUN" and token.lemma_ in statement_lexicon().nouns:
            one = _noun(token)
        if one is not None:
            found.append(one)
    return found


def _according(token: Token, sentence: Tokens) -> Attribution | None:
    to = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    source = kid(to, "pobj") if to is not None and to.lower_ == "to" else None
    if to is None or source is None:
        return None
    parts = _around(token.i, source.right_edge.i + 1, sentence)
    return attribution(source, token.doc[token.i : to.i + 1], parts, Stance.ASSERT, "phrase: according to")


def _view(preposition: Token, sentence: Tokens) -> Attribution | None:
    noun = kid(preposition, "pobj")
    if noun is None or noun.lemma_ not in statement_lexicon().views:
        return None
    owner = kid(noun, "poss")
    of = next((c for c in kids(noun, "prep") if c.lower_ == "of"), None)
    source = owner if owner is not None else (kid(of, "pobj") if of is not None else None)
    if source is None:
        return None
    end = max(noun.i, source.right_edge.i if owner is None else noun.i) + 1
    parts = _around(preposition.i, end, sentence)
    cue_end = noun.i + 1 if owner is not None or of is None else of.i + 1
    cue = preposition.doc[preposition.i : cue_end]
    return attribution(source, cue, parts, Stance.ASSERT, f"phrase: in the {noun.lemma_} of")


def _around(start: int, end: int, sentence: Tokens) -> list[Tokens]:
    """Return what the sentence says outside a phrase, within the phrase's own part between semicolons."""
    doc = sentence.doc
    lower = max((t.i + 1 for t in doc[sentence.start : start] if t.text == ";"), default=sentence.start)
    upper = next((t.i for t in doc[end : sentence.end] if t.text == ";"), sentence.end)
    before, after = doc[lower:start], doc[end:upper]
    if len(before) < 3:
        return [after] if len(after) else []
    if not any(is_verbal(t) for t in after):
        return [before]
    return [before, after]


def _noun(noun: Token) -> Attribution | None:
    clause = next((c for c in noun.rights if c.dep_ in ("acl", "ccomp") and _takes(c)), None)
    if clause is None and noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        clause = next((c for c in noun.head.rights if c.dep_ == "ccomp" and _takes(c)), None)
    source = _owner(noun) if clause is not None else None
    if clause is None or source is None:
        return None
    doc = noun.doc
    content = doc[clause.left_edge.i : clause.right_edge.i + 1]
    stance = statement_lexicon().nouns[noun.lemma_]
    return attribution(source, doc[noun.i : noun.i + 1], [content], stance, f"noun: {noun.lemma_}")


def _takes(clause: Token) -> bool:
    return any(c.lower_ in ("that", "to") and c.dep_ in ("mark", "aux") for c in clause.lefts)


def _owner(noun: Token) -> Token | None:
    owner = kid(noun, "poss")
    if owner is not None or noun.dep_ == "nsubj":
        return owner
    for prep in kids(noun, "prep", "agent"):
        if prep.lower_ in ("by", "of", "from"):
            return kid(prep, "pobj")
    if noun.dep_ == "dobj" and is_verbal(noun.head):
        return source_of(noun.head)
    return None
