"""Proper scores and calibration of probability and count forecasts.

Brier (1950); logarithmic score (Good 1952); continuous ranked probability score of counts (Gneiting & Raftery 2007,
section 4.2); expected calibration error over bins of equal width (Naeini, Cooper & Hauskrecht 2015).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

BINS = 15
Doubles = NDArray[np.float64]


def brier(probability: Doubles, happened: NDArray[np.bool_]) -> float:
    """Return the mean squared difference of probability and outcome; 0 is perfect."""
    return float(np.mean((probability - happened) ** 2))


def log_score(probability: Doubles, happened: NDArray[np.bool_]) -> float:
    """Return the mean negative natural log of the probability given to what happened; 0 is perfect."""
    p = np.clip(np.where(happened, probability, 1 - probability), 1e-12, 1)
    return float(-np.log(p).mean())


def crps_counts(mean: Doubles, dispersion: float, count: NDArray[np.integer]) -> float:
    """Return the mean CRPS of negative-binomial forecasts with variance ``mean + dispersion * mean ** 2``.

    Args:
        mean: Expected counts, shape ``(n,)``.
        dispersion: 0 gives the Poisson distribution.
        count: What was counted, shape ``(n,)``.
    """
    top = int(max(count.max(initial=0), mean.max(initial=0) * 4) + 30)
    grid = np.arange(top + 1)
    total = 0.0
    for chunk in range(0, len(count), 4096):
        m = np.maximum(mean[chunk : chunk + 4096, None], 1e-9)
        below = count[chunk : chunk + 4096, None] <= grid
        total += float(((_distribution(grid, m, dispersion) - below) ** 2).sum())
    return total / max(len(count), 1)


def _distribution(grid: NDArray[np.integer], mean: Doubles, dispersion: float) -> Doubles:
    if dispersion <= 1e-6:
        return np.asarray(special.pdtr(grid, mean))
    size = 1 / dispersion
    return np.asarray(special.betainc(size, grid + 1, size / (size + mean)))


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Forecasts with like probabilities: their number, mean probability, and the share that came true."""

    low: float
    high: float
    n: int
    forecast: float
    happened: float

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """Return the Jeffreys interval of the share that came true."""
        hits = self.happened * self.n
        tail = (1 - level) / 2
        low, high = special.betaincinv(hits + 0.5, self.n - hits + 0.5, [tail, 1 - tail])
        return float(low), float(high)


def reliability(probability: Doubles, happened: NDArray[np.bool_], bins: int = BINS) -> tuple[ReliabilityBin, ...]:
    """Return the bins of a reliability diagram, empty ones left out."""
    index = np.minimum((probability * bins).astype(int), bins - 1)
    found = []
    for number in range(bins):
        chosen = index == number
        if chosen.any():
            shares = (float(probability[chosen].mean()), float(happened[chosen].mean()))
            found.append(ReliabilityBin(number / bins, (number + 1) / bins, int(chosen.sum()), *shares))
    return tuple(found)


def calibration_error(bins: tuple[ReliabilityBin, ...]) -> float:
    """Return the mean gap between forecast and share that came true, weighted by the size of the bins."""
    total = sum(each.n for each in bins)
    return sum(each.n * abs(each.forecast - each.happened) for each in bins) / max(total, 1)
