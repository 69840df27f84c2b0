"""What all parts of the record share: the connection, queries as rows or frames, errors with a place."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from detente.model.errors import RecordError
from detente.record.opening import first_line, is_full


class Connected:
    """A connection to one record; reading methods may be called from several threads, writing from one at a time."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection
        self._writing = threading.Lock()

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> pa.Table:
        """Run a SELECT over the record's tables, views and macros (``docs/record.md``) and return an Arrow table."""
        with self._told("read"), self._connection.cursor() as cursor:
            relation = cursor.sql(sql, params=parameters) if parameters else cursor.sql(sql)
            return relation.to_arrow_table()

    def rows_as_of(self, sql: str, as_of: date | None) -> list[tuple[Any, ...]]:
        """Run a SELECT in which ``{as_of}`` stands for a day or NULL, and return its rows."""
        return self._rows(sql.format(as_of=day_sql(as_of)))

    def stream_as_of(self, sql: str, as_of: date | None, preparation: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of such a SELECT by column name, a few at a time, after running ``preparation``."""
        with self._told("read"), self._connection.cursor() as cursor:
            cursor.execute(preparation)
            cursor.execute(sql.format(as_of=day_sql(as_of)))
            names = [column[0] for column in cursor.description or ()]
            while rows := cursor.fetchmany(64):
                for row in rows:
                    yield dict(zip(names, row, strict=True))

    def copy_out(self, sql: str, target: Path, options: str, as_of: date | None, preparation: str = "") -> None:
        """Write a SELECT into a file by DuckDB's COPY; ``{as_of}`` in it stands for a day or NULL.

        Args:
            sql: The SELECT.
            target: The file, or the folder of a partitioned copy.
            options: Options of COPY, such as ``"FORMAT csv, HEADER"``.
            as_of: Day at whose end one asks.
            preparation: Statements to run before, on the same connection.
        """
        path = str(target).replace("'", "''")
        with self._told(f"write {target}"), self._connection.cursor() as cursor:
            if preparation:
                cursor.execute(preparation)
            cursor.execute(f"COPY ({sql.format(as_of=day_sql(as_of))}) TO '{path}' ({options})")

    def _rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        with self._told("read"), self._connection.cursor() as cursor:
            return cursor.execute(sql, parameters or None).fetchall()

    def _stream(self, sql: str, parameters: Sequence[Any] = (), size: int = 2048) -> Iterator[tuple[Any, ...]]:
        """Yield rows without holding them all."""
        with self._told("read"), self._connection.cursor() as cursor:
            cursor.execute(sql, parameters or None)
            while rows := cursor.fetchmany(size):
                yield from rows

    @contextmanager
    def _transaction(self, doing: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give the writing connection; everything done with it is held afterwards, or nothing."""
        if self.read_only:
            raise RecordError(f"{self.path}: cannot {doing}: opened for reading only; open it for writing")
        with self._writing, self._told(doing):
            self._connection.begin()
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        try:
            self._connection.rollback()
        except duckdb.Error:  # a failed commit has ended the transaction already; its error is the one to report
            return

    @contextmanager
    def _told(self, doing: str) -> Iterator[None]:
        try:
            yield
        except (duckdb.Error, pa.ArrowException, UnicodeEncodeError) as error:
            allowed = "what was reported as done is held"
            if is_full(error):
                allowed += "; free space and run again, which goes on where it stopped"
            raise RecordError(f"{self.path}: cannot {doing} ({first_line(error)}); {allowed}") from error


def day_sql(day: date | None) -> str:
    """Return a day as an SQL literal."""
    return "CAST(NULL AS DATE)" if day is None else f"DATE '{day.isoformat()}'"


def append(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Insert an Arrow table by column name."""
    if rows.num_rows:
        with incoming(connection, rows):
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")


@contextmanager
def incoming(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """Let statements read an Arrow table as ``incoming``; an error leaves it to the rollback to forget it."""
    connection.register("incoming", rows)
    yield
    connection.unregister("incoming")


def marks(values: Sequence[object]) -> str:
    """Return one placeholder per value, for ``IN (…)``."""
    return ", ".join("?" * len(values))
