"""``detente shifts``: when a pair's relation shifted, or which of all pairs did."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from detente.cli.brief import pair_of
from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, existing_record, out, print_json
from detente.cli.drawing import Chart, draw_pair, drawable
from detente.cli.measures import WORDS, Csv, Origins, Since, percent, rows_bar, selection, write_csv
from detente.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.record import Record
    from detente.relations.acts import Selection
    from detente.relations.online import Delay
    from detente.relations.periods import Period
    from detente.relations.series import PairSeries
    from detente.relations.shifts import Shift, ShiftReport
    from detente.relations.witnesses import Witness

SHOWN = 40
"""Shifts printed of a scan over all pairs; CSV and JSON have all."""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(shifts)


def shifts(
    states: Annotated[list[str] | None, typer.Argument(metavar="[STATE STATE]", help="The pair: JPN RUS.")] = None,
    named: Annotated[
        tuple[str, str] | None, typer.Option("--pair", metavar="STATE STATE", help="The pair, said as an option.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Scan all pairs of the record.")] = False,
    budget: Annotated[float, typer.Option(help="Alarms per pair and year that you are willing to hear.")] = 0.4,
    period: Annotated[str | None, typer.Option(help="week (a pair) or month (all) unless given.")] = None,
    record: RecordPath = DEFAULT_RECORD,
    as_of: AsOf = None,
    since: Since = None,
    origins: Origins = None,
    normalise: Annotated[
        bool, typer.Option("--normalise", help="A pair: take out the growth of reporting as a whole.")
    ] = False,
    delay: Annotated[
        bool, typer.Option("--delay", help="A pair: replay when each shift would first have been spoken of.")
    ] = False,
    acts: Annotated[int, typer.Option(min=0, help="A pair: acts shown of the weeks around each shift.")] = 4,
    workers: Annotated[int, typer.Option(min=1, help="All: processes that scan.")] = 1,
    csv: Csv = None,
    chart: Chart = None,
    json: AsJson = False,
) -> None:
    """Find the shifts of a relation: date with 90 % interval, direction, size, probability, and which channel moved.

    A shift is spoken of only as often as the budget allows, and never when it does not pay for its prior; the rate is
    printed beside the budget. A second method, the twelve periods before against those after, is asked whether it
    agrees. With --as-of only what was known by then counts.

    Example: detente shifts JPN RUS --budget 0.4
    """
    from detente.record import Record
    from detente.relations.periods import Period

    pair = _pair(states, named)
    if every == (pair is not None):
        raise UsageError("name what to look at: two states for one pair, or --all")
    if every and chart:
        raise UsageError("--chart draws one pair; name its two states")
    drawable(chart)
    step = Period.of(period or ("month" if every else "week"))
    with Record.open(existing_record(record), read_only=True) as store:
        chosen = selection(store, day(since, "--since"), None, day(as_of), origins)
        if pair is None:
            _scan(store, chosen, step, budget, workers, csv, json)
            return
        found = _Found(store, pair_of(*pair), chosen, step, budget, normalise, acts, delay)
    if csv:
        write_csv(found.report.to_arrow(), csv)
    if chart:
        draw_pair(found.series, found.report.shifts, chart)
    if json:
        print_json(found.as_json())
    elif str(csv) != "-":
        found.show()


class _Found:
    """What was found of one pair, ready to be shown."""

    def __init__(
        self,
        store: "Record",
        pair: tuple[str, str],
        chosen: "Selection",
        step: "Period",
        budget: float,
        normalise: bool,
        acts: int,
        delay: bool,
    ) -> None:
        from detente.relations.online import delay_of
        from detente.relations.series import pair_series
        from detente.relations.shifts import find_shifts
        from detente.relations.witnesses import witnesses

        self.series: PairSeries = pair_series(store, *pair, period=step, selection=chosen, with_volume=normalise)
        self.report: ShiftReport = find_shifts(self.series, budget, normalise=normalise)
        self.delays: list[Delay] = [delay_of(self.series, s, budget) for s in self.report.shifts] if delay else []
        near = [witnesses(store, shift, chosen, most=acts) if acts else () for shift in self.report.shifts]
        spans = list(dict.fromkeys(w.sentence for found in near for w in found if w.sentence))
        quotes = dict(zip(spans, (e.quote for e in store.evidence_of(spans)), strict=True)) if spans else {}
        self.near: list[list[tuple[Witness, str | None]]] = [
            [(w, " ".join(quotes[w.sentence].split()) if w.sentence else None) for w in found] for found in near
        ]

    def as_json(self) -> dict[str, object]:
        """Return the report with the acts around each shift."""
        around = [
            [
                {
                    **{"first": w.first, "last": w.last, "source": w.source, "target": w.target, "type": w.type},
                    **{"quad": w.quad, "what": w.what, "origin": w.origin, "sentence": w.sentence, "quote": quote},
                }
                for w, quote in near
            ]
            for near in self.near
        ]
        spoken = [{"spoken": d.spoken, "days": d.days} for d in self.delays]
        return {"report": self.report, "around": around, "delays": spoken}

    def show(self) -> None:
        """Print the table, and the acts around each shift."""
        from detente.world import name_of

        report = self.report
        out.print(" – ".join(map(name_of, report.pair)), style="bold", markup=False)
        if not report.verdict.enough:
            out.print(f"{report.verdict.why[:1].upper()}{report.verdict.why[1:]}.", markup=False)
            return
        _rate(len(report.shifts), report.years, report.alarms_per_year, report.budget)
        if not report.shifts:
            out.print("No shift pays for its prior: nothing changes as far as this record tells.")
            return
        out.print(f"Log evidence over “nothing changes”: {report.gain:.1f}", style="dim", markup=False)
        out.print(_table(report.shifts, report.period, self.delays))
        for shift, near in zip(report.shifts, self.near, strict=True):
            _around(shift, near)


def _rate(count: int, years: float, rate: float, budget: float) -> None:
    noun = "shift" if count == 1 else "shifts"
    out.print(f"{count} {noun} in {years:.1f} years: {rate:.2f} alarms a year, budget {budget:g}", markup=False)


def _table(found: "Sequence[Shift]", period: "Period", delays: "list[Delay]", pairs: bool = False) -> Table:
    names = ["pair"] if pairs else []
    heads = [
        "date",
        "90 % interval",
        "direction",
        "prob.",
        "moved most",
        f"acts a {period}",
        "ratio (90 %)",
        "also moved",
    ]
    table = Table(*names, *heads, "2nd method", *(["spoken of"] if delays else []), box=None, header_style="dim")
    for i, shift in enumerate(found):
        moved = next(c for c in shift.changes if c.quad is shift.channel)
        row = [
            *(["–".join(shift.pair)] if pairs else []),
            *(str(shift.when), f"{shift.low} … {shift.high}", shift.direction.value, percent(shift.probability)),
            *(WORDS[shift.channel], f"{moved.before:.2f} → {moved.after:.2f}"),
            *(f"{_times(moved.ratio)} ({moved.low:.2g}–{moved.high:.2g})", _also(shift)),
            "agrees" if shift.agreed else "sees none",
        ]
        table.add_row(*row, *([_delay(delays[i])] if delays else []))
    return table


def _times(ratio: float) -> str:
    return f"×{ratio:.2g}" if ratio < 100 else f"×{ratio:.0f}"


def _also(shift: "Shift") -> str:
    """Name the other channels whose interval leaves out "no change"."""
    others = [c for c in shift.changes if c.quad is not shift.channel and (c.low > 1 or c.high < 1)]
    return ", ".join(f"{WORDS[c.quad]} {_times(c.ratio)}" for c in others)


def _delay(delay: "Delay") -> str:
    return "not within half a year" if delay.spoken is None else f"{delay.spoken} (after {delay.days} days)"


def _around(shift: "Shift", near: "list[tuple[Witness, str | None]]") -> None:
    from detente.world import name_of

    if not near:
        return
    out.print(f"\nAround {shift.when} ({shift.direction}, {shift.channel}):", style="bold", markup=False)
    for witness, quote in near:
        when = f"{witness.first}" if witness.first == witness.last else f"{witness.first} … {witness.last}"
        who = f"{', '.join(map(name_of, witness.source))} → {', '.join(map(name_of, witness.target))}"
        out.print(f"  {when}  {who}  {witness.what} ({witness.quad}, {witness.origin})", markup=False)
        if quote:
            out.print(f"      “{quote}”", style="dim", markup=False)


def _pair(states: "list[str] | None", named: tuple[str, str] | None) -> tuple[str, str] | None:
    """Return the pair that was named, by arguments or by --pair."""
    if states and (named or len(states) != 2):
        raise UsageError(f"a pair is two states, named once; got {' '.join([*states, *(named or ())])}")
    return (states[0], states[1]) if states else named


def _scan(
    store: "Record", chosen: "Selection", step: "Period", budget: float, workers: int, csv: Path | None, json: bool
) -> None:
    from detente.relations.evidence import thresholds
    from detente.relations.pairs import pair_totals
    from detente.relations.scan import scan_shifts, strongest

    totals = pair_totals(store, period=step, selection=chosen, at_least=thresholds().trend_acts).of_named()
    with rows_bar() as bar:
        task = bar.add_task("Scanning …", total=len(totals.pairs))
        scan = scan_shifts(totals, budget, workers=workers, progress=lambda done: bar.advance(task, done))
    if csv:
        write_csv(scan.to_arrow(), csv)
    if json:
        counts = {"judged": scan.judged, "left_out": scan.left_out, "dyad_years": scan.dyad_years}
        rates = {"budget": budget, "alarms_per_year": scan.alarms_per_year, "penalty": scan.penalty}
        print_json({"period": step, **counts, **rates, "shifts": scan.to_arrow()})
        return
    if str(csv) == "-":
        return
    found = strongest(scan, SHOWN)
    count = sum(len(report.shifts) for report in scan.reports)
    out.print(f"{scan.judged:,} pairs judged, {scan.left_out:,} with too little evidence left out", markup=False)
    _rate(count, scan.dyad_years, scan.alarms_per_year, budget)
    if found:
        out.print(_table(found, step, [], pairs=True))
    if count > len(found):
        out.print(f"… and {count - len(found):,} more, weaker ones; --csv and --json have all", style="dim")
