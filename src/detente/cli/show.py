"""``detente show``: a document with its mentions, statements and events marked."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from detente.cli.common import DEFAULT_RECORD, AsJson, RecordPath, existing_record, out, print_json
from detente.model.errors import UsageError
from detente.model.reading import Reading


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(show)


def show(
    document: Annotated[str, typer.Argument(help="Id, or its beginning, or the name or file that it came from.")],
    record: RecordPath = DEFAULT_RECORD,
    why: Annotated[bool, typer.Option("--why", help="Say for each reading which rule or model made it.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page instead.")] = None,
    json: AsJson = False,
) -> None:
    """Show a document of the record with what was read in it.

    Example: detente show w14 --why
    """
    from detente.record import Record

    with Record.open(existing_record(record), read_only=True) as store:
        found = store.document(document)
        reading = store.reading(found.id)
    if reading is None:
        raise UsageError(f"{document!r} has not been read; read it again with `detente read`")
    if json:
        print_json({"document": found, "reading": _with_ids(reading)})
    elif html is not None:
        from detente.brief.html import document_to_html

        html.write_text(document_to_html(found, reading), encoding="utf-8")
        out.print(f"written to {html}")
    else:
        from detente.cli.marks import draw

        draw(found, reading, why)


def _with_ids(reading: Reading) -> dict[str, Any]:
    """Return a reading for JSON; each finding begins with the id by which ``detente correct`` names it."""
    rows: dict[str, Any] = msgspec.to_builtins(reading)
    for part in ("mentions", "statements", "events", "relations", "causes"):
        found = getattr(reading, part)
        rows[part] = [{"id": finding.id, **row} for finding, row in zip(found, rows[part], strict=True)]
    return rows
