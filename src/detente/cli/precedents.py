"""``detente precedents``: earlier windows of any pair that resemble this pair's present one, and what came next."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from detente.cli.brief import pair_of
from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, existing_record, out, print_json
from detente.cli.drawing import Chart, draw, drawable
from detente.cli.measures import Csv, Origins, Since, State, percent, selection, write_csv
from detente.model.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.relations.precedents import Precedents


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(precedents)


def precedents(
    a: State,
    b: State,
    record: RecordPath = DEFAULT_RECORD,
    most: Annotated[int, typer.Option(min=1, help="How many precedents.")] = 5,
    as_of: AsOf = None,
    since: Since = None,
    origins: Origins = None,
    csv: Csv = None,
    chart: Chart = None,
    json: AsJson = False,
) -> None:
    """Find earlier windows of any pair that resemble the last months of this one, and what came next.

    Beside them stands how often such resemblance foretold anything on past windows, and what always naming the
    commonest direction would have done.

    Example: detente precedents JPN RUS --as-of 2026-02-20
    """
    from detente.record import Record
    from detente.relations.charts import precedents_chart
    from detente.relations.lineage import heir
    from detente.relations.pairs import pair_totals
    from detente.relations.periods import Period
    from detente.relations.precedents import LEAST_ACTS, find_precedents

    drawable(chart)
    named = pair_of(a, b)
    with Record.open(existing_record(record), read_only=True) as store:
        chosen = selection(store, day(since, "--since"), None, day(as_of), origins)
        totals = pair_totals(store, period=Period.MONTH, selection=chosen, at_least=LEAST_ACTS).of_named()
    found = find_precedents(totals, heir(named[0]), heir(named[1]), most=most)
    if csv:
        write_csv(_frame(found), csv)
    if chart:
        if not found.found:
            raise UsageError(f"--chart {chart}: nothing to draw, {found.verdict.why}")
        draw(precedents_chart(totals, found), f"Precedents of {'–'.join(found.pair)}", chart)
    if json:
        print_json(found)
    elif str(csv) != "-":
        _show(found)


def _frame(found: "Precedents") -> "pa.Table":
    import pyarrow as pa

    names = ("a", "b", "since", "until", "distance", "change", "direction")
    rows = [(*p.pair, p.since, p.until, p.distance, p.change, p.direction.value) for p in found.found]
    return pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})


def _show(found: "Precedents") -> None:
    from detente.relations.precedents import WINDOW
    from detente.world import name_of

    out.print(" – ".join(map(name_of, found.pair)), style="bold", markup=False)
    if not found.verdict.enough:
        out.print(f"{found.verdict.why[:1].upper()}{found.verdict.why[1:]}.", markup=False)
        return
    out.print(f"Most like {found.since} … {found.until} ({WINDOW} months), {found.verdict.why}:", markup=False)
    table = Table("pair", "window", "distance", "then", "log-odds", box=None, header_style="dim")
    for p in found.found:
        way = "warmed" if p.direction.value == "better" else "cooled"
        table.add_row("–".join(p.pair), f"{p.since} … {p.until}", f"{p.distance:.2f}", way, f"{p.change:+.2f}")
    out.print(table)
    if found.percentile is not None:
        near = f"The nearest is nearer than that of {percent(1 - found.percentile)} of all windows."
        out.print(near, markup=False)
    _worth(found)


def _worth(found: "Precedents") -> None:
    """Say how often such resemblance foretold anything, beside the floor."""
    if found.skill is None or found.floor is None:
        out.print("Too few past windows to say whether such resemblance foretells anything.")
        return
    better = found.skill > found.floor
    worth = (
        f"right in {percent(found.skill)} of {found.tests} past windows; naming the commonest: {percent(found.floor)}"
    )
    out.print(f"{'Worth something' if better else 'No better than the commonest direction'}: {worth}.", markup=False)
