"""``detente load``: event data files of the field into the record."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.common import DEFAULT_RECORD, AsJson, RecordPath, errors, out, print_json
from detente.cli.measures import rows_bar

if TYPE_CHECKING:
    from detente.pipeline.load import Loads
    from detente.sources.events import Load

SHOWN = 20
"""Refused rows printed one by one at the end."""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(load)


def load(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="Such as gdelt2, icews or polecat; see below.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Plain, .gz, or .zip with one file in it.")],
    record: RecordPath = DEFAULT_RECORD,
    dataset: Annotated[
        str | None, typer.Option(metavar="NAME", help="Store the rows under this name, not the format's.")
    ] = None,
    json: AsJson = False,
) -> int:
    """Load event data: GDELT, ICEWS, POLECAT, KEDS, CAMEO and WEIS files, graph quads, any CSV by a mapping file.

    FORMAT is gdelt1, gdelt1_back, gdelt2, icews, polecat, keds_cameo, keds_cameo_tab, keds_weis, keds_weis_tab,
    cameo_csv, cameo_tab, quads_icews14, quads_icews18, or a mapping file that ends in .toml (docs/loaders.md).

    Rows with the same data set, source, target, code, day and place are one event. Loading a file twice changes
    nothing; a load that was interrupted is taken up by the same command. Rows that cannot be taken are counted and
    shown with their line, and the exit code is then 3.

    Example: detente load gdelt2 20240101.export.CSV.zip --record affairs.duckdb
    """
    from detente.pipeline.load import load as load_all
    from detente.record import Record
    from detente.sources.events import format_named

    shape = format_named(form)
    with Record.open(record) as store, rows_bar() as bar:
        task = bar.add_task("Loading …", total=None)

        def told(file: Path, done: int, of: int) -> None:
            bar.update(task, description=file.name, completed=done, total=of)

        loads = load_all(files, shape, store, dataset=dataset, progress=told)
    if json:
        print_json(loads)
    else:
        _report(loads, record)
    return 3 if loads.refused else 0


def _report(loads: "Loads", record: Path) -> None:
    for file in loads.files:
        out.print(_line(file), markup=False)
    if loads.files:
        some = loads.files[0]
        out.print(f"{loads.new:,} new events → {record}", markup=False)
        out.print(f"data set {some.dataset}: {some.origin} · {some.licence}", style="dim", markup=False)
    lines = [*loads.refusals, *(refusal for file in loads.files for refusal in file.refusals)]
    if lines:
        errors.print(f"{loads.refused:,} not taken:", style="yellow")
    for refusal in lines[:SHOWN]:
        errors.print(f"  {refusal}", markup=False)
    if loads.refused > SHOWN:
        errors.print(f"  … and {loads.refused - min(SHOWN, len(lines)):,} more")


def _line(file: "Load") -> str:
    if file.is_known:
        return f"{file.path.name}: loaded before, nothing to do ({file.rows:,} rows, data set {file.dataset})"
    counts = {
        "new": file.new,
        "told again": file.duplicates,
        "without known parties": file.without_parties,
        "refused": file.refused,
    }
    parts = [f"{file.rows:,} rows", *(f"{count:,} {what}" for what, count in counts.items() if count or what == "new")]
    return f"{file.path.name}: {' · '.join(parts)}"
