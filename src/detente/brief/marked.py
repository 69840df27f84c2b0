"""A document's text cut into segments, each with the readings that cover it; what `detente show` draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from detente.model.document import Document
from detente.model.reading import Reading
from detente.model.span import Span


class MarkKind(StrEnum):
    """What a stretch of text was read as."""

    FURNITURE = "furniture"
    CONTENT = "content"
    SOURCE = "source"
    CUE = "cue"
    MENTION = "mention"
    TIME = "time"
    TRIGGER = "trigger"
    RELATION = "relation"
    CAUSE = "cause"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True)
class Mark:
    """One reading of a stretch: its kind, a short label, and the id of the record behind it."""

    kind: MarkKind
    label: str
    id: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the marks do not change; ``marks`` go from the widest to the narrowest."""

    text: str
    marks: tuple[Mark, ...]

    def has(self, kind: MarkKind) -> bool:
        """Tell whether a mark of this kind covers the segment."""
        return any(mark.kind is kind for mark in self.marks)


def segments(document: Document, reading: Reading) -> Iterator[Segment]:
    """Yield the whole text in order; joining the segments' texts gives it back."""
    marks = sorted(_marks(document, reading), key=lambda m: (m.span.start, -m.span.end))
    edges = sorted({0, len(document.text), *(e for m in marks for e in (m.span.start, m.span.end))})
    for start, end in pairwise(edges):
        cover = [m for m in marks if m.span.start <= start and m.span.end >= end]
        cover.sort(key=lambda m: m.span.start - m.span.end)
        yield Segment(document.text[start:end], tuple(cover))


def _marks(document: Document, reading: Reading) -> Iterator[Mark]:
    for span in document.furniture:
        yield Mark(MarkKind.FURNITURE, "not read", None, span)
    for mention in reading.mentions:
        yield Mark(MarkKind.MENTION, "+".join(mention.codes), mention.id, mention.span)
    for time in reading.times:
        yield Mark(MarkKind.TIME, str(time.date) if time.date else "unresolved", None, time.span)
    for statement in reading.statements:
        yield Mark(MarkKind.SOURCE, statement.speaker, statement.id, statement.source)
        yield Mark(MarkKind.CUE, statement.stance, statement.id, statement.cue)
        for part in statement.content:
            yield Mark(MarkKind.CONTENT, statement.speaker, statement.id, part)
    for event in reading.events:
        parties = f"{'+'.join(event.source)} → {'+'.join(event.target)}"
        yield Mark(MarkKind.TRIGGER, f"{event.type} {parties}", event.id, event.trigger)
    for claim in reading.relations:
        yield Mark(MarkKind.RELATION, f"{'–'.join(claim.dyad)} {claim.direction}", claim.id, claim.evidence)
    for cause in reading.causes:
        yield Mark(MarkKind.CAUSE, "cause", cause.id, cause.cause)
        yield Mark(MarkKind.EFFECT, "effect", cause.id, cause.effect)
