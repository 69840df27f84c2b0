"""A statement before it is written down: who, with which words, what, found by which rule."""

from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.codes import Stance
from detente.reading.statements_content import trimmed


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source, one cue and the parts of one content, in text order, as tokens of the page.

    ``stance`` is what the cue lends; the words of the content may change it.
    """

    source: Token
    cue: Tokens
    content: tuple[Tokens, ...]
    stance: Stance
    why: str
    carried: bool = False
    """Whether source and cue come from the sentence before, whose own statement stands beside this one."""

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError(f"the attribution at {self.cue.text!r} has no content; a statement needs one")


def attribution(
    source: Token, cue: Tokens, parts: list[Tokens], stance: Stance, why: str, *, carried: bool = False
) -> Attribution | None:
    """Return an attribution with the parts trimmed, or None when nothing of the content is left."""
    kept = tuple(part for part in map(trimmed, parts) if part is not None)
    return Attribution(source, cue, kept, stance, why, carried) if kept else None
