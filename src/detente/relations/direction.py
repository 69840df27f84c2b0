"""Whether a change of rates is for the better or the worse.

Crises raise talk of every kind, so that neither the share of cooperation nor conflict alone tells. What is asked first
is the balance: acts per period, each quad class weighted with the mean Goldstein value of its CAMEO codes (Goldstein
1992). When the balance moved credibly (90 %), it decides; else conflict if that did, else cooperation if that did,
else conflict.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from detente.model.codes import Direction
from detente.relations.acts import QUADS
from detente.relations.counts import Floats, channel_of, rate_draws, ratio_interval
from detente.world.schemes import cameo_codes

LEVEL = 0.9
DRAWS = 2000


def direction_of(total: NDArray[np.int64], before: slice, after: slice) -> Direction:
    """Tell whether a change is for the better or the worse.

    Args:
        total: Acts per period and quad class, shape (T, 4).
        before: The periods up to the change.
        after: The periods from it on.
    """
    better = float((balance_draws(total, before, after) > 0).mean())
    if abs(better - 0.5) >= LEVEL / 2.0:
        return Direction.BETTER if better > 0.5 else Direction.WORSE
    conflict, cooperation = total[:, 2] + total[:, 3], total[:, 0] + total[:, 1]
    up = {Direction.WORSE: conflict, Direction.BETTER: cooperation}
    down = {Direction.WORSE: Direction.BETTER, Direction.BETTER: Direction.WORSE}
    for direction, counts in up.items():
        _, low, high = ratio_interval(counts[before], counts[after], channel_of(counts))
        if low > 1.0 or high < 1.0:
            return direction if low > 1.0 else down[direction]
    return Direction.WORSE if conflict[after].mean() > conflict[before].mean() else Direction.BETTER


def balance_draws(total: NDArray[np.int64], before: slice, after: slice) -> Floats:
    """Return draws from the posterior of the change of the balance per period, shape (``DRAWS``,); fixed seed."""
    generator = np.random.default_rng(20260101)
    change = np.zeros(DRAWS)
    for counts, weight in zip(total.T, quad_weights(), strict=True):
        channel = channel_of(counts)
        for block, sign in ((after, 1.0), (before, -1.0)):
            change += sign * weight * rate_draws(counts[block], channel, DRAWS, generator)
    return change


@cache
def quad_weights() -> tuple[float, ...]:
    """Return the mean Goldstein value of the CAMEO codes of each quad class, in the order of ``QuadClass``."""
    values: list[list[float]] = [[] for _ in QUADS]
    for code in cameo_codes():
        quad = code.quad or code.root_quad
        if quad is not None and code.goldstein is not None:
            values[QUADS.index(quad)].append(code.goldstein)
    return tuple(float(np.mean(found)) for found in values)
