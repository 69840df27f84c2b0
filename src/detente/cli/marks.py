"""How ``detente show`` draws a document in the terminal: marked text, then lists of what was read."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from detente.brief.marked import MarkKind, Segment, segments
from detente.brief.phrases import act
from detente.cli.common import out
from detente.model.document import Document
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


def draw(document: Document, reading: Reading, why: bool) -> None:
    """Print the text with its readings marked, and the lists; ``why`` adds which rule or model made each."""
    _head(document)
    out.print(Text.assemble(*(_styled(segment) for segment in segments(document, reading))))
    _lists(document, reading, why)


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
        yield [*row, f"“{e.trigger.of(document.text)}”", *([e.why] if why else [])]


def _statements(document: Document, reading: Reading, why: bool) -> Iterator[list[str]]:
    for s in reading.statements:
        content = " … ".join(part.of(document.text) for part in s.content)
        row = [s.speaker, s.source.of(document.text), s.cue.of(document.text), s.stance, content]
        yield [*row, *([s.why] if why else [])]


def _relations(document: Document, reading: Reading, why: bool) -> Iterator[list[str]]:
    for r in reading.relations:
        row = [" – ".join(r.dyad), r.direction, r.factuality, f"“{r.evidence.of(document.text)}”"]
        yield [*row, *([r.why] if why else [])]


def _causes(document: Document, reading: Reading, why: bool) -> Iterator[list[str]]:
    for c in reading.causes:
        row = [c.cause.of(document.text), "→", c.effect.of(document.text)]
        yield [*row, *([c.why] if why else [])]
