"""A small web server on this machine, with one page for each way in which the web goes wrong."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from detente.sources import SourceSettings

PARAGRAPHS = [
    "The Japanese government said on Friday that it would resume talks with Russia on fishing rights this spring.",
    "A spokesman for the foreign ministry in Tokyo told reporters that no date had been set for the first round.",
    "Moscow has not yet answered, but its ambassador welcomed the announcement and called it a first step forward.",
]
PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Talks to resume</title>
<meta property="og:site_name" content="Harbour Wire">
<meta property="article:published_time" content="2026-02-20T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Talks to resume</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}
<p>Read more: <a href="/x">What the islands mean</a></p></article><footer>Imprint</footer></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Wire</title><language>en-gb</language>
<item><title>One</title><guid>g1</guid><link>{root}/page</link>
<description>&lt;p&gt;Tokyo talks.&lt;/p&gt;&lt;p&gt;Moscow listens.&lt;/p&gt;</description>
<pubDate>Fri, 20 Feb 2026 08:00:00 GMT</pubDate></item>
<item><title>Two</title><guid>g2</guid><description>Beijing protests.</description></item>
<item><title>Three</title><link>{root}/page</link></item>
<item><title>Four</title><link>{root}/missing</link></item>
<item><title>Five</title></item></channel></rss>"""


Answer = tuple[str, str, int, str | None]

ANSWERS: dict[str, Answer] = {
    "/robots.txt": ("User-agent: *\nDisallow: /private", "text/plain", 200, None),
    "/page": (PAGE, "text/html; charset=utf-8", 200, None),
    "/private/page": (PAGE, "text/html; charset=utf-8", 200, None),
    "/feed": (FEED, "application/rss+xml", 200, None),
    "/moved": ("", "text/html", 301, "{root}/page"),
    "/to-private": ("", "text/html", 302, "/private/page"),
    "/loop": ("", "text/html", 302, "/loop"),
    "/elsewhere": ("", "text/html", 302, "ftp://files.example/page"),
    "/pdf": ("%PDF-1.7", "application/pdf", 200, None),
    "/hidden-pdf": ("%PDF-1.7", "text/html", 200, None),
    "/large": ("<html>" + "a" * 300_000, "text/html", 200, None),
    "/text": ("Title: Plain\n\nTokyo and Moscow met.", "text/plain", 200, None),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.paths.append(self.path)  # type: ignore[attr-defined]
        path = self.path.split("?")[0]
        if path == "/slow":
            time.sleep(1.0)
        elif path == "/dripping":
            self._drip()
        else:
            body, kind, status, location = ANSWERS.get(path, ("gone", "text/html", 404, None))
            root = f"http://{self.headers['Host']}"
            self._send(body.replace("{root}", root), kind, status, location and location.replace("{root}", root))

    def _send(self, body: str, kind: str, status: int = 200, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body.encode())

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(40):
                self.wfile.write(b"<p>")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        pass


class Site:
    """The server's address and the paths that were asked of it."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.root = f"http://127.0.0.1:{server.server_address[1]}"
        self.paths: list[str] = server.paths  # type: ignore[attr-defined]


@pytest.fixture
def site() -> Iterator[Site]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.paths = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield Site(server)
        server.shutdown()
        thread.join()


@pytest.fixture
def hasty() -> SourceSettings:
    """Settings that fit a server on this machine: no pause between requests, little patience, small limits."""
    return SourceSettings(timeout=0.5, delay=0.0, max_text=100_000, max_page=200_000)
