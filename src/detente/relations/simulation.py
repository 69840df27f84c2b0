"""Dyads with known truth: series of counts whose shifts are chosen, to test every measure against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.relations.acts import Selection
from detente.relations.periods import Period, start_of
from detente.relations.series import PairSeries

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedDyad:
    """A series, the periods at which its rates change, and whether each change is for the worse."""

    series: PairSeries
    changes: tuple[int, ...]
    worse: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class World:
    """How simulated dyads behave.

    Attributes:
        length: Periods T.
        shifts: Mean number of shifts of a dyad (Poisson), 0 for a world in which nothing changes.
        least_gap: Fewest periods between shifts and to either end.
        factor: By how much conflict is multiplied or divided at a shift: drawn log-uniformly from this interval.
        size: Negative binomial size of the counts within a block; None for Poisson.
        rates: Mean acts per period and quad class before the first shift.
        period: Length of a step.
    """

    length: int = 260
    shifts: float = 1.0
    least_gap: int = 26
    factor: tuple[float, float] = (2.0, 6.0)
    size: float | None = 1.5
    rates: tuple[float, float, float, float] = (2.0, 0.5, 1.0, 1.0)
    period: Period = Period.WEEK


def series_of(
    counts: ArrayLike,
    pair: tuple[str, str] = ("AAA", "BBB"),
    first: date = date(2000, 1, 3),
    period: Period = Period.WEEK,
) -> PairSeries:
    """Make a series out of counts of shape (T, 4), all from the first to the second, or (2, T, 4)."""
    array = np.asarray(counts, dtype=np.int64)
    if array.ndim == 2:
        array = np.stack([array, np.zeros_like(array)])
    length = array.shape[1]
    low = start_of(first, period)
    if period is Period.MONTH:
        starts = (low.astype("datetime64[M]") + np.arange(length)).astype("datetime64[D]")
    else:
        starts = low + np.arange(length) * (7 if period is Period.WEEK else 1)
    volume = np.asarray(array.sum(axis=(0, 2)), dtype=np.int64)
    return PairSeries(pair, period, starts, array, np.zeros((2, length)), volume, Selection(), 0)


def simulate(world: World, generator: np.random.Generator) -> SimulatedDyad:
    """Draw one dyad: at each shift conflict rises by a factor and cooperation falls by its root, or the reverse."""
    changes = _places(world, int(generator.poisson(world.shifts)), generator)
    worse = tuple(bool(generator.random() < 0.5) for _ in changes)
    level = np.zeros(world.length)
    low, high = np.log(world.factor)
    for change, is_worse in zip(changes, worse, strict=True):
        level[change:] += (1.0 if is_worse else -1.0) * generator.uniform(low, high)
    rates = np.array(world.rates) * np.exp(np.outer(level, [-0.5, -0.5, 1.0, 1.0]))
    return SimulatedDyad(series_of(draw(rates, world.size, generator), period=world.period), changes, worse)


def draw(rates: ArrayLike, size: float | None, generator: np.random.Generator) -> NDArray[np.int64]:
    """Draw counts with the given mean rates (any shape), negative binomial of ``size`` or Poisson."""
    mean = np.asarray(rates, dtype=float)
    if size is None:
        return generator.poisson(mean)
    return generator.negative_binomial(size, size / (size + mean))


def _places(world: World, wanted: int, generator: np.random.Generator) -> tuple[int, ...]:
    chosen: list[int] = []
    room: Sequence[int] = range(world.least_gap, world.length - world.least_gap + 1)
    for place in generator.permutation(np.asarray(room))[: 20 * wanted]:
        if len(chosen) < wanted and all(abs(int(place) - other) >= world.least_gap for other in chosen):
            chosen.append(int(place))
    return tuple(sorted(chosen))
