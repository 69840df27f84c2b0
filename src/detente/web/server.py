"""The served pages: this machine only, read only, the record opened anew for each request.

A connection per request leaves the record free between requests, so that `detente read` can write to it meanwhile.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from detente.model.errors import RecordError, UsageError
from detente.record import Record
from detente.web.build import ALLOWED, asked, build
from detente.web.pages import Page, TroublePage
from detente.web.render import as_html, as_json

HOST = "127.0.0.1"
_NAMES = ("127.0.0.1", "localhost")
"""Hosts that a request may name; another name in ``Host`` is a foreign page's attempt to read the record."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class Server(ThreadingHTTPServer):
    """Serves one record; ``server_address[1]`` is the port."""

    daemon_threads = True

    def __init__(self, record: Path, port: int) -> None:
        """Bind the port; 0 takes a free one. Raise ``UsageError`` when it cannot be bound."""
        self.record = record
        try:
            super().__init__((HOST, port), Handler)
        except (OSError, OverflowError) as error:
            raise UsageError(f"port {port} cannot be used ({error}); allowed: a free one, 1024 to 65535") from error

    @property
    def address(self) -> str:
        """Where the first page is."""
        return f"http://{HOST}:{self.server_address[1]}/"


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: Server

    def do_GET(self) -> None:
        """Answer with the page."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the page's head."""
        self._answer(with_body=False)

    def _answer(self, with_body: bool) -> None:
        page, json = self._page()
        kind = "application/json" if json else "text/html"
        body = (as_json(page) if json else as_html(page)).encode("utf-8")
        self.send_response(page.status if isinstance(page, TroublePage) else 200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _page(self) -> tuple[Page, bool]:
        json = self.path.partition("?")[0].endswith(".json")
        host = (self.headers.get("Host") or HOST).partition(":")[0]
        if host not in _NAMES:
            return TroublePage(400, f"This server does not answer for {host}.", ", ".join(_NAMES)), json
        try:
            ask = asked(self.path)
            with Record.open(self.server.record, read_only=True) as record:
                return build(record, ask), json
        except UsageError as error:
            what, _, allowed = str(error).partition("; allowed: ")
            return TroublePage(400, f"{what}.", allowed or ALLOWED), json
        except RecordError as error:
            return TroublePage(503, f"{error}.", "asking again when the record can be read"), json
        except Exception as error:  # noqa: BLE001 (one failed page must not end the answer without a word)
            self.log_error("%s: %s", type(error).__name__, error)
            what = f"An error of the program itself ({type(error).__name__})."
            return TroublePage(500, what, "reporting it with this address"), json

    def log_message(self, format: str, *args: object) -> None:
        """Write one line a request to standard error."""
        sys.stderr.write(f"{self.log_date_time_string()} {format % args}\n")
