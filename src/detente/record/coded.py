"""Event data of others: bulk loading by Arrow, duplicates collapsed by a stated rule, files remembered by hash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

import duckdb
import pyarrow as pa

from detente.model.coded import CodedEvent
from detente.model.codes import EventType, QuadClass
from detente.record.base import Connected, incoming
from detente.record.columns import DAY, TEXT, WHOLE, table
from detente.record.rows import DatasetFile

CODED = {
    **{"dataset": TEXT, "source": TEXT, "target": TEXT, "day": DAY, "known": DAY, "scheme": TEXT, "code": TEXT},
    **{"type": TEXT, "quad": TEXT, "goldstein": pa.float32(), "place": TEXT, "source_name": TEXT},
    **{"target_name": TEXT, "line": WHOLE},
}
"""Columns of an Arrow table of coded events, as in ``CodedEvent``; those after ``code`` may be missing."""

_RULE = ("dataset", "source", "target", "code", "day", "place")
_NULLABLE_TEXT = {"type", "quad", "place", "source_name", "target_name"}


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
            rows: An Arrow table with the columns of ``CODED``, or coded events.
        """
        batch = rows if isinstance(rows, pa.Table) else _arrow(rows)
        with self._transaction(f"write {batch.num_rows} coded events") as connection:
            if not batch.num_rows:
                return Loaded(0, 0)
            with incoming(connection, batch):
                new = _insert(connection, batch.column_names)
        return Loaded(new, batch.num_rows - new)

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


def _insert(connection: duckdb.DuckDBPyConnection, given: Sequence[str]) -> int:
    """Insert the registered table ``incoming`` and return how many rows were new.

    Rows whose key hashes like that of another row, in the batch or held, are few as a rule; only these are compared in
    full. The hash serves this one comparison and is not stored.
    """
    rows = f"(SELECT {', '.join(_column(name, given) for name in CODED)} FROM incoming)"
    key = ", ".join(_RULE)
    overlap = (
        "dataset IN (SELECT DISTINCT dataset FROM incoming) "
        "AND day BETWEEN (SELECT min(day) FROM incoming) AND (SELECT max(day) FROM incoming)"
    )
    same = " AND ".join(f"h.{name} IS NOT DISTINCT FROM i.{name}" for name in _RULE)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE suspects AS SELECT h FROM (SELECT hash({key}) AS h FROM {rows}) "
        "GROUP BY h HAVING count(*) > 1"
    )
    if connection.execute(f"SELECT 1 FROM coded_events WHERE {overlap} LIMIT 1").fetchall():
        connection.execute(
            f"INSERT INTO suspects SELECT hash({key}) FROM coded_events WHERE {overlap} "
            f"AND hash({key}) IN (SELECT hash({key}) FROM {rows})"
        )
    ((suspects,),) = connection.execute("SELECT count(*) FROM suspects").fetchall()
    if suspects:
        rows = (
            f"(SELECT * FROM {rows} WHERE hash({key}) NOT IN (SELECT h FROM suspects) UNION ALL SELECT i.* FROM "
            f"(SELECT DISTINCT ON ({key}) * FROM {rows} WHERE hash({key}) IN (SELECT h FROM suspects) "
            f"ORDER BY {key}, line) i ANTI JOIN (SELECT {key} FROM coded_events WHERE {overlap}) h ON {same})"
        )
    insertion = f"INSERT INTO coded_events ({', '.join(CODED)}) SELECT * FROM {rows} ORDER BY source, target, day"
    ((new,),) = connection.execute(insertion).fetchall()
    return int(new)


def _column(name: str, given: Sequence[str]) -> str:
    kind = {DAY: "DATE", WHOLE: "INTEGER", pa.float32(): "FLOAT"}.get(CODED[name], "VARCHAR")
    if name not in given:
        return f"CAST(NULL AS {kind}) AS {name}"
    value = f"nullif({name}, '')" if name in _NULLABLE_TEXT else name
    return f"CAST({value} AS {kind}) AS {name}"


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
