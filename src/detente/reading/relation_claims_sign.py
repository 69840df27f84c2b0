"""A relation claim before its pair is settled: what was said, where, and which actors the words name."""

from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.codes import Direction


@dataclass(frozen=True, slots=True)
class Sign:
    """One expression of a relation.

    ``anchor`` is the word whose factuality and date are the claim's. ``first`` and ``second`` hold the actor codes
    found on the two sides; both may be empty ("the thaw"). ``wedge`` marks an attempt by a third party.
    """

    evidence: Tokens
    anchor: Token
    direction: Direction
    first: frozenset[str]
    second: frozenset[str]
    why: str
    wedge: bool = False


def stretch(*tokens: Token) -> Tokens:
    """Return the tokens from the first of some words to the last."""
    places = [token.i for token in tokens]
    return tokens[0].doc[min(places) : max(places) + 1]
