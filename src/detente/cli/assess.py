"""``detente assess``: what the voices in the record say for and against each hypothesis about a pair."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer
from rich.table import Table

from detente.cli.brief import pair_of
from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, existing_record, out, print_json
from detente.cli.measures import State, percent

if TYPE_CHECKING:
    from detente.assessment import Assessment, Voice


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(assess)


def assess(
    a: State,
    b: State,
    record: RecordPath = DEFAULT_RECORD,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """Weigh whether relations between two states are getting better, getting worse, or are unchanged.

    Each independent voice of the last year counts once, by its newest claim; the likelihoods are judgements that
    docs/assessment.md gives. With few voices there are no probabilities. Acts are counted beside, not multiplied in.

    Example: detente assess JPN RUS --as-of 2026-02-28
    """
    from detente.assessment import assess as weigh
    from detente.record import Record

    pair = pair_of(a, b)
    today = day(as_of) or datetime.now(UTC).date()
    with Record.open(existing_record(record), read_only=True) as store:
        found = weigh(store, pair, today)
    if json:
        print_json(found)
    else:
        _show(found)


def _show(found: "Assessment") -> None:
    out.print(f"{' – '.join(found.names)}, {found.since} to {found.as_of}", style="bold", markup=False)
    out.print(f"{found.why[:1].upper()}{found.why[1:]}.", markup=False)
    if found.enough:
        out.print(_hypotheses(found))
    if found.voices:
        out.print("\nVoices, newest first; above 1 speaks for a hypothesis, below 1 against it", style="dim")
    for voice in found.voices:
        _voice(voice)
    if found.earlier:
        out.print(
            f"\n{found.earlier} claims made before, or about a time before, {found.since} are left out.", style="dim"
        )
    _contact(found)


def _hypotheses(found: "Assessment") -> Table:
    from detente.assessment.words import HYPOTHESIS

    table = Table("", "probability", "without any one voice", "if voices weigh half", box=None, header_style="dim")
    for each in found.hypotheses:
        if each.posterior is not None and each.low is not None and each.high is not None and each.weak is not None:
            spread = f"{percent(each.low)} to {percent(each.high)}"
            table.add_row(HYPOTHESIS[each.direction], percent(each.posterior), spread, percent(each.weak))
    return table


def _voice(voice: "Voice") -> None:
    from detente.assessment.words import claimed, weight

    again = f", {voice.repeats} further not counted" if voice.repeats else ""
    out.print(f"[{voice.number}] {voice.name}: {claimed(voice)}{again}  ({weight(voice)})", markup=False)
    where = " · ".join(part for part in (voice.title, voice.publisher, str(voice.known or "undated")) if part)
    out.print(f"    “{voice.quote}”", markup=False)
    out.print(f"    {where}", style="dim", markup=False)


def _contact(found: "Assessment") -> None:
    from detente.assessment.words import contact

    out.print(f"\n{contact(found.contact)}", markup=False)
    for act in found.contact.acts:
        out.print(f"    {act.when}: {act.quad}, “{act.words}”", style="dim", markup=False)
