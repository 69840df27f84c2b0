"""The server on a free port: pages, their JSON twins, and what is not allowed."""

import json
import threading
import urllib.error
import urllib.request
from datetime import date
from http.client import HTTPConnection

import pytest

from detente.model.actor import Actor, Mention
from detente.model.codes import ActorKind, EventType, Factuality, MentionKind
from detente.model.document import Document
from detente.model.entry import Entry
from detente.model.errors import UsageError
from detente.model.reading import Event, Reading, Sentence
from detente.model.run import Counts
from detente.model.span import Span
from detente.record import Record
from detente.web import Server

TEXT = "Japan sanctioned Russia <b>again</b> on Monday."
PUBLISHED = date(2026, 2, 2)
KEY = Document.id_of(TEXT, PUBLISHED, "Harbour Wire", "A <title>")


def _entry():
    d = Document(KEY, TEXT, title="A <title>", publisher="Harbour Wire", published=PUBLISHED)
    whole = Span(KEY, 0, len(TEXT))
    mention = Mention(Span(KEY, 0, 5), Span(KEY, 0, 5), MentionKind.NAME, (Actor("JPN", ActorKind.STATE),))
    event = Event(Span(KEY, 6, 16), whole, EventType.SANCTION, ("JPN",), ("RUS",), Factuality.FACT, frame="hand")
    return Entry(d, Reading(KEY, "hand", "1", (Sentence(whole, 0, 0),), (mention,), events=(event,)), b"x")


@pytest.fixture
def server(tmp_path):
    path = tmp_path / "affairs.duckdb"
    with Record.open(path) as store:
        run = store.begin_run("read", "hand", "1", "{}")
        store.write(run, [_entry()], [])
        store.end_run(run, Counts(read=1), (), False)
    with Server(path, 0) as served:
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield served
        served.shutdown()
        thread.join()


def _get(server, path):
    try:
        with urllib.request.urlopen(server.address + path.lstrip("/"), timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


def test_home_lists_documents_and_pairs(server):
    status, page, headers = _get(server, "/")
    assert status == 200
    assert "A &lt;title&gt;" in page
    assert f'href="/document/{KEY}"' in page
    assert 'href="/brief/JPN/RUS"' in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "http" not in page.replace("<!doctype html>", "")  # nothing comes from elsewhere


def test_home_as_json_is_the_same_page(server):
    status, text, headers = _get(server, "/index.json")
    assert status == 200
    assert headers["Content-Type"].startswith("application/json")
    found = json.loads(text)
    assert found["pairs"] == [{"pair": ["JPN", "RUS"], "names": ["Japan", "Russia"], "acts": 1}]
    assert [d["id"] for d in found["documents"]] == [KEY]
    assert found["total"] == 1


def test_brief_and_its_twin(server):
    status, page, _ = _get(server, "/brief/JPN/RUS?as_of=2026-02-20")
    assert status == 200
    assert "as of 20 February 2026" in page
    status, text, _ = _get(server, "/brief/japan/RUS.json?as_of=2026-02-01")
    assert status == 200
    found = json.loads(text)["brief"]
    assert found["as_of"] == "2026-02-01"
    assert found["acts"] == []  # the report was not out yet


def test_document_and_its_twin(server):
    status, page, _ = _get(server, f"/document/{KEY}")
    assert status == 200
    assert "&lt;b&gt;again" in page
    assert "<b>again" not in page
    status, text, _ = _get(server, f"/document/{KEY}.json")
    assert status == 200
    assert json.loads(text)["reading"]["events"][0]["type"] == "SANCTION"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nothing", 404, "/document/ID"),
        ("/document/none", 404, KEY),
        ("/brief/JPN/RUS?as_of=soon", 400, "YYYY-MM-DD"),
        ("/brief/JPN/RUS?day=2026-02-01", 400, "as_of=YYYY-MM-DD"),
        ("/brief/JPN/JPN", 400, "two different ones"),
        ("/brief/JPN/Atlantis", 400, "Atlantis"),
    ],
)
def test_trouble_says_what_is_allowed(server, path, status, said):
    code, page, _ = _get(server, path)
    assert code == status
    assert said in page
    assert "Allowed:" in page


def test_trouble_has_a_twin(server):
    code, text, _ = _get(server, "/nothing.json")
    assert code == 404
    assert json.loads(text)["status"] == 404


def test_another_host_name_is_refused(server):
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 400
    connection.close()


def test_head_has_no_body(server):
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    connection.request("HEAD", "/index.json")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")
    connection.close()


def test_it_listens_to_this_machine_only(server):
    assert server.server_address[0] == "127.0.0.1"


def test_a_writer_elsewhere_is_said_not_hidden(server):
    with Record.open(server.record):  # the same process with another mode
        code, page, _ = _get(server, "/")
    assert code == 503
    assert "another mode" in page


def test_a_port_in_use_is_refused(server):
    with pytest.raises(UsageError, match="cannot be used"):
        Server(server.record, server.server_address[1])
