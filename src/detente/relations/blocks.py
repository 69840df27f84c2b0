"""Evidence of blocks of counts: acts that come in clumps, with a conjugate prior on the rate, exact and closed.

Within a block the counts of a channel have mean rate λ e_t and variance φ times their mean: e_t is the exposure of the
period (1, or how much was reported), φ the clumping, how many acts come at a time. That is the variance of the
negative binomial of the first kind; its quasi-likelihood is that of Poisson counts to the power 1/φ (Wedderburn 1974;
McCullagh & Nelder 1989, ch. 9). With a Gamma(a, b) prior on λ, a block of total exposure E and count S has the
evidence, up to a term that does not depend on where blocks begin::

    b^a / Γ(a) · Γ(a + S/φ) / (b + E/φ)^(a + S/φ)

Two choices keep lulls from passing for shifts. The variance is in proportion to the mean, not to its square: where
acts are rare they still come in clumps. And half an act per period, ``BACKGROUND``, is added to every count, so that
little depends on whether next to nothing or nothing at all was reported.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

BACKGROUND = 0.5
PRIOR_ACTS = 0.5
"""The prior's weight, in clumps of acts; its mean is the channel's own."""
WINDOW = 13
"""Periods within which the rate is taken as steady when the clumping is estimated: a quarter of weeks."""


@dataclass(frozen=True, slots=True)
class Clumps:
    """One channel's clumping φ, at least 1, and the prior of its rate: Gamma of shape ``a`` and rate ``b``."""

    clumping: float
    a: float
    b: float


def clumps_of(counts: ArrayLike, exposure: Floats | None = None, window: int = WINDOW) -> Clumps:
    """Estimate a channel's clumping and prior from its counts, shape (T,).

    The clumping is variance over mean, pooled over windows of ``window`` periods, so that shifts between windows do
    not pass for clumps.
    """
    x = np.asarray(counts, dtype=float)
    scaled = (x if exposure is None else x / exposure) + BACKGROUND
    whole = max(len(scaled) // window, 1)
    pieces = scaled[: whole * window].reshape(whole, -1) if len(scaled) >= window else scaled[None, :]
    spread = float(pieces.var(axis=1, ddof=1).sum()) if pieces.shape[1] > 1 else 0.0
    return Clumps(max(spread / float(pieces.mean(axis=1).sum()), 1.0), PRIOR_ACTS, PRIOR_ACTS / float(scaled.mean()))


def block_costs(counts: ArrayLike, channels: tuple[Clumps, ...], exposure: Floats | None = None) -> Floats:
    """Return minus the log evidence of every block, summed over channels.

    Args:
        counts: Acts, whole numbers, shape (T, C).
        channels: One per column of ``counts``.
        exposure: How much was reported per period relative to the mean, shape (T,), positive; None for 1.

    Returns:
        Shape (T + 1, T + 1); ``[end, start]`` is the cost of the periods ``start`` to ``end - 1``, infinite where
        ``start >= end``.
    """
    x = np.asarray(counts, dtype=np.int64)
    ends = np.arange(len(x) + 1)
    lengths = np.maximum(ends[:, None] - ends[None, :], 0)
    reach = np.concatenate([[0.0], np.cumsum(exposure)]) if exposure is not None else None
    costs = np.zeros(lengths.shape)
    for column, channel in enumerate(channels):
        # Twice the count and its background is whole, so that the gamma function is looked up, not computed.
        twice = np.concatenate([[0], np.cumsum(2 * x[:, column] + round(2 * BACKGROUND))])
        totals = np.maximum(twice[:, None] - twice[None, :], 0)
        shapes = channel.a + np.arange(twice[-1] + 1) / (2.0 * channel.clumping)
        if reach is None:
            log_rates = np.log(channel.b + ends / channel.clumping)[lengths]
        else:
            spans = np.maximum(reach[:, None] - reach[None, :], 0.0)
            log_rates = np.log(channel.b + spans / channel.clumping)
        log_rates *= shapes[totals]
        costs += log_rates - gammaln(shapes)[totals] - _constant(channel)
    costs[ends[:, None] <= ends[None, :]] = np.inf
    return costs


def block_cost(counts: ArrayLike, channel: Clumps) -> float:
    """Return minus the log evidence of one block of one channel, counts of shape (T,), up to the same term."""
    x = np.asarray(counts, dtype=float) + BACKGROUND
    shape = channel.a + float(x.sum()) / channel.clumping
    return float(shape * np.log(channel.b + len(x) / channel.clumping) - gammaln(shape)) - _constant(channel)


def _constant(channel: Clumps) -> float:
    return float(channel.a * np.log(channel.b) - gammaln(channel.a))
