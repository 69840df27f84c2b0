"""``detente triad``: three states' signed ties and wedge candidates, or the balance of the whole network."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from rich.table import Table

from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, existing_record, out, print_json
from detente.cli.drawing import Chart, draw, drawable
from detente.cli.measures import Csv, Origins, PeriodName, Since, Until, percent, selection, write_csv
from detente.model.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.relations.pairs import PairTotals
    from detente.relations.triads import SignedTie, Triad
    from detente.relations.wedge import WedgeCandidate

SIGNS = {1: "+", -1: "−", None: "?"}
SHOWN = 12
"""Wedge candidates printed; CSV has the ties, JSON all."""


class _Window(NamedTuple):
    """A window's name, its first and last day (None for the whole stretch), and the triad in it."""

    label: str
    days: tuple[date, date] | None
    triad: "Triad"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(triad)


def triad(
    states: Annotated[
        list[str] | None, typer.Argument(metavar="[STATE STATE STATE]", help="The three: JPN CHN RUS.")
    ] = None,
    network: Annotated[
        bool, typer.Option("--network", help="Instead: the balance of the network of all states.")
    ] = False,
    record: RecordPath = DEFAULT_RECORD,
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    period: PeriodName = "month",
    window: Annotated[int, typer.Option(min=2, help="Periods of each window.")] = 12,
    samples: Annotated[
        int, typer.Option(min=0, help="Network: chance networks whose frustration is solved exactly.")
    ] = 20,
    origins: Origins = None,
    csv: Csv = None,
    chart: Chart = None,
    json: AsJson = False,
) -> None:
    """Show the ties of three states window by window, and wedge candidates among them.

    A tie is + when its cooperative share lies above one half with at least 80 % probability, − when below, ? when it
    cannot be told. A wedge is one state courting a second while at odds with a third, with the other two friends.
    What is found is a candidate with its numbers, never a verdict; beside it stands how often the two friends cool
    anyway.

    Example: detente triad JPN CHN RUS --since 2010-01-01
    """
    from detente.record import Record
    from detente.relations.pairs import pair_totals
    from detente.relations.periods import Period

    codes = _codes(states, network)
    drawable(chart)
    step = Period.of(period)
    with Record.open(existing_record(record), read_only=True) as store:
        chosen = selection(store, day(since, "--since"), day(until, "--until"), day(as_of), origins)
        totals = pair_totals(store, period=step, selection=chosen, among=codes or None).of_named()
    if network:
        from detente.cli.network import show_network

        show_network(totals, samples, csv, chart, json)
    else:
        _three(totals, (codes[0], codes[1], codes[2]), window, csv, chart, json)


def _codes(states: list[str] | None, network: bool) -> tuple[str, ...]:
    """Return the codes of the three states, none for the whole network."""
    from detente.relations.lineage import heir
    from detente.world import resolve_code

    if network == bool(states) or (states and len(states) != 3):
        raise UsageError("name what to look at: three states (detente triad JPN CHN RUS), or --network")
    codes = tuple(heir(resolve_code(state)) for state in states or ())
    if len(set(codes)) != len(codes):
        raise UsageError(f"{', '.join(states or ())}: a triad needs three different actors")
    return codes


def _three(
    totals: "PairTotals", codes: tuple[str, str, str], window: int, csv: Path | None, chart: Path | None, json: bool
) -> None:
    from detente.relations.wedge import find_wedges

    triads, wedges = _over_time(totals, codes, window), find_wedges(totals, [codes], window)
    if csv:
        write_csv(_frame(triads), csv)
    if chart:
        _draw(triads, wedges, chart)
    if json:
        windows = [{"window": label, "triad": found} for label, _, found in triads]
        print_json({"states": codes, "windows": windows, "wedge_candidates": wedges})
    elif str(csv) != "-":
        _show(codes, triads, wedges)


