"""``detente gap``: whether a pair's words are friendlier than its deeds, and which pairs stand out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from detente.cli.brief import pair_of
from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, existing_record, out, print_json
from detente.cli.drawing import Chart, draw, drawable
from detente.cli.measures import Csv, Origins, PeriodName, Since, Until, odds, percent, selection, write_csv
from detente.model.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.record import Record
    from detente.relations.acts import Selection
    from detente.relations.gap import Gap
    from detente.relations.periods import Period
    from detente.relations.series import PairSeries
    from detente.relations.shares import Share

SHOWN = 25
STANDS_OUT = 0.1


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(gap)


def gap(
    states: Annotated[list[str] | None, typer.Argument(metavar="[STATE STATE]", help="The two: JPN RUS.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Compare all pairs of the record.")] = False,
    record: RecordPath = DEFAULT_RECORD,
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    period: PeriodName = "month",
    window: Annotated[int, typer.Option(min=2, help="Periods of each window over time.")] = 12,
    origins: Origins = None,
    csv: Csv = None,
    chart: Chart = None,
    json: AsJson = False,
) -> None:
    """Show the rhetoric-action gap: are a pair's words friendlier than its deeds?

    The gap is a difference of log-odds of cooperation: above 0 words are friendlier, at 1 the odds of a friendly word
    are 2.7 times those of a friendly deed. It is given with its 90 % interval, over the whole stretch, by direction,
    by window, and by leader; where words or deeds are too few, that is said instead. With --all, each pair is shrunk
    toward the others by as much as its evidence is thin.

    Example: detente gap JPN RUS --since 2012-01-01
    """
    from detente.record import Record
    from detente.relations.periods import Period
    from detente.relations.series import pair_series

    if every == bool(states) or (states and len(states) != 2):
        raise UsageError("name what to look at: two states (detente gap JPN RUS), or --all")
    if every and chart:
        raise UsageError("--chart draws one pair; name two states")
    drawable(chart)
    step = Period.of(period)
    with Record.open(existing_record(record), read_only=True) as store:
        chosen = selection(store, day(since, "--since"), day(until, "--until"), day(as_of), origins)
        if not states:
            _scan(store, chosen, step, csv, json)
            return
        series = pair_series(store, *pair_of(*states), period=step, selection=chosen, with_volume=False)
    rows = [*_whole(series), *_windows(series, window), *_leaders(series)]
    if csv:
        write_csv(_frame(rows), csv)
    if chart:
        _draw(series, window, chart)
    if json:
        print_json({"pair": series.pair, "rows": rows})
    elif str(csv) != "-":
        _show(series, rows)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what the gap is of."""

    of: str
    gap: "Gap"


def _whole(series: "PairSeries") -> Iterator[Row]:
    from detente.relations.gap import gap_of
    from detente.world import name_of

    a, b = map(name_of, series.pair)
    for label, direction in (("both", None), (f"{a} → {b}", 0), (f"{b} → {a}", 1)):
        yield Row(label, gap_of(series, direction))


def _windows(series: "PairSeries", window: int) -> Iterator[Row]:
    from detente.relations.gap import gap_over_time

    for found in gap_over_time(series, window, window):
        yield Row(f"{str(found.since)[:7]} … {str(found.until)[:7]}", found)


def _leaders(series: "PairSeries") -> Iterator[Row]:
    from detente.relations.gap import gap_of
    from detente.relations.periods import as_date
    from detente.relations.tenures import tenures_of
    from detente.world import name_of

    if not len(series.starts):
        return
    first, last = as_date(series.starts[0]), as_date(series.starts[-1])
    for code in series.pair:
        for tenure in tenures_of(code, first, last):
            piece = series.cut(tenure.since, tenure.until)
            if len(piece.starts):
                yield Row(f"{name_of(code)}: {tenure.person}", gap_of(piece))


def _share(share: "Share") -> str:
    if not share.total:
        return "none"
    return f"{share.cooperative / share.total:.0%} of {share.total:,}"


