"""The interfaces of the reading stages; rules implement them now, learned models next.

The order is fixed: mentions and times, then statements, then events, then relation claims and causal claims. Each
stage sees the page and what the stages before it found.
"""

from dataclasses import dataclass, field
from typing import Protocol

from spacy.tokens import Token

from detente.model.actor import Mention, TimeMention
from detente.model.reading import CausalClaim, Event, RelationClaim, Statement
from detente.model.span import Span
from detente.reading.page import Page


@dataclass(frozen=True)
class Findings:
    """What the earlier stages found on a page, with look-ups by position."""

    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    statements: tuple[Statement, ...] = ()
    _by_char: dict[int, Mention] = field(init=False, repr=False, compare=False)
    _contents: list[tuple[int, int, int, int]] = field(init=False, repr=False, compare=False)
    """Start and end of each part of a content, the length of all of it, and its statement's number."""

    def __post_init__(self) -> None:
        by_char: dict[int, Mention] = {}
        for mention in sorted(self.mentions, key=lambda m: m.span.end - m.span.start, reverse=True):
            for char in range(mention.span.start, mention.span.end):
                by_char[char] = mention  # the shortest mention around a character wins
        object.__setattr__(self, "_by_char", by_char)
        sizes = [sum(p.end - p.start for p in s.content) for s in self.statements]
        contents = [(p.start, p.end, sizes[n], n) for n, s in enumerate(self.statements) for p in s.content]
        object.__setattr__(self, "_contents", contents)

    def mention_at(self, token: Token) -> Mention | None:
        """Return the innermost mention that covers a token."""
        return self._by_char.get(token.idx)

    def mentions_in(self, span: Span) -> tuple[Mention, ...]:
        """Return the mentions that lie within a span, in text order."""
        return tuple(m for m in sorted(self.mentions, key=lambda m: m.span.start) if span.contains(m.span))

    def statement_around(self, span: Span) -> Statement | None:
        """Return the innermost statement one of whose content parts contains a span."""
        start, end = span.start, span.end
        around = [(size, n) for first, last, size, n in self._contents if first <= start and end <= last]
        return self.statements[min(around)[1]] if around else None


class MentionStage(Protocol):
    """Finds and resolves actor mentions."""

    def find(self, page: Page) -> tuple[Mention, ...]:
        """Return the mentions in text order."""
        ...


class TimeStage(Protocol):
    """Finds time expressions and resolves them against the publishing date."""

    def find(self, page: Page) -> tuple[TimeMention, ...]:
        """Return the time mentions in text order."""
        ...


class StatementStage(Protocol):
    """Finds who says what."""

    def find(self, page: Page, findings: Findings) -> tuple[Statement, ...]:
        """Return the statements in text order; ``findings.statements`` is empty."""
        ...


class EventStage(Protocol):
    """Codes who did what to whom."""

    def find(self, page: Page, findings: Findings) -> tuple[Event, ...]:
        """Return the events in text order."""
        ...


class RelationStage(Protocol):
    """Finds claims about how a relation stands or moves."""

    def find(self, page: Page, findings: Findings) -> tuple[RelationClaim, ...]:
        """Return the relation claims in text order."""
        ...


class CauseStage(Protocol):
    """Finds claims that one thing led to another."""

    def find(self, page: Page, findings: Findings) -> tuple[CausalClaim, ...]:
        """Return the causal claims in text order."""
        ...
