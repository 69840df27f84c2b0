"""The pipeline: idempotence, resumption, copies, clashes, bad inputs, failing readers and a failing record."""

import errno
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.errors import RecordError, UsageError
from detente.model.run import Counts
from detente.pipeline import ExecutorName, PipelineSettings, read
from detente.sources import SourceSettings

SMALL = PipelineSettings(batch=4, sources=SourceSettings(network=False))


def counts(run) -> tuple[int, int, int, int]:
    return run.read, run.copies, run.skipped, len(run.refusals)


def lines(path: Path, *objects: dict[str, str]) -> str:
    path.write_text("".join(json.dumps(each) + "\n" for each in objects))
    return str(path)


def test_everything_is_read_written_in_order_and_reported(store, reader, watcher, reports):
    run = read([str(reports)], store, reader, SMALL, watcher)
    assert counts(run) == (40, 0, 0, 0)
    assert [entry.document.origin for entry in store.entries.values()] == [
        path.as_posix() for path in sorted(reports.iterdir())
    ]
    assert watcher.documents == list(store.entries)
    assert store.writes == 10
    assert (store.closed[0].counts, store.closed[0].interrupted) == (Counts(40), False)
    assert (run.verb, run.reader, run.version, run.interrupted) == ("read", "fake", "1", False)
    assert run.finished is not None
    assert run.started <= run.finished
    assert msgspec.json.decode(run.settings, type=PipelineSettings) == SMALL


def test_reading_twice_changes_nothing(store, reader, reports):
    read([str(reports)], store, reader, SMALL)
    before = dict(store.entries)
    assert counts(read([str(reports)], store, reader, SMALL)) == (0, 0, 40, 0)
    assert store.entries == before
    assert len(reader.seen) == 40


def test_newer_reader_version_reads_again(store, reader, newer_reader, reports):
    read([str(reports)], store, reader, SMALL)
    assert counts(read([str(reports)], store, newer_reader, SMALL)) == (40, 0, 0, 0)
    assert len(store.entries) == 40
    assert len(store.readings) == 80


def test_copies_within_a_run_and_against_the_record(store, reader, reports, tmp_path):
    text = (reports / "07.txt").read_text()
    near = text.replace(".", " today.") + "\n\nSubscribe to our channel"
    (reports / "50-exact.txt").write_text("Publisher: Second\n\n" + text)
    (reports / "51-same.txt").write_text(text)
    assert counts(read([str(reports)], store, reader, SMALL)) == (40, 2, 0, 0)
    later = tmp_path / "later.txt"
    later.write_text("Publisher: Third\n\n" + near)
    assert counts(read([str(later)], store, reader, SMALL)) == (0, 1, 0, 0)
    story = next(e.document.id for e in store.entries.values() if e.document.origin.endswith("07.txt"))
    found = [(copy.document, copy.kind, copy.publisher) for copy in store.copies.values()]
    assert found == [(story, "exact", "Second"), (story, "exact", None), (story, "near", "Third")]
    assert counts(read([str(reports)], store, reader, SMALL)) == (0, 2, 40, 0)
    assert len(store.copies) == 3


def test_stored_signature_of_an_older_scheme_is_made_anew(store, reader, reports, tmp_path):
    read([str(reports)], store, reader, SMALL)
    store.entries = {key: replace(entry, signature=b"old") for key, entry in store.entries.items()}
    copy = tmp_path / "copy.txt"
    copy.write_text("Publisher: Second\n\n" + (reports / "07.txt").read_text())
    assert counts(read([str(copy)], store, reader, SMALL)) == (0, 1, 0, 0)


def test_one_id_for_two_texts_keeps_both_and_says_so(store, reader, tmp_path):
    one, two = {"id": "x", "text": "Tokyo protested."}, {"id": "x", "text": "Moscow answered."}
    path = lines(tmp_path / "a.jsonl", one, two)
    run = read([path], store, reader, SMALL)
    assert counts(run) == (2, 0, 0, 1)
    assert run.refusals[0].where == f"{path}:2"
    assert "id 'x' already names a different text" in run.refusals[0].what
    assert "both are kept" in run.refusals[0].what
    assert counts(read([path], store, reader, SMALL)) == (0, 0, 2, 0)


