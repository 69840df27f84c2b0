"""Which reader reads: the choice is a person's, and nothing falls back by itself."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from detente.reading.reader import StagedReader


class ReaderName(StrEnum):
    """The readers that ship."""

    RULES = "rules"
    LEARNED = "learned"


ReaderChoice = Annotated[
    ReaderName,
    typer.Option(
        "--reader", help="learned: neural networks beside rules; or rules alone, three times as fast and less accurate."
    ),
]
Pipeline = Annotated[str | None, typer.Option(help="An installed spaCy English pipeline to parse with.")]


def reader_named(name: ReaderName, pipeline: str | None = None) -> "StagedReader":
    """Return a reader; raises ``ReaderError`` when its pipeline or weights are not there."""
    if name is ReaderName.LEARNED:
        from detente.reading.learned import learned_reader

        return learned_reader(pipeline) if pipeline else learned_reader()
    from detente.reading.rules import rule_reader

    return rule_reader(pipeline) if pipeline else rule_reader()
