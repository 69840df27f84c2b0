"""``detente show``: a document with its mentions, statements and events marked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from detente.brief.marked import MarkKind, Segment, segments
from detente.brief.phrases import act
from detente.cli.common import DEFAULT_RECORD, AsJson, RecordPath, existing_record, out, print_json
from detente.model.document import Document
from detente.model.errors import UsageError
from detente.model.reading import Reading

STYLES = {
    MarkKind.FURNITURE: "dim strike",
    MarkKind.CONTENT: "italic",
    MarkKind.SOURCE: "cyan",
    MarkKind.CUE: "bold cyan",
    MarkKind.MENTION: "underline",
    MarkKind.TIME: "green",
    MarkKind.TRIGGER: "bold yellow",
    MarkKind.RELATION: "magenta",
    MarkKind.CAUSE: "red",
    MarkKind.EFFECT: "red",
}


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
        print_json({"document": found, "reading": reading})
    elif html is not None:
        from detente.brief.html import document_to_html

        html.write_text(document_to_html(found, reading), encoding="utf-8")
        out.print(f"written to {html}")
    else:
        _head(found)
        out.print(Text.assemble(*(_styled(segment) for segment in segments(found, reading))))
        _lists(found, reading, why)


def _head(document: Document) -> None:
    out.print(document.title or document.name or document.id, style="bold", markup=False)
    day = document.published.isoformat() if document.published else "undated"
    out.print(f"{document.publisher or 'publisher not given'} · {day} · {document.id}\n", style="dim", markup=False)


def _styled(segment: Segment) -> tuple[str, str]:
    styles = dict.fromkeys(STYLES[mark.kind] for mark in segment.marks)
    return segment.text, " ".join(styles)


def _lists(document: Document, reading: Reading, why: bool) -> None:
    for title, rows in (
        ("Events", _events(document, reading, why)),
        ("Statements", _statements(document, reading, why)),
        ("Relation claims", _relations(document, reading, why)),
        ("Causal claims", _causes(document, reading, why)),
    ):
        table = Table(title=f"\n{title}", box=None, show_header=False, title_justify="left", padding=(0, 2, 0, 0))
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        if table.row_count:
            out.print(table)


def _events(document: Document, reading: Reading, why: bool) -> Iterator[list[str]]:
    for e in reading.events:
        row = [e.type, act(e.source, e.target, e.type, e.factuality), str(e.date or "undated"), e.factuality]
        yield [*row, f"“{e.trigger.of(document.text)}”", *([f"{e.frame}: {e.why}"] if why else [])]


def _statements(document: Document, reading: Reading, why: bool) -> Iterator[list[str]]:
    for s in reading.statements:
        content = " … ".join(part.of(document.text) for part in s.content)
        row = [s.speaker, s.source.of(document.text), s.cue.of(document.text), s.stance, content]
        yield [*row, *([s.why] if why else [])]


def _relations(document: Document, reading: Reading, why: bool) -> Iterator[list[str]]:
    for r in reading.relations:
        row = [" – ".join(r.dyad), r.direction, r.factuality, f"“{r.evidence.of(document.text)}”"]
        yield [*row, *([f"{r.frame} {r.why}"] if why else [])]


def _causes(document: Document, reading: Reading, why: bool) -> Iterator[list[str]]:
    for c in reading.causes:
        row = [c.cause.of(document.text), "→", c.effect.of(document.text)]
        yield [*row, *([f"{c.frame} {c.why}"] if why else [])]
