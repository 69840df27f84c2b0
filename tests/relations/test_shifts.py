import numpy as np
import pytest

from detente.model.codes import Direction, QuadClass
from detente.model.errors import UsageError
from detente.relations.changes import fit, floor_penalty, most_changes, shortest
from detente.relations.direction import direction_of, quad_weights
from detente.relations.online import delay_of
from detente.relations.periods import Period
from detente.relations.shifts import SCHEMA, find_shifts, prepare
from detente.relations.simulation import World, draw, series_of, simulate
from detente.relations.windows import window_shifts

QUIET = World(shifts=0)


def near(found, truth, weeks=9):
    return [s for s in found if abs((np.datetime64(s.when) - truth).astype(int)) <= 7 * weeks]


def one_shift(generator, factor=4.0, quad=3, length=200, place=120, size=2.0):
    rates = np.tile([2.0, 0.5, 1.0, 1.0], (length, 1))
    rates[place:, quad] *= factor
    return series_of(draw(rates, size, generator))


def test_a_plain_shift_is_dated_directed_and_its_channel_named():
    generator = np.random.default_rng(1)
    rates = np.tile([4.0, 1.0, 2.0, 2.0], (200, 1))
    rates[120:, 3] *= 6.0
    series = series_of(draw(rates, 3.0, generator))
    (shift,) = find_shifts(series).shifts
    assert shift.low <= series.starts[120].astype(object) <= shift.high
    assert shift.direction is Direction.WORSE
    assert shift.channel is QuadClass.MATERIAL_CONFLICT
    assert shift.agreed
    assert shift.probability > 0.8
    moved = next(c for c in shift.changes if c.quad is shift.channel)
    assert moved.low < 6.0 < moved.high


def test_less_conflict_is_for_the_better():
    generator = np.random.default_rng(2)
    rates = np.tile([2.0, 0.5, 4.0, 4.0], (200, 1))
    rates[100:, 2:] /= 5.0
    (shift,) = find_shifts(series_of(draw(rates, 3.0, generator))).shifts
    assert shift.direction is Direction.BETTER


def test_more_cooperation_alone_is_for_the_better():
    generator = np.random.default_rng(3)
    rates = np.tile([1.0, 0.5, 1.0, 1.0], (200, 1))
    rates[100:, :2] *= 6.0
    (shift,) = find_shifts(series_of(draw(rates, 3.0, generator))).shifts
    assert shift.direction is Direction.BETTER
    assert shift.channel in (QuadClass.VERBAL_COOPERATION, QuadClass.MATERIAL_COOPERATION)


@pytest.mark.parametrize("size", [0.5, 1.5, None])
def test_false_alarms_stay_within_the_budget_where_nothing_changes(size):
    generator = np.random.default_rng(4)
    reports = [find_shifts(simulate(World(shifts=0, size=size), generator).series, 0.4) for _ in range(40)]
    assert sum(len(r.shifts) for r in reports) / sum(r.years for r in reports) <= 1.1 * 0.4


def test_intervals_cover_the_true_dates():
    generator = np.random.default_rng(5)
    inside = []
    for _ in range(120):
        dyad = simulate(World(shifts=1.0, factor=(3.0, 6.0)), generator)
        for change in dyad.changes:
            truth = dyad.series.starts[change]
            inside += [
                np.datetime64(s.low) <= truth <= np.datetime64(s.high)
                for s in near(find_shifts(dyad.series, 1.0).shifts, truth, 26)[:1]
            ]
    assert len(inside) > 70
    assert 0.83 <= np.mean(inside) <= 0.97


def test_more_is_found_than_by_the_windows_at_as_many_alarms():
    generator = np.random.default_rng(6)
    dyads = [simulate(World(shifts=1.5), generator) for _ in range(80)]
    reports = [find_shifts(d.series, 0.6) for d in dyads]
    alarms = sum(len(r.shifts) for r in reports)
    threshold = min(
        t for t in np.linspace(1.5, 8.0, 40) if sum(len(window_shifts(d.series, t)) for d in dyads) <= alarms
    )

    def hits(places):
        return sum(
            any(abs(c - p) <= 8 and (way is Direction.WORSE) == worse for p, way in found)
            for d, found in zip(dyads, places, strict=True)
            for c, worse in zip(d.changes, d.worse, strict=True)
        )

    ours = [
        [(int(np.searchsorted(d.series.starts, np.datetime64(s.when))), s.direction) for s in r.shifts]
        for d, r in zip(dyads, reports, strict=True)
    ]
    assert hits(ours) > hits([window_shifts(d.series, threshold) for d in dyads])


