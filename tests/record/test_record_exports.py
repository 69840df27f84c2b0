"""Exports: each format complete, as of a day, corrected; and Parquet folders that answer like the record."""

import csv
import json
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import record_samples as samples  # type: ignore[import-not-found]

from detente.model.coded import CodedEvent
from detente.model.codes import EventType, QuadClass
from detente.model.errors import RecordError, UsageError
from detente.record import Record
from detente.record.exports import FORMATS, export
from detente.record.parquet import write_folder

OLD, NEW = samples.entry(1, date(2026, 1, 5)), samples.entry(2, date(2026, 2, 5))
CODED = CodedEvent(
    *("keds 1", "RUS", "JPN", date(2025, 12, 1), None, "WEIS", "041", EventType.CONSULT, QuadClass.VERBAL_COOPERATION),
    goldstein=1.5,
    place="St. John's",
)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record.open(tmp_path / "affairs.duckdb")
    run = record.begin_run("read", "rules", "1", "{}")
    record.write(run, [OLD, NEW], [samples.copy_of(OLD.document)])
    record.write_coded([CODED])
    record.correct("events", OLD.reading.events[1].id, "factuality", "denied", "Ana")
    record.correct("events", OLD.reading.events[0].id, "rejected", "true", "Ana")
    return record


def test_jsonl_has_one_object_per_document_with_all_findings(record: Record, tmp_path: Path):
    (file,) = export(record, "jsonl", tmp_path / "out")
    old, new = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert (old["id"], new["id"]) == (OLD.document.id, NEW.document.id)
    assert (old["published"], old["publisher"], old["reader"], old["version"]) == ("2026-01-05", "Wire", "rules", "1")
    (event,) = old["events"]
    assert (event["factuality"], event["date"], event["corrected"]) == ("denied", "2026-01", ["factuality"])
    assert [e["trigger"]["quote"] for e in new["events"]] == ["condemned", "imposed sanctions"]
    assert [part["quote"] for part in new["statements"][0]["content"]] == [
        "it condemned Moscow",
        "because of the drills",
    ]
    assert new["events"][0]["statement"] == new["statements"][0]["id"]
    assert new["relation_claims"][0]["date"] == "2025"
    assert new["causal_claims"][0]["signal"]["quote"] == "because of"
    assert [mention["quote"] for mention in new["mentions"]] == ["Tokyo", "Moscow"]
    assert [time["date"] for time in new["times"]] == [None, "2026-01-09"]
    assert [copy["publisher"] for copy in old["copies"]] == ["Outlet 0"]


@pytest.mark.parametrize("name", FORMATS)
def test_as_of_leaves_out_later_reports(record: Record, tmp_path: Path, name: str):
    words = [NEW.document.id, NEW.reading.events[0].id]
    all_files = export(record, name, tmp_path / "all")
    some_files = export(record, name, tmp_path / "some", date(2026, 1, 31))
    if name == "graphml":
        assert some_files[0].read_text() != all_files[0].read_text()
        return
    if name == "parquet":
        contents = [
            "".join(str(pq.read_table(file).to_pylist()) for file in files) for files in (all_files, some_files)
        ]
    else:
        contents = ["".join(file.read_text(encoding="utf-8") for file in files) for files in (all_files, some_files)]
    for word in words:
        assert word in contents[0]
        # Corrections are an account of what people did and keep their targets; none concerns the later report.
        assert word not in contents[1]
    assert OLD.document.id in contents[1]


def test_csv_has_one_file_per_table_with_plain_cells(record: Record, tmp_path: Path):
    files = {file.stem: file for file in export(record, "csv", tmp_path / "out")}
    assert {"documents", "events", "acts", "coded_events", "corrections", "runs"} <= set(files)
    with files["events"].open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 3
    assert {(row["source"], row["target"]) for row in rows} == {("JPN", "RUS")}
    with files["statements"].open(encoding="utf-8", newline="") as lines:
        content = next(csv.DictReader(lines))["content"]
    start, end = map(int, content.split("|")[0].split(":"))
    assert OLD.document.text[start:end] == "it condemned Moscow"


def test_parquet_keeps_lists_and_dates(record: Record, tmp_path: Path):
    files = {file.stem: file for file in export(record, "parquet", tmp_path / "out")}
    events = pq.read_table(files["events"]).to_pylist()
    assert events[0]["source"] == ["JPN"]
    assert {event["known"] for event in events} == {date(2026, 1, 5), date(2026, 2, 5)}
    assert pq.read_table(files["acts"]).num_rows == record.query("SELECT * FROM acts").num_rows