def _draw(series: "PairSeries", window: int, path: Path) -> None:
    from detente.relations.charts import gap_chart
    from detente.relations.gap import gap_over_time
    from detente.world import name_of

    found = gap_over_time(series, window, max(1, window // 4))
    if not any(each.gap for each in found):
        raise UsageError(f"--chart {path}: no window of {window} periods has enough words and deeds to draw")
    draw(gap_chart(found), " – ".join(map(name_of, series.pair)), path)


def _show(series: "PairSeries", rows: list[Row]) -> None:
    from detente.world import name_of

    out.print(" – ".join(map(name_of, series.pair)), style="bold", markup=False)
    if not series.acts:
        out.print("The record holds no dated act between the two.")
        return
    out.print("Gap above 0: words friendlier than deeds; below: deeds friendlier than words.", style="dim")
    table = Table("", "coop. words", "coop. deeds", "gap (90 %)", "P(gap > 0)", box=None, header_style="dim")
    thin = 0
    for row in rows:
        found = row.gap.gap
        if found is None and row is not rows[0]:
            thin += 1
            continue
        shown = (odds(found.value, found.low, found.high), percent(found.probability)) if found else ("–", "–")
        table.add_row(row.of, _share(row.gap.words), _share(row.gap.deeds), *shown)
    out.print(table)
    if rows[0].gap.gap is None:
        out.print(f"{rows[0].gap.verdict.why[:1].upper()}{rows[0].gap.verdict.why[1:]}.", markup=False)
    if thin:
        out.print(f"{thin} further lines left out: too few words or deeds to compare (--json has them)", style="dim")


def _frame(rows: list[Row]) -> "pa.Table":
    import pyarrow as pa

    table = []
    for row in rows:
        g, d = row.gap, row.gap.gap
        counts = {"words": g.words.total, "words_share": g.words.share, "deeds": g.deeds.total}
        gaps = {"gap": d and d.value, "low": d and d.low, "high": d and d.high, "probability": d and d.probability}
        dates: dict[str, date | None] = {"since": g.since, "until": g.until}
        table.append({"of": row.of, **dates, **counts, "deeds_share": g.deeds.share, **gaps, "verdict": g.verdict.why})
    return pa.Table.from_pylist(table)


def _scan(store: "Record", chosen: "Selection", step: "Period", csv: Path | None, json: bool) -> None:
    from detente.relations.gap import gap_scan
    from detente.relations.pairs import pair_totals

    scan = gap_scan(pair_totals(store, period=step, selection=chosen, at_least=20).of_named())
    if csv:
        write_csv(scan.table, csv)
    if json:
        print_json({"mean": scan.mean, "spread": scan.spread, "left_out": scan.left_out, "pairs": scan.table})
        return
    if str(csv) == "-":
        return
    pairs = scan.table.to_pylist()
    out.print(f"{len(pairs):,} pairs compared, {scan.left_out:,} with too few words or deeds left out", markup=False)
    if not pairs:
        return
    out.print(f"All pairs: mean gap {scan.mean:+.2f}, spread {scan.spread:.2f}", style="dim", markup=False)
    heads = ["pair", "words", "deeds", "gap", "shrunk (90 %)", "q"]
    table = Table(*heads, box=None, header_style="dim")
    for p in pairs[:SHOWN]:
        counts = (f"{p['words']:,}", f"{p['deeds']:,}", f"{p['gap']:+.2f}")
        table.add_row(f"{p['a']}–{p['b']}", *counts, odds(p["shrunk"], p["low"], p["high"]), f"{p['q']:.2g}")
    out.print(table)
    if not any(p["q"] <= STANDS_OUT for p in pairs):
        out.print(f"No pair stands out from the others at a false-discovery rate of {STANDS_OUT:g}.")
    out.print("q: false-discovery rate at which a pair stands out from the others", style="dim")
