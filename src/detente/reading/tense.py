"""Whether the clause around a token lies ahead of the report: future, planned, or scheduled."""

from spacy.tokens import Token

from detente.reading.time_patterns import time_words

_VERBAL = ("VERB", "AUX")
_TIMETABLE = frozenset({"begin", "open", "start", "end", "expire", "expect", "plan"})


def is_ahead(token: Token) -> bool:
    """Tell whether the act that a time expression headed by ``token`` dates is still to come."""
    words = time_words()
    preposition = token.head.lemma_.lower() if token.dep_ == "pobj" else ""
    governor = token
    while governor.pos_ not in _VERBAL and governor.head != governor:
        governor = governor.head
        if governor.lemma_ in words.planning and preposition == "for":
            return True
        if governor.lower_ == "due":
            return True
    if governor.pos_ not in _VERBAL:
        return False
    return _verb_is_ahead(governor, 0) or (preposition in words.ahead and not _is_past(governor))


def _verb_is_ahead(verb: Token, depth: int) -> bool:
    words = time_words()
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(a.lower_ in ("have", "has", "had", "having") for a in auxiliaries):
        return False
    if any(a.lower_ in words.future for a in auxiliaries):
        return True
    if any(a.lower_ == "to" for a in auxiliaries):
        governor = verb.head
        return governor.lemma_ in words.planning or (governor.lemma_ == "be" and governor.tag_ in ("VBZ", "VBP"))
    if verb.dep_ in ("conj", "advcl", "ccomp", "xcomp", "relcl") and verb.tag_ in ("VB", "VBG") and depth < 3:
        return verb.head.pos_ in _VERBAL and _verb_is_ahead(verb.head, depth + 1)
    present = verb.tag_ in ("VBZ", "VBP") or (
        verb.tag_ in ("VBG", "VBN") and any(a.tag_ in ("VBZ", "VBP") for a in auxiliaries)
    )
    if any(child.lower_ == "due" for child in verb.children):
        return True
    if not present or (verb.dep_ == "relcl" and verb.lemma_ not in _TIMETABLE):
        return False
    return (
        verb.tag_ == "VBG" or verb.lemma_ in words.planning or (verb.tag_ != "VBN" and verb.lemma_ in words.scheduled)
    )


def _is_past(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBN") or any(child.tag_ == "VBD" for child in verb.children if child.dep_ == "aux")