def test_web_annotations_select_by_position_and_by_quote(record: Record, tmp_path: Path):
    (file,) = export(record, "webannotation", tmp_path / "out")
    page = json.loads(file.read_text(encoding="utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    texts = {f"urn:detente:{entry.document.id}": entry.document.text for entry in (OLD, NEW)}
    tags = [annotation["body"][0]["value"] for annotation in page["items"]]
    assert sorted(tags) == sorted(["statement"] * 2 + ["event"] * 3 + ["relation claim"] * 2 + ["causal claim"] * 2)
    for annotation in page["items"]:
        assert annotation["type"] == "Annotation"
        for target in annotation["target"]:
            position, quote = target["selector"]
            text = texts[target["source"]["id"]]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text[: position["start"]].endswith(quote["prefix"])
            assert text[position["end"] :].startswith(quote["suffix"])
    (event,) = (a for a in page["items"] if a["id"] == f"urn:detente:{OLD.reading.events[1].id}")
    assert json.loads(event["body"][1]["value"])["factuality"] == "denied"


def test_graphml_is_the_weighted_network_of_actors(record: Record, tmp_path: Path):
    (file,) = export(record, "graphml", tmp_path / "out")
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(file).getroot()
    assert {node.get("id") for node in root.iter(f"{space}node")} == {"JPN", "RUS"}
    edges = {
        (edge.get("source"), edge.get("target"), *(data.text for data in edge)) for edge in root.iter(f"{space}edge")
    }
    assert ("RUS", "JPN", "verbal cooperation", "1.0", "2025-12-01", "2025-12-01") in edges
    assert len(edges) == 3


def test_an_unknown_format_and_an_unwritable_place_are_refused(record: Record, tmp_path: Path):
    with pytest.raises(
        UsageError, match="no export format 'pdf'; allowed: jsonl, csv, parquet, webannotation, graphml"
    ):
        export(record, "pdf", tmp_path / "out")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RecordError, match="name a directory that can be written"):
        export(record, "csv", tmp_path / "file")


def test_a_parquet_folder_answers_like_the_record(record: Record, tmp_path: Path):
    undated = samples.entry(3, None)
    record.write(record.begin_run("read", "rules", "1", "{}"), [undated], [])
    write_folder(record, tmp_path / "it's wide")
    with Record.open(tmp_path / "it's wide") as folder:
        assert folder.read_only
        assert folder.documents() == record.documents()
        assert folder.events() == record.events()
        assert folder.statements(("JPN", "RUS"), date(2026, 1, 31)) == record.statements(
            ("JPN", "RUS"), date(2026, 1, 31)
        )
        assert folder.reading(undated.document.id) == undated.reading
        assert folder.document(OLD.document.id) == OLD.document
        assert folder.copies_of(OLD.document.id) == record.copies_of(OLD.document.id)
        assert folder.coded_events(("JPN", "RUS")) == [CODED]
        assert folder.corrections() == record.corrections()
        assert folder.runs() == record.runs()
        everything = "SELECT * FROM acts ORDER BY ALL"
        assert folder.query(everything) == record.query(everything)
        with pytest.raises(RecordError, match="opened for reading only"):
            folder.write_coded([CODED])
    with pytest.raises(RecordError, match="exists already; name a folder that does not"):
        write_folder(record, tmp_path / "it's wide")
    with pytest.raises(RecordError, match="does not exist; make it first"):
        write_folder(record, tmp_path / "nowhere" / "folder")


def test_an_empty_record_goes_to_a_folder_and_back(tmp_path: Path):
    with Record.open(tmp_path / "affairs.duckdb") as record:
        write_folder(record, tmp_path / "folder")
    with Record.open(tmp_path / "folder") as folder:
        assert folder.documents() == []
        assert folder.acts().num_rows == 0


def test_a_folder_of_another_version_is_refused(record: Record, tmp_path: Path):
    write_folder(record, tmp_path / "folder")
    (tmp_path / "folder" / "record.json").write_text('{"schema_version": 99}')
    with pytest.raises(RecordError, match=r"schema version 99, this Detente reads"):
        Record.open(tmp_path / "folder")
