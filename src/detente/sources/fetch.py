"""Fetching pages with manners: robots.txt, one polite pace per host, limits of time and size, few redirects."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx2

from detente.model.errors import InputRefusedError
from detente.sources.draft import refuse_large
from detente.sources.robots import Robots
from detente.sources.settings import SourceSettings

TYPES = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "text",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "application/x-ndjson": "lines",
    "application/jsonl": "lines",
}
"""Content types that are taken, and the format that each one is."""
ALLOWED_TYPES = f"allowed content types: {', '.join(TYPES)}"
MAX_REDIRECTS = 5
_TOTAL = 3
"""A whole answer may take this many times the timeout of one piece of it."""
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its final address, bytes, format and declared encoding."""

    url: str
    data: bytes
    format: str
    charset: str | None


class Fetcher:
    """Fetches over HTTP; close it, or use it in ``with``. One per run: it remembers hosts."""

    def __init__(self, settings: SourceSettings) -> None:
        self._settings = settings
        self._client = httpx2.Client(
            timeout=settings.timeout, headers={"User-Agent": settings.user_agent}, follow_redirects=False
        )
        self._robots = Robots(settings.user_agent, self._read_robots)
        self._last: dict[str, float] = {}
        self._unreachable: dict[str, InputRefusedError] = {}

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def fetch(self, url: str) -> Fetched:
        """Fetch one page, following up to five redirects.

        Raises:
            InputRefusedError: No network, a host or robots.txt that refuses, an error status, a timeout, a content type
                or a size that is not taken.
        """
        if not self._settings.network:
            raise InputRefusedError(url, "the network is switched off", "files, or a run with the network allowed")
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            self._approach(address, url)
            with self._answer(address, url) as answer:
                if answer.status_code not in _REDIRECTS or "location" not in answer.headers:
                    return self._taken(answer, address, url)
                address = urljoin(address, answer.headers["location"])
        raise InputRefusedError(url, f"more than {MAX_REDIRECTS} redirects", "the final address of the page")

    def _approach(self, address: str, url: str) -> None:
        """Check that the address may be fetched, and wait for its host's turn."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputRefusedError(url, f"leads to {address!r}, which is no web address", "http:// and https://")
        host = f"{parts.scheme}://{parts.netloc}"
        if host in self._unreachable:
            refusal = self._unreachable[host].refusal
            raise InputRefusedError(url, refusal.what, refusal.allowed)
        if not self._allowed(host, address, url):
            raise InputRefusedError(url, "its robots.txt does not allow it to be fetched", "a saved copy of the page")
        self._wait(host, url)

    def _allowed(self, host: str, address: str, url: str) -> bool:
        """Ask the host's robots.txt; when that cannot be had, it is the page asked for that is refused."""
        try:
            return self._robots.allows(host, address)
        except InputRefusedError as error:
            what = error.refusal.what if host in self._unreachable else f"its robots.txt: {error.refusal.what}"
            raise InputRefusedError(url, what, error.refusal.allowed) from error

    def _wait(self, host: str, url: str) -> None:
        delay = max(self._settings.delay, self._robots.delay(host) or 0.0)
        if delay > self._settings.max_delay:
            raise InputRefusedError(
                url, f"its robots.txt asks for {delay:g} s between requests", f"at most {self._settings.max_delay:g} s"
            )
        due = self._last.get(host, float("-inf")) + delay
        time.sleep(max(0.0, due - time.monotonic()))
        self._last[host] = time.monotonic()

    @contextmanager
    def _answer(self, address: str, url: str) -> Iterator[httpx2.Response]:
        parts = urlsplit(address)
        try:
            with self._client.stream("GET", address) as answer:
                yield answer
        except httpx2.ConnectTimeout as error:
            raise self._lost(f"{parts.scheme}://{parts.netloc}", url, "does not answer") from error
        except httpx2.TimeoutException as error:
            raise InputRefusedError(url, self._too_slow, "a page that answers in time, or a saved copy") from error
        except httpx2.ConnectError as error:
            raise self._lost(f"{parts.scheme}://{parts.netloc}", url, f"cannot be reached ({error})") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise InputRefusedError(url, f"the connection failed ({error})", "a page that can be fetched") from error

    def _lost(self, host: str, url: str, how: str) -> InputRefusedError:
        """Remember a host without connection, so that a list of its pages does not wait for each."""
        error = InputRefusedError(url, f"{host} {how}", "a host that the network reaches, or a saved copy of the page")
        self._unreachable[host] = error
        return error

    @property
    def _too_slow(self) -> str:
        return f"no answer within {self._settings.timeout:g} s"

    def _taken(self, answer: httpx2.Response, address: str, url: str) -> Fetched:
        if answer.status_code != httpx2.codes.OK:
            raise InputRefusedError(
                url, f"answers {answer.status_code} {answer.reason_phrase}".rstrip(), "a page that answers 200 OK"
            )
        stated = answer.headers.get("content-type", "text/html")
        kind = stated.split(";")[0].strip().lower()
        if kind not in TYPES:
            raise InputRefusedError(url, f"serves {'a PDF' if kind == 'application/pdf' else kind}", ALLOWED_TYPES)
        data = self._body(answer, url, self._settings.max_page)
        return Fetched(address, data, TYPES[kind], answer.charset_encoding)

    def _body(self, answer: httpx2.Response, url: str, limit: int) -> bytes:
        stated = answer.headers.get("content-length", "")
        refuse_large(url, int(stated) if stated.isdecimal() else 0, limit)
        deadline = time.monotonic() + _TOTAL * self._settings.timeout
        data = bytearray()
        for piece in answer.iter_bytes():
            data += piece
            refuse_large(url, len(data), limit)
            if time.monotonic() > deadline:
                raise InputRefusedError(url, self._too_slow, "a page that answers in time, or a saved copy")
        return bytes(data)

    def _read_robots(self, host: str) -> tuple[int, bytes]:
        """Return status and body of a host's robots.txt; redirects are followed as RFC 9309 asks."""
        address = url = f"{host}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            with self._answer(address, url) as answer:
                if answer.status_code not in _REDIRECTS or "location" not in answer.headers:
                    is_read = answer.status_code == httpx2.codes.OK
                    return answer.status_code, self._body(answer, url, self._settings.max_page) if is_read else b""
                address = urljoin(address, answer.headers["location"])
        return httpx2.codes.NOT_FOUND, b""
