"""Shared helpers over spaCy dependency parses (ClearNLP labels of the English pipelines)."""

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
PASSIVES = frozenset({"nsubjpass", "auxpass"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def kids(token: Token, *deps: str) -> list[Token]:
    """Return the direct dependents with one of the given labels, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def kid(token: Token, *deps: str) -> Token | None:
    """Return the first direct dependent with one of the given labels."""
    return next((child for child in token.children if child.dep_ in deps), None)


def is_verbal(token: Token) -> bool:
    """Tell whether a token is a verb form used as one (participles before nouns are not)."""
    return token.pos_ in VERBAL and token.dep_ not in ("amod", "compound")


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is passive: marked as such, or a bare past participle after a noun."""
    if any(child.dep_ in PASSIVES for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "acl":
        return True
    if verb.dep_ == "conj" and not any(child.dep_ in ("aux", "nsubj", "dobj") for child in verb.children):
        return is_passive(verb.head)
    return False


def conjuncts(token: Token) -> list[Token]:
    """Return a token and everything coordinated under it ("Japan, China and Korea"), in text order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i:
            found.extend(conjuncts(child))
    return found


def objects_of_prepositions(token: Token, prepositions: frozenset[str] | None = None) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, object) for the prepositional phrases directly under a token.

    Nested prepositions are followed ("out of the country" yields both "out" and "of"). ``None`` admits all.
    """
    for prep in token.children:
        if prep.dep_ in ("prep", "agent", "dative") and prep.pos_ in ("ADP", "SCONJ", "ADV", "VERB", "PART"):
            name = prep.lower_
            for child in prep.children:
                if child.dep_ in ("pobj", "pcomp") and (prepositions is None or name in prepositions):
                    yield name, child
                elif child.dep_ == "prep":
                    for grandchild in child.children:
                        if grandchild.dep_ in ("pobj", "pcomp") and (
                            prepositions is None or child.lower_ in prepositions or name in prepositions
                        ):
                            yield child.lower_, grandchild


def clause_of(token: Token) -> Token:
    """Return the verb that heads the clause in which a token stands (the root if there is none)."""
    while not is_verbal(token) and token.head.i != token.i:
        token = token.head
    return token


def ancestors_within(token: Token, limit: int = 40) -> Iterator[Token]:
    """Yield a token's heads upward, at most ``limit`` of them."""
    while token.head.i != token.i and limit:
        token = token.head
        limit -= 1
        yield token
