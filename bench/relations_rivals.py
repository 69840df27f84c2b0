"""Other detectors of changes, each as a function of a series and one setting.

ruptures (Truong, Oudre & Vayatis 2020), Rbeast (Zhao et al. 2019, Remote Sensing of Environment 232), Bayesian online
change point detection (Adams & MacKay 2007, arXiv:0710.3742), and twelve-week windows. They come with the dependency
group ``bench``; where one is missing, its row says so.
"""

import warnings
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from detente.relations.periods import as_date

Floats = NDArray[np.float64]
WINDOW = 12


def pelt(x: Floats, penalty: float) -> list[int]:
    """Return the changes that ruptures' PELT finds with squared error, x of shape (T, C)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ruptures

        return [int(c) for c in ruptures.KernelCPD(kernel="linear", min_size=2).fit(x).predict(pen=penalty)[:-1]]


def binseg(x: Floats, penalty: float) -> list[int]:
    """Return the changes that ruptures' binary segmentation finds with squared error, x of shape (T,)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ruptures

        return [int(c) for c in ruptures.Binseg(model="l2", jump=1).fit(x[:, None]).predict(pen=penalty)[:-1]]


def beast(x: Floats, least: float) -> list[int]:
    """Return the changes to which Rbeast gives a probability of at least ``least``, x of shape (T,)."""
    places, chances = beast_all(x)
    return sorted(int(p) for p, chance in zip(places, chances, strict=True) if chance >= least)


def beast_all(x: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Return all candidates of Rbeast (levels and trends, no season, at most forty changes) and their probabilities."""
    import Rbeast

    found = Rbeast.beast(
        x, season="none", tcp_minmax=[0, 40], mcmc_seed=1, quiet=True, print_progress=False, print_options=False
    )
    places, chances = np.ravel(found.trend.cp), np.ravel(found.trend.cpPr)
    kept = np.isfinite(places) & np.isfinite(chances)
    return places[kept].astype(np.int64) - 1, chances[kept]


def bocpd(x: Floats, hazard: float, longest: int = 400) -> list[int]:
    """Return the most probable changes by Bayesian online change point detection.

    Run lengths are normal with unknown mean and variance (normal-gamma prior 0, 1, 1, 1), columns independent; the
    changes are those of the most probable sequence of run lengths.

    Args:
        x: Standardised values, shape (T, C).
        hazard: Probability of a change in any one period.
        longest: Run lengths beyond this are dropped.
    """
    stay, leave = np.log1p(-hazard), np.log(hazard)
    best = np.zeros(1)
    begins: list[list[int]] = [[]]
    count, mean, spread = np.zeros((1, x.shape[1])), np.zeros((1, x.shape[1])), np.ones((1, x.shape[1]))
    for t, value in enumerate(x):
        grown = best + _predictive(value, count, mean, spread)
        top = int(grown.argmax())
        best = np.concatenate([[grown[top] + leave], grown + stay])[:longest]
        begins = [[*begins[top], t + 1], *begins][:longest]
        step = (value - mean) / (count + 2.0)
        spread = spread + 0.5 * (count + 1.0) / (count + 2.0) * (value - mean) ** 2
        mean, count = mean + step, count + 1.0
        mean, count, spread = (_reset(a, b)[:longest] for a, b in ((mean, 0.0), (count, 0.0), (spread, 1.0)))
    return [c for c in begins[int(best.argmax())] if c < len(x)]


def _reset(values: Floats, start: float) -> Floats:
    return np.concatenate([np.full((1, values.shape[1]), start), values])


def _predictive(value: Floats, count: Floats, mean: Floats, spread: Floats) -> Floats:
    """Return the log density of ``value`` under each run length: Student's t, summed over columns."""
    shape = 1.0 + count / 2.0
    scale = spread * (count + 2.0) / (shape * (count + 1.0))
    z = (value - mean) ** 2 / (2.0 * shape * scale)
    density = gammaln(shape + 0.5) - gammaln(shape) - 0.5 * np.log(2.0 * np.pi * shape * scale)
    return np.asarray((density - (shape + 0.5) * np.log1p(z)).sum(axis=1))


def directed(starts: NDArray[np.datetime64], balance: Floats, changes: Sequence[int]) -> list[tuple[date, bool]]:
    """Return day and direction (better: the balance is higher after) of changes."""
    ends = [0, *changes, len(balance)]
    return [
        (as_date(starts[c]), bool(balance[c : ends[i + 2]].mean() > balance[ends[i] : c].mean()))
        for i, c in enumerate(changes)
    ]


def windows(starts: NDArray[np.datetime64], x: Floats, threshold: float) -> list[tuple[date, bool]]:
    """Return the extremes of the standardised difference between the twelve periods before and after."""
    z = np.zeros(len(x))
    for t in range(WINDOW, len(x) - WINDOW):
        left, right = x[t - WINDOW : t], x[t : t + WINDOW]
        z[t] = (right.mean() - left.mean()) / np.sqrt((left.var() + right.var()) / WINDOW + 1e-9)
    kept: list[int] = []
    for t in np.argsort(-np.abs(z)):
        if abs(z[t]) < threshold:
            break
        if all(abs(int(t) - k) >= WINDOW for k in kept):
            kept.append(int(t))
    return [(as_date(starts[t]), bool(z[t] > 0)) for t in kept]


def standard(x: Floats) -> Floats:
    """Return a series of mean 0 and standard deviation 1, gaps filled with the mean, shape (T,)."""
    filled = np.where(np.isfinite(x), x, np.nanmean(x))
    return np.asarray((filled - filled.mean()) / (filled.std() or 1.0))
