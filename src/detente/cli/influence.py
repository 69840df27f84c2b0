"""``detente influence``: whether conflict with a third party moves before conflict within a pair."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from detente.cli.brief import pair_of
from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, existing_record, out, print_json
from detente.cli.drawing import Chart, draw, drawable
from detente.cli.measures import Csv, Origins, PeriodName, Since, State, Until, selection, write_csv
from detente.model.errors import UsageError

if TYPE_CHECKING:
    from detente.relations.influence import InfluenceScan
    from detente.relations.pairs import PairTotals

SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(influence)


def influence(
    a: State,
    b: State,
    record: RecordPath = DEFAULT_RECORD,
    third: Annotated[
        list[str] | None, typer.Option("--third", metavar="STATE", help="Only this third party (may be repeated).")
    ] = None,
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    period: PeriodName = "week",
    lags: Annotated[int, typer.Option(min=1, help="Periods of the past that are looked at.")] = 3,
    permutations: Annotated[int, typer.Option(min=99, help="Orders of blocks tried for each p-value.")] = 399,
    origins: Origins = None,
    csv: Csv = None,
    chart: Chart = None,
    json: AsJson = False,
) -> None:
    """Test for every third party whether its conflict with either state moves before the pair's own.

    Each test is against chance that keeps the rhythm of the series (block permutation), and the false-discovery rate
    over all third parties is held at 0.1. "No evidence" is the usual answer. A series that leads helps to foretell;
    that it is the cause does not follow. The chart shows how the pair's conflict answers, with 90 % bands.

    Example: detente influence JPN RUS --third USA --third CHN
    """
    from detente.record import Record
    from detente.relations.influence import LEAST_ACTS, influence_scan
    from detente.relations.pairs import pair_totals
    from detente.relations.periods import Period

    drawable(chart)
    pair, thirds = _parties(a, b, third)
    with Record.open(existing_record(record), read_only=True) as store:
        chosen = selection(store, day(since, "--since"), day(until, "--until"), day(as_of), origins)
        totals = pair_totals(store, period=Period.of(period), selection=chosen, at_least=LEAST_ACTS).of_named()
    if 0 < len(totals.starts) < 8 * lags:
        raise UsageError(
            f"{len(totals.starts)} {period}s of acts are too few; allowed: at least {8 * lags} for {lags} lags"
        )
    scan = influence_scan(totals, *pair, thirds, lags=lags, permutations=permutations)
    if csv:
        write_csv(scan.table, csv)
    if chart:
        _draw(totals, scan, lags, chart)
    if json:
        print_json({"pair": pair, "tested": scan.tested, "verdict": scan.verdict, "rows": scan.table})
    elif str(csv) != "-":
        _show(scan)


def _parties(a: str, b: str, third: list[str] | None) -> tuple[tuple[str, str], list[str] | None]:
    """Return the codes of the pair and of the third parties under which their series run."""
    from detente.relations.lineage import heir
    from detente.world import resolve_code

    named = pair_of(a, b)
    pair = heir(named[0]), heir(named[1])
    thirds = [heir(resolve_code(one)) for one in third] if third else None
    if thirds and set(thirds) & set(pair):
        raise UsageError(f"--third {', '.join(third or ())}: a third party is another than {' and '.join(pair)}")
    return pair, thirds


def _draw(totals: "PairTotals", scan: "InfluenceScan", lags: int, path: Path) -> None:
    from detente.relations.charts import influence_chart
    from detente.relations.influence import responses

    if not scan.tested:
        raise UsageError(f"--chart {path}: nothing to draw, {scan.verdict}")
    spec = influence_chart(scan.pair, responses(totals, scan, lags=lags), str(totals.period))
    draw(spec, f"Influence on {'–'.join(scan.pair)}", path)


def _show(scan: "InfluenceScan") -> None:
    from detente.relations.influence import CALLED_AT
    from detente.world import name_of

    out.print(" – ".join(map(name_of, scan.pair)), style="bold", markup=False)
    out.print(f"{scan.verdict[:1].upper()}{scan.verdict[1:]}.", markup=False)
    rows = scan.table.to_pylist()
    if not rows:
        return
    table = Table("conflict in", "explains", "by chance", "p", "p reverse", "q", "", box=None, header_style="dim")
    for row in rows[:SHOWN]:
        explained = (f"{row['gain']:.1%}", f"{row['chance']:.1%}", f"{row['p']:.3f}", f"{row['p_reverse']:.3f}")
        table.add_row(row["side"], *explained, f"{row['q']:.2f}", "leads" if row["q"] <= CALLED_AT else "")
    out.print(table)
    if len(rows) > SHOWN:
        out.print(f"… and {len(rows) - SHOWN} more; --csv and --json have all", style="dim")
    note = (
        "explains: share of what the pair's own past leaves open; p reverse: does the pair move first? "
        "A low q helps to foretell, it does not prove a cause."
    )
    out.print(note, style="dim")
