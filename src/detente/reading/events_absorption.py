"""Which acts another act wraps: what is requested, threatened, promised, refused or lifted is not coded on its own."""

from spacy.tokens import Token

from detente.reading.syntax import is_verbal

_CLAUSES = frozenset({"xcomp", "ccomp", "pcomp", "acl", "conj", "advcl"})
_WRAPPING = frozenset({"to", "for", "of", "with", "on", "from", "against", "over"})


def absorbed_by(trigger: Token) -> set[int]:
    """Return the indices of the verbs in the complement of a wrapping act and of the nouns that are its objects.

    Relative clauses keep their acts ("urged Japan to lift the curbs that it imposed in July"): these happened.
    """
    found: set[int] = set()
    stack = [c for c in trigger.children if c.i > trigger.i and c.dep_ not in ("conj", "relcl", "advcl", "nsubj")]
    while stack:
        token = stack.pop()
        if token.dep_ == "relcl" or (token.dep_ == "acl" and token.tag_ == "VBN"):
            continue
        if is_verbal(token) or _is_wrapped_noun(token, trigger):
            found.add(token.i)
        stack.extend(token.children)
    return found


def _is_wrapped_noun(noun: Token, trigger: Token) -> bool:
    if noun.dep_ == "dobj":
        return True
    if noun.dep_ in ("conj", "compound"):
        return _is_wrapped_noun(noun.head, trigger)
    if noun.dep_ == "pobj" and noun.head.lower_ in _WRAPPING:
        above = noun.head.head
        return above.i == trigger.i or above.dep_ in ("dobj", "pobj", "xcomp", "prt")
    return False
