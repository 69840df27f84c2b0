"""Shifts of a pair: when, which way, how much, how sure, and in which of words and deeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.model.codes import Direction, QuadClass
from detente.model.errors import UsageError
from detente.relations.acts import QUADS
from detente.relations.blocks import Clumps, Floats, block_cost, block_costs, clumps_of
from detente.relations.changes import Change, describe, fit, floor_penalty, most_changes
from detente.relations.counts import channel_of, ratio_interval
from detente.relations.direction import direction_of
from detente.relations.evidence import Verdict
from detente.relations.periods import Period, as_date, end_of
from detente.relations.segmentation import Costs
from detente.relations.series import PairSeries
from detente.relations.windows import agrees

METHOD = "clumped blocks 1"
LONGEST = 4000
"""Most periods of one series; the matrix of block costs grows with the square."""


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """How one quad class moved: acts per period before and after, and their ratio with its 90 % interval.

    ``evidence`` is the log of how much likelier two rates are than one; negative speaks for no change.
    """

    quad: QuadClass
    before: float
    after: float
    ratio: float
    low: float
    high: float
    evidence: float


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of a pair.

    ``when`` is the first day of the first period after the shift; with 90 % it lies between ``low`` and ``high``.
    ``channel`` is the quad class with the most evidence of having moved. ``agreed`` tells whether a second method,
    a comparison of the twelve periods before and after, sees a change in the same direction within 60 days.
    """

    pair: tuple[str, str]
    when: date
    low: date
    high: date
    direction: Direction
    probability: float
    gain: float
    channel: QuadClass
    changes: tuple[ChannelChange, ...]
    agreed: bool


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """The shifts of one pair and what they were bought with.

    ``alarms_per_year`` is what was spoken of, ``budget`` what was allowed. The floor to compare with is "nothing
    changes": ``gain`` is the log evidence that all shifts together win over it, 0 when there are none.
    """

    pair: tuple[str, str]
    period: Period
    years: float
    budget: float
    penalty: float
    shifts: tuple[Shift, ...]
    alarms_per_year: float
    gain: float
    verdict: Verdict
    method: str = METHOD

    def to_arrow(self) -> pa.Table:
        """Return one row per shift; see ``shift_table``."""
        return shift_table(self.shifts)


SCHEMA = pa.schema(
    [
        ("a", pa.string()),
        ("b", pa.string()),
        ("when", pa.date32()),
        ("low", pa.date32()),
        ("high", pa.date32()),
        ("direction", pa.string()),
        ("probability", pa.float64()),
        ("gain", pa.float64()),
        ("channel", pa.string()),
        ("ratio", pa.float64()),
        ("ratio_low", pa.float64()),
        ("ratio_high", pa.float64()),
        ("agreed", pa.bool_()),
    ]
)


def shift_table(shifts: Sequence[Shift]) -> pa.Table:
    """Return one row per shift; the ratio is that of its channel."""
    rows = []
    for s in shifts:
        moved = next(c for c in s.changes if c.quad is s.channel)
        rows.append(
            (
                *(*s.pair, s.when, s.low, s.high, s.direction.value, s.probability, s.gain),
                *(s.channel.value, moved.ratio, moved.low, moved.high, s.agreed),
            )
        )
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(SCHEMA)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A pair's two channels (cooperation, conflict), their models, and the costs of all blocks."""

    counts: NDArray[np.int64]
    channels: tuple[Clumps, ...]
    costs: Costs


def prepare(series: PairSeries, exposure: Floats | None = None) -> Prepared:
    """Compute the costs of all blocks of a series.

    Raises:
        UsageError: The series has more than ``LONGEST`` periods.
    """
    if len(series.starts) > LONGEST:
        raise UsageError(
            f"{'–'.join(series.pair)}: {len(series.starts)} periods of one {series.period} are too many;"
            f" allowed: {LONGEST}, take longer periods or a shorter stretch"
        )
    total = series.total
    two = np.stack([total[:, 0] + total[:, 1], total[:, 2] + total[:, 3]], axis=1)
    channels = tuple(clumps_of(two[:, c], exposure) for c in range(2))
    return Prepared(two, channels, block_costs(two, channels, exposure))


