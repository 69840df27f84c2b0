"""Conditional logit over named features: the explainable scorer (McFadden 1974).

The probability of a candidate is the softmax of its weighted features among the candidates of its query.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.outlook.tables import Floats

_DOUBLE_CELLS = 4_000_000
"""Feature cells up to which the fit runs in double precision; beyond, memory counts more than the last digits."""
_CONSTANT = 1e-4
"""Spread below which a feature counts as constant; dividing by it would blow up rounding errors."""


@dataclass(frozen=True, slots=True)
class Logit:
    """Weights of named features, on features centred by ``mean`` and divided by ``scale``; shapes ``(features,)``."""

    names: tuple[str, ...]
    weight: Floats
    mean: Floats
    scale: Floats

    def score(self, features: Floats) -> Floats:
        """Return the linear score of each candidate; ``features`` has shape ``(..., features)``."""
        raw = self.weight / self.scale
        return np.asarray(features @ raw - float(self.mean @ raw), np.float32)

    def contributions(self, features: Floats) -> Floats:
        """Return what each feature adds to the score, same shape as ``features``; they sum to ``score``."""
        return np.asarray((features - self.mean) / self.scale * self.weight, np.float32)


def group_starts(sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return where each group of rows begins."""
    return np.asarray(np.cumsum(sizes) - sizes, np.int64)


def softmax_by_group(score: NDArray[np.floating], sizes: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return the softmax of ``score`` within consecutive groups of ``sizes`` rows."""
    starts = group_starts(sizes)
    top = np.repeat(np.maximum.reduceat(score, starts), sizes)
    exp = np.exp(score.astype(np.float64) - top)
    return np.asarray(exp / np.repeat(np.add.reduceat(exp, starts), sizes))


def fit_logit(
    names: Sequence[str],
    features: Floats,
    answer: NDArray[np.bool_],
    sizes: NDArray[np.integer],
    ridge: float = 1e-4,
) -> Logit:
    """Fit by penalised maximum likelihood.

    Args:
        names: Name of each feature.
        features: Rows of all candidates, queries one after another, shape ``(rows, features)``.
        answer: Which rows are true; a query with several shares its weight among them, one without is ignored.
        sizes: Number of rows of each query.
        ridge: Penalty on the squared weights of the standardised features, per query.
    """
    from scipy import optimize  # slow to load, and needed for fitting only

    mean = features.mean(axis=0, dtype=np.float64).astype(np.float32)
    scale = features.std(axis=0, dtype=np.float64).astype(np.float32)
    scale[scale < _CONSTANT] = 1.0
    precise = features.size <= _DOUBLE_CELLS
    x = ((features - mean) / scale).astype(np.float64 if precise else np.float32)
    starts = group_starts(sizes)
    answers = np.add.reduceat(answer.astype(np.float64), starts)
    used = np.repeat(answers > 0, sizes)
    target = answer / np.repeat(np.maximum(answers, 1), sizes)
    n = max(int((answers > 0).sum()), 1)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = x @ w.astype(x.dtype)
        p = softmax_by_group(score, sizes)
        top = float(-(target * np.log(np.maximum(p, 1e-30))).sum())
        slope = ((p * used - target).astype(x.dtype)) @ x
        return top / n + ridge * float(w @ w), slope / n + 2 * ridge * w

    found = optimize.minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return Logit(tuple(names), found.x.astype(np.float32), mean, scale)
