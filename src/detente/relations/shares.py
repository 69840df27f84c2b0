"""Cooperative shares and differences between them on the log-odds scale, with intervals that respect clumped acts.

A share of c cooperative acts among n has the posterior Beta(c / f + 1/2, (n - c) / f + 1/2) (Jeffreys), where f >= 1
says by how much acts of one period resemble each other more than independent ones would (Pearson's statistic over
its degrees of freedom; McCullagh & Nelder 1989, section 4.5). The log-odds of a Beta variable has the mean
digamma(a) - digamma(b) and the variance trigamma(a) + trigamma(b), exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, digamma, ndtr, ndtri, polygamma

LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class Share:
    """A cooperative share with its central 90 % interval, and the moments of its log-odds."""

    cooperative: int
    total: int
    share: float
    low: float
    high: float
    log_odds: float
    variance: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of two log-odds with its 90 % interval; ``probability`` is that of it being above zero."""

    value: float
    low: float
    high: float
    probability: float


def clumping(cooperative: ArrayLike, total: ArrayLike) -> float:
    """Return the factor f >= 1 for counts per period, both of shape (T,)."""
    c, n = np.asarray(cooperative, dtype=float), np.asarray(total, dtype=float)
    c, n = c[n > 0], n[n > 0]
    if len(n) < 3 or not 0 < c.sum() < n.sum():
        return 1.0
    p = c.sum() / n.sum()
    return max(1.0, float((np.square(c - n * p) / (n * p * (1.0 - p))).sum()) / (len(n) - 1))


def share_of(cooperative: int, total: int, clump: float = 1.0) -> Share:
    """Return the share of ``cooperative`` among ``total`` acts."""
    a, b = cooperative / clump + 0.5, (total - cooperative) / clump + 0.5
    low, high = betaincinv(a, b, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    variance = float(polygamma(1, a) + polygamma(1, b))
    return Share(cooperative, total, a / (a + b), float(low), float(high), float(digamma(a) - digamma(b)), variance)


def difference(one: Share, other: Share) -> Difference:
    """Return the log-odds of ``one`` minus those of ``other``."""
    return normal(one.log_odds - other.log_odds, one.variance + other.variance)


def normal(value: float, variance: float) -> Difference:
    """Return a normally distributed difference."""
    half = float(ndtri((1 + LEVEL) / 2)) * variance**0.5
    return Difference(value, value - half, value + half, float(ndtr(value / variance**0.5)))
