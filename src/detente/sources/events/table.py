"""A file of event data read into a temporary table: rows with their line numbers, and the lines that are no rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile

import duckdb
import pyarrow as pa

from detente.model.errors import InputRefusedError
from detente.model.run import Refusal
from detente.sources.events.formats import Columns, EventFormat

BATCH = 1_000_000
SHOWN = 100
"""So many refused lines are kept to be shown; all are counted."""
_ALLOWED = "one row per line with the columns of the format"


class RawTable:
    """The rows of one file as text, in order, with ``line`` counted from 1; made by ``open_table``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, rows: int, refused: int, refusals: list[Refusal]) -> None:
        self._connection = connection
        self.rows = rows
        self.refused = refused
        self.refusals = refusals

    def batches(self) -> Iterator[pa.Table]:
        """Yield Arrow tables of about ``BATCH`` rows: each role of ``Columns`` as text, and ``line``."""
        held: list[pa.RecordBatch] = []
        for batch in self._connection.sql("SELECT * FROM taken").to_arrow_reader(BATCH):
            held.append(batch)
            if sum(piece.num_rows for piece in held) >= BATCH:
                yield pa.Table.from_batches(held)
                held = []
        if held:
            yield pa.Table.from_batches(held)


@contextmanager
def open_table(path: Path, shape: EventFormat, memory: str = "2GB") -> Iterator[RawTable]:
    """Read a file, plain, ``.gz`` or ``.zip`` with one file in it.

    Raises:
        InputRefusedError: The file is not there, is no such archive, or lacks a column that the format asks for.
    """
    with TemporaryDirectory(prefix="detente-load-") as folder, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{memory}'")
        connection.execute(f"SET temp_directory = '{folder}'")
        connection.execute("SET enable_progress_bar = false")
        plain = _plain(path, Path(folder))
        try:
            heading = shape.names or _heading(connection, plain, shape)
            chosen = _chosen(shape, heading, path)
            yield _take(connection, plain, path, shape, heading, chosen)
        except duckdb.Error as error:
            first = str(error).strip().splitlines()[0]
            raise InputRefusedError(str(path), f"cannot be read as {shape.title} ({first})", _ALLOWED) from error


def _plain(path: Path, folder: Path) -> Path:
    if not path.is_file():
        raise InputRefusedError(str(path), "is not a file", "a file of event data, plain, .gz or .zip")
    if path.suffix.lower() != ".zip":
        return path
    try:
        with ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            if len(names) != 1:
                raise InputRefusedError(str(path), f"holds {len(names)} files", "an archive of one file")
            return Path(archive.extract(names[0], folder))
    except BadZipFile as error:
        raise InputRefusedError(str(path), f"is no ZIP archive ({error})", "an archive of one file") from error


def _dialect(shape: EventFormat) -> str:
    return (
        f"delim = '{shape.delimiter}', quote = '{_quoted(shape.quote)}', escape = '{_quoted(shape.quote)}',"
        f" comment = '{_quoted(shape.comment)}', all_varchar = true, auto_detect = false"
    )


def _heading(connection: duckdb.DuckDBPyConnection, path: Path, shape: EventFormat) -> tuple[str, ...]:
    reading = "read_csv($path, columns = {'text': 'VARCHAR'}, delim = '\x1e', quote = '', header = false"
    first = connection.execute(
        f"SELECT text FROM {reading}, auto_detect = false) LIMIT 1", {"path": str(path)}
    ).fetchone()
    if first is None or first[0] is None:
        raise InputRefusedError(str(path), "is empty", "a heading and rows")
    cells = str(first[0]).removeprefix("\ufeff").rstrip("\r").split(shape.delimiter)
    return tuple(cell.strip().strip(shape.quote or None) for cell in cells)


def _chosen(shape: EventFormat, heading: tuple[str, ...], path: Path) -> dict[str, str | None]:
    chosen: dict[str, str | None] = {}
    for field in fields(Columns):
        wanted = getattr(shape.columns, field.name)
        chosen[field.name] = next((name for name in wanted if name in heading), None)
        if chosen[field.name] is None and field.name in ("source", "target", "day", "code"):
            what = f"has no column {' or '.join(wanted)} for the {field.name}"
            raise InputRefusedError(str(path), what, f"its columns are {', '.join(heading[:12])}; name one of them")
    return chosen


def _take(
    connection: duckdb.DuckDBPyConnection,
    plain: Path,
    path: Path,
    shape: EventFormat,
    heading: tuple[str, ...],
    chosen: dict[str, str | None],
) -> RawTable:
    slots = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(heading)))
    reading = (
        f"read_csv($path, columns = {{{slots}}}, header = {'false' if shape.names else 'true'}, store_rejects = true,"
        f" rejects_limit = 0, {_dialect(shape)})"
    )
    cells = {role: f"c{heading.index(name)}" if name else "NULL::VARCHAR" for role, name in chosen.items()}
    roles = ", ".join(f"{cell} AS {role}" for role, cell in cells.items())
    offset = 0 if shape.names else 1
    connection.execute(
        f"CREATE TEMP TABLE taken AS SELECT {roles}, CAST(row_number() OVER () + {offset} AS INTEGER) AS line"
        f" FROM {reading}",
        {"path": str(plain)},
    )
    bad = connection.execute(
        "SELECT DISTINCT ON (line) line, error_message, csv_line FROM reject_errors ORDER BY line"
    ).fetchall()
    # A refused line took no number above; every row behind it moves down by one.
    for line, *_rest in bad:
        connection.execute("UPDATE taken SET line = line + 1 WHERE line >= $line", {"line": line})
    refusals = [Refusal(f"{path}:{line}", _short(message), _ALLOWED) for line, message, _ in bad[:SHOWN]]
    ((rows,),) = connection.execute("SELECT count(*) FROM taken").fetchall()
    return RawTable(connection, int(rows) + len(bad), len(bad), refusals)


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _short(message: Any) -> str:
    return str(message).strip().splitlines()[0].rstrip(".")
