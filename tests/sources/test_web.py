"""Addresses on the web: what is taken, and one clear line for each way in which it fails."""

import socket
import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from detente.model.document import Document
from detente.model.run import Refusal
from detente.sources import SourceSettings, open_sources


def opened(addresses: list[str], settings: SourceSettings) -> list[Any]:
    return list(open_sources(addresses, settings))


def only(address: str, settings: SourceSettings) -> Any:
    found = opened([address], settings)
    assert len(found) == 1, found
    return found[0]


def test_page_becomes_document(site, hasty):
    document = only(f"{site.root}/page", hasty)
    assert isinstance(document, Document)
    assert document.title == "Talks to resume"
    assert document.publisher == "Harbour Wire"
    assert document.published == date(2026, 2, 20)
    assert document.language == "en"
    assert document.url == document.origin == f"{site.root}/page"
    assert document.text.count("\n\n") == 3
    assert [span.of(document.text) for span in document.furniture] == ["Read more: What the islands mean"]


def test_redirect_is_followed_and_final_address_kept(site, hasty):
    document = only(f"{site.root}/moved", hasty)
    assert isinstance(document, Document)
    assert document.url == f"{site.root}/page"
    assert document.origin == f"{site.root}/moved"


def test_plain_text_from_the_web_has_its_host_as_publisher(site, hasty):
    document = only(f"{site.root}/text", hasty)
    assert (document.title, document.publisher, document.text) == ("Plain", "127.0.0.1", "Tokyo and Moscow met.")


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/missing", "answers 404 Not Found"),
        ("/pdf", "serves a PDF"),
        ("/hidden-pdf", "a PDF"),
        ("/private/page", "robots.txt does not allow"),
        ("/to-private", "robots.txt does not allow"),
        ("/loop", "more than 5 redirects"),
        ("/elsewhere", "no web address"),
        ("/large", "too large"),
        ("/slow", "no answer within 0.5 s"),
        ("/dripping", "no answer within 0.5 s"),
    ],
)
def test_refused_with_one_line_and_the_rest_goes_on(site, hasty, path, what):
    refusal, document = opened([f"{site.root}{path}", f"{site.root}/text"], hasty)
    assert isinstance(refusal, Refusal)
    assert refusal.where == f"{site.root}{path}"
    assert what in refusal.what
    assert refusal.allowed
    assert "\n" not in str(refusal)
    assert isinstance(document, Document)


def test_disallowed_page_is_never_asked_for(site, hasty):
    opened([f"{site.root}/private/page"], hasty)
    assert site.paths == ["/robots.txt"]


def test_unreachable_host_is_tried_once(hasty):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        root = f"http://127.0.0.1:{closed.getsockname()[1]}"
    first, second = opened([f"{root}/a", f"{root}/b"], hasty)
    assert "cannot be reached" in first.what
    assert second == Refusal(f"{root}/b", first.what, first.allowed)


def test_network_switched_off(site, hasty):
    refusal = only(f"{site.root}/page", replace(hasty, network=False))
    assert "network is switched off" in refusal.what
    assert site.paths == []


def test_polite_pace(site, hasty):
    started = time.monotonic()
    opened([f"{site.root}/text", f"{site.root}/text?2"], replace(hasty, delay=0.3))
    assert time.monotonic() - started >= 0.3


@pytest.mark.parametrize("address", ["ftp://files.example/a.txt", "file:///etc/hostname"])
def test_other_schemes_are_refused(hasty, address):
    assert "not fetched" in only(address, hasty).what


def test_feed_over_the_web(site, hasty):
    one, two, three, four, five = opened([f"{site.root}/feed"], hasty)
    assert (one.text, one.published, one.name) == ("Tokyo talks.\n\nMoscow listens.", date(2026, 2, 20), "g1")
    assert (one.publisher, one.language, one.origin) == ("Harbour Wire", "en", f"{site.root}/feed#1")
    assert (two.text, two.published) == ("Beijing protests.", None)
    assert three.text.startswith("The Japanese government said")
    assert (three.title, three.published) == ("Three", date(2026, 2, 20))
    assert "404" in four.what
    assert "neither text nor link" in five.what


def test_feed_full_pages(site, hasty):
    one = opened([f"{site.root}/feed"], replace(hasty, full_pages=True))[0]
    assert one.text.startswith("The Japanese government said")
    assert one.title == "One"
