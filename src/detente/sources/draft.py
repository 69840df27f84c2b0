"""A report as its format gave it, and the one way in which it becomes a document: normal text, defaults, furniture."""

from dataclasses import dataclass
from datetime import date

from detente.model.document import Document
from detente.model.errors import InputRefusedError
from detente.model.span import Span
from detente.sources.furniture import furniture_ranges
from detente.sources.settings import MEGABYTE, SourceSettings
from detente.sources.text import normalised


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format knows of one report; ``origin`` is where it lies, for messages and for the record."""

    origin: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    name: str | None = None


def finish(draft: Draft, settings: SourceSettings) -> Document:
    """Turn a draft into a document.

    Raises:
        InputRefusedError: The text is empty or too large.
    """
    text = normalised(draft.text)
    if not text:
        raise InputRefusedError(draft.origin, "no text in it", "a report has at least one sentence of text")
    refuse_large(draft.origin, len(text.encode("utf-8")), settings.max_text)
    title, publisher = _line(draft.title), _line(draft.publisher) or settings.publisher
    published = draft.published or settings.published
    document = Document.id_of(text, published, publisher, title)
    return Document(
        id=document,
        text=text,
        title=title,
        publisher=publisher,
        published=published,
        language=draft.language or settings.language,
        url=draft.url,
        origin=draft.origin,
        name=draft.name,
        furniture=tuple(Span(document, start, end) for start, end in furniture_ranges(text)),
    )


def refuse_large(where: str, size: int, limit: int, shown: int | None = None) -> None:
    """Raise ``InputRefusedError`` when ``size`` bytes are more than ``limit``; the message tells ``shown`` or size."""
    if size > limit:
        raise InputRefusedError(
            where,
            f"{(shown or size) / MEGABYTE:.1f} MB is too large for one report",
            f"at most {limit / MEGABYTE:g} MB; split an archive into one report a line (.jsonl) or a file",
        )


def _line(value: str | None) -> str | None:
    """Return a one-line value in normal form, ``None`` when nothing is left of it."""
    return " ".join(normalised(value).split()) or None if value else None
