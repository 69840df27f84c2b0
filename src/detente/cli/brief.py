"""``detente brief``: what the reports say about a pair of states."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from detente.cli.common import DEFAULT_RECORD, AsOf, RecordPath, day, existing_record, out, plain
from detente.model.errors import UsageError

if TYPE_CHECKING:
    from detente.brief import Brief


class Format(StrEnum):
    """What a brief can be written as."""

    HTML = "html"
    MARKDOWN = "md"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(brief)


def brief(
    a: Annotated[str, typer.Argument(metavar="STATE", help="Code or name: JPN, Japan.")],
    b: Annotated[str, typer.Argument(metavar="STATE", help="Code or name: RUS, Russia.")],
    record: RecordPath = DEFAULT_RECORD,
    as_of: AsOf = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="html, md or json.")] = Format.MARKDOWN,
    output: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file, not the screen.")] = None,
) -> None:
    """Write the brief about two states: every sentence leads to the words that it rests on.

    Example: detente brief JPN RUS --as-of 2026-02-20 --format html --out brief-JPN-RUS.html
    """
    from detente.brief import brief as write
    from detente.record import Record

    pair = pair_of(a, b)
    today = day(as_of) or datetime.now(UTC).date()
    with Record.open(existing_record(record), read_only=True) as store:
        written = write(store, pair, today)
    text = rendered(written, form)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        _summarise(written)
        out.print(f"\nbrief written to {output}", markup=False)


def _summarise(written: "Brief") -> None:
    """Print the head of a brief that went to a file."""
    from detente.brief.wording import basis, long_date, standing

    out.print(f"{' – '.join(written.names)}, as of {long_date(written.as_of)}", style="bold", markup=False)
    out.print(standing(written), markup=False)
    out.print(f"{basis(written)}\n", style="dim", markup=False)
    for line in written.summary:
        out.print(f"• {line.text} {list(line.evidence)}", markup=False)


def rendered(written: "Brief", form: Format) -> str:
    """Return a brief in one of the formats."""
    from detente.brief import to_html, to_markdown

    if form is Format.HTML:
        return to_html(written)
    if form is Format.MARKDOWN:
        return to_markdown(written)
    return msgspec.json.format(msgspec.json.encode(written, enc_hook=plain), indent=2).decode() + "\n"


def pair_of(a: str, b: str) -> tuple[str, str]:
    """Return the codes of two different actors that a person named."""
    from detente.world import resolve_code

    today = datetime.now(UTC).date()
    pair = resolve_code(a, today), resolve_code(b, today)
    if pair[0] == pair[1]:
        raise UsageError(f"{a!r} and {b!r} are the same actor ({pair[0]}); name two different ones")
    return pair
