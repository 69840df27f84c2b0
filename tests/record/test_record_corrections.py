"""What people correct shows everywhere and survives reading again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import record_samples as samples  # type: ignore[import-not-found]
from hypothesis import given
from hypothesis import strategies as st

from detente.model.codes import Direction, EventType, Factuality, Stance
from detente.model.errors import RecordError, UsageError
from detente.model.when import PartialDate
from detente.record import Record
from detente.record.anchoring import Place, match

PAIR = ("JPN", "RUS")


def begin(record: Record, *entries: object, version: str = "1") -> None:
    record.write(record.begin_run("read", "rules", version, "{}"), entries, [])  # type: ignore[arg-type]


def test_a_correction_shows_in_findings_acts_and_frames_but_not_in_the_reading(tmp_path: Path):
    entry = samples.entry()
    sanction = entry.reading.events[1]
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, entry)
        record.correct("events", sanction.id, "type", "AID", "Ana")
        record.correct("events", sanction.id, "target", "USA, CHN", "Ana", "the text names both")
        record.correct("events", sanction.id, "date", "2025-12-24", "Ana")
        record.correct("events", sanction.id, "factuality", "planned", "Ana")
        record.correct("events", sanction.id, "mode", None, "Ana")
        (found,) = record.events(("CHN", "JPN"))
        assert found.id == sanction.id
        assert found.value == replace(
            sanction,
            type=EventType.AID,
            target=("CHN", "USA"),
            date=PartialDate(2025, 12, 24),
            factuality=Factuality.PLANNED,
            mode=None,
        )
        assert found.corrections == ("date", "factuality", "mode", "target", "type")
        acts = record.acts(factuality=[Factuality.PLANNED]).to_pylist()
        assert [(a["target"], a["quad"], a["valid_first"]) for a in sorted(acts, key=lambda a: str(a["target"]))] == [
            ("CHN", "material cooperation", date(2025, 12, 24)),
            ("USA", "material cooperation", date(2025, 12, 24)),
        ]
        assert "AID" in record.frame("events").column("type").to_pylist()
        assert record.reading(entry.document.id) == entry.reading


def test_the_last_correction_of_a_field_counts_and_all_are_kept(tmp_path: Path):
    entry = samples.entry()
    statement, claim = entry.reading.statements[0], entry.reading.relations[0]
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, entry)
        record.correct("statements", statement.id, "stance", "hedge", "Ana")
        record.correct("statements", statement.id, "stance", "deny", "Ben", "she denies it")
        record.correct("relation_claims", claim.id, "direction", "stable", "Ben")
        assert record.statements()[0].value.stance is Stance.DENY
        assert record.relation_claims()[0].value.direction is Direction.STABLE
        first, second, _ = record.corrections()
        assert (first.value, first.who, second.value, second.who, second.note) == (
            *("hedge", "Ana", "deny", "Ben"),
            "she denies it",
        )
        assert first.seq < second.seq
        assert second.applies_to == statement.id


def test_a_rejected_row_is_out_of_every_view_until_it_is_taken_back(tmp_path: Path):
    entry = samples.entry()
    cause, event = entry.reading.causes[0], entry.reading.events[0]
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, entry)
        record.correct("causal_claims", cause.id, "rejected", "true", "Ana")
        record.correct("events", event.id, "rejected", "true", "Ana")
        assert record.causal_claims() == []
        assert [found.id for found in record.events()] == [entry.reading.events[1].id]
        assert record.acts().num_rows == 1
        record.correct("events", event.id, "rejected", "false", "Ana")
        assert len(record.events()) == 2


def test_a_documents_corrected_date_moves_its_known_time(tmp_path: Path):
    entry = samples.entry(published=None)
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, entry)
        assert record.events(as_of=date(2030, 1, 1)) == []
        record.correct("documents", entry.document.id, "published", "2026-01-07", "Ana")
        record.correct("documents", entry.document.id, "publisher", "The Paper", "Ana")
        assert record.events(as_of=date(2026, 1, 6)) == []
        (_, found) = record.events(as_of=date(2026, 1, 7))
        assert (found.known, found.publisher) == (date(2026, 1, 7), "The Paper")
        assert record.document(entry.document.id).published == date(2026, 1, 7)
        assert record.evidence(entry.reading.events[0].trigger).publisher == "The Paper"


def test_corrections_survive_a_new_version_with_the_same_ids(tmp_path: Path):
    entry = samples.entry()
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, entry)
        record.correct("events", entry.reading.events[1].id, "factuality", "denied", "Ana")
        begin(record, samples.entry(version="2"), version="2")
        assert [found.value.factuality for found in record.events()] == [Factuality.DENIED, Factuality.FACT]


def test_corrections_find_the_same_words_when_a_new_version_gives_other_ids(tmp_path: Path):
    old, new = samples.entry(), samples.entry(version="2", shift=3)
    was, now = old.reading.events[1].id, new.reading.events[1].id
    assert was != now
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, old)
        record.correct("events", was, "factuality", "denied", "Ana")
        begin(record, new, version="2")
        assert [found.value.factuality for found in record.events()] == [Factuality.DENIED, Factuality.FACT]
        (correction,) = record.corrections()
        assert (correction.target, correction.applies_to) == (was, now)
        begin(record, samples.entry(version="3"), version="3")
        assert record.corrections()[0].applies_to == was


def test_a_rejection_moves_only_to_a_row_that_claims_the_same(tmp_path: Path):
    old = samples.entry()
    was = old.reading.events[1]
    wider = samples.entry(version="2", shift=3)
    other = replace(old, reading=samples.reading(old.document, "3", kind=EventType.CONSULT))
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, old)
        record.correct("events", was.id, "rejected", "true", "Ana")
        begin(record, wider, version="2")
        assert [found.value.type for found in record.events()] == [EventType.ACCUSE]
        begin(record, other, version="3")
        assert [found.value.type for found in record.events()] == [EventType.CONSULT, EventType.ACCUSE]
        assert record.corrections()[0].applies_to is None
        begin(record, replace(old, reading=samples.reading(old.document, "4")), version="4")
        assert [found.value.type for found in record.events()] == [EventType.ACCUSE]


def test_a_correction_outlives_a_reading_without_its_row(tmp_path: Path):
    old = samples.entry()
    empty = replace(old, reading=samples.Reading(old.document.id, "rules", "2", old.reading.sentences))
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, old)
        record.correct("statements", old.reading.statements[0].id, "speaker", "RUS", "Ana")
        begin(record, empty, version="2")
        assert record.statements() == []
        assert record.corrections()[0].applies_to is None
        begin(record, samples.entry(version="3"), version="3")
        assert record.statements()[0].value.speaker == "RUS"


@pytest.mark.parametrize(
    ("table", "field", "value", "message"),
    [
        ("mentions", "codes", "JPN", "table 'mentions' cannot be corrected; allowed: documents, statements"),
        ("events", "trigger", "x", "field 'trigger' of events cannot be corrected; allowed: type, mode"),
        ("events", "type", "HUG", "type of events cannot be 'HUG'; allowed: AGREE, CONSULT"),
        ("events", "type", None, "type of events cannot be unknown"),
        ("events", "source", "Japan", "allowed: actor codes of three capitals"),
        ("events", "source", "JPN,,RUS", "allowed: actor codes of three capitals"),
        ("events", "date", "yesterday", "allowed: YYYY, YYYY-MM or YYYY-MM-DD"),
        ("events", "mode", "", "allowed: some text, or nothing"),
        ("events", "rejected", "yes", "allowed: true, false"),
        ("statements", "speaker", "JPN,RUS", "allowed: an actor code of three capitals"),
        ("documents", "published", "2026-02", "allowed: YYYY-MM-DD"),
        ("relation_claims", "direction", "up", "allowed: better, worse, stable"),
        ("events", "factuality", "fact", "has no row 'event-none'"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    tmp_path: Path, table: str, field: str, value: str | None, message: str
):
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, samples.entry())
        with pytest.raises(UsageError, match=message):
            record.correct(table, "event-none", field, value, "Ana")
        assert record.corrections() == []


def test_a_correction_needs_a_name_and_a_writable_record(tmp_path: Path):
    entry = samples.entry()
    key = entry.reading.events[0].id
    with Record.open(tmp_path / "affairs.duckdb") as record:
        begin(record, entry)
        with pytest.raises(UsageError, match="name of who"):
            record.correct("events", key, "type", "AID", " ")
    with (
        Record.open(tmp_path / "affairs.duckdb", read_only=True) as record,
        pytest.raises(RecordError, match="opened for reading only"),
    ):
        record.correct("events", key, "type", "AID", "Ana")


PLACES = st.builds(
    lambda key, start, length, what: Place(key, start, start + length, what),
    st.sampled_from("abcdef"),
    st.integers(0, 30),
    st.integers(1, 10),
    st.sampled_from("xy"),
)


@given(PLACES, st.booleans(), st.lists(PLACES, max_size=6))
def test_the_match_overlaps_or_has_the_same_id(place: Place, is_rejection: bool, rows: list[Place]):
    found = match(place, is_rejection, rows)
    if found is None:
        assert all(row.id != place.id for row in rows)
        assert is_rejection or all(row.end <= place.start or row.start >= place.end for row in rows)
    else:
        chosen = [row for row in rows if row.id == found]
        assert any(
            row.id == place.id
            or (
                row.start < place.end and place.start < row.end and (not is_rejection or row.identity == place.identity)
            )
            for row in chosen
        )
        assert match(place, is_rejection, rows[::-1]) == found
