"""A causal claim before it is written down."""

from dataclasses import dataclass

from spacy.tokens import Span as Tokens


@dataclass(frozen=True, slots=True)
class Link:
    """Cause, effect and the words that connect them (None when the verb of the effect does it alone)."""

    cause: Tokens
    effect: Tokens
    signal: Tokens | None
    why: str
