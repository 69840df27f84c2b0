"""What the measuring verbs share: which acts to look at, tables as CSV, progress, words for numbers."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.common import errors
from detente.model.codes import QuadClass
from detente.model.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.progress import Progress

    from detente.record import Record
    from detente.relations.acts import Selection

Csv = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help="Also write the rows as CSV; - is standard output.")
]
Since = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="First day of the acts.")]
Until = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Last day of the acts.")]
PeriodName = Annotated[str, typer.Option("--period", help="day, week or month.")]
Origins = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="ORIGIN", help="Only acts of this data set, or 'read' (may be repeated)."),
]
State = Annotated[str, typer.Argument(metavar="STATE", help="Code or name: JPN, Japan.")]

WORDS = {
    QuadClass.VERBAL_COOPERATION: "coop. words",
    QuadClass.MATERIAL_COOPERATION: "coop. deeds",
    QuadClass.VERBAL_CONFLICT: "hostile words",
    QuadClass.MATERIAL_CONFLICT: "hostile deeds",
}
"""Short names of the quad classes for table cells."""


def selection(
    store: "Record",
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
    origins: list[str] | None = None,
) -> "Selection":
    """Return which acts count; say so on standard error when several data sets may tell of the same ones."""
    from detente.relations.acts import READ, Selection

    held = [str(name) for (name,) in store.rows_as_of("SELECT DISTINCT dataset FROM coded_events ORDER BY 1", None)]
    unknown = [name for name in origins or () if name not in (READ, *held)]
    if unknown:
        raise UsageError(f"no acts come from {', '.join(map(repr, unknown))}; allowed: {', '.join((READ, *held))}")
    if not origins and len(held) > 1:
        note = (
            f"acts of {len(held)} data sets are added up ({', '.join(held)}); where they overlap, name one with --from"
        )
        errors.print(f"note: {note}", style="yellow", markup=False)
    return Selection(since, until, as_of, tuple(origins) if origins else None)


def write_csv(table: "pa.Table", path: Path) -> None:
    """Write an Arrow table as CSV with a heading."""
    from pyarrow import csv

    if str(path) == "-":
        sys.stdout.flush()
        csv.write_csv(table, sys.stdout.buffer)
        return
    csv.write_csv(table, str(path))


def rows_bar() -> "Progress":
    """Return a bar that counts what is done, shown only where somebody may see it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn()
    return Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)


def odds(value: float, low: float, high: float) -> str:
    """Return a difference of log-odds with its interval, such as "+0.82 (+0.31 to +1.33)"."""
    return f"{value:+.2f} ({low:+.2f} to {high:+.2f})"


def percent(value: float) -> str:
    """Return a probability such as "7 %"; never 100 for what no count makes certain."""
    if 0 < value < 0.01:
        return "<1 %"
    if value > 0.99:
        return ">99 %"
    return f"{value:.0%}".replace("%", " %")