def find_shifts(
    series: PairSeries, budget: float = 0.4, *, penalty: float | None = None, normalise: bool = False
) -> ShiftReport:
    """Find the shifts of a pair.

    Args:
        series: The pair's series; weeks or months.
        budget: Alarms a year that one is willing to hear of this pair.
        penalty: Use this penalty per change in place of the one that the budget gives (``calibrate``).
        normalise: Take the record's volume, smoothed over half a year, as exposure, so that growth of reporting is
            no shift; needs a series with volume.

    Returns:
        The report; without shifts, and with a verdict that says why, when there is too little evidence.

    Raises:
        UsageError: The budget is not above zero, or the series is too long.
    """
    if budget <= 0:
        raise UsageError(f"a budget of {budget} alarms a year is not understood; allowed: more than 0, such as 0.4")
    years = len(series.starts) / series.period.per_year
    floor = floor_penalty(budget, series.period.per_year) if penalty is None else penalty
    verdict = series.trend_verdict()
    if not verdict.enough:
        return ShiftReport(series.pair, series.period, years, budget, floor, (), 0.0, 0.0, verdict)
    prepared = prepare(series, smooth_volume(series) if normalise else None)
    most = most_changes(budget, years) if penalty is None else len(series.starts)
    indices, paid = fit(prepared.costs, floor, most)
    return report(series, prepared, indices, budget, paid, verdict)


def report(
    series: PairSeries, prepared: Prepared, indices: Sequence[int], budget: float, penalty: float, verdict: Verdict
) -> ShiftReport:
    """Describe the changes at ``indices`` as shifts."""
    ends = [0, *indices, len(series.starts)]
    found = describe(prepared.costs, indices, penalty)
    shifts = tuple(_shift(series, change, ends[i], ends[i + 2]) for i, change in enumerate(found))
    years = len(series.starts) / series.period.per_year
    whole = prepared.costs[len(series.starts), 0]
    blocks = sum(prepared.costs[e, s] for s, e in pairwise(ends))
    return ShiftReport(
        series.pair, series.period, years, budget, penalty, shifts, len(shifts) / years, float(whole - blocks), verdict
    )


def smooth_volume(series: PairSeries) -> Floats:
    """Return the record's volume relative to its mean, as a moving mean over half a year, shape (T,)."""
    width = max(3, int(series.period.per_year / 2) | 1)
    padded = np.pad(series.volume.astype(float), width // 2, mode="edge")
    smooth = np.convolve(padded, np.ones(width) / width, mode="valid")
    mean = smooth.mean()
    if mean <= 0:
        raise UsageError("the series has no volume to normalise with; count it with_volume")
    exposure: Floats = np.maximum(smooth / mean, 0.01)
    return exposure


def _shift(series: PairSeries, change: Change, start: int, end: int) -> Shift:
    before, after = slice(start, change.index), slice(change.index, end)
    changes = tuple(_channel_change(series.total[:, c], before, after, quad) for c, quad in enumerate(QUADS))
    direction = direction_of(series.total, before, after)
    return Shift(
        series.pair,
        as_date(series.starts[change.index]),
        as_date(series.starts[change.low]),
        end_of(series.starts[min(change.high, len(series.starts) - 1)], series.period),
        direction,
        change.probability,
        change.gain,
        max(changes, key=lambda c: c.evidence).quad,
        changes,
        agrees(series, change.index, direction),
    )


def _channel_change(counts: NDArray[np.int64], before: slice, after: slice, quad: QuadClass) -> ChannelChange:
    channel = clumps_of(counts)
    ratio, low, high = ratio_interval(counts[before], counts[after], channel_of(counts))
    one = block_cost(counts[before.start : after.stop], channel)
    evidence = one - block_cost(counts[before], channel) - block_cost(counts[after], channel)
    return ChannelChange(quad, float(counts[before].mean()), float(counts[after].mean()), ratio, low, high, evidence)
