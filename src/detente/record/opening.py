"""Open the file: what can be wrong with it is said in one line with what would be allowed."""

import os
import re
from pathlib import Path

import duckdb

from detente.model.errors import RecordError
from detente.record.migrations import migrate, require_present

MAKE_ROOM = "free space, or name a record where there is room"
_FULL = ("No space left", "File too large", "Disk quota", "Out of Memory", "out of disk")
_HOLDER = re.compile(r"Conflicting lock is held in (.+?) ?\(PID (\d+)\)")


def connect(path: Path, read_only: bool, memory: str) -> duckdb.DuckDBPyConnection:
    """Open or create the record at ``path`` and bring it up to date.

    Args:
        path: The DuckDB file; a new one is made unless ``read_only``.
        read_only: Open without writing; others may read at the same time.
        memory: Upper limit of DuckDB's buffers, such as ``"1GB"``.

    Raises:
        RecordError: The file cannot be used; the message says why and what would be allowed.
    """
    _check_place(path, read_only)
    # No extension is fetched over the network: all that the record needs is built in.
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "autoinstall_known_extensions": "false",
    }
    is_new = not path.exists()
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=settings)
    except duckdb.Error as error:
        if is_new:
            path.unlink(missing_ok=True)  # half a head, for which the disk had no room, would bar the place for good
        raise RecordError(f"{path}: {_explain(str(error))}") from error
    try:
        if read_only:
            require_present(connection, path)
        else:
            migrate(connection, path)
    except duckdb.Error as error:
        connection.close()
        room = f"; {MAKE_ROOM}" if is_full(error) else ""
        raise RecordError(f"{path}: cannot bring the record up to date ({first_line(error)}){room}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _check_place(path: Path, read_only: bool) -> None:
    if not path.parent.is_dir():
        raise RecordError(
            f"{path}: the directory {path.parent} does not exist; make it, or name a file in one that does"
        )
    if path.is_dir():
        raise RecordError(
            f"{path}: a directory without exported Parquet; name a file such as {path / 'affairs.duckdb'}"
        )
    if read_only and not path.exists():
        raise RecordError(f"{path}: there is no record; `detente read SOURCE… --record {path}` makes one")
    if not read_only and path.exists() and not _writable(path):
        raise RecordError(f"{path}: may not be written; make it writable, copy it, or open it for reading only")
    if not read_only and not _writable(path.parent):
        raise RecordError(
            f"{path}: the directory {path.parent} may not be written, where the record keeps its log; make it "
            "writable, or name a record in one that is"
        )


def _writable(place: Path) -> bool:
    return os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def is_full(error: Exception) -> bool:
    """Tell whether an error of DuckDB means that disk or memory had no room."""
    return any(sign in str(error) for sign in _FULL)


def _explain(message: str) -> str:
    if "lock" in message:
        holder = _HOLDER.search(message)
        by = f" by {Path(holder[1]).name} (process {holder[2]})" if holder else " by another process"
        return f"the record is in use{by}; wait until that ends, or name another record"
    if "different configuration" in message:
        return "this process already has the record open in another mode; close that one first"
    if "not a valid DuckDB" in message:
        return "not a DuckDB file; name a record or a file that does not exist yet"
    if "Permission denied" in message:
        return "permission denied; make it readable (and writable to write), or name another record"
    if any(sign in message for sign in _FULL):
        return f"cannot be opened ({message.splitlines()[0]}); {MAKE_ROOM}"
    return f"cannot be opened ({message.splitlines()[0]}); name another record or restore it from a copy"


def first_line(error: Exception) -> str:
    """Return the first line of an error of DuckDB; the rest repeats the statement."""
    return (str(error).splitlines() or [type(error).__name__])[0]
