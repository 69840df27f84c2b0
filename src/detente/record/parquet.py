"""The record at scale: partitioned Parquet that DuckDB reads in place, with the same tables, views and questions.

Coded events are partitioned by data set and year of the day, documents and what was read in them by year of
publication.
"""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from detente.model.errors import RecordError
from detente.record import views
from detente.record.columns import LAYOUTS
from detente.record.migrations import SCHEMA_VERSION

if TYPE_CHECKING:
    from detente.record.record import Record

MARK = "record.json"
"""File that makes a folder a record and names its schema version."""

_BY_DOCUMENT = ("copies", "readings", *(layout.table for layout in LAYOUTS))
_WHOLE = ("actors", "runs", "refusals", "corrections", "correction_targets", "datasets", "forecasts")
_PARTITIONED = {
    "documents": "SELECT *, year(published) AS part_year FROM documents",
    "coded_events": "SELECT *, dataset AS part_dataset, year(day) AS part_year FROM coded_events",
} | {
    table: f"SELECT t.*, year(d.published) AS part_year FROM {table} t JOIN documents d ON d.id = t.document"
    for table in _BY_DOCUMENT
}


def write_folder(record: "Record", folder: Path) -> None:
    """Write all tables of a record as partitioned Parquet into a new folder; it is there whole or not at all.

    Raises:
        RecordError: The folder exists, or cannot be written.
    """
    if folder.exists():
        raise RecordError(f"{folder}: exists already; name a folder that does not")
    if not folder.parent.is_dir():
        raise RecordError(f"{folder}: the directory {folder.parent} does not exist; make it first")
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for table in _WHOLE:
        _copy(record, f"SELECT * FROM {table}", unfinished / table / "all.parquet", "")
    for table, query in _PARTITIONED.items():
        keys = "part_dataset, part_year" if table == "coded_events" else "part_year"
        _copy(record, query, unfinished / table, f", PARTITION_BY ({keys})")
    (unfinished / MARK).write_text(json.dumps({"schema_version": SCHEMA_VERSION}) + "\n", encoding="utf-8")
    unfinished.rename(folder)


def connect_folder(folder: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """Open a folder of partitioned Parquet: the record's tables as views over its files.

    Raises:
        RecordError: The folder is of another schema version.
    """
    version = json.loads((folder / MARK).read_text(encoding="utf-8")).get("schema_version")
    if version != SCHEMA_VERSION:
        raise RecordError(
            f"{folder}: Parquet of schema version {version}, this Detente reads {SCHEMA_VERSION}; "
            "write the folder again"
        )
    connection = duckdb.connect(config={"memory_limit": memory, "autoinstall_known_extensions": "false"})
    connection.execute(views.script("tables.sql"))
    for table in (*_WHOLE, *_PARTITIONED):
        if any((folder / table).rglob("*.parquet")):
            _view(connection, table, folder)
    views.install(connection)
    return connection


def _view(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    files = _quoted(folder / table / "**" / "*.parquet")
    columns = [name for (name,) in connection.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()]
    connection.execute(f"DROP TABLE {table}")
    connection.execute(
        f"CREATE VIEW {table} AS SELECT {', '.join(columns)} FROM read_parquet({files}, "
        "hive_partitioning = true, hive_types_autocast = false, union_by_name = true)"
    )


def _copy(record: "Record", query: str, target: Path, options: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    record.copy_out(query, target, "FORMAT parquet, COMPRESSION zstd" + options, None)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
