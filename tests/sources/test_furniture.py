"""Furniture: what belongs to the page is found, and no sentence of reporting with it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.sources.furniture import body, furniture_ranges

REPORT = "Tokyo protested on Friday. Moscow has not answered."
WHOLE = [
    "Read more: Zelensky announced a deadline to end the conflict with Russia",
    "Subscribe to MK channel at MAX. With him you will know all the latest events",
    "Photo: Workers hang flags outside a hotel in Hanoi. Handout",
    "FILE PHOTO: The foreign ministry in Tokyo, Japan, February 2, 2026. REUTERS/Staff",
    "Image credit: Foreign Ministry",
    "This site uses cookies to improve your experience.",
    "We use cookies. Read our cookie policy.",
    "Share this article on WhatsApp",
    "Follow us on Twitter @harbourwire",
    "Follow our correspondents in Asia on Telegram.",
    "Sign up here for our morning briefing",
    "Marmara Review appears fortnightly. To subscribe, write to our Istanbul office.",
    "(c) Reuters 2025",
    "© 2026 Harbour Wire. All rights reserved.",
    "(Reporting by A. Writer in Tokyo; Editing by B. Editor)",
    "Related topics: islands, fishing, sanctions",
    "More from Levant Letter: our guide to the cabinet crisis",
    "Menu | World | Sport | Weather",
    "Advertisement",
    "(Translated from the Russian.)",
    "ENDS",
    "-30-",
    "(END)",
    "***",
    "Listen to this article (7 minutes)",
    "5 min read",
    "You are following live coverage. Sign up for alerts",
    "By Ailsa Merrin",
]
REPORTING = [
    "Watch the border, the minister told his troops.",
    "Moscow is watching the talks without illusions.",
    "More from both sides were killed in the night.",
    "More than forty states signed the treaty; more are to follow.",
    "Share prices fell in Tokyo after the embargo.",
    "Follow the money, the prosecutor said.",
    "Photographs of the meeting were published by the Kremlin.",
    "By Friday the troops had left the island.",
    "By Ukrainian law, Kyiv must answer within a month.",
    "Sign the treaty or leave, Washington told Tehran.",
    "Register of sanctions: the EU added nine names on Monday.",
    "Subscribers to the treaty met in Geneva.",
    "The views of Tokyo and Moscow are far apart.",
    "The ministry uses cookies as evidence against the embassy.",
    "Russia ends the fishing agreement with Japan.",
    "“Subscribe to peace,” the president told the assembly.",
    "The video shows soldiers of both armies exchanging fire.",
    "Related sanctions were lifted in March.",
    "In this story of two capitals, each accuses the other.",
    "The agency TASS reported the meeting.",
    "Home secretary Smith expelled two diplomats.",
]


def marked(text: str) -> list[str]:
    return [text[start:end] for start, end in furniture_ranges(text)]


@pytest.mark.parametrize("line", WHOLE)
def test_furniture_paragraph_is_marked_between_paragraphs_and_at_the_end(line):
    assert marked(f"{REPORT}\n\n{line}\n\n{REPORT}") == [line]
    assert marked(f"{REPORT}\n{line}") == [line]


@pytest.mark.parametrize("line", REPORTING)
def test_reporting_is_never_marked(line):
    assert marked(f"{line}\n\n{REPORT} {line}\n\n{line} {REPORT}") == []


@pytest.mark.parametrize(
    "tail",
    [
        "Read more on our channel.",
        "Send us your tips. Subscribe to the weekly letter.",
        "The views are his own.",
        "(Reporting by A. Writer; Editing by B. Editor)",
        "© Harbour Wire 2026",
        "More details to follow.",
    ],
)
def test_sentences_at_the_end_of_a_paragraph(tail):
    assert marked(f"{REPORT} {tail}") == [tail]


def test_body_is_what_is_left():
    assert body(f"{REPORT}\n\nAdvertisement\n\n{REPORT}") == f"{REPORT}\n\n\n\n{REPORT}"


@settings(deadline=None)
@given(st.lists(st.sampled_from([*WHOLE, *REPORTING, "", " ", "“"]), max_size=8).map("\n".join) | st.text(max_size=200))
def test_ranges_are_sorted_apart_and_tight(text):
    last = 0
    for start, end in furniture_ranges(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


def gold() -> Iterator[dict[str, Any]]:
    folder = Path(os.environ.get("DETENTE_DATA", "../shared"), "gold")
    files = sorted(folder.glob("dev_*.jsonl"))
    if not files:
        pytest.skip(f"no dev_*.jsonl in {folder}; set DETENTE_DATA to the folder that holds gold/")
    for file in files:
        yield from map(json.loads, file.read_text("utf-8").splitlines())


def places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


@pytest.mark.data
def test_nothing_that_gold_dispatches_quote_is_furniture():
    quotes = 0
    for dispatch in gold():
        ranges = furniture_ranges(dispatch["text"])
        for table in ("events", "statements", "relations", "causes"):
            for item in dispatch[table]:
                for key in ("sentence", "content", "evidence", "cause", "effect"):
                    for start, end in places(dispatch["text"], item.get(key) or ""):
                        quotes += 1
                        assert not any(a < end and start < b for a, b in ranges), (dispatch["id"], item[key])
    assert quotes > 1000
