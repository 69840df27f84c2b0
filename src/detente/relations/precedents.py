"""Precedents: earlier windows of any pair that resemble the present one, what came next, and whether that ever helped.

A window is described free of scale: for words and deeds, cooperation and conflict, log(1 + acts) per part of the
window, less its own mean and over its own spread, and beside these the level of the cooperative share. Distance is
Euclidean. The worth of such resemblances is measured, not assumed: past windows are foretold from windows before
them, and the share foretold rightly stands beside that of always saying what is commonest.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

from detente.model.codes import Direction
from detente.relations.evidence import Verdict
from detente.relations.pairs import PairTotals
from detente.relations.periods import as_date, end_of

Floats = NDArray[np.float64]
WINDOW, NEXT, PARTS = 12, 6, 4
LEAST_ACTS = 24
LEVEL_WEIGHT = 1.0
"""Weight of the level of the cooperative share against the shape of the four channels."""
NEIGHBOURS = 15


@dataclass(frozen=True, slots=True)
class Precedent:
    """One earlier window: how far it is from the present one, and whether the pair warmed or cooled afterwards.

    ``change`` is the change of the log-odds of cooperation from the window's last part to the ``NEXT`` periods after.
    """

    pair: tuple[str, str]
    since: date
    until: date
    distance: float
    change: float
    direction: Direction


@dataclass(frozen=True, slots=True)
class Precedents:
    """The nearest windows of a pair's present one, and how often such resemblance predicted anything.

    ``skill`` is the share of past windows whose direction the majority of their precedents foretold, ``floor`` the
    share that the commonest direction alone would have, over ``tests`` windows; both None with too few.
    ``percentile`` says how near the nearest precedent is, among the nearest ones of all windows: 0.05 is rarely near.
    """

    pair: tuple[str, str]
    since: date | None
    until: date | None
    found: tuple[Precedent, ...]
    better: float | None
    skill: float | None
    floor: float | None
    tests: int
    percentile: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, eq=False)
class _Windows:
    """All windows with enough acts: the pair and last period of each, its description, and what came next (or NaN)."""

    pair: NDArray[np.int64]
    last: NDArray[np.int64]
    shape: Floats
    change: Floats


def find_precedents(
    totals: PairTotals, a: str, b: str, *, most: int = 5, tests: int = 300, least_acts: int = LEAST_ACTS, seed: int = 1
) -> Precedents:
    """Find the windows of any pair that most resemble the last one of ``a`` and ``b``.

    Args:
        totals: Acts of all pairs per month.
        a: Actor code.
        b: Actor code.
        most: How many to return; no two overlap, nor does any overlap the present window.
        tests: How many past windows are foretold to measure the worth of resemblance.
        least_acts: Fewest acts of a window.
        seed: Of the choice of past windows.
    """
    pair = (a, b) if a < b else (b, a)
    windows = _windows(totals, least_acts)
    present = np.flatnonzero(
        (windows.last == len(totals.starts) - 1)
        & (windows.pair == (totals.pairs.index(pair) if pair in totals.pairs else -1))
    )
    if not len(present):
        verdict = Verdict(False, f"too little evidence: fewer than {least_acts} acts in the last {WINDOW} periods")
        return Precedents(pair, None, None, (), None, None, None, 0, None, verdict)
    here = int(present[0])
    near = _nearest(windows, here, most)
    found = tuple(_precedent(totals, windows, here, i) for i in near)
    skill, floor, tested, nearest = _worth(windows, tests, np.random.default_rng(seed))
    better = float(np.mean([p.direction is Direction.BETTER for p in found])) if found else None
    percentile = float((nearest <= found[0].distance).mean()) if found and len(nearest) else None
    since, until = _span(totals, windows, here)
    why = f"{len(found)} precedents among {len(windows.pair)} windows"
    verdict = Verdict(bool(found), why if found else f"no precedent: {why}")
    return Precedents(pair, since, until, found, better, skill, floor, tested, percentile, verdict)


def _windows(totals: PairTotals, least_acts: int) -> _Windows:
    counts = totals.counts.astype(float)
    length = counts.shape[1]
    if length < WINDOW:
        nothing = np.zeros(0, dtype=np.int64)
        return _Windows(nothing, nothing, np.zeros((0, 1)), np.zeros(0))
    sums = np.concatenate([np.zeros((len(counts), 1, 4)), np.cumsum(counts, axis=1)], axis=1)
    lasts = np.arange(WINDOW - 1, length)
    size = WINDOW // PARTS
    starts = lasts[:, None] - WINDOW + 1 + size * np.arange(PARTS)[None, :]
    parts = sums[:, starts + size] - sums[:, starts]
    enough = parts.sum(axis=(2, 3)) >= least_acts
    pair, place = np.nonzero(enough)
    return _Windows(pair, lasts[place], _describe(parts[pair, place]), _changes(sums, pair, lasts[place], length))


def _describe(parts: Floats) -> Floats:
    """Return the descriptions of windows of shape (N, PARTS, 4)."""
    logs = np.log1p(parts)
    centred = logs - logs.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(axis=(1, 2), keepdims=True))
    shape = (centred / np.maximum(spread, 0.25)).reshape(len(parts), PARTS * 4) / np.sqrt(PARTS * 4)
    return np.concatenate([shape, LEVEL_WEIGHT * _log_odds(parts.sum(axis=1))[:, None] / 2.0], axis=1)


def _changes(sums: Floats, pair: NDArray[np.int64], last: NDArray[np.int64], length: int) -> Floats:
    after = np.minimum(last + 1 + NEXT, length)
    following = sums[pair, after] - sums[pair, last + 1]
    ending = sums[pair, last + 1] - sums[pair, last + 1 - WINDOW // PARTS * 2]
    change = _log_odds(following) - _log_odds(ending)
    known = (last + NEXT < length) & (following.sum(axis=1) >= 5)
    return np.where(known, change, np.nan)


def _log_odds(counts: Floats) -> Floats:
    """Return the posterior mean log-odds of cooperation of acts of shape (N, 4)."""
    good, bad = counts[:, 0] + counts[:, 1], counts[:, 2] + counts[:, 3]
    return np.asarray(digamma(good + 0.5) - digamma(bad + 0.5))


def _nearest(windows: _Windows, here: int, most: int) -> list[int]:
    """Return windows that ended, with what came next, before the present one began; nearest first, none overlapping."""
    begins = windows.last[here] - WINDOW + 1
    allowed = (windows.last + NEXT < begins) & np.isfinite(windows.change)
    candidates = np.flatnonzero(allowed)
    distance = np.sqrt(np.square(windows.shape[candidates] - windows.shape[here]).sum(axis=1))
    chosen: list[int] = []
    for place in np.argsort(distance, kind="stable")[: 40 * most]:
        one = int(candidates[place])
        if all(
            windows.pair[one] != windows.pair[o] or abs(windows.last[one] - windows.last[o]) >= WINDOW for o in chosen
        ):
            chosen.append(one)
        if len(chosen) == most:
            break
    return chosen


def _worth(
    windows: _Windows, tests: int, generator: np.random.Generator
) -> tuple[float | None, float | None, int, Floats]:
    """Foretell past windows from windows before them; return skill, floor, how many, and the nearest distances."""
    known = np.flatnonzero(np.isfinite(windows.change))
    hits, truths, nearest = [], [], []
    for here in generator.permutation(known)[:tests]:
        near = _nearest(windows, int(here), NEIGHBOURS)
        if len(near) == NEIGHBOURS:
            says = float(np.mean(windows.change[near] > 0)) > 0.5
            truths.append(windows.change[here] > 0)
            hits.append(says == truths[-1])
            nearest.append(_distance(windows, int(here), near[0]))
    if len(hits) < 30:
        return None, None, len(hits), np.array(nearest)
    share = float(np.mean(truths))
    return float(np.mean(hits)), max(share, 1.0 - share), len(hits), np.array(nearest)


def _distance(windows: _Windows, one: int, other: int) -> float:
    return float(np.sqrt(np.square(windows.shape[one] - windows.shape[other]).sum()))


def _precedent(totals: PairTotals, windows: _Windows, here: int, index: int) -> Precedent:
    since, until = _span(totals, windows, index)
    change = float(windows.change[index])
    direction = Direction.BETTER if change > 0 else Direction.WORSE
    distance = _distance(windows, here, index)
    return Precedent(totals.pairs[int(windows.pair[index])], since, until, distance, change, direction)


def _span(totals: PairTotals, windows: _Windows, index: int) -> tuple[date, date]:
    last = int(windows.last[index])
    return as_date(totals.starts[last - WINDOW + 1]), end_of(totals.starts[last], totals.period)
