"""The measures over a real record: read and coded acts together, as of a day."""

from datetime import date, timedelta

import numpy as np
import pytest

from detente.model.coded import CodedEvent
from detente.model.codes import Direction, EventType
from detente.record import Record
from detente.relations.acts import Selection
from detente.relations.gap import gap_of, gap_scan
from detente.relations.pairs import pair_totals
from detente.relations.periods import Period
from detente.relations.scan import scan_shifts
from detente.relations.series import pair_series
from detente.relations.shifts import find_shifts
from detente.relations.witnesses import witnesses


def coded(day, source, target, kind, line):
    return CodedEvent(
        "icews", source, target, day, day + timedelta(days=3), "PLOVER", kind.value, kind, kind.quad, None, line=line
    )


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    generator = np.random.default_rng(1)
    events: list[CodedEvent] = []
    for week in range(200):
        day = date(2018, 1, 1) + timedelta(days=7 * week)
        worse = week >= 120
        for kind, rate in (
            (EventType.CONSULT, 3.0),
            (EventType.ACCUSE, 1.0),
            (EventType.SANCTION, 4.0 if worse else 0.3),
        ):
            for _ in range(min(6, int(generator.poisson(rate)))):
                source, target = [("JPN", "RUS"), ("RUS", "JPN")][int(generator.integers(2))]
                events.append(
                    coded(day + timedelta(days=int(generator.integers(7))), source, target, kind, len(events))
                )
    with Record.open(tmp_path_factory.mktemp("record") / "r.duckdb") as opened:
        opened.write_coded(events)
        yield opened


def test_a_shift_of_the_record_is_found_with_the_acts_around_it(record):
    series = pair_series(record, "JPN", "RUS", period=Period.WEEK)
    (shift, *_) = find_shifts(series).shifts
    assert shift.low <= date(2018, 1, 1) + timedelta(days=7 * 120) <= shift.high
    assert shift.direction is Direction.WORSE
    around = witnesses(record, shift, days=28)
    assert {witness.quad for witness in around} == {shift.channel}
    assert all(abs((witness.first - shift.when).days) <= 28 for witness in around)


def test_what_was_not_known_yet_is_not_counted(record):
    early = date(2019, 6, 5)
    known = pair_series(record, "JPN", "RUS", period=Period.WEEK, selection=Selection(as_of=early))
    happened = pair_series(record, "JPN", "RUS", period=Period.WEEK, selection=Selection(until=early))
    assert 0 < known.acts < happened.acts
    assert find_shifts(known).shifts == ()


def test_scans_and_gaps_run_on_the_record(record):
    totals = pair_totals(record, period=Period.WEEK)
    assert totals.pairs == (("JPN", "RUS"),)
    scan = scan_shifts(totals, 0.6)
    assert scan.judged == 1
    assert len(scan.reports) == 1
    gap = gap_of(pair_series(record, "JPN", "RUS")).gap
    assert gap is not None
    assert gap.low > 0
    assert gap_scan(totals).table.num_rows == 1
