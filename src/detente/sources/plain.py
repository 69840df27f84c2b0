"""Plain text, with an optional header before a blank line.

The header is lines of ``Title:``, ``Date:``, ``Publisher:``, ``URL:`` and ``Language:``, in any order and number.
"""

import re
from pathlib import PurePath

from detente.sources.dates import date_in_name, published_date
from detente.sources.draft import Draft

_HEADER = re.compile(r"(title|date|published|publisher|source|url|language)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_SAME = {"published": "date", "source": "publisher"}


def plain_draft(text: str, origin: str) -> Draft:
    """Read a plain text; its date is the header's, else the file name's, else unknown.

    Raises:
        InputRefusedError: The header's date is not understood.
    """
    header, body = _split(text)
    stated = header.get("date")
    return Draft(
        origin=origin,
        text=body,
        title=header.get("title"),
        publisher=header.get("publisher"),
        published=published_date(stated, origin) if stated else date_in_name(PurePath(origin).name),
        language=header.get("language"),
        url=header.get("url"),
    )


def _split(text: str) -> tuple[dict[str, str], str]:
    """Return header fields and body; a first block with any other line is no header."""
    lines = text.lstrip("\ufeff\r\n\t ").splitlines()
    fields: dict[str, str] = {}
    for number, line in enumerate(lines):
        if not line.strip():
            return (fields, "\n".join(lines[number:])) if fields else ({}, text)
        match = _HEADER.fullmatch(line.strip())
        if match is None:
            return {}, text
        key = match[1].lower()
        if match[2].strip():
            fields[_SAME.get(key, key)] = match[2].strip()
    return {}, text
