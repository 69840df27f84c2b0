"""Small generalised linear models: logistic and Poisson regression by iteratively reweighted least squares.

McCullagh & Nelder, *Generalized Linear Models* (1989), section 2.5; ridge penalty on all weights but the intercept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.outlook.tables import Floats

Doubles = NDArray[np.float64]
_ROUNDS = 30
_LIMIT = 30.0


@dataclass(frozen=True, slots=True)
class Line:
    """A linear predictor on standardised features; ``weight`` has shape ``(features,)``."""

    intercept: float
    weight: Doubles
    mean: Doubles
    scale: Doubles

    def predict(self, x: Floats) -> Doubles:
        """Return the linear predictor of each row, limited to ±30."""
        return np.asarray(np.clip(self.intercept + (x - self.mean) / self.scale @ self.weight, -_LIMIT, _LIMIT))

    def contributions(self, x: Floats) -> Doubles:
        """Return what each feature adds to the predictor, shape of ``x``."""
        return np.asarray((x - self.mean) / self.scale * self.weight)


def expit(x: Doubles) -> Doubles:
    """Return the logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -_LIMIT, _LIMIT))))


def fit_logistic(x: Floats, y: NDArray[np.bool_], ridge: float = 1.0) -> Line:
    """Fit a logistic regression to rows ``x``, shape ``(n, features)``."""
    return _fit(x, y.astype(np.float64), ridge, poisson=False)


def fit_poisson(x: Floats, y: NDArray[np.integer], ridge: float = 1.0) -> Line:
    """Fit a Poisson regression with log link to counts ``y``."""
    return _fit(x, y.astype(np.float64), ridge, poisson=True)


def _fit(x: Floats, y: Doubles, ridge: float, poisson: bool) -> Line:
    mean, scale = x.mean(axis=0, dtype=np.float64), np.maximum(x.std(axis=0, dtype=np.float64), 1e-6)
    design = np.concatenate([np.ones((len(x), 1)), (x - mean) / scale], axis=1)
    level = (y.sum() + 0.5) / (len(y) + 1)
    w = np.zeros(design.shape[1])
    w[0] = np.log(level) if poisson else np.log(level / (1 - level))
    penalty = np.full(len(w), ridge)
    penalty[0] = 1e-6
    for _ in range(_ROUNDS):
        eta = np.clip(design @ w, -_LIMIT, np.log(y.max() * 3 + 3) if poisson else _LIMIT)
        mu = np.exp(eta) if poisson else expit(eta)
        variance = np.maximum(mu if poisson else mu * (1 - mu), 1e-6)
        slope = design.T @ (y - mu) - penalty * w
        bend = (design * variance[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        w += step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < 1e-6:
            break
    return Line(float(w[0]), w[1:], mean, scale)
