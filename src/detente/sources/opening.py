"""The one door of the sources: specifications in, documents and refusals out, one at a time."""

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from detente.model.document import Document
from detente.model.errors import InputRefusedError
from detente.model.run import Refusal
from detente.sources.draft import Draft, finish, refuse_large
from detente.sources.feed import feed_drafts
from detente.sources.fetch import Fetcher
from detente.sources.lines import line_drafts
from detente.sources.page import declared_charset, host_of, page_draft
from detente.sources.places import FilePlace, Place, places
from detente.sources.plain import plain_draft
from detente.sources.settings import SourceSettings
from detente.sources.text import decoded, refuse_binary

FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}
"""File name suffixes and the format that each one is."""
ALLOWED_FORMATS = f"allowed: {' '.join(FORMATS)}"
_HEAD = 2048
_UTF16_FACTOR = 2
"""Bytes that an encoding may take for a character that UTF-8 writes in one."""

Drafts = Iterator[Draft | Refusal]


def open_sources(specs: Sequence[str], settings: SourceSettings | None = None) -> Iterator[Document | Refusal]:
    """Yield every report that files, folders, patterns, feeds and web addresses hold.

    The order is that of ``specs``, within folders that of sorted names. Nothing is read ahead: memory stays that of one
    file (one line of JSON lines). What cannot be taken comes as a ``Refusal`` in its place, and the rest goes on.
    """
    settings = settings or SourceSettings()
    with closing(Fetcher(settings)) as fetcher:
        opener = _Opener(settings, fetcher)
        for place in places(specs):
            drafts = iter((place,)) if isinstance(place, Refusal) else opener.opened(place)
            for draft in drafts:
                yield draft if isinstance(draft, Refusal) else _finished(draft, settings)


def _finished(draft: Draft, settings: SourceSettings) -> Document | Refusal:
    try:
        return finish(draft, settings)
    except InputRefusedError as error:
        return error.refusal


@dataclass(frozen=True, slots=True)
class _Content:
    """Bytes with all that is known of them; ``url`` is None for files."""

    where: str
    data: bytes
    format: str
    charset: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class _Opener:
    settings: SourceSettings
    fetcher: Fetcher

    def opened(self, place: Place) -> Drafts:
        """Yield what one place holds; whatever goes wrong with it becomes a refusal."""
        where = place.path.as_posix() if isinstance(place, FilePlace) else place.url
        try:
            if isinstance(place, FilePlace):
                yield from self._file(place.path, where)
            else:
                yield from self._drafts(self._fetched(place.url))
        except InputRefusedError as error:
            yield error.refusal
        except OSError as error:
            yield Refusal(where, f"cannot be read ({error.strerror or error})", "a file that exists and may be read")

    def _file(self, path: Path, where: str) -> Drafts:
        if not path.is_file():
            raise InputRefusedError(where, "not a regular file", ALLOWED_FORMATS)
        with path.open("rb") as stream:
            form = _format(path.suffix.lower(), stream.read(_HEAD), where)
            stream.seek(0)
            if form == "lines":
                yield from line_drafts(stream, where, self.settings)
                return
            self._refuse_large(where, os.fstat(stream.fileno()).st_size, form)
            data = stream.read()
        yield from self._drafts(_Content(where, data, form))

    def _refuse_large(self, where: str, size: int, form: str) -> None:
        """Refuse a file unread whose text must be too large, or that is larger than any page."""
        if form == "text":
            refuse_large(where, size // _UTF16_FACTOR, self.settings.max_text, size)
        else:
            refuse_large(where, size, self.settings.max_page)

    def _fetched(self, url: str) -> _Content:
        answer = self.fetcher.fetch(url)
        form = _sniffed(answer.data[:_HEAD]) or answer.format
        return _Content(url, answer.data, form, answer.charset, answer.url)

    def _drafts(self, content: _Content) -> Drafts:
        if content.format == "feed":
            refuse_binary(content.data, content.where)
            yield from feed_drafts(content.data, content.where, self.settings, self._page)
        elif content.format == "lines":
            yield from line_drafts(io.BytesIO(content.data), content.where, self.settings)
        else:
            yield _single(content)

    def _page(self, url: str) -> Draft:
        content = self._fetched(url)
        if content.format not in ("page", "text"):
            raise InputRefusedError(url, f"a {content.format} where a page was expected", "a page with one report")
        return _single(content)


def _single(content: _Content) -> Draft:
    """Read content that is one report."""
    if content.format == "page":
        charset = content.charset or declared_charset(content.data)
        return page_draft(decoded(content.data, content.where, charset), content.where, content.url)
    draft = plain_draft(decoded(content.data, content.where, content.charset), content.where)
    if content.url is None:
        return draft
    return replace(draft, url=draft.url or content.url, publisher=draft.publisher or host_of(content.url))


def _format(suffix: str, head: bytes, where: str) -> str:
    """Tell the format by what the file begins with, else by its name."""
    if not head:
        raise InputRefusedError(where, "an empty file", ALLOWED_FORMATS)
    if FORMATS.get(suffix) == "lines":
        return "lines"
    if found := _sniffed(head):
        return found
    if suffix in FORMATS:
        return FORMATS[suffix]
    refuse_binary(head, where)
    if suffix:
        raise InputRefusedError(where, f"{suffix} is not a format that is read", ALLOWED_FORMATS)
    return "text"


def _sniffed(head: bytes) -> str | None:
    """Recognise HTML and feeds by their first element."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "page"
    if start.startswith((b"<rss", b"<feed", b"<rdf:rdf")):
        return "feed"
    if start.startswith(b"<?xml"):
        return "page" if b"<html" in start else "feed"
    return None
