from datetime import date

import numpy as np
import pytest

from detente.model.codes import Direction
from detente.relations.periods import Period
from detente.relations.values import change_points, find_value_shifts, level_costs, period_means


def test_a_level_change_and_a_slope_change_are_found():
    generator = np.random.default_rng(1)
    level = np.concatenate([generator.normal(0, 1, 80), generator.normal(4, 1, 80)])
    assert len(change_points(level)) == 1
    assert abs(change_points(level)[0] - 80) <= 2
    slope = np.concatenate([np.arange(100) * 0.1, 10 - np.arange(100) * 0.2]) + generator.normal(0, 0.3, 200)
    found = change_points(slope)
    assert len(found) == 1
    assert abs(found[0] - 100) <= 3


def test_noise_and_constants_do_not_change():
    generator = np.random.default_rng(2)
    assert sum(len(change_points(generator.normal(size=120))) for _ in range(20)) <= 1
    assert change_points(np.ones(50)) == []
    assert change_points([1.0, 2.0]) == []


def test_scale_and_place_of_the_values_do_not_matter():
    generator = np.random.default_rng(3)
    values = np.concatenate([generator.normal(0, 1, 60), generator.normal(3, 1, 60)])
    assert change_points(values) == change_points(1000.0 + 250.0 * values)


def test_missing_values_are_no_observations():
    generator = np.random.default_rng(4)
    values = np.concatenate([generator.normal(0, 1, 80), generator.normal(5, 1, 80)])
    values[::9] = np.nan
    assert abs(change_points(values)[0] - 80) <= 2


@pytest.mark.parametrize("period", Period)
def test_shifts_of_a_daily_score(period):
    generator = np.random.default_rng(5)
    days = np.arange("2020-01-01", "2022-01-01", dtype="datetime64[D]")
    values = generator.standard_t(4, len(days)) * 5 + np.where(days < np.datetime64("2021-02-01"), 10.0, -10.0)
    keep = generator.random(len(days)) > 0.05
    report = find_value_shifts(days[keep], values[keep], 0.5, period=period)
    (shift,) = report.shifts
    assert shift.direction is Direction.WORSE
    assert shift.low <= date(2021, 2, 1) <= shift.high
    assert shift.before == pytest.approx(10.0, abs=2.0)
    assert report.to_arrow().num_rows == 1


def test_false_alarms_of_scores_stay_within_the_budget():
    generator = np.random.default_rng(6)
    days = np.arange("2018-01-01", "2024-01-01", dtype="datetime64[D]")
    reports = [find_value_shifts(days, generator.standard_t(4, len(days)), 0.5) for _ in range(12)]
    assert sum(len(r.shifts) for r in reports) / sum(r.years for r in reports) <= 0.5


def test_means_skip_missing_days():
    days = np.array(["2024-01-01", "2024-01-03", "2024-01-20"], dtype="datetime64[D]")
    steps, means = period_means(days, [1.0, 3.0, 7.0], Period.WEEK)
    assert len(steps) == 3
    assert means[0] == 2.0
    assert np.isnan(means[1])
    assert means[2] == 7.0
    assert np.isfinite(level_costs(np.array([1.0, 2.0, np.nan, 4.0]), 1.0)[4, 0])


def test_intervals_of_score_shifts_cover_the_true_date():
    generator = np.random.default_rng(7)
    days = np.arange("2018-01-01", "2022-01-01", dtype="datetime64[D]")
    onset = np.datetime64("2020-03-02")
    inside = []
    for _ in range(60):
        values = generator.normal(0.0, 10.0, len(days)) + np.where(days < onset, 0.0, 4.0)
        found = find_value_shifts(days, values, 0.5).shifts
        near = [s for s in found if abs((np.datetime64(s.when) - onset).astype(int)) <= 120]
        inside += [np.datetime64(s.low) <= onset <= np.datetime64(s.high) for s in near]
    assert len(inside) >= 50
    assert np.mean(inside) >= 0.85