def _over_time(totals: "PairTotals", codes: tuple[str, str, str], window: int) -> "list[_Window]":
    """Judge the windows that end with the last period, and the whole stretch."""
    from detente.relations.periods import as_date, end_of
    from detente.relations.triads import triad_of

    found = []
    length = len(totals.starts)
    for first in range(length % window, length, window):
        low, last = as_date(totals.starts[first]), totals.starts[first + window - 1]
        until = end_of(last, totals.period)
        found.append(_Window(f"{low} … {until}", (low, until), triad_of(totals, *codes, low, as_date(last))))
    return [*found, _Window("the whole", None, triad_of(totals, *codes))] if length else []


def _draw(windows: "list[_Window]", wedges: "tuple[WedgeCandidate, ...]", path: Path) -> None:
    from detente.relations.charts import triad_chart

    dated = [(*w.days, w.triad) for w in windows if w.days is not None]
    if not any(tie.share.total for *_, found in dated for tie in found.ties):
        raise UsageError(f"--chart {path}: the record holds no window with a dated act between any two of them")
    draw(triad_chart(dated, wedges), " – ".join(dated[0][2].states), path)


def _tie(tie: "SignedTie") -> str:
    if not tie.share.total:
        return f"{SIGNS[tie.sign]} no acts"
    return f"{SIGNS[tie.sign]} {percent(tie.share.share)} of {tie.share.total:,}"


def _show(codes: tuple[str, ...], triads: "list[_Window]", wedges: "tuple[WedgeCandidate, ...]") -> None:
    from detente.world import name_of

    out.print(" – ".join(map(name_of, codes)), style="bold", markup=False)
    if not any(tie.share.total for _, _, found in triads for tie in found.ties):
        out.print("The record holds no dated act between any two of them.")
        return
    a, b, c = codes
    table = Table("cooperative share", f"{a}–{b}", f"{a}–{c}", f"{b}–{c}", "triangle", box=None, header_style="dim")
    for label, _, found in triads:
        balance = {True: "balanced", False: "unbalanced", None: "open"}[found.is_balanced]
        table.add_row(label, *map(_tie, found.ties), balance if found.kind is None else f"{found.kind} {balance}")
    out.print(table)
    if not wedges:
        out.print("No window shows one of them courting another's friend while at odds with that other.")
    for wedge in wedges[:SHOWN]:
        _wedge(wedge)
    if len(wedges) > SHOWN:
        out.print(f"… and {len(wedges) - SHOWN} more candidates; --json has all", style="dim")


def _wedge(wedge: "WedgeCandidate") -> None:
    from detente.world import name_of

    a, b, c = map(name_of, (wedge.driver, wedge.courted, wedge.rival))
    out.print(f"\nWedge candidate, {wedge.since} … {wedge.until}: {a} courts {b}, at odds with {c}", markup=False)
    rose = wedge.courtship
    out.print(f"  {a}–{b} warmed by {rose.value:.2f} log-odds ({rose.low:.2f} to {rose.high:.2f})", markup=False)
    out.print(f"  {a}–{c} {_tie(wedge.odds)}   {b}–{c} {_tie(wedge.friendship)}", markup=False)
    base = f"they cool after {percent(wedge.base_rate)} of {wedge.windows} windows anyway"
    if wedge.cooling is None:
        out.print(f"  {b}–{c} afterwards: not known (too early or too few acts); {base}", markup=False)
        return
    way = "cooled" if wedge.cooling.high < 0 else "warmed" if wedge.cooling.low > 0 else "did not move credibly"
    moved = f"{wedge.cooling.value:+.2f} ({wedge.cooling.low:+.2f} to {wedge.cooling.high:+.2f})"
    out.print(f"  {b}–{c} afterwards {way}: {moved}; {base}", markup=False)


def _frame(triads: "list[_Window]") -> "pa.Table":
    import pyarrow as pa

    rows = [
        {
            **{"window": label, "a": tie.pair[0], "b": tie.pair[1], "acts": tie.share.total},
            **{"share": tie.share.share, "low": tie.share.low, "high": tie.share.high, "sign": tie.sign},
            **{"triangle": found.kind, "balanced": found.is_balanced},
        }
        for label, _, found in triads
        for tie in found.ties
    ]
    return pa.Table.from_pylist(rows)
