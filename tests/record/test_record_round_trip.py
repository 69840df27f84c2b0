"""What is written comes back equal, and every stored span quotes the text."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import record_samples as samples  # type: ignore[import-not-found]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.model.entry import Entry
from detente.model.errors import RecordError
from detente.model.span import Span
from detente.record import Record
from detente.record.columns import all_spans
from detente.record.exports import export

VERSIONS = map(str, itertools.count())


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("record") / "affairs.duckdb") as record:
        yield record


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(drawn=samples.entries())
def test_a_reading_comes_back_equal(shared: Record, drawn: Entry):
    version = next(VERSIONS)  # texts may recur; a new version takes the place of the reading held
    entry = replace(drawn, reading=replace(drawn.reading, version=version))
    run = shared.begin_run("read", "drawn", version, "{}")

    known = shared.text(entry.document.id) is not None
    shared.write(run, [entry], [])

    assert shared.reading(entry.document.id) == entry.reading
    if not known:
        assert shared.document(entry.document.id) == entry.document
        assert dict(shared.signatures())[entry.document.id] == entry.signature
    spans = list(all_spans(entry.reading))
    for evidence, span in zip(shared.evidence_of(spans), spans, strict=True):
        assert evidence.quote == entry.document.text[span.start : span.end]
        assert evidence.sentence[slice(*evidence.highlight)] == evidence.quote


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(samples.entries(), min_size=8, max_size=16, unique_by=lambda entry: entry.document.id))
def test_exported_quotes_are_the_words_at_their_offsets(tmp_path_factory: pytest.TempPathFactory, drawn: list[Entry]):
    place = tmp_path_factory.mktemp("quotes")
    with Record.open(place / "affairs.duckdb") as record:
        record.write(record.begin_run("read", "drawn", "1", "{}"), drawn, [])
        (file,) = export(record, "jsonl", place / "out")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]

    assert [line["text"] for line in lines] == [entry.document.text for entry in drawn]
    for entry, line in zip(drawn, lines, strict=True):
        quoted = [e["trigger"] for e in line["events"]] + [p for s in line["statements"] for p in s["content"]]
        assert len(quoted) == len(entry.reading.events) + sum(len(s.content) for s in entry.reading.statements)
        for part in quoted:
            assert part["quote"] == entry.document.text[part["start"] : part["end"]]


def test_unknown_is_null_and_never_empty(tmp_path: Path):
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), [samples.entry()], [])
        for table in ("documents", "mentions", "times", "statements", "events", "relation_claims", "causal_claims"):
            frame = record.query(f"SELECT * FROM {table}")
            for name in frame.column_names:
                assert "" not in frame.column(name).to_pylist(), f"{table}.{name}"
        assert record.query("SELECT frame FROM events").column("frame").to_pylist() == ["condemn", None]


def test_a_span_outside_the_text_is_refused_and_nothing_of_the_batch_is_held(tmp_path: Path):
    good, bad = samples.entry(1), samples.entry(2)
    beyond = Span(bad.document.id, 0, len(bad.document.text) + 1)
    event = replace(bad.reading.events[0], trigger=beyond)
    with Record.open(tmp_path / "affairs.duckdb") as record:
        run = record.begin_run("read", "rules", "1", "{}")
        with pytest.raises(RecordError, match=rf"quotes no text; allowed: 0 to {len(bad.document.text)}"):
            record.write(run, [good, replace(bad, reading=replace(bad.reading, events=(event,)))], [])
        assert record.documents() == []


def test_a_lone_surrogate_is_refused_with_a_clear_message(tmp_path: Path):
    entry = samples.entry()
    broken = replace(entry, document=replace(entry.document, title="half a pair \ud800"))
    with Record.open(tmp_path / "affairs.duckdb") as record:
        with pytest.raises(RecordError, match="cannot write a batch of 1 reports"):
            record.write(record.begin_run("read", "rules", "1", "{}"), [broken], [])
        assert record.documents() == []
