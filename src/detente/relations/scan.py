"""Shifts of many pairs under one budget: the penalty is the same for all, and is set by what all together may say.

A pair that moved often may then be heard more often than a quiet one; the budget holds on average over pairs.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

import numpy as np
import pyarrow as pa

from detente.model.errors import UsageError
from detente.relations.changes import floor_penalty
from detente.relations.pairs import PairTotals
from detente.relations.segmentation import segment
from detente.relations.series import PairSeries
from detente.relations.shifts import Shift, ShiftReport, prepare, report, shift_table

STEP = 1.15
"""Ratio of neighbouring penalties that are tried."""
STEPS = 40
CHUNK = 200

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Scan:
    """Reports of the pairs that have shifts, and what was spent.

    ``alarms_per_year`` is over all pairs that were judged, those without a shift included; ``left_out`` counts pairs
    with too little evidence to be judged.
    """

    reports: tuple[ShiftReport, ...]
    budget: float
    penalty: float
    judged: int
    left_out: int
    dyad_years: float
    alarms_per_year: float

    def to_arrow(self) -> pa.Table:
        """Return one row per shift, the surest first."""
        shifts = [shift for one in self.reports for shift in one.shifts]
        return shift_table(sorted(shifts, key=lambda s: (-s.gain, s.pair, s.when)))


@dataclass(frozen=True, slots=True)
class _Path:
    """How many changes a pair has at each penalty of the ladder, from the floor up, until it has none."""

    index: int
    years: float
    alarms: tuple[int, ...]


def scan_shifts(
    totals: PairTotals,
    budget: float = 0.4,
    *,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Scan:
    """Find the shifts of many pairs.

    Args:
        totals: Their acts per period.
        budget: Alarms per pair and year that one is willing to hear, on average.
        workers: Processes to spread the work over.
        progress: Called with the number of pairs done since the last call.

    Raises:
        UsageError: The budget is not above zero.
    """
    if budget <= 0:
        raise UsageError(f"a budget of {budget} alarms a year is not understood; allowed: more than 0, such as 0.4")
    ladder = _ladder(floor_penalty(budget, totals.period.per_year))
    series = [one_of(totals, i) for i in range(len(totals.pairs))]
    judged = [s for s in series if s.trend_verdict().enough]
    paths = list(_spread(_path, [(i, s, ladder) for i, s in enumerate(judged)], workers, progress))
    penalty = _affordable(paths, ladder, budget)
    spoken = [judged[p.index] for p in paths if _alarms(p, ladder.index(penalty))]
    reports = tuple(_spread(_report, [(s, budget, penalty) for s in spoken], workers, None))
    years = sum(path.years for path in paths)
    alarms = sum(len(r.shifts) for r in reports)
    rate = alarms / years if years else 0.0
    return Scan(reports, budget, penalty, len(judged), len(series) - len(judged), years, rate)


def calibrate(series: Iterable[PairSeries], budget: float) -> float:
    """Return the penalty at which these series together have at most ``budget`` alarms per pair and year."""
    found = list(series)
    if not found:
        raise UsageError("there is no series to calibrate on; give at least one")
    ladder = _ladder(floor_penalty(budget, found[0].period.per_year))
    return _affordable([_path((i, s, ladder)) for i, s in enumerate(found)], ladder, budget)


def one_of(totals: PairTotals, index: int) -> PairSeries:
    """Return one pair of many as a series; all acts stand in direction 0."""
    counts = totals.counts[index].astype(np.int64)
    nothing = np.zeros_like(counts)
    length = len(totals.starts)
    volume = np.zeros(length, dtype=np.int64)
    return PairSeries(
        totals.pairs[index],
        totals.period,
        totals.starts,
        np.stack([counts, nothing]),
        np.zeros((2, length)),
        volume,
        totals.selection,
        0,
    )


def strongest(scan: Scan, most: int) -> list[Shift]:
    """Return the shifts with the greatest gain in evidence."""
    return sorted((s for r in scan.reports for s in r.shifts), key=lambda s: -s.gain)[:most]


def _ladder(floor: float) -> tuple[float, ...]:
    return tuple(floor * STEP**step for step in range(STEPS))


def _path(task: tuple[int, PairSeries, tuple[float, ...]]) -> _Path:
    index, series, ladder = task
    costs = prepare(series).costs
    alarms: list[int] = []
    for penalty in ladder:
        alarms.append(len(segment(costs, penalty)))
        if not alarms[-1]:
            break
    return _Path(index, len(series.starts) / series.period.per_year, tuple(alarms))


def _alarms(path: _Path, step: int) -> int:
    return path.alarms[step] if step < len(path.alarms) else (0 if not path.alarms[-1] else path.alarms[-1])


def _affordable(paths: list[_Path], ladder: tuple[float, ...], budget: float) -> float:
    allowed = budget * sum(path.years for path in paths)
    for step, penalty in enumerate(ladder):
        if sum(_alarms(path, step) for path in paths) <= allowed:
            return penalty
    return ladder[-1]


def _report(task: tuple[PairSeries, float, float]) -> ShiftReport:
    series, budget, penalty = task
    prepared = prepare(series)
    return report(series, prepared, segment(prepared.costs, penalty), budget, penalty, series.trend_verdict())


def _spread(
    work: Callable[[_Task], _Result], tasks: list[_Task], workers: int, progress: Callable[[int], None] | None
) -> Iterable[_Result]:
    if workers <= 1 or len(tasks) < 2 * CHUNK:
        yield from _told(map(work, tasks), progress)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _told(pool.map(work, tasks, chunksize=CHUNK), progress)


def _told(results: Iterable[_Result], progress: Callable[[int], None] | None) -> Iterable[_Result]:
    for result in results:
        if progress is not None:
            progress(1)
        yield result
