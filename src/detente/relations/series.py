"""The series of a pair of states: acts per direction, quad class and period, with the record's volume beside them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.model.codes import QuadClass
from detente.relations.acts import QUADS, ActStore, Selection
from detente.relations.evidence import Verdict, enough_for_series, enough_for_trend
from detente.relations.lineage import heir
from detente.relations.periods import Days, Period, as_date, bucket_sql, starts

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PairSeries:
    """Acts between two actors per period.

    Attributes:
        pair: The two actor codes; direction 0 is from the first to the second, direction 1 back.
        period: Length of a step.
        starts: First day of each period, shape (T,), without holes.
        counts: Acts, shape (2, T, 4): direction, period, quad class in the order of ``QuadClass``.
        goldstein: Summed Goldstein values, shape (2, T); for display, not for inference.
        volume: Acts of the whole record in the period, shape (T,): the measure of how much was reported.
        selection: Which acts were counted.
        undated: Acts of the pair that were left out because their date is not known as finely as ``period``.
    """

    pair: tuple[str, str]
    period: Period
    starts: Days
    counts: Counts
    goldstein: NDArray[np.float64]
    volume: Counts
    selection: Selection
    undated: int

    @property
    def total(self) -> Counts:
        """Acts per period and quad class in both directions, shape (T, 4)."""
        return np.asarray(self.counts.sum(axis=0), dtype=np.int64)

    @property
    def words(self) -> Counts:
        """Verbal acts: cooperation and conflict, shape (T, 2)."""
        return self.total[:, [0, 2]]

    @property
    def deeds(self) -> Counts:
        """Material acts: cooperation and conflict, shape (T, 2)."""
        return self.total[:, [1, 3]]

    @property
    def acts(self) -> int:
        """All acts of the pair."""
        return int(self.counts.sum())

    def of(self, quad: QuadClass, direction: int | None = None) -> Counts:
        """Return the acts of one quad class per period, shape (T,), in one direction (0 or 1) or both (None)."""
        column = QUADS.index(quad)
        return self.total[:, column] if direction is None else self.counts[direction, :, column]

    def verdict(self) -> Verdict:
        """Judge whether the series can be shown."""
        return enough_for_series(self.total.sum(axis=1))

    def trend_verdict(self) -> Verdict:
        """Judge whether one may speak of a trend, a change between leaders, or a shift."""
        per_period = self.total.sum(axis=1)
        active = np.flatnonzero(per_period)
        span = int((self.starts[active[-1]] - self.starts[active[0]]).astype(int)) if active.size else 0
        return enough_for_trend(per_period, span)

    def cut(self, since: date | None, until: date | None) -> "PairSeries":
        """Return the periods that begin within the closed interval."""
        keep = np.ones(self.starts.shape, dtype=bool)
        if since is not None:
            keep &= self.starts >= np.datetime64(since, "D")
        if until is not None:
            keep &= self.starts <= np.datetime64(until, "D")
        return PairSeries(
            self.pair,
            self.period,
            self.starts[keep],
            self.counts[:, keep],
            self.goldstein[:, keep],
            self.volume[keep],
            self.selection,
            self.undated,
        )

    def to_arrow(self) -> pa.Table:
        """Return one row per direction and period, columns as in ``SCHEMA``."""
        a, b = self.pair
        length = len(self.starts)
        flat = self.counts.reshape(2 * length, 4)
        columns: dict[str, Any] = {
            "source": [a] * length + [b] * length,
            "target": [b] * length + [a] * length,
            "start": np.concatenate([self.starts, self.starts]),
            **{quad.value.replace(" ", "_"): flat[:, i] for i, quad in enumerate(QUADS)},
            "words": flat[:, 0] + flat[:, 2],
            "deeds": flat[:, 1] + flat[:, 3],
            "goldstein": self.goldstein.reshape(-1),
            "volume": np.concatenate([self.volume, self.volume]),
        }
        return pa.table(columns, schema=SCHEMA)


SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("target", pa.string()),
        ("start", pa.date32()),
        *((quad.value.replace(" ", "_"), pa.int64()) for quad in QUADS),
        ("words", pa.int64()),
        ("deeds", pa.int64()),
        ("goldstein", pa.float64()),
        ("volume", pa.int64()),
    ]
)


def pair_series(
    store: ActStore,
    a: str,
    b: str,
    *,
    period: Period = Period.MONTH,
    selection: Selection | None = None,
    with_volume: bool = True,
) -> PairSeries:
    """Count the acts between ``a`` and ``b`` per direction, quad class and period.

    The series runs from the period of ``selection.since`` (else of the pair's first act) to that of
    ``selection.until`` (else ``as_of``, else the pair's last act); periods without acts are zeros. It is empty
    (T = 0) when there is nothing at all.

    Args:
        store: The record.
        a: Actor code of the first party.
        b: Actor code of the second party, another than ``a``. A state that COW counts as going on under another
            name is taken under that (``lineage``).
        period: Length of a step.
        selection: Which acts count; all that are known by default.
        with_volume: Also count the whole record per period; costs a pass over it. Else ``volume`` is zero.

    Raises:
        ValueError: ``a`` and ``b`` are the same.
    """
    a, b = heir(a), heir(b)
    if a == b:
        raise ValueError(f"a pair needs two different actors, not {a} twice")
    selection = selection or Selection()
    table, undated = _counted(store, selection, period, (a, b))
    first, last = _range(table["start"], selection)
    if first is None or last is None:
        return PairSeries((a, b), period, *_empty(), selection, undated)
    steps = starts(first, last, period)
    counts, goldstein = _fill(table, steps, a)
    volume = _volume(store, selection, steps, period) if with_volume else np.zeros(len(steps), dtype=np.int64)
    return PairSeries((a, b), period, steps, counts, goldstein, volume, selection, undated)


def _counted(
    store: ActStore, selection: Selection, period: Period, pair: tuple[str, str]
) -> tuple[dict[str, Any], int]:
    acts, parameters = selection.query(pair)
    first, last = bucket_sql("valid_first", period), bucket_sql("valid_last", period)
    table = store.query(
        f"SELECT source, CASE WHEN {first} = {last} THEN {first} END AS start, quad, count(*) AS n,"
        f" coalesce(sum(goldstein), 0)::DOUBLE AS goldstein FROM ({acts}) GROUP BY ALL",
        parameters,
    )
    columns = {name: table.column(name).to_numpy(zero_copy_only=False) for name in table.column_names}
    dated = ~np.isnat(columns["start"].astype("datetime64[D]"))
    undated = int(columns["n"][~dated].sum())
    return {name: values[dated] for name, values in columns.items()}, undated


def _range(found: Any, selection: Selection) -> tuple[date | None, date | None]:
    first = selection.since or (as_date(np.min(found)) if len(found) else None)
    last = selection.until or selection.as_of or (as_date(np.max(found)) if len(found) else None)
    return (first, last) if first is not None and last is not None and first <= last else (None, None)


def _empty() -> tuple[Days, Counts, NDArray[np.float64], Counts]:
    nothing = np.zeros(0, dtype=np.int64)
    return np.zeros(0, dtype="datetime64[D]"), np.zeros((2, 0, 4), dtype=np.int64), np.zeros((2, 0)), nothing


def _fill(table: dict[str, Any], steps: Days, a: str) -> tuple[Counts, NDArray[np.float64]]:
    counts = np.zeros((2, len(steps), 4), dtype=np.int64)
    goldstein = np.zeros((2, len(steps)))
    day = table["start"].astype("datetime64[D]")
    inside = (day >= steps[0]) & (day <= steps[-1])
    place = np.searchsorted(steps, day[inside])
    direction = (table["source"][inside] != a).astype(int)
    np.add.at(counts, (direction, place, table["quad"][inside]), table["n"][inside])
    np.add.at(goldstein, (direction, place), table["goldstein"][inside])
    return counts, goldstein


def _volume(store: ActStore, selection: Selection, steps: Days, period: Period) -> Counts:
    acts, parameters = selection.query()
    bucket = bucket_sql("valid_first", period)
    table = store.query(
        f"SELECT {bucket} AS start, count(*) AS n FROM ({acts})"
        f" WHERE {bucket} = {bucket_sql('valid_last', period)} GROUP BY ALL",
        parameters,
    )
    found = table.column("start").to_numpy().astype("datetime64[D]")
    inside = (found >= steps[0]) & (found <= steps[-1])
    volume = np.zeros(len(steps), dtype=np.int64)
    volume[np.searchsorted(steps, found[inside])] = table.column("n").to_numpy()[inside]
    return volume
