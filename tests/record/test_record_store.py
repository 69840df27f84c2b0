"""Runs, idempotence, copies, and a new reader version."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import record_samples as samples  # type: ignore[import-not-found]

from detente.model.errors import RecordError, UsageError
from detente.model.protocols import Store
from detente.model.run import Counts, Refusal
from detente.record import Record
from detente.record.columns import LAYOUTS

TABLES = ("documents", "copies", "readings", "actors", *(layout.table for layout in LAYOUTS))


def contents(record: Record) -> dict[str, list[dict[str, object]]]:
    return {table: record.query(f"SELECT * FROM {table} ORDER BY ALL").to_pylist() for table in TABLES}


def test_the_record_is_a_store(tmp_path: Path):
    with Record.open(tmp_path / "affairs.duckdb") as record:
        store: Store = record
        assert not store.has_reading("document-1", "rules", "1")
        assert list(store.signatures()) == []
        assert store.text("document-1") is None
        assert store.named("wire-1") == []


def test_writing_twice_changes_nothing(tmp_path: Path):
    batch = [samples.entry(n) for n in range(5)]
    copies = [samples.copy_of(batch[0].document, n) for n in range(2)]
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), [*batch, batch[0]], [*copies, copies[0]])
        before = contents(record)
        assert len(before["documents"]) == 5
        assert len(before["copies"]) == 2
        record.write(record.begin_run("read", "rules", "1", "{}"), batch, copies)
        assert contents(record) == before


def test_what_was_written_is_there_after_closing(tmp_path: Path):
    batch = [samples.entry(n) for n in (3, 1, 2)]
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), batch, [])
    with Record.open(tmp_path / "affairs.duckdb", read_only=True) as record:
        assert [key for key, _ in record.signatures()] == [e.document.id for e in batch]
        assert all(record.has_reading(e.document.id, "rules", "1") for e in batch)
        assert record.named("wire-1") == [batch[1].document.id]
        assert record.text(batch[2].document.id) == batch[2].document.text


def test_a_new_reader_version_takes_the_place_of_the_old_reading(tmp_path: Path):
    old, new, other = samples.entry(), samples.entry(version="2", shift=3), samples.entry(1)
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), [old, other], [])
        record.write(record.begin_run("read", "rules", "2", "{}"), [new], [])
        assert record.reading(old.document.id) == new.reading
        assert record.reading(other.document.id) == other.reading
        assert record.has_reading(old.document.id, "rules", "2")
        assert not record.has_reading(old.document.id, "rules", "1")
        assert len(record.documents()) == 2
        assert len(record.events()) == 4


def test_a_copy_needs_its_story(tmp_path: Path):
    story = samples.entry()
    with Record.open(tmp_path / "affairs.duckdb") as record:
        run = record.begin_run("read", "rules", "1", "{}")
        with pytest.raises(RecordError, match="without that story"):
            record.write(run, [], [samples.copy_of(story.document)])
        record.write(run, [story], [samples.copy_of(story.document)])
        assert record.copies_of(story.document.id) == [samples.copy_of(story.document)]


def test_runs_keep_their_counts_and_refusals(tmp_path: Path):
    refusal = Refusal("a.txt", "is empty", "give a text")
    with Record.open(tmp_path / "affairs.duckdb") as record:
        done = record.begin_run("read", "rules", "1", '{"jobs": 2}')
        record.end_run(done, Counts(read=3, copies=2, skipped=1), [refusal], interrupted=False)
        cut_off = record.begin_run("read", "rules", "2", "{}")
        record.write(cut_off, [samples.entry()], [])
        first, second = record.runs()
        assert (first.id, first.read, first.copies, first.skipped, first.refusals) == (done, 3, 2, 1, (refusal,))
        assert first.finished is not None
        assert first.finished >= first.started
        assert not first.interrupted
        assert first.settings == '{"jobs": 2}'
        assert (second.id, second.read, second.finished, second.interrupted) == (cut_off, 1, None, True)
        with pytest.raises(RecordError, match="no run 'run-none'"):
            record.end_run("run-none", Counts(), [], interrupted=False)


def test_a_reading_of_another_document_is_refused(tmp_path: Path):
    one, two = samples.entry(1), samples.entry(2)
    with Record.open(tmp_path / "affairs.duckdb") as record:
        run = record.begin_run("read", "rules", "1", "{}")
        with pytest.raises(RecordError, match="handed in with document"):
            record.write(run, [replace(one, reading=two.reading)], [])


def test_documents_are_found_by_id_beginning_name_origin_and_url(tmp_path: Path):
    batch = [samples.entry(n) for n in range(3)]
    wanted = batch[1].document
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), batch, [])
        for key in (wanted.id, wanted.id[:20], wanted.id.removeprefix("document-")[:8], "wire-1", wanted.origin):
            assert record.document(str(key)) == wanted
        assert record.document("https://example.org/1") == wanted
        with pytest.raises(UsageError, match=r"fits several documents; allowed: an id.*document-"):
            record.document("document-")
        with pytest.raises(UsageError, match="is no document of the record"):
            record.document("nowhere")
        with pytest.raises(UsageError, match="is no document of the record"):
            record.document("")


def test_documents_are_listed_by_date_with_their_reader(tmp_path: Path):
    late, undated, early = (
        samples.entry(1, date(2026, 2, 1)),
        samples.entry(2, None),
        samples.entry(3, date(2026, 1, 1)),
    )
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), [late, undated, early], [])
        listed = record.documents()
    assert [held.id for held in listed] == [e.document.id for e in (early, late, undated)]
    assert {(held.reader, held.version) for held in listed} == {("rules", "1")}
    assert listed[0].characters == len(early.document.text)
