"""Dated acts between actors, as the record knew them on a day: what the outlook learns from."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.model.codes import EventType, QuadClass
from detente.outlook.quads import Ints, Quads

LATE_DAYS = 31
"""An act first reported later than this after it happened is background, not news: only its count is kept."""
TYPES = tuple(EventType)
NO_TYPE = len(TYPES)
"""Index of acts whose code has no PLOVER type."""
QUAD_CLASSES = tuple(QuadClass)


class ActSource(Protocol):
    """What the outlook needs of the record."""

    def query(self, sql: str, parameters: Any = ()) -> pa.Table:
        """Run a SELECT over the record, ``acts_as_of(day)`` included."""
        ...


@dataclass(frozen=True, slots=True)
class Acts:
    """Directed acts as parallel arrays, ordered by ``known``, then content.

    Attributes:
        source, target: ids into ``codes``, shape ``(n,)``.
        type: index into ``TYPES``, or ``NO_TYPE``, shape ``(n,)``.
        quad: index into ``QUAD_CLASSES``, shape ``(n,)``.
        day: proleptic ordinal of the day of the act.
        known: ordinal of the first day at whose end it can have been known, never before ``day``.
        codes: actor codes, sorted.
        late: acts left out because they were reported more than ``LATE_DAYS`` after they happened.
    """

    source: Ints
    target: Ints
    type: Ints
    quad: Ints
    day: Ints
    known: Ints
    codes: tuple[str, ...]
    late: int = 0

    @classmethod
    def of(
        cls,
        source: NDArray[np.str_],
        target: NDArray[np.str_],
        types: NDArray[np.integer],
        quads: NDArray[np.integer],
        day: NDArray[np.integer],
        known: NDArray[np.integer],
    ) -> "Acts":
        """Return acts in canonical order; an act known before it happened counts as known on its day."""
        known = np.maximum(day, known)
        prompt = known - day <= LATE_DAYS
        late = int((~prompt).sum())
        codes, ids = np.unique(np.concatenate([source[prompt], target[prompt]]), return_inverse=True)
        ends = (ids[: prompt.sum()], ids[prompt.sum() :])
        columns = (*ends, types[prompt], quads[prompt], day[prompt], known[prompt])
        order = np.lexsort([columns[index] for index in (3, 2, 1, 0, 4, 5)])
        s, o, kind, quad, happened, seen = (np.ascontiguousarray(column[order], np.int32) for column in columns)
        return cls(s, o, kind, quad, happened, seen, tuple(str(code) for code in codes), late)

    def __len__(self) -> int:
        return len(self.day)

    def known_by(self, day: int) -> "Acts":
        """Return the acts known at the end of ``day``."""
        end = int(np.searchsorted(self.known, day, side="right"))
        first = slice(0, end)
        return replace(
            self,
            source=self.source[first],
            target=self.target[first],
            type=self.type[first],
            quad=self.quad[first],
            day=self.day[first],
            known=self.known[first],
        )

    def quads(self) -> Quads:
        """Return the acts that have a type as quads, each on the day on which it became known."""
        typed = self.type != NO_TYPE
        columns = (self.source, self.type, self.target, self.known)
        rows = np.stack([column[typed] for column in columns], axis=1)
        return Quads.of(np.unique(rows, axis=0), self.codes, tuple(each.value for each in TYPES))


def read_acts(record: ActSource, as_of: date | None = None) -> Acts:
    """Read the acts that the record knew at the end of ``as_of``, ``None`` for all that it holds.

    Only facts with a day and a quad class count; several reports of one act count once per source, target, type, quad
    class and day.
    """
    found = record.query(
        "SELECT source, target, type, quad, valid_first AS day, min(known) AS known "
        "FROM acts_as_of(CAST(? AS DATE)) WHERE factuality = 'fact' AND quad IS NOT NULL AND granularity = 'day' "
        "AND source <> target GROUP BY ALL ORDER BY ALL",
        [as_of],
    )
    types = {each.value: index for index, each in enumerate(TYPES)}
    quads = {each.value: index for index, each in enumerate(QUAD_CLASSES)}
    day, known = (_ordinals(found.column(name)) for name in ("day", "known"))
    return Acts.of(
        _names(found.column("source")),
        _names(found.column("target")),
        _numbers(found.column("type"), types),
        _numbers(found.column("quad"), quads),
        day,
        np.where(known == 0, day, known),
    )


def _names(column: pa.ChunkedArray) -> NDArray[np.str_]:
    coded = column.combine_chunks().dictionary_encode()
    return np.asarray(np.array(coded.dictionary.to_pylist() or [""], dtype=str)[coded.indices.to_numpy()])


def _numbers(column: pa.ChunkedArray, number: dict[str, int]) -> NDArray[np.int64]:
    """Return the number of each value, ``NO_TYPE`` for nulls."""
    coded = column.combine_chunks().dictionary_encode()
    values = np.array([*(number[value] for value in coded.dictionary.to_pylist()), NO_TYPE], np.int64)
    return np.asarray(values[coded.indices.fill_null(len(values) - 1).to_numpy()])


_EPOCH = date(1970, 1, 1).toordinal()


def _ordinals(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return proleptic ordinals of dates, 0 for those not known."""
    days = column.cast(pa.int32()).fill_null(-_EPOCH).to_numpy()
    return np.asarray(days, np.int64) + _EPOCH
