"""Event data in bulk: the rule for duplicates, files, and forecasts beside them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.model.coded import CodedEvent
from detente.model.codes import EventType, QuadClass
from detente.model.errors import RecordError
from detente.record import DatasetFile, Record, StoredForecast

EVENT = CodedEvent(
    dataset="icews",
    source="JPN",
    target="RUS",
    day=date(2020, 3, 1),
    known=date(2020, 3, 2),
    scheme="CAMEO",
    code="036",
    type=EventType.AGREE,
    quad=QuadClass.VERBAL_COOPERATION,
    goldstein=4.0,
    place="Moscow",
    source_name="Japan",
    target_name="Russia",
    line=7,
)
EVENTS = st.builds(
    CodedEvent,
    dataset=st.sampled_from(["icews", "gdelt"]),
    source=st.sampled_from(["JPN", "RUS"]),
    target=st.just("RUS"),
    day=st.dates(date(2020, 1, 1), date(2020, 1, 3)),
    known=st.none() | st.just(date(2020, 2, 1)),
    scheme=st.just("CAMEO"),
    code=st.sampled_from(["010", "190"]),
    type=st.none() | st.sampled_from(EventType),
    quad=st.none() | st.sampled_from(QuadClass),
    goldstein=st.none() | st.sampled_from([-10.0, 3.5]),
    place=st.none() | st.just("Kyiv"),
    line=st.integers(1, 1000),
)


def test_a_coded_event_comes_back_equal_and_its_id_is_that_of_the_view(tmp_path: Path):
    bare = replace(EVENT, known=None, type=None, quad=None, goldstein=None, place=None, line=None, target_name=None)
    with Record.open(tmp_path / "affairs.duckdb") as record:
        assert record.write_coded([EVENT, bare]).new == 2
        assert set(record.coded_events(("RUS", "JPN"))) == {EVENT, bare}
        ids = record.query("SELECT id FROM current_coded_events").column("id").to_pylist()
        assert set(ids) == {EVENT.id, bare.id}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(EVENTS, max_size=12), max_size=3))
def test_one_row_is_kept_of_those_with_the_same_id(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[CodedEvent]]
):
    with Record.open(tmp_path_factory.mktemp("coded") / "affairs.duckdb") as record:
        kept: set[str] = set()
        for batch in batches:
            loaded = record.write_coded(batch)
            new = {event.id for event in batch} - kept
            assert (loaded.new, loaded.duplicates) == (len(new), len(batch) - len(new))
            kept |= new
        ids = record.query("SELECT id FROM current_coded_events").column("id").to_pylist()
        assert sorted(ids) == sorted(kept)


def test_the_first_line_of_an_event_told_twice_is_kept_and_loading_again_changes_nothing(tmp_path: Path):
    batch = [replace(EVENT, line=9, goldstein=1.0), EVENT, replace(EVENT, place=None, line=10)]
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write_coded(batch)
        before = record.query("SELECT * FROM coded_events ORDER BY ALL")
        assert sorted(row["line"] for row in before.to_pylist()) == [7, 10]
        again = record.write_coded(batch)
        assert (again.new, again.duplicates) == (0, 3)
        assert record.query("SELECT * FROM coded_events ORDER BY ALL") == before


def test_an_arrow_table_may_leave_columns_out_and_empty_text_becomes_null(tmp_path: Path):
    rows = pa.table(
        {
            "dataset": pa.array(["gdelt", "gdelt"]).dictionary_encode(),
            "source": ["USA", "CHN"],
            "target": ["CHN", "USA"],
            "day": [date(2019, 5, 1), date(2019, 5, 2)],
            "known": pa.array([None, date(2019, 5, 3)], pa.date32()),
            "scheme": ["CAMEO", "CAMEO"],
            "code": ["010", "020"],
            "place": ["", "Geneva"],
        }
    )
    with Record.open(tmp_path / "affairs.duckdb") as record:
        record.write_coded(rows)
        first, second = record.coded_events(("CHN", "USA"))
        assert (first.place, second.place, first.type, first.line) == (None, "Geneva", None, None)
        assert record.coded_events(("CHN", "USA"), as_of=date(2019, 5, 2)) == [first]
        assert record.coded_events(("CHN", "USA"), first=date(2019, 5, 2)) == [second]
        assert record.coded_events(("CHN", "USA"), last=date(2019, 5, 1)) == [first]


def test_a_batch_without_a_needed_value_is_refused_whole(tmp_path: Path):
    rows = pa.table(
        {"dataset": ["x", "x"], "source": ["USA", None], "target": ["CHN", "CHN"], "day": [date(2019, 5, 1)] * 2}
    )
    rows = rows.append_column("scheme", pa.array(["CAMEO"] * 2)).append_column("code", pa.array(["010"] * 2))
    with Record.open(tmp_path / "affairs.duckdb") as record:
        with pytest.raises(RecordError, match=r"need a source in every row; row 1 of the batch"):
            record.write_coded(rows)
        assert record.query("SELECT * FROM coded_events").num_rows == 0
        assert record.write_coded(rows.slice(0, 1)).new == 1
        with pytest.raises(RecordError, match="lack the columns code; needed: dataset"):
            record.write_coded(rows.drop_columns("code"))
        with pytest.raises(RecordError, match="have no columns colour; allowed: dataset"):
            record.write_coded(rows.append_column("colour", pa.array(["red", "blue"])))
        with pytest.raises(RecordError, match="cannot write 2 coded events"):
            record.write_coded(rows.set_column(3, "day", pa.array(["yesterday", "today"])))


def test_loaded_files_are_known_by_their_hash(tmp_path: Path):
    file = DatasetFile("abc", "icews", "events.2020.tab", "CC0", 10, 2, 1, datetime(2026, 1, 1, 12, tzinfo=UTC))
    with Record.open(tmp_path / "affairs.duckdb") as record:
        assert not record.has_file("abc")
        record.add_file(file)
        record.add_file(replace(file, rows=0))
        assert record.has_file("abc")
        assert record.files() == [file]


def test_forecasts_are_added_and_never_changed(tmp_path: Path):
    made = datetime(2026, 2, 1, 9, tzinfo=UTC)
    one = StoredForecast(
        "f1", made, date(2026, 1, 31), 30, "JPN", "RUS", EventType.SANCTION, None, 0.25, "rules", "1", False, '{"a": 1}'
    )
    two = replace(one, id="f2", known=date(2026, 1, 1), type=None, quad=QuadClass.VERBAL_CONFLICT, source="CHN")
    with Record.open(tmp_path / "affairs.duckdb") as record:
        assert record.write_forecasts([one, two]) == 2
        assert record.write_forecasts([replace(one, probability=0.9)]) == 0
        assert record.forecasts() == [two, one]
        assert record.forecasts(("RUS", "JPN")) == [one]
        assert record.forecasts(as_of=date(2026, 1, 15)) == [two]
