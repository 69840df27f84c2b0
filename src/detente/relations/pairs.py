"""The series of many pairs at once: one query, one array."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.model.actor import STATELESS
from detente.relations.acts import ActStore, Selection
from detente.relations.periods import Days, Period, as_date, bucket_sql, starts


@dataclass(frozen=True, slots=True, eq=False)
class PairTotals:
    """Acts of many pairs, both directions together.

    Attributes:
        pairs: Actor codes, each pair in alphabetical order, sorted; N of them.
        period: Length of a step.
        starts: First day of each period, shape (T,).
        counts: Acts, shape (N, T, 4) in the order of ``QuadClass``.
        selection: Which acts were counted.
    """

    pairs: tuple[tuple[str, str], ...]
    period: Period
    starts: Days
    counts: NDArray[np.int32]
    selection: Selection

    def of(self, a: str, b: str) -> NDArray[np.int32] | None:
        """Return the acts of one pair, shape (T, 4); None when it has none."""
        pair = (a, b) if a < b else (b, a)
        return self.counts[self.pairs.index(pair)] if pair in self.pairs else None

    def of_named(self) -> "PairTotals":
        """Leave out pairs one of whose parties is no named actor: a scan over pairs could not say whose they are."""
        keep = [i for i, pair in enumerate(self.pairs) if STATELESS not in pair]
        pairs = tuple(self.pairs[i] for i in keep)
        return PairTotals(pairs, self.period, self.starts, self.counts[keep], self.selection)


def pair_totals(
    store: ActStore,
    *,
    period: Period = Period.MONTH,
    selection: Selection | None = None,
    at_least: int = 1,
    among: tuple[str, ...] | None = None,
) -> PairTotals:
    """Count the acts of every pair per period and quad class.

    Args:
        store: The record.
        period: Length of a step.
        selection: Which acts count; all that are known by default.
        at_least: Leave out pairs with fewer acts.
        among: Only pairs of these actors; None for all.
    """
    selection = selection or Selection()
    acts, parameters = selection.query(among)
    first, last = bucket_sql("valid_first", period), bucket_sql("valid_last", period)
    table = store.query(
        f"WITH cells AS (SELECT least(source, target) AS a, greatest(source, target) AS b, {first} AS start, quad,"
        f" count(*) AS n FROM ({acts}) WHERE {first} = {last} GROUP BY ALL),"
        " kept AS (SELECT a, b, dense_rank() OVER (ORDER BY a, b) - 1 AS row FROM"
        f" (SELECT a, b FROM cells GROUP BY a, b HAVING sum(n) >= {int(at_least)}))"
        " SELECT row, a, b, start, quad, n FROM cells JOIN kept USING (a, b) ORDER BY row",
        parameters,
    )
    column = {name: table.column(name).to_numpy(zero_copy_only=False) for name in ("row", "start", "quad", "n")}
    if not table.num_rows:
        empty = np.zeros((0, 0, 4), dtype=np.int32)
        return PairTotals((), period, np.zeros(0, dtype="datetime64[D]"), empty, selection)
    days = column["start"].astype("datetime64[D]")
    low = selection.since or as_date(days.min())
    high = selection.until or selection.as_of or as_date(days.max())
    steps = starts(low, high, period)
    _, firsts = np.unique(column["row"], return_index=True)
    names = table.take(firsts)
    pairs = tuple(zip(names.column("a").to_pylist(), names.column("b").to_pylist(), strict=True))
    counts = np.zeros((len(pairs), len(steps), 4), dtype=np.int32)
    inside = (days >= steps[0]) & (days <= steps[-1])
    place = np.searchsorted(steps, days[inside])
    counts[column["row"][inside], place, column["quad"][inside]] = column["n"][inside]
    return PairTotals(pairs, period, steps, counts, selection)
