import numpy as np
import pytest

from detente.model.errors import UsageError
from detente.relations.acts import Selection
from detente.relations.pairs import PairTotals
from detente.relations.periods import Period
from detente.relations.scan import calibrate, scan_shifts, strongest
from detente.relations.shifts import find_shifts
from detente.relations.simulation import World, simulate


def world_of(dyads):
    pairs = tuple((f"A{i:03}", "ZZZ") for i in range(len(dyads)))
    counts = np.stack([d.series.total for d in dyads]).astype(np.int32)
    return PairTotals(pairs, dyads[0].series.period, dyads[0].series.starts, counts, Selection())


@pytest.fixture(scope="module")
def dyads():
    generator = np.random.default_rng(1)
    moving = [simulate(World(length=200, shifts=3, factor=(3, 8), size=4.0), generator) for _ in range(6)]
    return moving + [simulate(World(length=200, shifts=0), generator) for _ in range(14)]


def test_the_budget_holds_over_all_pairs(dyads):
    for budget in (0.05, 0.2, 0.5):
        scan = scan_shifts(world_of(dyads), budget)
        assert scan.alarms_per_year <= budget
        assert scan.judged == 20


def test_the_moving_pairs_take_the_alarms(dyads):
    scan = scan_shifts(world_of(dyads), 0.2)
    heard = {report.pair[0] for report in scan.reports}
    assert heard <= {f"A{i:03}" for i in range(6) if dyads[i].changes}
    table = scan.to_arrow()
    gains = table.column("gain").to_pylist()
    assert gains == sorted(gains, reverse=True)
    assert [s.gain for s in strongest(scan, 2)] == gains[:2]


def test_calibration_on_series_gives_the_scan_s_penalty(dyads):
    penalty = calibrate([d.series for d in dyads], 0.2)
    assert penalty == scan_shifts(world_of(dyads), 0.2).penalty
    total = sum(len(find_shifts(d.series, 0.2, penalty=penalty).shifts) for d in dyads)
    assert total <= 0.2 * sum(len(d.series.starts) for d in dyads) / Period.WEEK.per_year
    with pytest.raises(UsageError, match="no series"):
        calibrate([], 0.2)


def test_pairs_with_too_little_evidence_are_counted_not_judged(dyads):
    totals = world_of(dyads)
    totals.counts[0] = 0
    scan = scan_shifts(totals, 0.2)
    assert (scan.judged, scan.left_out) == (19, 1)


def test_progress_and_workers_change_nothing(dyads):
    told: list[int] = []
    one = scan_shifts(world_of(dyads), 0.2, progress=told.append)
    assert sum(told) == 20
    assert one.to_arrow().equals(scan_shifts(world_of(dyads), 0.2, workers=2).to_arrow())
