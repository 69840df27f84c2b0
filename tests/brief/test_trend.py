"""Shifts and leaders in the brief: spoken of only with sentences, and only when there is enough."""

from datetime import date

import pytest

from detente.brief import brief, to_html, to_markdown
from detente.model.codes import EventType, Factuality
from detente.model.document import Document
from detente.model.entry import Entry
from detente.model.reading import Event, Reading, Sentence
from detente.model.run import Counts
from detente.model.span import Span
from detente.model.when import PartialDate
from detente.record import Record

PUBLISHERS = ("Harbour Wire", "Kisaragi Press", "North Sea Post")
WORDS = {EventType.CONSULT: "met", EventType.SANCTION: "sanctioned", EventType.ACCUSE: "accused"}


def _entry(month, acts):
    """One report of a month, a sentence for each act."""
    parts = [f"Japan {WORDS[kind]} Russia on day {n + 1} of {month}." for n, kind in enumerate(acts)]
    text = " ".join(parts)
    publisher = PUBLISHERS[month.month % 3]
    published = month.replace(day=28)
    document = Document(
        Document.id_of(text, published, publisher, None), text, publisher=publisher, published=published
    )
    sentences, events, start = [], [], 0
    for n, (part, kind) in enumerate(zip(parts, acts, strict=True)):
        span = Span(document.id, start, start + len(part))
        place = start + part.index(WORDS[kind])
        trigger = Span(document.id, place, place + len(WORDS[kind]))
        day = PartialDate.of(month.replace(day=n + 1))
        sentences.append(Sentence(span, n, 0))
        events.append(Event(trigger, span, kind, ("JPN",), ("RUS",), Factuality.FACT, date=day, frame="hand"))
        start += len(part) + 1
    reading = Reading(document.id, "hand", "1", tuple(sentences), events=tuple(events))
    return Entry(document, reading, document.id.encode())


def _record(path, months):
    store = Record.open(path)
    run = store.begin_run("read", "hand", "1", "{}")
    store.write(run, [_entry(month, acts) for month, acts in months], [])
    store.end_run(run, Counts(read=len(months)), (), False)
    return store


@pytest.fixture
def shifted(tmp_path):
    calm, harsh = [EventType.CONSULT] * 3, [EventType.CONSULT, *[EventType.SANCTION] * 8, EventType.ACCUSE]
    months = [date(2019 + i // 12, i % 12 + 1, 1) for i in range(48)]
    with _record(tmp_path / "r.duckdb", [(m, harsh if m.year >= 2021 else calm) for m in months]) as store:
        yield store


def test_a_shift_is_told_with_its_interval_and_the_sentences_of_its_weeks(shifted):
    written = brief(shifted, ("JPN", "RUS"), date(2023, 1, 1))
    (line,) = written.shifts
    assert "for the worse from 2021-01-01" in line.text
    assert "hostile deeds" in line.text
    quotes = [next(e for e in written.evidence if e.number == n).quote for n in line.evidence]
    assert quotes
    assert all("sanctioned" in quote for quote in quotes)
    assert line.text in to_markdown(written)
    assert "for the worse from 2021-01-01" in to_html(written)
    assert line in written.summary


def test_leaders_are_compared_on_the_acts_of_their_time(shifted):
    written = brief(shifted, ("JPN", "RUS"), date(2023, 1, 1))
    assert any("Under Fumio Kishida" in line.text for line in written.leaders)
    assert all(line.evidence for line in written.leaders)


def test_what_was_not_known_by_the_day_is_no_shift(shifted):
    written = brief(shifted, ("JPN", "RUS"), date(2020, 12, 31))
    assert written.shifts == ()
    assert any("none stands out" in absence.text for absence in written.absences)


def test_on_thin_evidence_it_abstains(tmp_path):
    months = [(date(2020, 1, 1), [EventType.CONSULT] * 2), (date(2021, 1, 1), [EventType.SANCTION] * 8)]
    with _record(tmp_path / "r.duckdb", months) as store:
        written = brief(store, ("JPN", "RUS"), date(2021, 12, 31))
    assert (written.shifts, written.leaders) == ((), ())
    assert "Too little evidence" in written.coverage.why
