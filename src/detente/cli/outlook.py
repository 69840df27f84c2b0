"""``detente outlook``: what comes next between two states, how such forecasts did, and what if."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.brief import pair_of
from detente.cli.common import DEFAULT_RECORD, AsJson, AsOf, RecordPath, day, errors, existing_record, out, print_json
from detente.model.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from detente.outlook import Assumption, Backtest
    from detente.record import Record


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(outlook)


def outlook(
    states: Annotated[list[str] | None, typer.Argument(metavar="[STATE STATE]", help="The two: JPN RUS.")] = None,
    horizon: Annotated[str, typer.Option(help="7d, 30d or 90d.")] = "30d",
    assume: Annotated[
        list[str] | None,
        typer.Option("--assume", metavar="'SOURCE TYPE TARGET DAY'", help="What if (may be repeated)."),
    ] = None,
    record: RecordPath = DEFAULT_RECORD,
    as_of: AsOf = None,
    write: Annotated[
        bool, typer.Option("--write", help="Keep the forecasts in the record, to be scored later.")
    ] = False,
    score: Annotated[bool, typer.Option("--score", help="Instead: how the kept forecasts have done.")] = False,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Instead: forecast the past, origin by origin, and score it.")
    ] = False,
    days: Annotated[int, typer.Option(min=7, help="Backtest: length of the stretch of origins.")] = 120,
    refits: Annotated[int, typer.Option(min=1, help="Backtest: how often the models are fitted anew.")] = 3,
    output: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Backtest: also write a page, JSON and CSV files here."),
    ] = None,
    boosted: Annotated[bool, typer.Option("--boosted", help="Boosted models instead of the explainable ones.")] = False,
    json: AsJson = False,
) -> None:
    """Say what the next days may bring between two states, with the floors beside it and the reasons.

    Every probability is calibrated on held-out days and stands beside two trivial forecasts: the base rate of all
    pairs, and the pair's own recent pace kept up. Where the model did not beat them, the base rate is given and that
    is said. The first question about a record fits the models, which is kept for the next one.

    Example: detente outlook JPN RUS --horizon 30d --assume "CHN SANCTION JPN 2026-12-01"
    """
    from detente.record import Record

    modes = [bool(states), score, backtest]
    if sum(modes) != 1 or (states and len(states) != 2):
        raise UsageError("name what to do: two states (detente outlook JPN RUS), --backtest, or --score")
    if not states and (assume or write):
        raise UsageError("--assume and --write go with two states: detente outlook JPN RUS --assume '…'")
    length, today = _days(horizon), day(as_of)
    with Record.open(existing_record(record), read_only=not write) as store:
        if states:
            pair = pair_of(states[0], states[1])
            _answer(store, pair, length, today, _assumed(assume or ()), boosted, write, json)
        elif score:
            _score(store, today, json)
        else:
            _backtest(store, length, today, (days, refits), boosted, output, json)


def _days(horizon: str) -> int:
    from detente.outlook import HORIZONS

    number = horizon.removesuffix("d")
    if not number.isdigit() or int(number) not in HORIZONS:
        raise UsageError(f"--horizon {horizon!r} is not known; allowed: {', '.join(f'{h}d' for h in HORIZONS)}")
    return int(number)


def _assumed(texts: Sequence[str]) -> "tuple[Assumption, ...]":
    """Read assumptions whose actors are named by code or name."""
    from detente.outlook import Assumption
    from detente.world import resolve_code

    found = [Assumption.parse(text) for text in texts]
    return tuple(replace(a, source=resolve_code(a.source), target=resolve_code(a.target)) for a in found)


def _answer(
    store: "Record",
    pair: tuple[str, str],
    horizon: int,
    today: "date | None",
    assumed: "tuple[Assumption, ...]",
    boosted: bool,
    write: bool,
    json: bool,
) -> None:
    from detente.cli.outlook_view import show
    from detente.outlook import outlook as foretell
    from detente.outlook import write_outlook
    from detente.outlook.cache import cached_fit

    _require_acts(store, pair, today)
    with errors.status("Fitting to the record (kept for the next question) …"):
        fitted = cached_fit(store, store.path, today, boosted)
    found = foretell(store, *pair, horizon, today, assumed, fitted)
    kept = write_outlook(store, found) if write else None
    if json:
        print_json({"hypothetical": found.hypothetical, "outlook": found, "changes": found.changes, "written": kept})
        return
    show(found)
    if kept is not None:
        mark = "hypothetical " if found.hypothetical else ""
        out.print(f"\n{kept} new {mark}forecasts kept in {store.path}", markup=False)


def _require_acts(store: "Record", pair: tuple[str, str], today: "date | None") -> None:
    """Refuse a pair of whom nothing is known before the models are fitted, which takes a while."""
    sql = "SELECT 1 FROM acts_as_of(CAST($day AS DATE)) WHERE source = $code OR target = $code LIMIT 1"
    missing = [code for code in pair if not store.query(sql, {"day": today, "code": code}).num_rows]
    if missing:
        raise UsageError(
            f"the record holds no dated act of {' or '.join(missing)}; read reports, load event data, or name others"
        )


def _page(result: "Backtest", folder: Path) -> Path:
    from detente.cli.backtest_page import backtest_page

    path = folder / "backtest.html"
    path.write_text(backtest_page(result), encoding="utf-8")
    return path


def _score(store: "Record", today: "date | None", json: bool) -> None:
    from detente.cli.outlook_view import show_account
    from detente.outlook import score

    account = score(store, today)
    if json:
        print_json(account)
    else:
        show_account(account)


def _backtest(
    store: "Record",
    horizon: int,
    today: "date | None",
    stretch: tuple[int, int],
    boosted: bool,
    output: Path | None,
    json: bool,
) -> None:
    from rich.progress import Progress

    from detente.cli.outlook_view import show_backtest
    from detente.outlook import backtest, write_backtest

    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("Forecasting the past …", total=1.0)

        def told(what: str, part: float) -> None:
            bar.update(task, description=f"Forecasting the past: {what}", completed=part)

        result: Backtest = backtest(store, horizon, today, *stretch, boosted, told)
    files = (*write_backtest(result, output), _page(result, output)) if output else ()
    if json:
        print_json(result)
        return
    show_backtest(result)
    for file in files:
        out.print(f"written to {file}", markup=False)
