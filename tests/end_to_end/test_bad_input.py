"""Every bad input beside good ones, in one run: one clear line for each, the good ones read, exit code 3."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from end_to_end_runs import REPORT, Ran, Run  # type: ignore[import-not-found]

PARAGRAPH = "<p>The government of Kenya said on Friday that it would resume its talks on fishing with Somalia.<b>"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Wire</title>
<item><title>One</title><guid>g1</guid>
<description>Norway criticised Poland over its quotas for cod.</description></item>
<item><title>Two</title><guid>g2</guid><description>Chile praised Peru for its offer of mediation.</description>
<pubDate>some day last week</pubDate></item></channel></rss>"""
CLASH = [
    {"id": "x", "text": "Ghana signed a treaty on trade with Togo in Accra."},
    {"id": "x", "text": "Mali expelled the ambassador of France after a quarrel over aid."},
]


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(1.5)
        status = 200 if self.path in ("/report.pdf", "/slow") else 404
        self.send_response(status)
        self.send_header("Content-Type", "application/pdf" if self.path == "/report.pdf" else "text/html")
        self.end_headers()
        with suppress(BrokenPipeError):
            self.wfile.write(b"%PDF-1.7" if status == 200 else b"gone")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def nobody() -> str:
    """Return an address where nothing listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{closed.getsockname()[1]}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    files = {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 8,
        "large.txt": b"Tokyo protested to Moscow. " * 1_850_000,
        "undecodable.txt": b"\xff\xfea\x00\x00\xd8",
        "broken.html": f"<html><body><div><article>{PARAGRAPH * 3}<p></table><p>It".encode(),
        "western.txt": "The Élysée criticised Brazil – “again” – over the forests.".encode("cp1252"),
        "feed.xml": FEED.encode(),
        "lines.jsonl": b'{"text": "Iraq thanked Jordan."}\n{"text": "cut off\n{"text": "Laos met Nepal."}\n',
        "clash.jsonl": "".join(json.dumps(each) + "\n" for each in CLASH).encode(),
        "good.txt": REPORT.encode(),
    }
    assert len(files["large.txt"]) > 49_000_000
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def record(folder: Path) -> Path:
    return folder.parent / "affairs.duckdb"


@pytest.fixture(scope="module")
def ran(detente: Run, folder: Path, record: Path, site: str, nobody: str) -> Ran:
    addresses = [f"{site}/missing", f"{site}/report.pdf", f"{site}/slow", f"{nobody}/page", "ftp://files.example/a"]
    return detente("read", folder, *addresses, folder / "absent.txt", "--timeout", "0.5", "--record", record)


REFUSED = {
    "empty.txt": ("an empty file", "allowed: .txt"),
    "binary.txt": ("binary data, not text", "text in UTF-8"),
    "large.txt": ("50.0 MB is too large", "at most 2 MB"),
    "undecodable.txt": ("its byte order mark says utf-16", "text in UTF-8"),
    "lines.jsonl:2": ("not a report", "one JSON object a line"),
    "clash.jsonl:2": ("id 'x' already names a different text", "one id for each text"),
    "absent.txt": ("does not exist", "a file, a folder"),
    "/missing": ("answers 404 Not Found", "a page that answers 200"),
    "/report.pdf": ("serves a PDF", "allowed content types"),
    "/slow": ("no answer within 0.5 s", "a page that answers in time"),
    "/page": ("cannot be reached", "a host that the network reaches"),
    "ftp://files.example/a": ("not fetched", "http://"),
}


@pytest.mark.parametrize("place", REFUSED)
def test_refused_in_one_line_that_says_what_where_and_what_is_allowed(ran: Ran, place: str) -> None:
    (line,) = [line for line in ran.lines if f"{place}: " in line]
    what, allowed = REFUSED[place]
    assert what in line
    assert allowed in line.split(what)[1]


def test_nothing_else_is_said_and_the_exit_code_tells(ran: Ran) -> None:
    assert ran.code == 3
    assert len(ran.lines) == 1 + len(REFUSED)
    assert ran.lines[0] == f"{len(REFUSED)} not taken:"


def test_the_rest_is_read(ran: Ran, detente: Run, record: Path) -> None:
    assert ran.out.startswith("9 read · 0 copies of known stories · 0 already in the record")
    for name, words in {
        "broken.html": "resume its talks on fishing",
        "western.txt": "Élysée criticised Brazil – “again”",
        "feed.xml#1": "Norway criticised Poland",
        "lines.jsonl:3": "Laos met Nepal.",
        "clash.jsonl:1": "Ghana signed a treaty",
        "clash.jsonl:2": "Mali expelled the ambassador",
    }.items():
        shown = detente("show", name, "--record", record)
        assert words in shown.out, shown.err
        assert shown.code == 0


@pytest.mark.parametrize("entry", ["feed.xml#1", "feed.xml#2"])
def test_missing_dates_stay_unknown(ran: Ran, detente: Run, record: Path, entry: str) -> None:
    assert "Harbour Wire · undated" in detente("show", entry, "--record", record).out


def test_offline_is_said_and_the_files_are_read(detente: Run, site: str, report: Path, tmp_path: Path) -> None:
    ran = detente("read", f"{site}/page", report, "--offline", "--record", tmp_path / "a.duckdb")
    assert (ran.code, ran.out[:6]) == (3, "1 read")
    assert [line for line in ran.lines if "the network is switched off; files, or a run with" in line]


def test_nothing_but_bad_input_reads_nothing_and_keeps_the_record_whole(detente: Run, folder: Path, tmp_path: Path):
    ran = detente("read", folder / "empty.txt", "--record", tmp_path / "a.duckdb")
    assert (ran.code, ran.out[:6]) == (3, "0 read")
    assert "holds no report" in detente("brief", "JPN", "RUS", "--record", tmp_path / "a.duckdb").out
