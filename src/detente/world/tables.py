"""Reading of the data files: comma-separated, with lines of source and licence that start with ``#``."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of ``data/<name>`` below its heading, each with as many cells as the heading has.

    Raises:
        ValueError: A row has another number of cells than the heading; the message names file and row.
    """
    text = files("detente.world").joinpath("data", name).read_text("utf-8")
    reader = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    heading = next(reader)
    for row in reader:
        if len(row) != len(heading):
            raise ValueError(f"{name}: row {row[:2]} has {len(row)} cells; the heading asks for {len(heading)}")
        yield row


def day(cell: str) -> date | None:
    """Return the day of an ISO cell, None for an empty one."""
    return date.fromisoformat(cell) if cell else None


def parts(cell: str) -> tuple[str, ...]:
    """Split a cell that holds a list."""
    return tuple(part for part in cell.split(";") if part)


def holds(since: date | None, until: date | None, as_of: date | None) -> bool:
    """Tell whether ``as_of`` lies within the closed interval; an open end and an unknown ``as_of`` hold."""
    if as_of is None:
        return True
    return (since is None or since <= as_of) and (until is None or as_of <= until)


@cache
def uses() -> dict[str, str]:
    """Return the phrases that need care, each with the care it needs."""
    return {phrase: use for phrase, use in rows("ambiguous.csv")}
