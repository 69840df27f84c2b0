"""Exact segmentation of a series into blocks, and the posterior probability of a change at every period.

The best segmentation is found by optimal partitioning (Jackson et al. 2005, IEEE Signal Processing Letters 12), the
posterior by the same recursion with sums in place of minima (Fearnhead 2006, Statistics and Computing 16). Both see
every possible set of change points; nothing is pruned or approximated.

A penalty per change is minus the log of its prior odds in any one period: a penalty of log(52 / 0.4) says that one
expects 0.4 changes a year in weekly data, if blocks are what the model says they are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Costs = Floats
"""Shape (T + 1, T + 1): ``[end, start]`` is minus the log evidence of periods ``start`` to ``end - 1``."""


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Probability of a change at every period, shape (T + 1,): index t means that a block begins at period t."""

    probability: Floats
    log_evidence: float


def segment(costs: Costs, penalty: float) -> list[int]:
    """Return the periods at which blocks begin, without the first, in the segmentation of least penalised cost."""
    length = len(costs) - 1
    best = np.empty(length + 1)
    best[0] = -penalty
    came_from = np.zeros(length + 1, dtype=np.int64)
    for end in range(1, length + 1):
        values = best[:end] + costs[end, :end]
        came_from[end] = values.argmin()
        best[end] = values[came_from[end]] + penalty
    return _walk_back(came_from, length)


def segment_within(costs: Costs, most: int) -> list[list[int]]:
    """Return the best segmentations with 0, 1 … ``most`` changes (segment neighbourhood; Auger & Lawrence 1989)."""
    length = len(costs) - 1
    values = costs[:, 0].copy()
    values[0] = np.inf
    history: list[NDArray[np.int64]] = []
    found: list[list[int]] = [[]]
    for changes in range(1, min(most, length - 1) + 1):
        table = values[None, :] + costs
        came_from = table.argmin(axis=1)
        values = table[np.arange(length + 1), came_from]
        history.append(came_from)
        if not np.isfinite(values[length]):
            break
        found.append(_walk_levels(history, length, changes))
    return found


def posterior(costs: Costs, penalty: float) -> Posterior:
    """Return the exact posterior of changes given the costs and the prior that ``penalty`` stands for."""
    length = len(costs) - 1
    forward = np.full(length + 1, -np.inf)
    forward[0] = penalty
    for end in range(1, length + 1):
        forward[end] = _log_sum(forward[:end] - costs[end, :end]) - penalty
    backward = np.full(length + 1, -np.inf)
    backward[length] = penalty
    columns = np.ascontiguousarray(costs.T)
    for start in range(length - 1, -1, -1):
        backward[start] = _log_sum(backward[start + 1 :] - columns[start, start + 1 :]) - penalty
    total = forward[length]
    probability = np.exp(np.minimum(forward + backward - penalty - total, 0.0))
    probability[[0, length]] = 0.0
    return Posterior(probability, float(total))


def _log_sum(values: Floats) -> float:
    top = values.max()
    return float(top) if not np.isfinite(top) else float(top + np.log(np.exp(values - top).sum()))


def _walk_back(came_from: NDArray[np.int64], length: int) -> list[int]:
    changes = []
    place = int(came_from[length])
    while place > 0:
        changes.append(place)
        place = int(came_from[place])
    return changes[::-1]


def _walk_levels(history: list[NDArray[np.int64]], length: int, changes: int) -> list[int]:
    places, place = [], length
    for level in range(changes - 1, -1, -1):
        place = int(history[level][place])
        places.append(place)
    return places[::-1]
