"""What a person may set about the sources: defaults for what a text does not say, limits, manners on the network."""

from dataclasses import dataclass
from datetime import date

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Settings of :func:`detente.sources.open_sources`; all sizes in bytes, all durations in seconds."""

    publisher: str | None = None
    """Publisher of the inputs that name none."""
    published: date | None = None
    """Publishing date of the inputs that carry none."""
    language: str | None = None
    """ISO 639-1 language of the inputs that state none."""
    max_text: int = 2 * MEGABYTE
    """Largest text of one report, in UTF-8."""
    max_page: int = 20 * MEGABYTE
    """Largest page or feed, as it lies in a file or comes over the network."""
    network: bool = True
    """Whether anything may be fetched."""
    full_pages: bool = False
    """Fetch the page behind a feed entry although the entry brings a text of its own."""
    timeout: float = 20.0
    """Longest wait for a connection and for each piece of an answer; a whole answer may take three times as long."""
    delay: float = 1.0
    """Shortest time between two requests to one host; a longer ``Crawl-delay`` of its robots.txt prevails."""
    max_delay: float = 60.0
    """Longest ``Crawl-delay`` that is waited for; hosts that ask for more are refused."""
    user_agent: str = "detente/0.1 (reads single reports for analysis; respects robots.txt)"
