"""Shifts against labels, annotations and known truth, beside other detectors and "nothing changes".

    python -m bench.relations_shifts [keds] [gdelt] [turing] [simulated]

A rival's threshold or penalty is set in hindsight to the value that hits the most labels within the allowed alarms.
The rivals need the dependency group ``bench``. "own" are well-known dates written down for the project
(``own_dates.csv``) before any detector was run on them.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from bench.relations_labels import (
    Alarm,
    Label,
    Score,
    cover,
    data_folder,
    f1,
    gdelt_scores,
    keds_series,
    labels,
    own_dates,
    score,
    turing_set,
)
from bench.relations_rivals import beast, beast_all, binseg, bocpd, directed, pelt, standard, windows
from numpy.typing import NDArray

from detente.model.codes import Direction
from detente.relations.direction import quad_weights
from detente.relations.periods import Period
from detente.relations.scan import calibrate
from detente.relations.series import PairSeries
from detente.relations.shifts import Shift, find_shifts
from detente.relations.simulation import World, simulate
from detente.relations.values import ValueShift, change_points, find_value_shifts, period_means

Key = tuple[str, tuple[str, str]]
Detect = Callable[[Key, float], Sequence[Alarm]]


@dataclass(frozen=True, slots=True)
class Case:
    """Labelled series as every detector sees them.

    Attributes:
        found: The labels.
        years: Dyad-years of all series.
        starts: First days of the weeks, shape (T,), by key.
        columns: Standardised values, shape (T, C): what changes.
        balance: Shape (T,): what tells the direction.
    """

    found: Sequence[Label]
    years: float
    starts: dict[Key, NDArray[np.datetime64]]
    columns: dict[Key, NDArray[np.float64]]
    balance: dict[Key, NDArray[np.float64]]

    def measure(self, detect: Callable[[Key], Sequence[Alarm]]) -> Score:
        """Run a detector over all series."""
        return score(self.found, list(self.starts), self.years, detect)


def main() -> None:
    """Run the parts named on the command line, all by default."""
    parts = {"keds": keds, "gdelt": gdelt, "turing": turing, "simulated": simulated}
    for name in sys.argv[1:] or parts:
        started = time.perf_counter()
        print(f"== {name}")
        parts[name]()
        print(f"   {time.perf_counter() - started:.0f} s")


def keds() -> None:
    """Counts per week of KEDS-type data."""
    folder = data_folder()
    for head, found in (("", labels(folder)), ("own, ", own_dates())):
        series = keds_series(folder, found)
        case = _counted(found, series)
        print(f"   {head}{len(series)} dyads, {case.years:.0f} dyad-years")
        for budget in (0.30, 0.45):
            _keds_ours(case, series, budget, head)
        if not head:
            _rivals(case, (0.30, 0.45))


def _counted(found: Sequence[Label], series: dict[Key, PairSeries]) -> Case:
    logs = {
        key: np.log1p(np.stack([s.total[:, :2].sum(axis=1), s.total[:, 2:].sum(axis=1)], axis=1))
        for key, s in series.items()
    }
    return Case(
        found,
        sum(len(s.starts) / Period.WEEK.per_year for s in series.values()),
        {key: s.starts for key, s in series.items()},
        {key: np.stack([standard(column) for column in x.T], axis=1) for key, x in logs.items()},
        {key: s.total @ np.array(quad_weights()) for key, s in series.items()},
    )


def _keds_ours(case: Case, series: dict[Key, PairSeries], budget: float, head: str) -> None:
    penalty = calibrate(series.values(), budget)
    together = case.measure(lambda key: _heard(find_shifts(series[key], budget, penalty=penalty).shifts))
    alone = case.measure(lambda key: _heard(find_shifts(series[key], budget).shifts))
    missed = f"; missed {', '.join(together.missed)}" if not head else ""
    print(f"   {head}budget {budget}: one penalty for all ({penalty:.1f})  {together}{missed}")
    print(f"   {head}budget {budget}: each pair alone           {alone}")


def gdelt() -> None:
    """Daily scores of GDELT dyads."""
    folder = data_folder()
    for head, found in (("", labels(folder)), ("own, ", own_dates())):
        scores = gdelt_scores(folder, found)
        weekly = {("gdelt", pair): period_means(*score_of, Period.WEEK) for pair, score_of in scores.items()}
        values = {key: np.nan_to_num(means) for key, (_, means) in weekly.items()}
        years = sum((days[-1] - days[0]).astype(int) / 365.25 for days, _ in scores.values())
        columns = {key: standard(x)[:, None] for key, x in values.items()}
        case = Case(found, years, {key: steps for key, (steps, _) in weekly.items()}, columns, values)
        print(f"   {head}{len(scores)} dyads, {case.years:.0f} dyad-years")
        for budget in (0.30, 0.50):
            _gdelt_ours(case, scores, budget, head)
        if not head:
            _rivals(case, (0.30, 0.50))


def _gdelt_ours(
    case: Case,
    scores: dict[tuple[str, str], tuple[NDArray[np.datetime64], NDArray[np.float64]]],
    budget: float,
    head: str,
) -> None:
    def at(key: Key, penalty: float) -> list[Alarm]:
        return _heard(find_value_shifts(*scores[key[1]], penalty=penalty).shifts)

    for penalty in [4.0 * 1.1**i for i in range(40)]:
        together = case.measure(partial(at, penalty=penalty))
        if together.alarms_per_year <= budget:
            break
    alone = case.measure(lambda key: _heard(find_value_shifts(*scores[key[1]], budget).shifts))
    missed = f"; missed {', '.join(together.missed)}" if not head else ""
    print(f"   {head}budget {budget}: one penalty for all ({penalty:.1f})  {together}{missed}")
    print(f"   {head}budget {budget}: each pair alone           {alone}")


def _heard(shifts: Sequence[Shift] | Sequence[ValueShift]) -> list[Alarm]:
    return [(s.when, s.direction is Direction.BETTER) for s in shifts]


def _rivals(case: Case, budgets: Sequence[float]) -> None:
    def told(key: Key, changes: Sequence[int]) -> list[Alarm]:
        return directed(case.starts[key], case.balance[key], changes)

    beasts: dict[Key, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}

    def by_beast(key: Key, least: float) -> list[Alarm]:
        places, chances = beasts.setdefault(key, beasts.get(key) or beast_all(standard(case.balance[key])))
        return told(key, sorted(int(p) for p in places[chances >= least]))

    rivals: dict[str, tuple[Detect, Sequence[float]]] = {
        "twelve-week windows": (lambda k, t: windows(case.starts[k], case.balance[k], t), list(np.linspace(1, 12, 45))),
        "ruptures PELT l2": (lambda k, p: told(k, pelt(case.columns[k], p)), list(np.geomspace(1, 300, 40))),
        "Rbeast": (by_beast, list(np.linspace(0.05, 1.0, 39))),
        "BOCPD": (lambda k, h: told(k, bocpd(case.columns[k], h)), list(np.geomspace(1e-15, 0.05, 25))),
    }
    for name, (detect, settings) in rivals.items():
        try:
            scores = [case.measure(partial(_at, detect, setting)) for setting in settings]
        except ModuleNotFoundError as error:
            print(f"   {name}: not run, {error.name} is not installed (uv sync --group bench)")
            continue
        for budget in budgets:
            within = [one for one in scores if one.alarms_per_year <= budget]
            best = max(within, key=lambda one: (one.hits, -one.alarms_per_year), default=None)
            least = min(scores, key=lambda one: one.alarms_per_year)
            shown = best or f"never within the budget; at the least {least}"
            print(f"   budget {budget}: {name}, in hindsight  {shown}")
    for budget in budgets:
        print(f"   budget {budget}: nothing changes  recall 0.00 at 0.00/year")


def _at(detect: Detect, setting: float, key: Key) -> Sequence[Alarm]:
    return detect(key, setting)


def turing() -> None:
    """The Turing change-point set, everything at its default."""
    table = turing_set(data_folder())
    rivals: dict[str, Callable[[NDArray[np.float64]], Sequence[int]]] = {
        "detente": change_points,
        "nothing changes": lambda _: [],
        "ruptures PELT l2, penalty 2 log T": lambda x: pelt(standard(x)[:, None], 2 * np.log(len(x))),
        "ruptures binary segmentation l2, 2 log T": lambda x: binseg(standard(x), 2 * np.log(len(x))),
        "Rbeast, probability of 0.5": lambda x: beast(standard(x), 0.5),
        "BOCPD, one change in 100": lambda x: bocpd(standard(x)[:, None], 0.01),
    }
    print(f"   {len(table)} series")
    for name, detect in rivals.items():
        try:
            found = {key: list(detect(values)) for key, (values, _) in table.items()}
        except ModuleNotFoundError as error:
            print(f"   {name:42} not run, {error.name} is not installed (uv sync --group bench)")
            continue
        covers = [cover(people, found[key], len(values)) for key, (values, people) in table.items()]
        f1s = [f1(people, found[key]) for key, (_, people) in table.items()]
        print(f"   {name:42} cover {np.mean(covers):.3f}  F1 {np.mean(f1s):.3f}")


def simulated() -> None:
    """Known truth: coverage of the 90 % intervals, false alarms against the budget."""
    worlds = [("nothing changes", World(shifts=0)), ("one shift", World(shifts=1)), ("two shifts", World(shifts=2))]
    worlds += [("one shift, clumped", World(shifts=1, size=0.5)), ("one shift, Poisson", World(shifts=1, size=None))]
    worlds += [("months", World(length=240, period=Period.MONTH, shifts=2, least_gap=18))]
    for name, world in worlds:
        generator = np.random.default_rng(12345)
        inside: list[bool] = []
        false, wanted, years = 0, 0, 0.0
        for _ in range(300):
            dyad = simulate(world, generator)
            report = find_shifts(dyad.series, 1.0)
            years += report.years
            wanted += len(dyad.changes)
            reach = max(9, round(183 / world.period.days))
            for shift in report.shifts:
                index = int(np.searchsorted(dyad.series.starts, np.datetime64(shift.when, "D")))
                near = [c for c in dyad.changes if abs(c - index) <= reach]
                false += not near
                if near:
                    truth = dyad.series.starts[min(near, key=lambda c: abs(c - index))]
                    inside.append(bool(np.datetime64(shift.low) <= truth <= np.datetime64(shift.high)))
        covered = f"90 % intervals cover {np.mean(inside):.3f} of {len(inside)}" if inside else ""
        rate = f"false alarms {false / years:.3f}/year of a budget of 1.0"
        print(f"   {name:20} {rate}; found {len(inside)}/{wanted}; {covered}")


if __name__ == "__main__":
    main()
