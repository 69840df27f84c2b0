"""Day-ordered counts under integer keys: decayed sums, first, last and last-but-one day of each key."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Keys = NDArray[np.int64]

HALF_LIVES: tuple[float, ...] = (0.7, 2.0, 7.0, 21.0, 60.0, 200.0)
"""Days after which an event weighs half, one per column of ``Table.decayed``; a last column never decays."""

NEVER = -(10**6)
"""Day of ``last``, ``previous`` and ``first`` for keys not seen yet."""


@dataclass(slots=True)
class Table:
    """Counts of events under each of a fixed, sorted set of keys.

    ``decayed`` has shape ``(keys + 1, len(HALF_LIVES) + 1)``; its last row stays zero and stands for absent keys.
    Keys may be listed before they are seen: until ``add`` they hold what an absent key holds.
    """

    keys: Keys
    decayed: Floats
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    previous: NDArray[np.int32]
    days: NDArray[np.int32]

    @classmethod
    def over(cls, keys: Keys) -> "Table":
        """Return an empty table over the distinct values of ``keys``."""
        keys = distinct(keys)
        n = len(keys) + 1
        never = np.full(n, NEVER, np.int32)
        decayed = np.zeros((n, len(HALF_LIVES) + 1), np.float32)
        return cls(keys, decayed, never, never.copy(), never.copy(), np.zeros(n, np.int32))

    def find(self, keys: Keys) -> NDArray[np.intp]:
        """Return the row of each key, the last row (always zero) for keys that the table lacks."""
        rows = np.searchsorted(self.keys, keys)
        rows[rows == len(self.keys)] = 0
        if len(self.keys) == 0:
            return rows
        rows[self.keys[rows] != keys] = len(self.keys)
        return rows

    def age(self, elapsed: int) -> None:
        """Let ``elapsed`` days pass."""
        rates = np.array([0.5 ** (elapsed / half) for half in HALF_LIVES] + [1.0], np.float32)
        self.decayed *= rates

    def add(self, rows: NDArray[np.integer], day: int) -> None:
        """Count one event of ``day`` for each of ``rows``, which may repeat."""
        rows, counts = np.unique(rows, return_counts=True)
        self.decayed[rows] += counts[:, None].astype(np.float32)
        self.previous[rows] = self.last[rows]
        self.last[rows] = day
        self.first[rows] = np.where(self.days[rows] == 0, day, self.first[rows])
        self.days[rows] += 1

    def fill(self, rows: NDArray[np.integer], day: NDArray[np.integer], weights: Sequence[Floats]) -> None:
        """Count many events at once, as ``add`` day by day would have; the table is empty.

        Args:
            rows: Row of each event.
            day: Day of each event.
            weights: What each event weighs by now, per half-life (see ``weights_at``).
        """
        n = len(self.first)
        for column, weight in enumerate(weights):
            self.decayed[:, column] = np.bincount(rows, weight, n)
        self.decayed[:, -1] = np.bincount(rows, minlength=n)
        if len(rows) == 0:
            return
        start, span = int(day.min()), int(day.max()) - int(day.min()) + 1
        found = distinct(rows.astype(np.int64) * span + (day - start))
        row, when = found // span, (found % span + start).astype(np.int32)
        self.days += np.bincount(row, minlength=n).astype(np.int32)
        ends = np.flatnonzero(np.r_[row[1:] != row[:-1], True])
        starts = np.r_[0, ends[:-1] + 1]
        self.first[row[ends]], self.last[row[ends]] = when[starts], when[ends]
        again = ends > starts
        self.previous[row[ends[again]]] = when[ends[again] - 1]


def distinct(keys: Keys) -> Keys:
    """Return the distinct keys, ascending; sorting beats hashing for millions of keys that do not fit the cache."""
    ordered = np.sort(keys)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]] if len(ordered) else ordered


def weights_at(day: NDArray[np.integer], now: int) -> list[Floats]:
    """Return what an event of each day weighs at ``now``, one array per half-life."""
    return [np.asarray(0.5 ** ((now - day) / half), np.float32) for half in HALF_LIVES]


def ranges(starts: NDArray[np.integer], stops: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return ``(owner, position)`` listing every position of every half-open range, in order.

    ``owner[i]`` is the index of the range that ``position[i]`` belongs to.
    """
    lengths = stops - starts
    owner = np.repeat(np.arange(len(lengths)), lengths)
    offsets = np.cumsum(lengths) - lengths
    position = np.arange(len(owner)) - np.repeat(offsets - starts, lengths)
    return owner, position
