"""``detente correct``: a person's correction, laid over what the reader found."""

import getpass
from typing import Annotated

import typer
from rich.table import Table

from detente.cli.common import DEFAULT_RECORD, AsJson, RecordPath, existing_record, out, print_json


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(correct)
    app.command()(corrections)


def correct(
    table: Annotated[str, typer.Argument(help="documents, statements, events, relation_claims or causal_claims.")],
    key: Annotated[str, typer.Argument(metavar="ID", help="Id of the row, as `detente show --json` prints it.")],
    field: Annotated[str, typer.Argument(help="Field to correct; `rejected` strikes the row out.")],
    value: Annotated[str | None, typer.Argument(help="The right value; leave it out for unknown.")] = None,
    note: Annotated[str | None, typer.Option(help="Why.")] = None,
    who: Annotated[str | None, typer.Option(help="Who corrects; your login name unless given.")] = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Correct a reading: it is kept beside the reader's own and survives reading again.

    Example: detente correct events event-3f2a9c0d1b7e4a65 factuality denied --note "the ministry denied it"
    """
    from detente.record import Record

    with Record.open(existing_record(record)) as store:
        number = store.correct(table, key, field, value, who or getpass.getuser(), note)
    out.print(f"correction {number}: {field} of {key} is {value if value is not None else 'unknown'}", markup=False)


def corrections(record: RecordPath = DEFAULT_RECORD, json: AsJson = False) -> None:
    """List the corrections, with the row that each applies to now.

    Example: detente corrections --json
    """
    from detente.record import Record

    with Record.open(existing_record(record), read_only=True) as store:
        found = store.corrections()
    if json:
        print_json(found)
        return
    table = Table("no.", "row", "field", "value", "who", "when", "note", box=None, header_style="dim")
    for c in found:
        row = c.applies_to or f"{c.target} (no longer read)"
        value = "unknown" if c.value is None else c.value
        table.add_row(str(c.seq), row, c.field, value, c.who, f"{c.made:%Y-%m-%d %H:%M}", c.note or "")
    out.print(table if found else "no corrections")
