"""``detente export``: the record in open formats."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, existing_record, out, print_json


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(export)


def export(
    form: Annotated[str, typer.Option("--format", "-f", help="jsonl, csv, parquet, webannotation, graphml.")] = "jsonl",
    output: Annotated[Path, typer.Option("--out", "-o", help="Folder to write to.")] = Path("export"),
    record: RecordPath = DEFAULT_RECORD,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Write the record out, with people's corrections applied.

    Example: detente export --format webannotation --out annotations/
    """
    from detente.record import Record
    from detente.record.exports import export as write

    with Record.open(existing_record(record), read_only=True) as store:
        files = write(store, form, output, day(as_of))
    if json:
        print_json([str(file) for file in files])
    for file in () if json else files:
        out.print(f"written to {file}", markup=False)
