"""JSON lines: one report a line; a broken line is refused alone."""

from collections.abc import Iterator
from datetime import date
from typing import IO, Annotated

import msgspec

from detente.model.errors import InputRefusedError
from detente.model.run import Refusal
from detente.sources.dates import published_date
from detente.sources.draft import Draft
from detente.sources.page import language_of
from detente.sources.settings import MEGABYTE, SourceSettings

_ALLOWED = 'one JSON object a line: {"text": "…"} and, if known, id, title, publisher, published, url, language'
_ESCAPED = 6
"""Bytes that one byte of text may take in JSON (``\\u00e9``)."""


class _Line(msgspec.Struct):
    text: Annotated[str, msgspec.Meta(min_length=1)]
    id: str | int | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


def line_drafts(stream: IO[bytes], origin: str, settings: SourceSettings) -> Iterator[Draft | Refusal]:
    """Yield a draft or a refusal for each line; blank lines are passed over, memory stays that of one line."""
    decoder = msgspec.json.Decoder(_Line)
    limit = settings.max_text * _ESCAPED
    for number, line in enumerate(_bounded(stream, limit), 1):
        where = f"{origin}:{number}"
        if line is None:
            yield Refusal(where, f"a line of more than {limit / MEGABYTE:g} MB", _ALLOWED)
        elif line.strip():
            yield _draft(decoder, line, where)


def _draft(decoder: "msgspec.json.Decoder[_Line]", line: bytes, where: str) -> Draft | Refusal:
    try:
        fields = decoder.decode(line.strip().removeprefix(b"\xef\xbb\xbf"))
        published = _published(fields.published, where)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return Refusal(where, f"not a report ({error})", _ALLOWED)
    except InputRefusedError as error:
        return error.refusal
    return Draft(
        origin=where,
        text=fields.text,
        title=fields.title,
        publisher=fields.publisher,
        published=published,
        language=language_of(fields.language),
        url=fields.url,
        name=None if fields.id is None else str(fields.id),
    )


def _published(value: str | None, where: str) -> date | None:
    return published_date(value, where) if value and value.strip() else None


def _bounded(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """Yield lines; ``None`` stands for a line longer than ``limit``, whose rest is read past piece by piece."""
    while line := stream.readline(limit):
        if len(line) == limit and not line.endswith(b"\n"):
            while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line
