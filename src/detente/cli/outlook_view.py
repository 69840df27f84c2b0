"""How ``detente outlook`` prints an outlook, the running account and a backtest."""

from collections.abc import Sequence

from rich.table import Table

from detente.cli.common import out
from detente.cli.measures import percent
from detente.outlook import Assumption, Backtest, Outlook, RunningAccount
from detente.outlook.explain import PastAct
from detente.outlook.result import ActForecast, KindForecast, Standing
from detente.world import name_of

TYPES_SHOWN, ACTS_SHOWN, RULES_SHOWN, PAST_SHOWN = 8, 6, 3, 3
SHORT = {Standing.MODEL: "beats floors", Standing.BASE_RATE: "base rate"}


def show(found: Outlook) -> None:
    """Print an outlook; what is hypothetical says so in every heading."""
    mark = " (hypothetical)" if found.hypothetical else ""
    a, b = map(name_of, found.pair)
    out.print(f"{a} – {b}, the {found.horizon} days after {found.as_of}{mark}", style="bold", markup=False)
    for assumption in found.assumed:
        out.print(f"assumes: {assumption}", style="yellow", markup=False)
    known = (found.without or found).known_acts
    out.print(f"{known:,} acts between the two were known", style="dim", markup=False)
    if found.quads:
        out.print(_kinds(f"at least one act{mark}", found.quads))
        ranked = sorted(found.types, key=lambda each: -each.probability)[:TYPES_SHOWN]
        out.print(_kinds(f"likeliest types{mark}", ranked))
        if any(each.standing is Standing.BASE_RATE for each in (*found.quads, *found.types)):
            out.print("base rate: no better than that of all pairs, which is what stands there", style="dim")
    _shift(found, mark)
    _changes(found)
    if found.acts:
        out.print(f"\nMost likely acts{mark}:", style="bold", markup=False)
    for act in found.acts[:ACTS_SHOWN]:
        _act(act, found.assumed)
    for note in found.notes:
        out.print(f"left out: {note}", style="dim", markup=False)


def _kinds(title: str, forecasts: Sequence[KindForecast]) -> Table:
    heads = ("chance (90 %)", "acts", "base rate", "its pace", "Brier, best floor", "standing")
    table = Table(title, *heads, box=None, header_style="dim")
    for each in forecasts:
        check = each.check
        scores = f"{check.model:.3f}, {min(check.base_rate, check.ewma):.3f}"
        chance = f"{percent(each.probability)} ({each.low * 100:.0f}–{each.high * 100:.0f})"
        floors = (percent(each.base_rate), percent(each.ewma), scores, SHORT[each.standing])
        table.add_row(str(each.quad or each.type), chance, f"{each.expected:.1f}", *floors)
    return table


def _shift(found: Outlook, mark: str) -> None:
    shift = found.shift
    if shift is None:
        return
    what = f"Conflict share moves by {percent(shift.size)} or more"
    rates = f"{percent(shift.probability)}, base rate {percent(shift.base_rate)}; {SHORT[shift.standing]}"
    out.print(f"\n{what}{mark}: {rates}", markup=False)


def _changes(found: Outlook) -> None:
    if not found.hypothetical:
        return
    out.print("\nWhat the assumption changes (hypothetical):", style="bold")
    if not found.changes:
        out.print("  nothing: no probability moves")
        return
    table = Table("", "without", "with it", box=None, header_style="dim")
    for kind, before, after in found.changes[:TYPES_SHOWN]:
        table.add_row(kind, f"{before:.1%}", f"{after:.1%}")
    out.print(table)


def _act(act: ActForecast, assumed: Sequence[Assumption]) -> None:
    who = f"{name_of(act.source)} → {act.type} → {name_of(act.target)}"
    chance = f"{percent(act.probability)} (its recent pace alone: {percent(act.recurrency)})"
    out.print(f"  {who}: {chance}, {act.expected:.2f} expected", markup=False)
    for rule in act.explanation.rules[:RULES_SHOWN]:
        out.print(f"      {rule}", style="dim", markup=False)
    past = act.explanation.acts[:PAST_SHOWN]
    if past:
        told = "; ".join(_past(p, assumed) for p in past)
        out.print(f"      past: {told}", style="dim", markup=False)


def _past(act: PastAct, assumed: Sequence[Assumption]) -> str:
    text = f"{act.day} {act.source} {act.type} {act.target}"
    invented = Assumption(act.source, act.type, act.target, act.day) in assumed
    return f"{text} (hypothetical)" if invented else text


def show_account(account: RunningAccount) -> None:
    """Print how the kept forecasts have done."""
    out.print(f"Forecasts kept in the record, scored at the end of {account.as_of}", style="bold", markup=False)
    waiting = f"{account.open:,} not yet due, {account.hypothetical:,} hypothetical (never scored)"
    if not account.accounts:
        out.print(f"None is due yet; {waiting}. Make some with `detente outlook STATE STATE --write`.", markup=False)
        return
    heads = ("forecasts", "came true", "Brier", "base rate's", "log score", "calibration error")
    table = Table("", *heads, box=None, header_style="dim")
    for each in account.accounts:
        briers = (f"{each.brier:.3f}", f"{each.brier_base_rate:.3f}", f"{each.log_score:.3f}")
        table.add_row(each.kind, f"{each.n:,}", f"{each.happened:.0%}", *briers, f"{each.calibration_error:.3f}")
    out.print(table)
    out.print(waiting, style="dim", markup=False)


def show_backtest(result: Backtest) -> None:
    """Print the scores beside their floors; regions are in the files."""
    span = f"{result.origins} origins from {result.first} to {result.last}, {result.horizon} days ahead"
    out.print(f"Backtest: {span}, fitted {result.refits} times", style="bold", markup=False)
    heads = ("forecasts", "came true", "Brier", "base rate's", "recent pace's", "CRPS", "pace's", "calibration error")
    table = Table("at least one act", *heads, box=None, header_style="dim")
    for each in result.kinds:
        if each.region is None:
            briers = (f"{each.brier:.4f}", f"{each.brier_base_rate:.4f}", f"{each.brier_ewma:.4f}")
            counts = (f"{each.crps:.3f}", f"{each.crps_ewma:.3f}", f"{each.calibration_error:.3f}")
            table.add_row(each.kind, f"{each.n:,}", f"{each.happened:.1%}", *briers, *counts)
    out.print(table)
    if result.acts:
        ranks = Table(
            "who is the object", "acts", "MRR", "hits@1", "hits@10", "recurrency's MRR", box=None, header_style="dim"
        )
        for split in result.acts:
            m, floor = split.metrics, split.recurrency
            hits = (f"{m.hits[0]:.1%}", f"{m.hits[-1]:.1%}", f"{floor.mrr:.3f}")
            ranks.add_row(split.split, f"{m.n:,}", f"{m.mrr:.3f}", *hits)
        out.print(ranks)
    for note in result.notes:
        out.print(f"left out: {note}", style="dim", markup=False)
