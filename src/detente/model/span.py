"""The atom of provenance: a half-open range of characters of one document's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``document.text[start:end]`` is the quote; offsets count Unicode code points."""

    document: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(
                f"span {self.start}:{self.end} of {self.document} is empty or reversed; need 0 <= start < end"
            )

    def of(self, text: str) -> str:
        """Return the quoted characters of ``text``, the document's text."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character of the same document."""
        return self.document == other.document and self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Tell whether every character of ``other`` lies within this span."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end