def test_the_budget_bounds_the_alarms_and_more_budget_never_hears_less():
    generator = np.random.default_rng(7)
    dyad = simulate(World(length=520, shifts=8.0, least_gap=20, factor=(3.0, 8.0), size=5.0), generator)
    counts = [len(find_shifts(dyad.series, budget).shifts) for budget in (0.1, 0.3, 0.6, 1.2)]
    assert counts == sorted(counts)
    assert counts[0] == 1
    assert counts[1] <= 3
    assert counts[-1] >= 5


def test_too_little_evidence_finds_nothing_and_says_so():
    counts = np.zeros((100, 4), dtype=int)
    counts[50] = 6
    report = find_shifts(series_of(counts))
    assert report.shifts == ()
    assert "1 periods with acts (needs 8)" in report.verdict.why


def test_growth_of_reporting_is_no_shift_when_normalised():
    generator = np.random.default_rng(8)
    growth = np.where(np.arange(300) < 150, 1.0, 4.0)
    series = series_of(draw(np.outer(growth, [2.0, 0.5, 1.0, 1.0]), 5.0, generator))
    series.volume[:] = np.round(1000 * growth)
    assert find_shifts(series).shifts != ()
    plain = len(find_shifts(series).shifts)
    assert len(find_shifts(series, normalise=True).shifts) < plain


def test_the_frame_and_the_report_agree():
    generator = np.random.default_rng(9)
    report = find_shifts(one_shift(generator, 8.0))
    table = report.to_arrow()
    assert table.schema == SCHEMA
    assert table.num_rows == len(report.shifts) >= 1
    assert report.alarms_per_year == pytest.approx(len(report.shifts) / report.years)
    assert report.gain > 0


def test_a_shift_is_spoken_of_within_weeks():
    generator = np.random.default_rng(10)
    series = one_shift(generator, 10.0, size=5.0)
    (shift, *_) = near(find_shifts(series).shifts, series.starts[120])
    delay = delay_of(series, shift)
    assert delay.days is not None
    assert 0 < delay.days <= 70


def test_a_shift_too_late_to_be_seen_has_no_delay():
    generator = np.random.default_rng(11)
    series = one_shift(generator, 8.0)
    (shift, *_) = find_shifts(series).shifts
    assert delay_of(series, shift, periods=1).days is None


def test_bad_budgets_and_endless_series_are_refused():
    series = series_of(np.ones((4001, 4), dtype=int))
    with pytest.raises(UsageError, match="allowed: more than 0"):
        find_shifts(series, 0.0)
    with pytest.raises(UsageError, match="4001 periods of one week are too many; allowed: 4000"):
        prepare(series)


def test_fit_keeps_to_the_number_allowed():
    generator = np.random.default_rng(12)
    costs = prepare(simulate(World(length=400, shifts=8, factor=(4.0, 8.0), size=None), generator).series).costs
    for most in (1, 2, 4):
        found, penalty = fit(costs, 1.0, most)
        assert len(found) <= most
        assert penalty >= 1.0


def test_floor_and_most():
    assert floor_penalty(0.4, 52.18) == pytest.approx(np.log(52.18 / 0.4 - 1))
    assert most_changes(0.4, 20.0) == 8
    assert most_changes(0.4, 0.5) == 1


def test_shortest_interval():
    assert shortest(np.array([0.02, 0.9, 0.03, 0.05]), 0.9) == (1, 1)
    assert shortest(np.array([0.1, 0.4, 0.4, 0.1]), 0.8) == (1, 2)
    assert Period.WEEK.days == 7


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ([2.0, 0.2, 0.6, 0.5], [9.0, 0.3, 4.0, 3.0], Direction.WORSE),  # a crisis: everybody talks
        ([3.0, 0.2, 0.9, 3.9], [8.7, 0.7, 1.7, 4.5], Direction.BETTER),  # peace talks amid violence
        ([4.0, 2.0, 4.0, 4.0], [0.3, 0.1, 0.4, 0.3], Direction.BETTER),  # a crisis ends, and the talk with it
    ],
)
def test_the_balance_of_acts_gives_the_direction(before, after, direction):
    generator = np.random.default_rng(21)
    total = draw(np.repeat([before, after], 100, axis=0), 3.0, generator)
    assert direction_of(total, slice(0, 100), slice(100, 200)) is direction


def test_quad_classes_weigh_as_the_goldstein_scale_orders_them():
    talk, help_, accuse, attack = quad_weights()
    assert attack < accuse < 0 < talk < help_
