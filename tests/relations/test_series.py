from datetime import date, timedelta

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.codes import QuadClass
from detente.relations.acts import Selection, TableStore
from detente.relations.lineage import lineage
from detente.relations.periods import Period, end_of, start_of, starts
from detente.relations.series import SCHEMA, pair_series

Row = tuple[str, str, date, date | None, str, float]


def store(rows: list[Row]) -> TableStore:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE acts (source VARCHAR, target VARCHAR, day DATE, known DATE, quad VARCHAR, goldstein DOUBLE)"
    )
    if rows:
        connection.executemany("INSERT INTO acts VALUES (?, ?, ?, ?, ?, ?)", rows)
    return TableStore(connection, "acts")


def row(
    source: str,
    target: str,
    day: str,
    quad: QuadClass = QuadClass.VERBAL_COOPERATION,
    known: str | None = None,
    goldstein: float = 1.0,
) -> Row:
    return (
        source,
        target,
        date.fromisoformat(day),
        date.fromisoformat(known) if known else None,
        quad.value,
        goldstein,
    )


ROWS = [
    row("JPN", "RUS", "2022-01-30"),
    row("RUS", "JPN", "2022-03-02", QuadClass.MATERIAL_CONFLICT, goldstein=-5.0),
    row("JPN", "RUS", "2022-03-31", QuadClass.VERBAL_CONFLICT, known="2022-05-01"),
    row("USA", "RUS", "2022-02-10"),
]


def test_counts_go_to_direction_month_and_quad_class():
    series = pair_series(store(ROWS), "JPN", "RUS")
    assert [str(day) for day in series.starts] == ["2022-01-01", "2022-02-01", "2022-03-01"]
    assert series.counts[0].tolist() == [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]]
    assert series.counts[1].tolist() == [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert series.goldstein.tolist() == [[1.0, 0.0, 1.0], [0.0, 0.0, -5.0]]
    assert series.volume.tolist() == [1, 1, 2]
    assert series.words[:, 1].tolist() == [0, 0, 1]
    assert series.deeds[:, 1].tolist() == [0, 0, 1]


def test_as_of_hides_what_was_not_known_and_extends_to_the_day_asked():
    series = pair_series(store(ROWS), "JPN", "RUS", selection=Selection(as_of=date(2022, 4, 15)))
    assert series.acts == 2
    assert str(series.starts[-1]) == "2022-04-01"
    assert pair_series(store(ROWS), "JPN", "RUS", selection=Selection(as_of=date(2022, 5, 1))).acts == 3


def test_the_pair_turned_round_swaps_directions_only():
    one, other = pair_series(store(ROWS), "JPN", "RUS"), pair_series(store(ROWS), "RUS", "JPN")
    assert (one.counts == other.counts[::-1]).all()
    assert (one.total == other.total).all()


def test_a_pair_without_acts_is_empty_and_says_too_little():
    series = pair_series(store(ROWS), "FRA", "PER")
    assert series.acts == 0
    assert len(series.starts) == 0
    assert not series.verdict().enough
    assert "0 acts; a series needs 5" in series.verdict().why
    assert not series.trend_verdict().enough


def test_a_pair_needs_two():
    with pytest.raises(ValueError, match="JPN twice"):
        pair_series(store(ROWS), "JPN", "JPN")


def test_the_frame_has_one_row_per_direction_and_period():
    table = pair_series(store(ROWS), "JPN", "RUS").to_arrow()
    assert table.schema == SCHEMA
    assert table.num_rows == 6
    assert sum(table["words"].to_pylist()) + sum(table["deeds"].to_pylist()) == 3


def test_acts_without_quad_column_are_refused():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t AS SELECT 'A' AS source, 'B' AS target, DATE '2020-01-01' AS day")
    with pytest.raises(ValueError, match="t lacks quad; it has day, source, target"):
        TableStore(connection, "t")


class ReadStore:
    """Acts as the record has them: read ones beside a data set's."""

    def __init__(self, rows: str) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(
            "CREATE MACRO acts_as_of(d) AS TABLE SELECT * FROM (VALUES " + rows + ") v(origin, source, target, type,"
            " quad, factuality, valid_first, valid_last, goldstein)"
        )

    def query(self, sql, parameters=()):
        return self.connection.sql(sql, params=parameters or None).to_arrow_table()


def act(origin: str, first: str, last: str, factuality: str = "fact") -> str:
    ends = f"CAST({first} AS DATE), CAST({last} AS DATE)"
    return f"('{origin}', 'JPN', 'RUS', 'CONSULT', 'verbal cooperation', '{factuality}', {ends}, NULL::FLOAT)"


def test_an_act_told_by_several_reports_counts_once_rows_of_data_sets_as_they_are():
    same = "'2022-03-01'"
    rows = [act(origin, same, same) for origin in ("read", "read", "read", "icews", "icews")]
    assert pair_series(ReadStore(", ".join(rows)), "JPN", "RUS").acts == 3
    assert pair_series(ReadStore(", ".join(rows)), "JPN", "RUS", selection=Selection(origins=("read",))).acts == 1


def test_only_facts_count():
    same = "'2022-03-01'"
    rows = [act("read", same, same, factuality) for factuality in ("fact", "planned", "possible", "denied")]
    assert pair_series(ReadStore(", ".join(rows)), "JPN", "RUS").acts == 1


def test_dates_too_coarse_for_the_period_are_left_out_and_counted():
    month, year, none = ("'2022-03-01'", "'2022-03-31'"), ("'2022-01-01'", "'2022-12-31'"), ("NULL", "NULL")
    store = ReadStore(", ".join(act("read", *ends) for ends in (month, year, none)))
    series = pair_series(store, "JPN", "RUS")
    assert (series.acts, series.undated) == (1, 2)
    assert series.volume.tolist() == [1]
    assert pair_series(store, "JPN", "RUS", period=Period.DAY).undated == 3


def test_serbia_s_series_runs_on_from_yugoslavia_s():
    rows = [row("YUG", "HRV", "1991-07-01"), row("HRV", "SRB", "1995-05-01"), row("YUG", "SRB", "1991-07-01")]
    for name in ("SRB", "YUG"):
        series = pair_series(store(rows), name, "HRV")
        assert series.pair == ("SRB", "HRV")
        assert series.counts.sum(axis=(1, 2)).tolist() == [1, 1]
    assert lineage("YUG") == ("SRB", "YUG", "SCG")
    assert lineage("HRV") == ("HRV",)


DAYS = st.dates(date(1979, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 4000), st.sampled_from(Period))
def test_periods_tile_the_time(first, more, period):
    last = first + timedelta(days=more)
    steps = starts(first, last, period)
    assert steps[0] == start_of(first, period)
    assert steps[-1] == start_of(last, period)
    ends = [end_of(step, period) for step in steps]
    assert all(np.datetime64(end) + 1 == step for end, step in zip(ends, steps[1:], strict=False))
    assert ends[-1] >= last


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("AB"), DAYS, st.sampled_from(QuadClass)), max_size=30), st.sampled_from(Period)
)
def test_no_act_is_lost_or_invented(acts, period):
    rows: list[Row] = [(s, "AB"[s == "A"], day, None, quad.value, 0.0) for s, day, quad in acts]
    if period is Period.DAY and len(acts) > 5:
        rows = rows[:5]
    series = pair_series(store(rows), "A", "B", period=period)
    assert series.acts == len(rows) == series.volume.sum()
    for quad in QuadClass:
        assert series.of(quad).sum() == sum(r[4] == quad.value for r in rows)
