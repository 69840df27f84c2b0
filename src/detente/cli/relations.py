"""``detente relations``: a pair's acts per month and quad class, words against deeds."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from detente.cli.brief import pair_of
from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, existing_record, out, print_json
from detente.model.errors import UsageError

if TYPE_CHECKING:
    from detente.relations.series import PairSeries


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(relations)


def relations(
    a: Annotated[str, typer.Argument(metavar="STATE", help="Code or name: JPN, Japan.")],
    b: Annotated[str, typer.Argument(metavar="STATE", help="Code or name: RUS, Russia.")],
    record: RecordPath = DEFAULT_RECORD,
    as_of: AsOf = None,
    since: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="First day of the series.")] = None,
    period: Annotated[str, typer.Option(help="day, week or month.")] = "month",
    json: AsJson = False,
) -> None:
    """Show how many acts of each kind the record holds between two states, words apart from deeds.

    Acts count when they are told as facts and dated as finely as the period; several reports of one act count once.

    Example: detente relations JPN RUS --since 2022-01-01
    """
    from detente.record import Record
    from detente.relations.acts import Selection
    from detente.relations.periods import Period
    from detente.relations.series import pair_series

    pair = pair_of(a, b)
    if period not in list(Period):
        raise UsageError(f"--period {period!r} is not known; allowed: {', '.join(Period)}")
    selection = Selection(since=day(since, "--since"), as_of=day(as_of))
    with Record.open(existing_record(record), read_only=True) as store:
        series = pair_series(store, *pair, period=Period(period), selection=selection)
    if json:
        print_json({"pair": pair, "verdict": series.trend_verdict(), "rows": series.to_arrow().to_pylist()})
    else:
        _show(series)


def _show(series: "PairSeries") -> None:
    from detente.world import name_of

    a, b = map(name_of, series.pair)
    out.print(f"{a} – {b}", style="bold", markup=False)
    out.print(f"{series.trend_verdict().why[:1].upper()}{series.trend_verdict().why[1:]}.", markup=False)
    if series.undated:
        out.print(f"{series.undated} further acts are not dated to a {series.period} and are left out.", style="dim")
    if not series.acts:
        return
    table = Table(
        str(series.period),
        *("coop. words", "hostile words", "coop. deeds", "hostile deeds"),
        "",
        box=None,
        header_style="dim",
    )
    most = int(series.total.sum(axis=1).max())
    for start, words, deeds in zip(series.starts, series.words, series.deeds, strict=True):
        total = int(words.sum() + deeds.sum())
        if total:
            numbers = [str(n) if n else "·" for n in (*words, *deeds)]
            table.add_row(str(start)[:7] if series.period == "month" else str(start), *numbers, _bar(total, most))
    out.print(table)


def _bar(total: int, most: int) -> str:
    return "█" * max(1, round(24 * total / most))
