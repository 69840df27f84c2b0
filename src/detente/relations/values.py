"""Changes of real-valued series: summed Goldstein scores, or any series that one wants cut into blocks.

``find_value_shifts`` cuts a score into levels under one noise for the whole series, the series' own standard deviation,
so that noisy and quiet pairs are measured by the same rule; the dates' intervals use the noise that is left within the
blocks. ``change_points`` cuts any series into levels or slopes, whichever has more evidence, each block with a variance
of its own: normal with the conjugate normal-inverse-gamma prior (Bernardo & Smith 1994, section 5.2), closed in both.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

from detente.model.codes import Direction
from detente.relations.changes import describe, fit, floor_penalty, most_changes
from detente.relations.periods import Days, Period, as_date, end_of, start_of, starts
from detente.relations.segmentation import Costs, segment

Floats = NDArray[np.float64]
PRIOR_WEIGHT = 0.05
"""Periods' worth of belief that a block's level is the series' own, and its slope none."""
PRIOR_SHAPE, PRIOR_SCALE = 1.0, 0.1
PARAMETERS_PER_CHANGE = 4
"""Level, slope, variance and place: half of each times log T is the Bayesian information criterion's penalty."""


@dataclass(frozen=True, slots=True)
class ValueShift:
    """A shift of the level of a score: higher is better. Dates as in ``Shift``."""

    when: date
    low: date
    high: date
    direction: Direction
    before: float
    after: float
    probability: float
    gain: float


@dataclass(frozen=True, slots=True)
class ValueReport:
    """The shifts of one score series and what they were bought with."""

    period: Period
    years: float
    budget: float
    penalty: float
    shifts: tuple[ValueShift, ...]

    def to_arrow(self) -> pa.Table:
        """Return one row per shift."""
        names = ("when", "low", "high", "direction", "before", "after", "probability", "gain")
        return pa.table({name: [getattr(shift, name) for shift in self.shifts] for name in names})


def find_value_shifts(
    days: Days, values: ArrayLike, budget: float = 0.5, *, period: Period = Period.WEEK, penalty: float | None = None
) -> ValueReport:
    """Find shifts of the level of a daily score.

    Args:
        days: Days with a value, datetime64[D], shape (N,), ascending; missing days are not zeros.
        values: Scores, shape (N,), higher is better.
        budget: Alarms a year that one is willing to hear.
        period: Length of the periods over which scores are averaged.
        penalty: Use this penalty per change in place of the one that the budget gives.
    """
    steps, means = period_means(days, values, period)
    costs = level_costs(means, float(np.nanstd(means)))
    years = len(steps) / period.per_year
    floor = floor_penalty(budget, period.per_year) if penalty is None else penalty
    indices, paid = fit(costs, floor, most_changes(budget, years) if penalty is None else len(steps))
    ends = [0, *indices, len(steps)]
    shifts = []
    for place, change in enumerate(describe(_by_noise_left(means, costs, ends), indices, paid)):
        before = float(np.nanmean(means[ends[place] : change.index]))
        after = float(np.nanmean(means[change.index : ends[place + 2]]))
        when, low = as_date(steps[change.index]), as_date(steps[change.low])
        high = end_of(steps[min(change.high, len(steps) - 1)], period)
        direction = Direction.BETTER if after > before else Direction.WORSE
        shifts.append(ValueShift(when, low, high, direction, before, after, change.probability, change.gain))
    return ValueReport(period, years, budget, paid, tuple(shifts))


def period_means(days: Days, values: ArrayLike, period: Period) -> tuple[Days, Floats]:
    """Return first days of periods and the mean of the values in each, both of shape (T,); NaN where none."""
    steps = starts(as_date(days[0]), as_date(days[-1]), period)
    if period is Period.DAY:
        place = np.searchsorted(steps, days)
    else:
        place = np.searchsorted(steps, np.array([start_of(as_date(d), period) for d in days]))
    count = np.bincount(place, minlength=len(steps))
    total = np.bincount(place, weights=np.asarray(values, dtype=float), minlength=len(steps))
    return steps, np.where(count > 0, total / np.maximum(count, 1), np.nan)


