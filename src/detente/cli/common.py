"""What the verbs share: options, consoles, JSON."""

import dataclasses
import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console

from detente.model.errors import UsageError

PIPED_WIDTH = 160
"""Columns of a table that does not go to a terminal: a pipe has no width, and dates must not be cut."""


def _width() -> int | None:
    return None if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPED_WIDTH


out = Console(highlight=False, soft_wrap=True, width=_width())
errors = Console(stderr=True, highlight=False, soft_wrap=True)

DEFAULT_RECORD = Path("affairs.duckdb")

RecordPath = Annotated[
    Path,
    typer.Option("--record", "-r", envvar="DETENTE_RECORD", help="The record: one DuckDB file.", show_default=True),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Use only what was known at the end of this day.")
]


def day(text: str | None, option: str = "--as-of") -> date | None:
    """Read a date option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is not a date; allowed: YYYY-MM-DD") from error


def print_json(value: Any) -> None:
    """Print any record, or sequence of records, as indented JSON on standard output."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value, enc_hook=plain), indent=2).decode() + "\n")


def plain(value: Any) -> Any:
    """Turn what JSON does not know into what it does: records, numpy and Arrow values, all else as text."""
    for listed in ("tolist", "to_pylist"):
        if hasattr(value, listed):
            return getattr(value, listed)()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)


def existing_record(path: Path) -> Path:
    """Return the path of a record that is there; a verb that only looks must not create one."""
    if not path.exists():
        raise UsageError(
            f"there is no record at {path}; make one with `detente read SOURCE… --record {path}` or name another"
        )
    return path
