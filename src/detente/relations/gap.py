"""The rhetoric-action gap: whether a pair's words are friendlier than its deeds.

The gap is the log-odds of cooperation among words minus the log-odds of cooperation among deeds: 0 when both are as
friendly, 1 when the odds of a friendly word are e times those of a friendly deed. Over many dyads it is shrunk toward
their mean by as much as its own evidence is thin (normal-normal empirical Bayes; DerSimonian & Laird 1986, Controlled
Clinical Trials 7), and a dyad stands out when it does so against all others at a false-discovery rate (Benjamini &
Hochberg 1995).
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import ndtr

from detente.relations.discovery import benjamini_hochberg
from detente.relations.evidence import Thresholds, Verdict, thresholds
from detente.relations.pairs import PairTotals
from detente.relations.periods import as_date, end_of
from detente.relations.series import Counts, PairSeries
from detente.relations.shares import Difference, Share, clumping, difference, normal, share_of


@dataclass(frozen=True, slots=True)
class Gap:
    """Words against deeds of one pair, or of one direction of it, in one stretch of time.

    ``gap`` is None when there are too few words or deeds; ``verdict`` then says which.
    """

    since: date | None
    until: date | None
    words: Share
    deeds: Share
    gap: Difference | None
    verdict: Verdict


def gap_of(series: PairSeries, direction: int | None = None, limits: Thresholds | None = None) -> Gap:
    """Return the gap over the whole series, in one direction (0 or 1) or both (None)."""
    counts = series.total if direction is None else series.counts[direction]
    if not len(series.starts):
        return _gap(counts, None, None, limits or thresholds())
    return _gap(counts, as_date(series.starts[0]), end_of(series.starts[-1], series.period), limits or thresholds())


def gap_over_time(
    series: PairSeries, window: int = 12, step: int = 1, direction: int | None = None, limits: Thresholds | None = None
) -> tuple[Gap, ...]:
    """Return the gap of windows of ``window`` periods, each ``step`` periods after the last."""
    pieces = []
    for first in range(0, len(series.starts) - window + 1, step):
        last = first + window - 1
        pieces.append(
            gap_of(series.cut(as_date(series.starts[first]), as_date(series.starts[last])), direction, limits)
        )
    return tuple(pieces)


def _gap(counts: Counts, since: date | None, until: date | None, limits: Thresholds) -> Gap:
    words_total, deeds_total = counts[:, 0] + counts[:, 2], counts[:, 1] + counts[:, 3]
    words = share_of(int(counts[:, 0].sum()), int(words_total.sum()), clumping(counts[:, 0], words_total))
    deeds = share_of(int(counts[:, 1].sum()), int(deeds_total.sum()), clumping(counts[:, 1], deeds_total))
    verdict = enough_for_gap(words.total, deeds.total, limits)
    return Gap(since, until, words, deeds, difference(words, deeds) if verdict.enough else None, verdict)


def enough_for_gap(words: int, deeds: int, limits: Thresholds | None = None) -> Verdict:
    """Judge whether there are enough words and deeds to compare."""
    limits = limits or thresholds()
    if words < limits.gap_verbal or deeds < limits.gap_material:
        needs = f"needs {limits.gap_verbal} words and {limits.gap_material} deeds"
        return Verdict(False, f"too little evidence: {words} words and {deeds} deeds; a comparison {needs}")
    return Verdict(True, f"{words} words and {deeds} deeds")


@dataclass(frozen=True, slots=True)
class GapScan:
    """The gaps of many pairs.

    ``table`` has one row per pair with enough evidence: ``a``, ``b``, ``words``, ``deeds`` (acts), ``gap`` (its own),
    ``shrunk``, ``low``, ``high`` (after shrinkage), ``z``, ``q`` (false-discovery rate at which it stands out from
    the others), from the largest absolute z down. ``mean`` and ``spread`` are the population's. ``left_out`` counts
    pairs with too little evidence.
    """

    table: pa.Table
    mean: float
    spread: float
    left_out: int


def gap_scan(totals: PairTotals, limits: Thresholds | None = None) -> GapScan:
    """Compare the gaps of all pairs; see ``GapScan``."""
    limits = limits or thresholds()
    counts = totals.counts.sum(axis=1)
    words, deeds = counts[:, 0] + counts[:, 2], counts[:, 1] + counts[:, 3]
    keep = np.flatnonzero((words >= limits.gap_verbal) & (deeds >= limits.gap_material))
    own = [_gap(totals.counts[i], None, None, limits).gap for i in keep]
    values = np.array([g.value for g in own if g is not None])
    variances = np.array([((g.high - g.low) / 2 / 1.6448536) ** 2 for g in own if g is not None])
    mean, spread = _population(values, variances)
    weight = spread**2 / (spread**2 + variances)
    shrunk = [normal(m, v) for m, v in zip(mean + weight * (values - mean), weight * variances + 1e-12, strict=True)]
    z = (values - mean) / np.sqrt(variances + spread**2)
    q = benjamini_hochberg(2.0 * (1.0 - ndtr(np.abs(z))))
    order = np.argsort(-np.abs(z), kind="stable")
    columns = {
        "a": [totals.pairs[i][0] for i in keep],
        "b": [totals.pairs[i][1] for i in keep],
        "words": words[keep],
        "deeds": deeds[keep],
        "gap": values,
        "shrunk": [d.value for d in shrunk],
        "low": [d.low for d in shrunk],
        "high": [d.high for d in shrunk],
        "z": z,
        "q": q,
    }
    return GapScan(pa.table(columns).take(pa.array(order)), mean, spread, len(totals.pairs) - len(keep))


def _population(values: NDArray[np.float64], variances: NDArray[np.float64]) -> tuple[float, float]:
    """Return mean and standard deviation of the true gaps by the method of moments."""
    if len(values) < 2:
        return (float(values.mean()) if len(values) else 0.0), 0.0
    weights = 1.0 / variances
    fixed = float((weights * values).sum() / weights.sum())
    heterogeneity = float((weights * np.square(values - fixed)).sum()) - (len(values) - 1)
    scale = float(weights.sum() - np.square(weights).sum() / weights.sum())
    between = max(0.0, heterogeneity / scale)
    weights = 1.0 / (variances + between)
    return float((weights * values).sum() / weights.sum()), between**0.5
