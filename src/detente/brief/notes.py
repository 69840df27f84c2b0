"""The evidence of a brief: sentences numbered in the order in which lines first refer to them."""

from detente.brief.model import Evidence, Part
from detente.model.span import Span
from detente.record import Record


class Notes:
    """Hands out numbers while the brief is composed, and the evidence itself at the end."""

    def __init__(self) -> None:
        self._numbers: dict[Span, int] = {}
        self._marks: dict[Span, list[Span]] = {}

    def cite(self, sentence: Span, *words: Span) -> int:
        """Return the number of a sentence, and mark the words in it that matter."""
        number = self._numbers.setdefault(sentence, len(self._numbers) + 1)
        self._marks.setdefault(sentence, []).extend(w for w in words if sentence.overlaps(w))
        return number

    def evidence(self, record: Record) -> tuple[Evidence, ...]:
        """Return the evidence in the order of its numbers."""
        found = record.evidence_of(list(self._numbers))
        return tuple(
            Evidence(
                number=number,
                span=span,
                parts=_parts(e.quote, span, self._marks[span]),
                title=e.title,
                publisher=e.publisher,
                published=e.published,
                url=e.url,
                copies=e.copies,
            )
            for (span, number), e in zip(self._numbers.items(), found, strict=True)
        )


def _parts(quote: str, sentence: Span, marks: list[Span]) -> tuple[Part, ...]:
    """Cut a sentence into marked and unmarked stretches."""
    marked = [False] * len(quote)
    for mark in marks:
        start, end = max(mark.start, sentence.start), min(mark.end, sentence.end)
        for place in range(start - sentence.start, end - sentence.start):
            marked[place] = True
    parts: list[Part] = []
    start = 0
    for place in range(1, len(quote) + 1):
        if place == len(quote) or marked[place] != marked[start]:
            parts.append(Part(quote[start:place], marked[start]))
            start = place
    return tuple(parts)
