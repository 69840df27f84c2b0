"""Known time and valid time: what was known at the end of a day, and what acts that makes."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
import record_samples as samples  # type: ignore[import-not-found]

from detente.model.coded import CodedEvent
from detente.model.codes import EventType, Factuality, QuadClass
from detente.model.entry import Entry
from detente.model.errors import RecordError, UsageError
from detente.model.span import Span
from detente.record import Record

PAIR = ("JPN", "RUS")


def held(record: Record, *entries: Entry) -> None:
    record.write(record.begin_run("read", "rules", "1", "{}"), entries, [])


def test_as_of_leaves_out_what_was_reported_later_or_at_an_unknown_date(tmp_path: Path):
    early, late, undated = (
        samples.entry(1, date(2026, 1, 5)),
        samples.entry(2, date(2026, 1, 9)),
        samples.entry(3, None),
    )
    with Record.open(tmp_path / "affairs.duckdb") as record:
        held(record, early, late, undated)
        for as_of, count in ((date(2026, 1, 4), 0), (date(2026, 1, 5), 1), (date(2026, 1, 9), 2), (None, 3)):
            assert len(record.documents(as_of)) == count
            assert len(record.events(PAIR, as_of)) == 2 * count
            assert len(record.statements(PAIR, as_of)) == count
            assert len(record.relation_claims(PAIR, as_of)) == count
            assert len(record.causal_claims(as_of=as_of)) == count
            assert record.acts(as_of).num_rows == 2 * count
            assert record.frame("sentences", as_of).num_rows == 2 * count


def test_findings_say_when_they_were_known_and_how_often_they_ran(tmp_path: Path):
    story = samples.entry(1, date(2026, 1, 10))
    copies = [samples.copy_of(story.document, 1, date(2026, 1, 12)), samples.copy_of(story.document, 2, None)]
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), [story], copies)
        (dated, undated) = record.events(PAIR)
        assert dated.value == story.reading.events[1]
        assert undated.value == story.reading.events[0]
        assert (dated.known, dated.publisher, dated.copies) == (date(2026, 1, 10), "Wire", 2)
        assert record.events(PAIR, date(2026, 1, 11))[0].copies == 0
        assert record.events(PAIR, date(2026, 1, 12))[0].copies == 1


def test_a_story_with_copies_counts_once_in_acts(tmp_path: Path):
    story = samples.entry()
    copies = [samples.copy_of(story.document, n) for n in range(4)]
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), [story], copies)
        acts = record.acts(pair=PAIR)
    assert acts.num_rows == 2
    assert acts.column("copies").to_pylist() == [4, 4]
    assert set(acts.column("quad").to_pylist()) == {"verbal conflict", "material conflict"}


def test_acts_join_reports_and_event_data(tmp_path: Path):
    coded = CodedEvent(
        "keds", "RUS", "JPN", date(2025, 12, 1), None, "WEIS", "041", None, QuadClass.VERBAL_COOPERATION, 1
    )
    own = CodedEvent("keds", "RUS", "RUS", date(2025, 12, 1), None, "WEIS", "223", EventType.ASSAULT, None, None)
    with Record.open(tmp_path / "affairs.duckdb") as record:
        held(record, samples.entry(published=date(2026, 1, 10)))
        record.write_coded([coded, own])
        acts = record.acts(pair=PAIR).to_pylist()
        assert {act["origin"] for act in acts} == {"read", "keds"}
        (row,) = (act for act in acts if act["origin"] == "keds")
        assert (row["id"], row["source"], row["target"], row["known"]) == (coded.id, "RUS", "JPN", coded.day)
        assert (row["valid_first"], row["valid_last"], row["factuality"]) == (coded.day, coded.day, "fact")
        assert (row["quad"], row["type"], row["document"]) == ("verbal cooperation", None, None)
        assert record.acts(date(2025, 12, 31)).num_rows == 1


def test_acts_are_directed_dyads_and_tellings_within_a_report_share_one_weight(tmp_path: Path):
    entry = samples.entry()
    one, two = entry.reading.events
    span = Span(entry.document.id, 0, 5)
    talks = samples.Event(span, two.sentence, EventType.CONSULT, PAIR, PAIR, Factuality.FACT)
    again = samples.Event(Span(entry.document.id, 6, 10), two.sentence, EventType.CONSULT, PAIR, PAIR, Factuality.FACT)
    planned = samples.Event(span, two.sentence, EventType.AID, ("JPN",), ("CHN", "RUS"), Factuality.PLANNED)
    reading = samples.Reading(entry.document.id, "rules", "1", (), events=(talks, again, planned))
    with Record.open(tmp_path / "affairs.duckdb") as record:
        held(record, Entry(entry.document, reading, b""))
        facts = record.acts().to_pylist()
        assert sorted((act["source"], act["target"], act["weight"]) for act in facts) == [
            ("JPN", "RUS", 0.5),
            ("JPN", "RUS", 0.5),
            ("RUS", "JPN", 0.5),
            ("RUS", "JPN", 0.5),
        ]
        plans = record.acts(factuality=[Factuality.PLANNED]).to_pylist()
        assert sorted((act["source"], act["target"]) for act in plans) == [("JPN", "CHN"), ("JPN", "RUS")]
        assert record.acts(factuality=list(Factuality), pair=("CHN", "RUS")).num_rows == 0
    assert one.dyads == (("JPN", "RUS"),)


def test_questions_about_a_pair_take_either_order_and_leave_out_others(tmp_path: Path):
    with Record.open(tmp_path / "affairs.duckdb") as record:
        held(record, samples.entry())
        for pair in (PAIR, PAIR[::-1]):
            assert len(record.events(pair)) == 2
            assert len(record.statements(pair)) == 1
            assert len(record.relation_claims(pair)) == 1
            assert len(record.causal_claims(pair)) == 1
        other = ("CHN", "RUS")
        assert not record.events(other)
        assert not record.statements(other)
        assert not record.relation_claims(other)
        assert not record.causal_claims(other)
        assert len(record.statements(speaker="JPN")) == 1
        assert record.statements(speaker="RUS") == []
        assert record.events(PAIR, factuality=[Factuality.DENIED]) == []


def test_evidence_shows_the_quote_in_its_sentence(tmp_path: Path):
    entry = samples.entry()
    with Record.open(tmp_path / "affairs.duckdb") as record:
        held(record, entry)
        evidence = record.evidence(entry.reading.events[1].trigger)
        assert evidence.quote == "imposed sanctions"
        assert evidence.sentence == samples.DID
        assert evidence.sentence[slice(*evidence.highlight)] == evidence.quote
        assert (evidence.title, evidence.publisher, evidence.published) == ("Report 0", "Wire", date(2026, 1, 10))
        across = record.evidence(Span(entry.document.id, 50, 60))
        assert across.sentence == f"{samples.SAID} {samples.DID}"
        outside = record.evidence(Span(entry.document.id, len(entry.document.text) - 2, len(entry.document.text)))
        assert outside.sentence == outside.quote == "0."
        for span in (Span(entry.document.id, 0, 9999), Span("document-none", 0, 1)):
            with pytest.raises(RecordError, match="no words at"):
                record.evidence(span)


def test_frames_are_arrow_tables_and_an_unknown_one_lists_those_there_are(tmp_path: Path):
    with Record.open(tmp_path / "affairs.duckdb") as record:
        held(record, samples.entry())
        assert isinstance(record.frame("events"), pa.Table)
        assert {"known", "valid_first", "quad"} <= set(record.frame("events").column_names)
        with pytest.raises(UsageError, match="allowed: documents, sentences"):
            record.frame("nothing")
