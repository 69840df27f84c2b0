"""The series cut by leaders' terms: what each leader's time was like, and how it differs from the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente import world
from detente.model.codes import QuadClass
from detente.relations.acts import QUADS
from detente.relations.counts import channel_of, rate_interval
from detente.relations.evidence import Thresholds, Verdict, thresholds
from detente.relations.periods import as_date, end_of
from detente.relations.series import PairSeries
from detente.relations.shares import Difference, Share, clumping, difference, share_of

MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Tenure:
    """One leader's time in the office that decides a state's course; ``until`` is None for one still in office."""

    code: str
    person: str
    office: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Rate:
    """Acts per month of one quad class with the 90 % interval."""

    quad: QuadClass
    acts: int
    per_month: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TenureCut:
    """A pair's acts within one leader's time.

    ``words`` and ``deeds`` are cooperative shares. ``words_change`` and ``deeds_change`` are differences of log-odds
    to the leader before, None without one or where either has too little evidence (``verdict``).
    """

    tenure: Tenure
    since: date
    until: date
    rates: tuple[Rate, ...]
    words: Share
    deeds: Share
    words_change: Difference | None
    deeds_change: Difference | None
    verdict: Verdict


def tenures_of(code: str, since: date | None = None, until: date | None = None) -> tuple[Tenure, ...]:
    """Return the leaders of a state whose terms touch the interval, consecutive terms of one person joined.

    A term known to the month or year begins on its first possible day.
    """
    found: list[Tenure] = []
    for term in world.terms(code, None, since, until):
        end = term.end.first if term.end else None
        if found and found[-1].person == term.person and found[-1].until and found[-1].until >= term.start.first:
            last = found.pop()
            found.append(Tenure(code, last.person, term.office, last.since, end))
        else:
            found.append(Tenure(code, term.person, term.office, term.start.first, end))
    return tuple(found)


def cut_by_tenures(
    series: PairSeries, tenures: Sequence[Tenure], limits: Thresholds | None = None
) -> tuple[TenureCut, ...]:
    """Cut a series by leaders' terms; a period belongs to the leader in office on its middle day.

    Leaders without a whole period are left out. Counts are of both directions.
    """
    limits = limits or thresholds()
    cuts: list[TenureCut] = []
    middle = series.starts + np.timedelta64(int(series.period.days / 2), "D")
    for tenure in tenures:
        inside = middle >= np.datetime64(tenure.since, "D")
        if tenure.until is not None:
            inside &= middle < np.datetime64(tenure.until, "D")
        if inside.any():
            cuts.append(_cut(series, tenure, inside, cuts[-1] if cuts else None, limits))
    return tuple(cuts)


def _cut(
    series: PairSeries,
    tenure: Tenure,
    inside: NDArray[np.bool_],
    before: TenureCut | None,
    limits: Thresholds,
) -> TenureCut:
    counts = series.total[inside]
    steps = series.starts[inside]
    since, until = as_date(steps[0]), end_of(steps[-1], series.period)
    scale = MONTH / series.period.days
    rates = []
    for column, quad in enumerate(QUADS):
        rate, low, high = rate_interval(counts[:, column], channel_of(series.total[:, column]))
        rates.append(Rate(quad, int(counts[:, column].sum()), rate * scale, low * scale, high * scale))
    words_total, deeds_total = counts[:, 0] + counts[:, 2], counts[:, 1] + counts[:, 3]
    words = share_of(int(counts[:, 0].sum()), int(words_total.sum()), clumping(counts[:, 0], words_total))
    deeds = share_of(int(counts[:, 1].sum()), int(deeds_total.sum()), clumping(counts[:, 1], deeds_total))
    verdict = _verdict(int(counts.sum()), (until - since).days + 1, limits)
    enough = verdict.enough and before is not None and before.verdict.enough
    return TenureCut(
        tenure,
        since,
        until,
        tuple(rates),
        words,
        deeds,
        difference(words, before.words) if enough and before and words.total and before.words.total else None,
        difference(deeds, before.deeds) if enough and before and deeds.total and before.deeds.total else None,
        verdict,
    )


def _verdict(acts: int, days: int, limits: Thresholds) -> Verdict:
    if acts < limits.term_acts or days < limits.term_days:
        needs = f"a term needs {limits.term_acts} acts and {limits.term_days} days"
        return Verdict(False, f"too little evidence: {acts} acts in {days} days; {needs}")
    return Verdict(True, f"{acts} acts in {days} days")
