"""Rates of blocks of counts with their intervals: negative binomial with a conjugate Beta prior.

Within a block the counts of a channel are independent NB(r e_t, p): r is the channel's size (1/r its overdispersion),
e_t the exposure of the period (1, or how much was reported), and p ~ Beta(a, b). Sizes add up, so that a block of
total exposure E and total count S has the posterior p ~ Beta(a + r E, b + S).

The prior has b = 1 and a = 1 + r / m, so that its mean rate is m, the channel's own mean. Negative binomial counts
with a Beta prior: Johnson, Kemp & Kotz, *Univariate Discrete Distributions* (2005), ch. 6.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv

Floats = NDArray[np.float64]

LEAST_SIZE, GREATEST_SIZE = 0.05, 100.0
WINDOW = 13
"""Periods within which the rate is taken as steady when the size is estimated: a quarter of weeks."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel's size ``r`` and Beta prior ``a``, ``b``."""

    size: float
    a: float
    b: float = 1.0


def channel_of(counts: ArrayLike, exposure: Floats | None = None, window: int = WINDOW) -> Channel:
    """Estimate a channel's size and prior from its counts, shape (T,).

    The size is the moment estimate within windows of ``window`` periods, so that shifts between windows do not pass
    for overdispersion: r = sum of squared means / sum of (variance - mean), cut to 0.05 to 100.
    """
    x = np.asarray(counts, dtype=float)
    scaled = x if exposure is None else x / exposure
    whole = max(len(scaled) // window, 1)
    pieces = scaled[: whole * window].reshape(whole, -1) if len(scaled) >= window else scaled[None, :]
    mean = pieces.mean(axis=1)
    variance = pieces.var(axis=1, ddof=1) if pieces.shape[1] > 1 else mean
    excess = float((variance - mean).sum())
    size = float(np.square(mean).sum()) / excess if excess > 0 else GREATEST_SIZE
    size = float(np.clip(size, LEAST_SIZE, GREATEST_SIZE))
    return Channel(size, 1.0 + size / (float(scaled.mean()) + 1e-3))


def rate_interval(
    counts: ArrayLike, channel: Channel, level: float = 0.9, exposure: Floats | None = None
) -> tuple[float, float, float]:
    """Return the posterior mean rate per period of one block, shape (T,), and the bounds of its central interval."""
    x = np.asarray(counts, dtype=float)
    reach = float(len(x)) if exposure is None else float(exposure.sum())
    a, b = channel.a + channel.size * reach, channel.b + float(x.sum())
    tail = (1.0 - level) / 2.0
    # p is decreasing in the rate r (1 - p) / p, so that its upper quantile bounds the rate from below.
    low, high = (float(channel.size * (1.0 - p) / p) for p in betaincinv(a, b, [1.0 - tail, tail]))
    return channel.size * b / (a - 1.0), low, high


def ratio_interval(
    before: ArrayLike, after: ArrayLike, channel: Channel, level: float = 0.9, draws: int = 4000
) -> tuple[float, float, float]:
    """Return the posterior median of rate after / rate before, and the bounds of its central interval.

    By ``draws`` draws from both posteriors with a fixed seed, so that the same counts give the same numbers.
    """
    generator = np.random.default_rng(20260101)
    rates = [rate_draws(block, channel, draws, generator) for block in (after, before)]
    tail = (1.0 - level) / 2.0
    low, median, high = np.quantile(rates[0] / rates[1], [tail, 0.5, 1.0 - tail])
    return float(median), float(low), float(high)


def rate_draws(counts: ArrayLike, channel: Channel, draws: int, generator: np.random.Generator) -> Floats:
    """Draw from the posterior of the rate per period of one block, counts of shape (T,); shape (``draws``,)."""
    x = np.asarray(counts, dtype=float)
    p = generator.beta(channel.a + channel.size * len(x), channel.b + float(x.sum()), draws)
    rates: Floats = channel.size * (1.0 - p) / p
    return rates
