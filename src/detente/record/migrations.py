"""Ordered, named steps from an empty file to the present schema; a record knows how far it has come."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from detente.model.errors import RecordError
from detente.record import views

Connection = duckdb.DuckDBPyConnection


def first_tables(connection: Connection) -> None:
    """Make the tables of version 1."""
    connection.execute(views.script("tables.sql"))


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (first_tables,)
"""Step ``n`` (from 0) brings a record of schema version ``n`` to ``n + 1``; published steps never change."""

SCHEMA_VERSION = len(MIGRATIONS)


def schema_version(connection: Connection, path: Path) -> int:
    """Return the record's schema version, 0 for an empty file.

    Raises:
        RecordError: The file is a DuckDB database of something else.
    """
    tables = tables_of(connection)
    if not tables:
        return 0
    if "meta" in tables:
        rows = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall()
        if rows:
            return int(rows[0][0])
    raise RecordError(f"{path}: a DuckDB database, but not a record of Detente; name another file")


def tables_of(connection: Connection) -> set[str]:
    """Return the names of the tables of the record."""
    return {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def migrate(connection: Connection, path: Path) -> None:
    """Bring the record to the present schema in one transaction; a present one is left as it is.

    Raises:
        RecordError: The record is of a newer version, or not a record.
    """
    version = _readable_version(connection, path)
    if version == SCHEMA_VERSION and _views_of(connection) == views.fingerprint():
        return
    connection.begin()
    try:
        for step in MIGRATIONS[version:]:
            step(connection)
        views.install(connection)
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES ('schema_version', ?), ('views', ?)",
            [str(SCHEMA_VERSION), views.fingerprint()],
        )
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def require_present(connection: Connection, path: Path) -> None:
    """Refuse a record that must be migrated first but is opened for reading only."""
    if _readable_version(connection, path) < SCHEMA_VERSION or _views_of(connection) != views.fingerprint():
        raise RecordError(
            f"{path}: written by an older version of Detente and opened for reading only; "
            "open it once for writing (any `detente read` does), which brings it up to date"
        )


def _readable_version(connection: Connection, path: Path) -> int:
    version = schema_version(connection, path)
    if version > SCHEMA_VERSION:
        raise RecordError(
            f"{path}: a record of schema version {version}, newer than this Detente, which knows versions up to "
            f"{SCHEMA_VERSION}; install the newer Detente or name another record"
        )
    return version


def _views_of(connection: Connection) -> str | None:
    if "meta" not in tables_of(connection):
        return None
    rows = connection.execute("SELECT value FROM meta WHERE key = 'views'").fetchall()
    return str(rows[0][0]) if rows else None