def change_points(values: ArrayLike, penalty: float | None = None) -> list[int]:
    """Return the indices at which the level or the slope of a series changes, ascending, without 0.

    Args:
        values: Shape (T,); NaN where missing.
        penalty: Per change; by default half of log T for each of ``PARAMETERS_PER_CHANGE``.
    """
    x = np.asarray(values, dtype=float)
    if np.isfinite(x).sum() < 4 or np.nanstd(x) == 0:
        return []
    paid = PARAMETERS_PER_CHANGE / 2.0 * float(np.log(len(x))) if penalty is None else penalty
    standard = (x - np.nanmean(x)) / np.nanstd(x)
    rivals = [_blocks(standard, slope=slope) for slope in (False, True)]
    found = [segment(costs, paid) for costs in rivals]
    paid_for = [_total(c, f) + paid * len(f) for c, f in zip(rivals, found, strict=True)]
    return found[int(np.argmin(paid_for))]


def level_costs(values: ArrayLike, noise: float) -> Costs:
    """Return the costs of all blocks of one level under one noise.

    Args:
        values: Shape (T,); NaN where missing.
        noise: Standard deviation within a block; the level's is ``1 / sqrt(PRIOR_WEIGHT)`` times as much.

    Returns:
        Shape (T + 1, T + 1) as ``blocks.block_costs``; infinite for blocks of fewer than two values.
    """
    x = np.asarray(values, dtype=float)
    seen = np.isfinite(x)
    y = np.where(seen, x - np.nanmedian(x), 0.0) / max(noise, 1e-9)
    n, sy, syy = (_between(v) for v in (seen.astype(float), y, y * y))
    n = np.maximum(n, 0.0)
    costs = 0.5 * (syy - sy**2 / (n + PRIOR_WEIGHT)) + 0.5 * np.log1p(n / PRIOR_WEIGHT)
    ends = np.arange(len(x) + 1)
    costs[(ends[:, None] - ends[None, :] < 1) | (n < 2)] = np.inf
    return np.asarray(costs)


def _by_noise_left(values: Floats, costs: Costs, ends: list[int]) -> Costs:
    """Return the costs under the noise within the blocks that were found, those given where there is but one."""
    if len(ends) < 3:
        return costs
    left = np.concatenate([values[s:e] - np.nanmean(values[s:e]) for s, e in pairwise(ends)])
    return level_costs(values, float(np.nanstd(left)))


def _blocks(x: Floats, *, slope: bool) -> Costs:
    """Return minus the log evidence of every block; missing values count as no observation."""
    seen = np.isfinite(x)
    y = np.where(seen, x, 0.0)
    time = (np.arange(len(x)) / len(x) * 4.0 - 2.0) * seen
    n, sy, syy, st, stt, sty = (_between(v) for v in (seen.astype(float), y, y * y, time, time * time, time * y))
    n = np.maximum(n, 0.0)
    count = np.maximum(n, 1.0)
    mean = sy / count
    left = syy - sy * mean + PRIOR_WEIGHT * n * mean**2 / (PRIOR_WEIGHT + n)
    log_odds = 0.5 * np.log(PRIOR_WEIGHT / (PRIOR_WEIGHT + n))
    if slope:
        spread = PRIOR_WEIGHT + np.maximum(stt - st * st / count, 0.0)
        left = left - (sty - st * mean) ** 2 / spread
        log_odds += 0.5 * np.log(PRIOR_WEIGHT / spread)
    b = PRIOR_SCALE + 0.5 * np.maximum(left, 0.0)
    a = PRIOR_SHAPE + n / 2.0
    prior = PRIOR_SHAPE * np.log(PRIOR_SCALE) - gammaln(PRIOR_SHAPE)
    evidence = gammaln(a) + prior - a * np.log(b) - n / 2.0 * np.log(2.0 * np.pi)
    costs = -(evidence + log_odds)
    ends = np.arange(len(x) + 1)
    shortest = 3 if slope else 2
    costs[(ends[:, None] - ends[None, :] < 1) | (n < shortest)] = np.inf
    return np.asarray(costs)


def _between(values: Floats) -> Floats:
    total = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(total[:, None] - total[None, :])


def _total(costs: Costs, changes: list[int]) -> float:
    ends = [0, *changes, len(costs) - 1]
    return float(sum(costs[end, start] for start, end in pairwise(ends)))