def test_one_id_for_two_texts_is_seen_against_the_record(store, reader, tmp_path):
    read([lines(tmp_path / "a.jsonl", {"id": "x", "text": "Tokyo protested."})], store, reader, SMALL)
    run = read([lines(tmp_path / "b.jsonl", {"id": "x", "text": "Moscow answered."})], store, reader, SMALL)
    assert counts(run) == (1, 0, 0, 1)


def test_same_id_for_the_same_text_is_no_clash(store, reader, tmp_path):
    one = {"id": "x", "text": "Tokyo protested.", "publisher": "A"}
    run = read([lines(tmp_path / "a.jsonl", one, {**one, "publisher": "B"})], store, reader, SMALL)
    assert counts(run) == (1, 1, 0, 0)


def test_bad_inputs_are_reported_at_once_and_the_rest_is_read(store, reader, watcher, reports):
    (reports / "00.txt").write_bytes(b"")
    (reports / "39.txt").write_bytes(bytes(256))
    run = read([str(reports), "nowhere.txt", "https://example.org/a"], store, reader, SMALL, watcher)
    assert counts(run) == (38, 0, 0, 4)
    assert list(run.refusals) == watcher.refusals == list(store.closed[0].refusals)


def test_refusals_beyond_the_limit_are_counted(store, reader, watcher, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("broken\n" * 50)
    run = read([str(path)], store, reader, replace(SMALL, max_refusals=5), watcher)
    assert len(run.refusals) == 6
    assert run.refusals[-1].what == "45 further inputs were refused"
    assert len(watcher.refusals) == 50


def test_text_on_which_the_reader_fails_is_refused_with_its_copies(store, reader, reports):
    text = (reports / "05.txt").read_text() + " unreadable"
    (reports / "05.txt").write_text(text)
    (reports / "41.txt").write_text("Publisher: Second\n\n" + text)
    run = read([str(reports)], store, reader, SMALL)
    assert counts(run) == (39, 0, 0, 2)
    first, second = run.refusals
    assert first.where.endswith("05.txt")
    assert "fake 1 failed on it (ZeroDivisionError: division by zero)" in first.what
    assert second.where.endswith("41.txt")


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), RecordError("locked")])
def test_record_that_cannot_be_written_keeps_what_was_reported(store, reader, watcher, reports, failure):
    store.fails_at, store.failure = 3, failure
    with pytest.raises(RecordError) as caught:
        read([str(reports)], store, reader, SMALL, watcher)
    message = str(caught.value)
    assert "8 documents reported as read are kept" in message
    assert ("No space left" in message) or ("locked" in message)
    assert "\n" not in message
    assert watcher.documents == list(store.entries)
    assert len(store.entries) == 8
    assert store.closed[0].interrupted
    assert counts(read([str(reports)], store, reader, SMALL)) == (32, 0, 8, 0)


def test_keyboard_interrupt_out_of_the_record_closes_the_run(store, reader, reports):
    store.fails_at, store.failure = 2, KeyboardInterrupt()
    run = read([str(reports)], store, reader, SMALL)
    assert (run.read, run.interrupted) == (4, True)
    assert store.closed[0].interrupted


def test_ray_is_asked_for_and_not_installed(store, reader, reports, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(UsageError, match=r"needs the package ray.*available executors: local"):
        read([str(reports)], store, reader, replace(SMALL, executor=ExecutorName.RAY))


@pytest.mark.parametrize("name", ["workers", "batch", "max_refusals"])
def test_settings_below_one_are_refused(name):
    with pytest.raises(ValueError, match=f"{name} is 0"):
        replace(SMALL, **{name: cast(Any, 0)})


@settings(max_examples=25, deadline=None)
@given(seeds=st.lists(st.integers(0, 6) | st.none(), max_size=30))
def test_every_input_is_counted_once(tmp_path_factory, fresh_store, fresh_reader, seeds):
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    text = "".join("broken\n" if s is None else json.dumps({"text": f"{s} " * 30}) + "\n" for s in seeds)
    path.write_text(text or "\n")
    store = fresh_store()
    run = read([str(path)], store, fresh_reader(), SMALL)
    assert run.read == len(set(seeds) - {None}) == len(store.entries)
    assert run.read + run.copies + run.skipped + len(run.refusals) == len(seeds)
