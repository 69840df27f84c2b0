"""``detente relations``: a pair's acts per month and quad class, words against deeds, by leader."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from detente.cli.brief import pair_of
from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, existing_record, out, print_json
from detente.cli.drawing import Chart, draw_pair, drawable
from detente.cli.measures import WORDS, Csv, Origins, State, odds, selection, write_csv
from detente.model.errors import UsageError

if TYPE_CHECKING:
    from detente.relations.series import PairSeries
    from detente.relations.tenures import TenureCut


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(relations)


def relations(
    a: State,
    b: State,
    record: RecordPath = DEFAULT_RECORD,
    as_of: AsOf = None,
    since: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="First day of the series.")] = None,
    period: Annotated[str, typer.Option(help="day, week or month.")] = "month",
    origins: Origins = None,
    csv: Csv = None,
    chart: Chart = None,
    json: AsJson = False,
) -> None:
    """Show how many acts of each kind the record holds between two states, words apart from deeds.

    Acts count when they are told as facts and dated as finely as the period; several reports of one act count once.
    Below the months stand the gap between words and deeds, and each leader's time with the change to the one before.

    Example: detente relations JPN RUS --since 2022-01-01
    """
    from detente.record import Record
    from detente.relations.periods import Period
    from detente.relations.series import pair_series
    from detente.relations.smoothing import rate_columns

    pair = pair_of(a, b)
    if period not in list(Period):
        raise UsageError(f"--period {period!r} is not known; allowed: {', '.join(Period)}")
    drawable(chart)
    with Record.open(existing_record(record), read_only=True) as store:
        chosen = selection(store, day(since, "--since"), None, day(as_of), origins)
        series = pair_series(store, *pair, period=Period(period), selection=chosen)
    if csv:
        write_csv(rate_columns(series), csv)
    if chart:
        draw_pair(series, (), chart)
    if json:
        print_json(_json(series))
    elif str(csv) != "-":
        _show(series)
        if series.acts:
            _rates(series)
            _gap(series)
            _leaders(series)


def _json(series: "PairSeries") -> dict[str, Any]:
    from detente.relations.gap import gap_of
    from detente.relations.smoothing import rate_columns, smooth_pair

    rows = {"verdict": series.trend_verdict(), "rows": rate_columns(series).to_pylist()}
    terms = {code: _cuts(series, code) for code in series.pair}
    fits = dict(zip(WORDS, smooth_pair(series).smoothed.fits, strict=True))
    return {"pair": series.pair, **rows, "smoothing": fits, "gap": gap_of(series), "terms": terms}


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


def _rates(series: "PairSeries") -> None:
    from detente.relations.smoothing import smooth_pair

    if not series.trend_verdict().enough:
        return
    found = smooth_pair(series)
    moved = []
    for quad, name in WORDS.items():
        rate, low, high = (float(part[-1]) for part in found.of(quad))
        average = found.fit(quad).average
        if not low <= average <= high:
            bounds = f"90 % {low:.1f}–{high:.1f}"
            moved.append(f"{name} {rate:.1f} a {series.period} ({bounds}), against {average:.1f} on average")
    if moved:
        out.print(f"Latest smoothed rate of {'; of '.join(moved)}.", markup=False)
    else:
        out.print("Latest smoothed rates: none away from the average of its kind (90 %).", style="dim")


def _gap(series: "PairSeries") -> None:
    from detente.relations.gap import gap_of

    found = gap_of(series)
    if found.gap is None:
        out.print(f"Words against deeds: {found.verdict.why}.", style="dim", markup=False)
        return
    which = (
        "friendlier than"
        if found.gap.low > 0
        else "less friendly than"
        if found.gap.high < 0
        else "about as friendly as"
    )
    said, done = (f"{s.cooperative / s.total:.0%} of {s.total:,}" for s in (found.words, found.deeds))
    shown = odds(found.gap.value, found.gap.low, found.gap.high)
    out.print(f"Words are {which} deeds: cooperative {said} words, {done} deeds; gap {shown}", markup=False)


def _cuts(series: "PairSeries", code: str) -> "tuple[TenureCut, ...]":
    from detente.relations.periods import as_date
    from detente.relations.tenures import cut_by_tenures, tenures_of

    if not len(series.starts):
        return ()
    return cut_by_tenures(series, tenures_of(code, as_date(series.starts[0]), as_date(series.starts[-1])))


def _leaders(series: "PairSeries") -> None:
    from detente.world import name_of

    heads = ("from", "to", "acts", "coop. words", "coop. deeds", "words, change", "deeds, change")
    table = Table("leader", *heads, box=None, header_style="dim")
    for code in series.pair:
        for cut in _cuts(series, code):
            shares = (f"{s.cooperative / s.total:.0%}" if s.total else "·" for s in (cut.words, cut.deeds))
            changes = [odds(d.value, d.low, d.high) if d else "·" for d in (cut.words_change, cut.deeds_change)]
            acts = f"{sum(rate.acts for rate in cut.rates):,}"
            who = f"{name_of(code)}: {cut.tenure.person}"
            row = (who, str(cut.since), str(cut.until), acts, *shares, *changes)
            table.add_row(*row, style=None if cut.verdict.enough else "dim")
    if table.row_count:
        out.print()
        out.print(table)
        note = "Changes are log-odds of cooperation against the leader before (90 %); faint: too few acts to compare."
        out.print(note, style="dim")


def _bar(total: int, most: int) -> str:
    return "█" * max(1, round(24 * total / most))
