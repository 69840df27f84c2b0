"""Reports: their text, where it came from, and the copies under which it ran."""

from dataclasses import dataclass
from datetime import date

from detente.model.ids import content_id
from detente.model.span import Span


@dataclass(frozen=True, slots=True)
class Document:
    r"""One report as text.

    ``text`` is the report's characters, normalised to Unicode NFC with ``\n\n`` between paragraphs; every span of
    the project counts in it. ``furniture`` are the stretches that belong to the page and not to the report
    ("Read more", captions, cookie notices); readers skip them.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    origin: str | None = None
    """File name (and line, as ``name.jsonl:12``) or feed that it was taken from."""
    name: str | None = None
    """Identifier that the input itself gave (``id`` of a JSONL line, ``guid`` of a feed entry)."""
    furniture: tuple[Span, ...] = ()

    @staticmethod
    def id_of(text: str, published: date | None, publisher: str | None, title: str | None) -> str:
        """Return the content hash that names a document."""
        return content_id("document", text, published, publisher, title)


@dataclass(frozen=True, slots=True)
class Copy:
    """A further appearance of a story that the record already holds under ``document``."""

    id: str
    document: str
    kind: str
    """``"exact"`` (same normalised text) or ``"near"`` (MinHash similarity above the threshold)."""
    similarity: float
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    origin: str | None
