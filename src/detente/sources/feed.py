"""RSS and Atom feeds: each entry is a report; its own text, or the page behind it when it brings only a link."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import feedparser

from detente.model.errors import InputRefusedError
from detente.model.run import Refusal
from detente.sources.draft import Draft
from detente.sources.fragment import fragment_text
from detente.sources.page import language_of
from detente.sources.settings import SourceSettings

PageOpener = Callable[[str], Draft]
"""Fetches a page and extracts its report; raises ``InputRefusedError``."""


def feed_drafts(data: bytes, origin: str, settings: SourceSettings, page: PageOpener) -> Iterator[Draft | Refusal]:
    """Yield a draft or a refusal for each entry, in the feed's order; a missing date stays unknown.

    Raises:
        InputRefusedError: It is no feed.
    """
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False)
    if not feed.entries:
        if feed.version:
            raise InputRefusedError(origin, "a feed without entries", "RSS or Atom with at least one entry")
        raise InputRefusedError(origin, "XML that is not a feed", "RSS or Atom")
    for number, entry in enumerate(feed.entries, 1):
        yield from _entry(_draft(entry, feed.feed, f"{origin}#{number}"), settings, page)
    if feed.bozo and not isinstance(feed.bozo_exception, feedparser.exceptions.ThingsNobodyCaresAboutButMe):
        reason = " ".join(str(feed.bozo_exception).split())
        yield Refusal(origin, f"broken after entry {len(feed.entries)} or in it ({reason})", "well-formed RSS or Atom")


def _entry(draft: Draft, settings: SourceSettings, page: PageOpener) -> Iterator[Draft | Refusal]:
    if draft.text and not (settings.full_pages and draft.url):
        yield draft
        return
    if draft.url is None:
        yield Refusal(draft.origin, "an entry with neither text nor link", "entries with content, summary or link")
        return
    try:
        yield _merged(draft, page(draft.url))
    except InputRefusedError as error:
        yield error.refusal
        if draft.text:
            yield draft


def _draft(entry: Any, feed: Any, origin: str) -> Draft:
    """Read one entry of feedparser (its dictionaries answer ``get`` with ``None`` for what is missing)."""
    contents = [content.get("value") or "" for content in entry.get("content") or ()]
    source = entry.get("source") or {}
    title = entry.get("title")
    return Draft(
        origin=origin,
        text=fragment_text(max(contents, key=len, default="") or entry.get("summary") or ""),
        title=fragment_text(title) if title else None,
        publisher=source.get("title") or feed.get("title"),
        published=_date(entry),
        language=language_of(feed.get("language")),
        url=entry.get("link"),
        name=entry.get("id"),
    )


def _date(entry: Any) -> date | None:
    for field in ("published_parsed", "created_parsed", "updated_parsed"):
        # Not get(): feedparser answers for a missing update date with the publishing date and a warning.
        stamp = entry[field] if field in entry else None  # noqa: SIM401
        if stamp:
            return date(*stamp[:3])
    return None


def _merged(entry: Draft, page: Draft) -> Draft:
    """Take the page's text; what the feed says of the entry prevails over what the page says of itself."""
    return Draft(
        origin=entry.origin,
        text=page.text,
        title=entry.title or page.title,
        publisher=page.publisher or entry.publisher,
        published=entry.published or page.published,
        language=page.language or entry.language,
        url=entry.url,
        name=entry.name,
    )
