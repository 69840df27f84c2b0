"""Changes of a series under an alarm budget: which ones are spoken of, with date interval and probability.

Two bounds hold. No change is spoken of unless it pays for its prior: the floor is minus the log of the prior odds of
a change in one period when ``budget`` changes a year are expected. And no more than ``budget`` a year are spoken of:
if the floor lets more through, the penalty rises until they fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.relations.segmentation import Costs, places, posterior, segment, segment_into

LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class Change:
    """A block begins at period ``index``; with 90 % between ``low`` and ``high`` (inclusive).

    ``probability`` is that of a change in that interval, over all segmentations, at the penalty used; ``gain`` is by
    how much the log evidence falls when this change is taken out.
    """

    index: int
    low: int
    high: int
    probability: float
    gain: float


def floor_penalty(budget: float, periods_per_year: float) -> float:
    """Return the least penalty for a budget of alarms a year."""
    return float(np.log(max(periods_per_year / budget - 1.0, 1.0)))


def most_changes(budget: float, years: float) -> int:
    """Return how many alarms the budget allows in so many years; at least one, else a short series is never heard."""
    return max(1, int(np.floor(budget * years + 0.05)))


def fit(costs: Costs, floor: float, most: int) -> tuple[list[int], float]:
    """Return the changes at the floor penalty, or the best ``most`` changes when those were more; and the penalty.

    In the second case the penalty is the least, to within 1 %, at which no more than ``most`` would be found.
    """
    found = segment(costs, floor)
    if len(found) <= most:
        return found, floor
    low, high = floor, 2.0 * floor + 1.0
    while len(segment(costs, high)) > most:
        low, high = high, 2.0 * high
    while high - low > 0.01 * high:
        middle = (low + high) / 2.0
        low, high = (middle, high) if len(segment(costs, middle)) > most else (low, middle)
    return segment_into(costs, most), high


def describe(costs: Costs, indices: Sequence[int], penalty: float) -> tuple[Change, ...]:
    """Return interval, probability and gain of each change.

    The interval is the shortest that holds 90 % of the posterior of the k-th change's place, given that there are as
    many changes as were found.
    """
    if not indices:
        return ()
    probability = posterior(costs, penalty).probability
    ends = [0, *indices, len(costs) - 1]
    where = places(costs, indices, penalty)
    changes = []
    for place, before, index, after in zip(where, ends, ends[1:], ends[2:], strict=False):
        first, last = shortest(place, LEVEL)
        low, high = min(first, index), max(last, index)
        gain = float(costs[after, before] - costs[index, before] - costs[after, index])
        changes.append(Change(index, low, high, float(min(probability[low : high + 1].sum(), 1.0)), gain))
    return tuple(changes)


def shortest(probability: NDArray[np.float64], level: float) -> tuple[int, int]:
    """Return first and last index of the shortest stretch that holds ``level`` of the probability, shape (K,)."""
    reach = np.concatenate([[0.0], np.cumsum(probability)])
    ends = np.searchsorted(reach, reach[:-1] + level * reach[-1] - 1e-12)
    lengths = np.where(ends < len(reach), ends - np.arange(len(probability)), len(reach))
    first = int(lengths.argmin())
    return first, int(ends[first]) - 1
