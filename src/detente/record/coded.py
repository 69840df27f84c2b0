"""Event data of others: bulk loading by Arrow, duplicates collapsed by a stated rule, files remembered by hash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detente.model.coded import CodedEvent
from detente.model.codes import EventType, QuadClass
from detente.record.base import Connected, incoming
from detente.record.coded_batch import CODED, by_dyad, shaped
from detente.record.columns import table
from detente.record.rows import DatasetFile

_RULE = ("dataset", "source", "target", "code", "day", "place")
_KEY = ", ".join(_RULE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of a batch were new, and how many told an event again that is held already."""

    new: int
    duplicates: int


class Coding(Connected):
    """The table of coded events and the files that filled it."""

    def write_coded(self, rows: pa.Table | Iterable[CodedEvent]) -> Loaded:
        """Write a batch of coded events in one transaction.

        Rows with the same data set, source, target, code, day and place are one event; the first, by line, is kept,
        whether the other stands in the batch or in the record. Give batches of at least 100,000 rows, best in
        order of time, because each is sorted by source, target and day, which makes a dyad quick to find.

        Args:
            rows: An Arrow table with columns of ``CODED`` (all of ``NEEDED``), or coded events.
        """
        given = rows if isinstance(rows, pa.Table) else _arrow(rows)
        with self._transaction(f"write {given.num_rows} coded events") as connection:
            batch = shaped(given)
            if batch.num_rows:
                told = _told_again(connection, batch)
                order = by_dyad(batch)
                new = batch.take(order[~np.isin(order, told)] if len(told) else order)
                with incoming(connection, new):
                    connection.execute("INSERT INTO coded_events BY NAME SELECT * FROM incoming")
                return Loaded(new.num_rows, len(told))
        return Loaded(0, 0)

    def coded_events(
        self, pair: tuple[str, str], as_of: date | None = None, first: date | None = None, last: date | None = None
    ) -> list[CodedEvent]:
        """Return coded events between two actors, in either direction, by day (both limits included)."""
        rows = self._rows(
            f"SELECT {', '.join(CODED)} FROM coded_events "
            "WHERE ((source = $a AND target = $b) OR (source = $b AND target = $a)) "
            "AND ($as_of IS NULL OR coalesce(known, day) <= $as_of) "
            "AND ($first IS NULL OR day >= $first) AND ($last IS NULL OR day <= $last) "
            "ORDER BY day, source, target, dataset, code, line",
            {"a": pair[0], "b": pair[1], "as_of": as_of, "first": first, "last": last},
        )
        return [_event(row) for row in rows]

    def add_file(self, file: DatasetFile) -> None:
        """Remember that a file was loaded to its end; a file held already stays as it is."""
        with self._transaction(f"note the file {file.source}") as connection:
            connection.execute(
                "INSERT OR IGNORE INTO datasets VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *(file.hash, file.dataset, file.source, file.licence, file.rows, file.duplicates, file.refused),
                    file.loaded.astimezone(UTC).replace(tzinfo=None),
                ],
            )

    def has_file(self, digest: str) -> bool:
        """Tell whether a file with this hash was loaded to its end."""
        return bool(self._rows("SELECT 1 FROM datasets WHERE hash = ?", [digest]))

    def files(self) -> list[DatasetFile]:
        """Return the loaded files in the order of loading."""
        rows = self._rows(
            "SELECT hash, dataset, source, licence, rows, duplicates, refused, loaded FROM datasets "
            "ORDER BY loaded, hash"
        )
        return [DatasetFile(*(*row[:7], row[7].replace(tzinfo=UTC))) for row in rows]


def _arrow(events: Iterable[CodedEvent]) -> pa.Table:
    rows: Sequence[tuple[object, ...]] = [
        (
            *(e.dataset, e.source, e.target, e.day, e.known, e.scheme, e.code, e.type and e.type.value),
            *(e.quad and e.quad.value, e.goldstein, e.place, e.source_name, e.target_name, e.line),
        )
        for e in events
    ]
    return table(CODED, rows)


def _told_again(connection: duckdb.DuckDBPyConnection, batch: pa.Table) -> npt.NDArray[np.int64]:
    """Return the row numbers of a batch that tell an event held already, or told by an earlier line of the batch.

    Rows whose key hashes like that of another row, in the batch or held, are few as a rule; only these are compared in
    full. The hash serves this one comparison and is not stored.
    """
    numbered = batch.select([*_RULE, "line"]).append_column("row", pa.array(np.arange(batch.num_rows)))
    overlap = (
        "dataset IN (SELECT DISTINCT dataset FROM incoming) "
        "AND day BETWEEN (SELECT min(day) FROM incoming) AND (SELECT max(day) FROM incoming)"
    )
    same = " AND ".join(f"h.{name} IS NOT DISTINCT FROM i.{name}" for name in _RULE)
    with incoming(connection, numbered):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE suspects AS SELECT h FROM (SELECT hash({_KEY}) AS h FROM incoming) "
            "GROUP BY h HAVING count(*) > 1"
        )
        if connection.execute(f"SELECT 1 FROM coded_events WHERE {overlap} LIMIT 1").fetchall():
            connection.execute(
                f"INSERT INTO suspects SELECT hash({_KEY}) FROM coded_events WHERE {overlap} "
                f"AND hash({_KEY}) IN (SELECT hash({_KEY}) FROM incoming)"
            )
        found = connection.execute(
            f"WITH s AS (SELECT * FROM incoming WHERE hash({_KEY}) IN (SELECT h FROM suspects)), "
            f"first AS (SELECT DISTINCT ON ({_KEY}) * FROM s ORDER BY {_KEY}, line, row), "
            f"held AS (SELECT {_KEY} FROM coded_events WHERE {overlap}), "
            f"new AS (SELECT i.row FROM first i ANTI JOIN held h ON {same}) "
            "SELECT row FROM s WHERE row NOT IN (SELECT row FROM new)"
        ).fetchnumpy()["row"]
    return np.asarray(found, np.int64)


def _event(row: Sequence[Any]) -> CodedEvent:
    dataset, source, target, day, known, scheme, code, kind, quad, goldstein, *rest = row
    place, source_name, target_name, line = rest
    return CodedEvent(
        dataset=dataset,
        source=source,
        target=target,
        day=day,
        known=known,
        scheme=scheme,
        code=code,
        type=EventType(kind) if kind else None,
        quad=QuadClass(quad) if quad else None,
        goldstein=goldstein,
        place=place,
        source_name=source_name,
        target_name=target_name,
        line=line,
    )
