"""Smoothed rates of a pair: how many acts of each kind a period brings, with an interval, when rates drift slowly.

The steady model of counts: acts are Poisson with rate e_t r_t (e_t the exposure), and from one period to the next the
evidence on the rate is worth only ``discount`` of what it was. With Jeffreys' prior as the reference to which old
evidence fades (Smith 1979), the rate has a Gamma posterior whose shape and inverse scale are discounted sums::

    forward   A_t = y_t + d A_{t-1}      B_t = e_t + d B_{t-1}
    backward  A'_t = d (y_{t+1} + A'_{t+1})  B'_t = d (e_{t+1} + B'_{t+1})
    r_t | all counts ~ Gamma(1/2 + (A_t + A'_t) / c, (B_t + B'_t) / c)

c >= 1 is the dispersion, the variance of the counts over their mean: acts that clump say less about the rate. Discount
and dispersion are those under which the counts were foretold best one period ahead, negative binomial; discount 1 is
the constant rate, the floor beside it. Without clumping and in the steady state, the backward pass has the variance of
the exact retrospective recursion. A prior that fades too, as in the plain Gamma steady model, would shrink the interval
to nothing over a long stretch without acts.

Smith, *JRSS B* 41 (1979) 375-387; Smith & Miller, *JRSS B* 48 (1986) 79-88; West & Harrison, *Bayesian Forecasting
and Dynamic Models* (1997), ch. 10.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, gammaln

from detente.model.codes import QuadClass
from detente.model.errors import UsageError
from detente.relations.acts import QUADS
from detente.relations.periods import Days, Period
from detente.relations.series import PairSeries

Floats = NDArray[np.float64]

DISCOUNTS = (1.0, 0.99, 0.98, 0.96, 0.93, 0.9, 0.85, 0.8, 0.7, 0.6)
"""Tried in this order; of equals the first, the steadier, is taken."""
DISPERSIONS = (1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
PRIOR = 0.5
"""Shape of Jeffreys' prior of a Poisson rate; its inverse scale is 0, so that rates scale with the exposure."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How one channel was smoothed.

    Attributes:
        discount: What a period's evidence is worth a period later; 1 is a constant rate.
        dispersion: Variance of the counts over their mean within a steady stretch.
        score: Log probability with which all periods but the first were foretold, each from those before it.
        floor: The same of the constant rate, at the dispersion that suits it best; never above ``score``, because
            the constant rate is among the models tried, and equal where it is the one chosen.
        average: All acts over all exposure: acts per period.
    """

    discount: float
    dispersion: float
    score: float
    floor: float
    average: float


@dataclass(frozen=True, slots=True, eq=False)
class Smoothed:
    """Rates of C channels over T periods: acts per period at exposure 1, each of shape (T, C).

    ``rate`` is the posterior median; with probability ``level`` the rate lies between ``low`` and ``high``, given the
    chosen discount and dispersion, one per channel in ``fits``.
    """

    rate: Floats
    low: Floats
    high: Floats
    level: float
    fits: tuple[Fit, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PairRates:
    """The smoothed rates of a pair.

    Attributes:
        pair: The two actor codes.
        direction: 0 for acts of the first toward the second, 1 for those back, None for both together.
        period: Length of a step.
        starts: First day of each period, shape (T,).
        smoothed: The rates, shape (T, 4), channels in the order of ``QuadClass``.
    """

    pair: tuple[str, str]
    direction: int | None
    period: Period
    starts: Days
    smoothed: Smoothed

    def fit(self, quad: QuadClass) -> Fit:
        """Return how one quad class was smoothed."""
        return self.smoothed.fits[QUADS.index(quad)]

    def of(self, quad: QuadClass) -> tuple[Floats, Floats, Floats]:
        """Return rate, lower and upper bound of one quad class, each of shape (T,)."""
        column, found = QUADS.index(quad), self.smoothed
        return found.rate[:, column], found.low[:, column], found.high[:, column]

    def to_arrow(self) -> pa.Table:
        """Return one row per period: ``start``, and three columns per quad class as in ``rate_columns``."""
        return pa.table({"start": self.starts, **_columns(self.smoothed)})


def smooth_pair(
    series: PairSeries, *, direction: int | None = None, exposure: ArrayLike | None = None, level: float = 0.9
) -> PairRates:
    """Smooth the acts of a pair per quad class.

    Args:
        series: The pair's series, without holes. A last period that is not over yet counts as a whole one.
        direction: 0 or 1 for one direction, None for both together.
        exposure: How much was reported per period, shape (T,), such as ``shifts.smooth_volume``; None for 1.
        level: Probability of the intervals.

    Raises:
        UsageError: As ``smooth_counts``.
    """
    counts = series.total if direction is None else series.counts[direction]
    return PairRates(series.pair, direction, series.period, series.starts, smooth_counts(counts, exposure, level))


def rate_columns(series: PairSeries) -> pa.Table:
    """Return the table of ``PairSeries.to_arrow`` with ``…_rate``, ``…_low`` and ``…_high`` per quad class added.

    Each direction is smoothed by itself; acts per period, 90 % intervals.
    """
    table = series.to_arrow()
    both = [_columns(smooth_counts(counts)) for counts in series.counts]
    for name in both[0]:
        table = table.append_column(name, pa.array(np.concatenate([side[name] for side in both]), pa.float64()))
    return table


def smooth_counts(counts: ArrayLike, exposure: ArrayLike | None = None, level: float = 0.9) -> Smoothed:
    """Smooth counts of shape (T, C), each channel with the discount and dispersion that foretell it best.

    Args:
        counts: Acts per period and channel, not negative.
        exposure: Shape (T,), above zero; None for 1. Rates are per unit of it.
        level: Probability of the intervals.

    Raises:
        UsageError: Shapes do not fit, an exposure is not above zero, a count is below zero, or the level is not
            between 0 and 1.
    """
    y, e = _checked(counts, exposure, level)
    length, channels = y.shape
    if not length:
        nothing = np.zeros((0, channels))
        return Smoothed(nothing, nothing, nothing, level, (Fit(1.0, 1.0, 0.0, 0.0, 0.0),) * channels)
    discounts = np.array(DISCOUNTS)
    before, reach = _discounted(y, discounts), _discounted(e[:, None], discounts)
    scores = np.stack([_score(y, e, before, reach, c) for c in DISPERSIONS], axis=1)
    rates, fits = np.zeros((3, length, channels)), []
    for column in range(channels):
        fit = _best(scores[:, :, column], float(y[:, column].sum() / e.sum()))
        place = DISCOUNTS.index(fit.discount)
        total = before[:, place, column] + _after(y[:, column], fit.discount)
        weight = reach[:, place, 0] + _after(e, fit.discount)
        rates[:, :, column] = _quantiles(PRIOR + total / fit.dispersion, weight / fit.dispersion, level)
        fits.append(fit)
    return Smoothed(rates[0], rates[1], rates[2], level, tuple(fits))


def _best(scores: Floats, average: float) -> Fit:
    """Return the fit with the greatest score, shape (discounts, dispersions)."""
    row, column = np.unravel_index(int(scores.argmax()), scores.shape)
    best, floor = float(scores[row, column]), float(scores[0].max())
    return Fit(DISCOUNTS[row], DISPERSIONS[column], best, floor, average)


def _quantiles(shape: Floats, rate: Floats, level: float) -> Floats:
    """Return median and bounds of Gamma(shape, rate), both of shape (T,): (3, T)."""
    tail = (1.0 - level) / 2.0
    return np.stack([gammaincinv(shape, share) / rate for share in (0.5, tail, 1.0 - tail)])


def _checked(counts: ArrayLike, exposure: ArrayLike | None, level: float) -> tuple[Floats, Floats]:
    y = np.asarray(counts, dtype=float)
    e = np.ones(len(y)) if exposure is None else np.asarray(exposure, dtype=float)
    if y.ndim != 2 or e.shape != y.shape[:1]:
        raise UsageError(f"counts of shape {y.shape} with exposure of shape {e.shape}; allowed: (T, C) with (T,)")
    if not (e > 0).all() or not (y >= 0).all():
        raise UsageError("smoothing needs counts of at least 0 and exposures above 0 in every period")
    if not 0 < level < 1:
        raise UsageError(f"an interval of {level} is not understood; allowed: between 0 and 1, such as 0.9")
    return y, e


def _discounted(values: Floats, discounts: Floats) -> Floats:
    """Return discounted sums up to and with each period, shape (T, discounts, C), of values of shape (T, C)."""
    sums = np.empty((len(values), len(discounts), values.shape[1]))
    held = np.zeros(sums.shape[1:])
    for t, now in enumerate(values):
        held = held * discounts[:, None] + now
        sums[t] = held
    return sums


def _after(values: Floats, discount: float) -> Floats:
    """Return the discounted sums of what comes after each period, shape (T,)."""
    both = _discounted(values[::-1, None], np.array([discount]))[::-1, 0, 0]
    return np.asarray(both - values)


def _score(y: Floats, e: Floats, sums: Floats, reach: Floats, dispersion: float) -> Floats:
    """Return the log probability of each period after the first given those before it, summed: (discounts, C).

    The predictive mean is m = e a / b and its variance c m + m² / a; the negative binomial with these is that of the
    Gamma-Poisson model where c is 1. The first period has no proper prediction and is left out for every model.
    """
    discounts = np.array(DISCOUNTS)[:, None]
    a = PRIOR + discounts * sums[:-1] / dispersion
    mean = e[1:, None, None] * a * dispersion / (discounts * reach[:-1])
    size = 1.0 / ((dispersion - 1.0) / mean + 1.0 / a)
    seen = y[1:, None, :]
    log = gammaln(seen + size) - gammaln(size) - gammaln(seen + 1.0)
    log += size * np.log(size / (size + mean)) + seen * np.log(mean / (size + mean))
    return np.asarray(log.sum(axis=0))


def _columns(smoothed: Smoothed) -> dict[str, Any]:
    parts = {"rate": smoothed.rate, "low": smoothed.low, "high": smoothed.high}
    names = [quad.value.replace(" ", "_") for quad in QUADS]
    return {f"{name}_{part}": values[:, i] for i, name in enumerate(names) for part, values in parts.items()}
