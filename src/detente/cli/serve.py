"""``detente serve``: the record as pages for a browser on this machine."""

from typing import Annotated

import typer

from detente.cli.common import DEFAULT_RECORD, RecordPath, existing_record, out


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(serve)


def serve(
    record: RecordPath = DEFAULT_RECORD,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
) -> None:
    """Serve the record to a browser on this machine: what it holds, briefs, marked reports, each also as JSON.

    The record is only read, and is free between requests. Ctrl-C ends it.

    Example: detente serve --record affairs.duckdb --port 8000
    """
    from detente.record import Record
    from detente.web import Server

    Record.open(existing_record(record), read_only=True).close()  # what is wrong with it is said now, not in a page
    with Server(record, port) as server:
        out.print(f"{record} is served at {server.address}; Ctrl-C ends it", markup=False)
        server.serve_forever()
