"""Two series that look back on each other: level shifts taken out, lags, and the response of one to the other."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.relations.blocks import block_costs, clumps_of
from detente.relations.segmentation import segment

Floats = NDArray[np.float64]
LEVEL_PENALTY = 10.0
"""Per change of level that is taken out: at 3 a test of influence also loses slow rhythms, and half its power; without
it, a tenth of the independent pairs with one shift each seem to lead (``bench/relations_influence.py``)."""
HORIZON = 12
DRAWS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """y's response, in log counts, over the periods after one standard deviation more of x, each of shape (HORIZON,).

    ``low`` and ``high`` bound 90 % of the responses of series drawn anew from the fitted model with its own surprises
    in random order (residual bootstrap; Runkle 1987).
    """

    middle: Floats
    low: Floats
    high: Floats


def without_levels(counts: ArrayLike) -> Floats:
    """Return log(1 + counts) less its mean within each block of the best segmentation, shape (T,)."""
    x = np.asarray(counts, dtype=np.int64)[:, None]
    values = np.log1p(x[:, 0].astype(float))
    ends = [0, *segment(block_costs(x, (clumps_of(x[:, 0]),)), LEVEL_PENALTY), len(values)]
    return np.concatenate([values[s:e] - values[s:e].mean() for s, e in pairwise(ends)])


def lagged(values: Floats, lags: int) -> list[Floats]:
    """Return the values one to ``lags`` periods back, each of shape (T - lags,)."""
    return [values[lags - lag : len(values) - lag] for lag in range(1, lags + 1)]


def response_of(x: Floats, y: Floats, lags: int, horizon: int = HORIZON) -> Floats:
    """Iterate the two-series autoregression from one standard deviation of x's own surprise; shape (horizon,)."""
    coefficients, surprises = _fit(np.stack([x, y], axis=1), lags)
    return _iterate(coefficients, float(surprises[:, 0].std()), lags, horizon)


def response_with_band(x: Floats, y: Floats, lags: int, seed: int = 1) -> Response:
    """Return the response with its 90 % band, over ``HORIZON`` periods."""
    both = np.stack([x, y], axis=1)
    coefficients, surprises = _fit(both, lags)
    generator = np.random.default_rng(seed)
    drawn = np.stack([_redraw(both, coefficients, surprises, lags, generator) for _ in range(DRAWS)])
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    return Response(_iterate(coefficients, float(surprises[:, 0].std()), lags, HORIZON), low, high)


def _fit(both: Floats, lags: int) -> tuple[Floats, Floats]:
    past = np.stack([np.ones(len(both) - lags), *lagged(both[:, 0], lags), *lagged(both[:, 1], lags)], axis=1)
    coefficients, *_ = np.linalg.lstsq(past, both[lags:], rcond=None)
    return np.asarray(coefficients, dtype=np.float64), np.asarray(both[lags:] - past @ coefficients)


def _iterate(coefficients: Floats, surprise: float, lags: int, horizon: int) -> Floats:
    state_x, state_y = np.zeros(lags), np.zeros(lags)
    state_x[0] = surprise
    found = np.zeros(horizon)
    for step in range(horizon):
        both = np.concatenate([[0.0], state_x, state_y]) @ coefficients
        found[step] = both[1]
        state_x, state_y = np.roll(state_x, 1), np.roll(state_y, 1)
        state_x[0], state_y[0] = both
    return found


def _redraw(both: Floats, coefficients: Floats, surprises: Floats, lags: int, generator: np.random.Generator) -> Floats:
    picked = surprises[generator.integers(len(surprises), size=len(both))]
    made = both.copy()
    for t in range(lags, len(both)):
        past = made[t - lags : t][::-1]
        made[t] = coefficients[0] + past[:, 0] @ coefficients[1 : lags + 1] + past[:, 1] @ coefficients[lags + 1 :]
        made[t] += picked[t]
    again, left = _fit(made, lags)
    return _iterate(again, float(left[:, 0].std()), lags, HORIZON)
