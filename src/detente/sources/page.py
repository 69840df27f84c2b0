"""Web pages: main text, title, publisher and language by trafilatura, date by htmldate, paragraphs kept.

Barbaresi (2021), *Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction*;
Barbaresi (2020), *htmldate: A Python package to extract publication dates from web pages*. Dates come from the
page's markup and address alone: htmldate's search through the running text would turn any date into the page's.
"""

import logging
import re
from pathlib import PurePath
from urllib.parse import urlsplit

import trafilatura
from trafilatura.settings import Document as Extract

from detente.model.errors import InputRefusedError
from detente.sources.dates import date_in_name, published_date
from detente.sources.draft import Draft

_DATES = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}(?=$|[-_])")

for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def page_draft(text: str, origin: str, url: str | None = None) -> Draft:
    """Extract the report from a page.

    Raises:
        InputRefusedError: There is no article text in it.
    """
    found = trafilatura.bare_extraction(
        text,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=_DATES,
    )
    lines = _lines(found) if isinstance(found, Extract) else []
    if not isinstance(found, Extract) or not lines:
        raise InputRefusedError(origin, "no article text found in the page", "a page whose HTML holds the report")
    address = url or found.url
    return Draft(
        origin=origin,
        text="\n\n".join(line.removeprefix("- ") for line in lines),
        title=found.title,
        publisher=found.sitename or host_of(address),
        published=published_date(found.date, origin) if found.date else date_in_name(PurePath(origin).name),
        language=_language(text),
        url=address,
    )


def _lines(found: Extract) -> list[str]:
    """Return the paragraphs without the headline that trafilatura may put first."""
    lines = [line for line in (found.text or "").split("\n") if line.strip()]
    return lines[1:] if lines and found.title and lines[0].strip() == found.title.strip() else lines


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page's own ``meta`` element names."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def host_of(url: str | None) -> str | None:
    """Return the host of an address without ``www.``."""
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def language_of(tag: str | None) -> str | None:
    """Return the ISO 639-1 code of a language tag such as ``en-GB``."""
    match = _LANGUAGE.match(tag.strip().lower()) if tag else None
    return match[0] if match else None


def _language(text: str) -> str | None:
    match = re.search(r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([\w-]+)", text[:20_000], re.IGNORECASE)
    return language_of(match[1]) if match else None
