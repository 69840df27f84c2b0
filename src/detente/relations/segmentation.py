"""Exact segmentation of a series into blocks, and the posterior probability of a change at every period.

The best segmentation is found by optimal partitioning (Jackson et al. 2005, IEEE Signal Processing Letters 12), the
posterior by the same recursion with sums in place of minima (Fearnhead 2006, Statistics and Computing 16). Both see
every possible set of change points; nothing is pruned or approximated.

A penalty per change is minus the log of its prior odds in any one period: a penalty of log(52 / 0.4) says that one
expects 0.4 changes a year in weekly data, if blocks are what the model says they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Costs = Floats
"""Shape (T + 1, T + 1): ``[end, start]`` is minus the log evidence of periods ``start`` to ``end - 1``."""


UNREACHABLE = 1e300
"""Stands for the cost of reaching a period at which no segmentation can end; differences with it stay defined."""


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Probability of a change at every period, shape (T + 1,): index t means that a block begins at period t."""

    probability: Floats
    log_evidence: float


def segment(costs: Costs, penalty: float) -> list[int]:
    """Return the periods at which blocks begin, without the first, in the segmentation of least penalised cost."""
    _, came_from = _least_costs(costs, penalty)
    changes = []
    place = int(came_from[-1])
    while place > 0:
        changes.append(place)
        place = int(came_from[place])
    return changes[::-1]


def segment_into(costs: Costs, changes: int) -> list[int]:
    """Return the best segmentation with exactly so many changes (segment neighbourhood; Auger & Lawrence 1989)."""
    values = costs[:, 0].copy()
    history: list[NDArray[np.int64]] = []
    for _ in range(changes):
        table = values[None, :] + costs
        history.append(table.argmin(axis=1))
        values = np.take_along_axis(table, history[-1][:, None], axis=1)[:, 0]
    found, place = [], len(costs) - 1
    for came_from in reversed(history):
        place = int(came_from[place])
        found.append(place)
    return found[::-1]


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


def places(costs: Costs, indices: Sequence[int], penalty: float) -> Floats:
    """Return the posterior of the place of each of exactly ``len(indices)`` changes, shape (K, T + 1).

    Exact, over all segmentations with K changes: one matrix product per change from either end. ``indices`` should be
    the best segmentation at ``penalty``; they serve to scale, so that nothing that counts falls out of range.
    """
    length = len(costs) - 1
    best, _ = _least_costs(costs, penalty)
    best = np.where(np.isfinite(best), best, UNREACHABLE)
    # Reduced costs are never negative, and zero along the best path.
    likelihood = np.exp(-np.maximum(costs + best[None, :] - best[:, None] + penalty, 0.0))
    forward, backward = [likelihood[:, 0]], [likelihood[length]]
    for _ in indices[1:]:
        forward.append(likelihood @ forward[-1])
        backward.append(backward[-1] @ likelihood)
    joint = np.array(forward) * np.array(backward[::-1])
    return np.asarray(joint / joint.sum(axis=1, keepdims=True))


def _least_costs(costs: Costs, penalty: float) -> tuple[Floats, NDArray[np.int64]]:
    length = len(costs) - 1
    best = np.empty(length + 1)
    best[0] = -penalty
    came_from = np.zeros(length + 1, dtype=np.int64)
    for end in range(1, length + 1):
        values = best[:end] + costs[end, :end]
        came_from[end] = values.argmin()
        best[end] = values[came_from[end]] + penalty
    return best, came_from


def _log_sum(values: Floats) -> float:
    top = values.max()
    return float(top) if not np.isfinite(top) else float(top + np.log(np.exp(values - top).sum()))
