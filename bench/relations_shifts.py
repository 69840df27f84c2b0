"""Shifts against labels and annotations, beside "nothing changes", twelve-week windows and ruptures' PELT.

    python -m bench.relations_shifts [keds] [gdelt] [turing] [simulated]

A rival's threshold or penalty is set in hindsight to the value that hits the most labels within the allowed alarms.
"""

import sys
import time
import warnings
from collections.abc import Callable, Sequence
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
    score,
    turing_set,
)

from detente.model.codes import Direction
from detente.relations.periods import Period, as_date
from detente.relations.scan import calibrate
from detente.relations.shifts import find_shifts
from detente.relations.simulation import World, simulate
from detente.relations.values import change_points, find_value_shifts, period_means
from detente.relations.windows import window_shifts

Key = tuple[str, tuple[str, str]]


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
    found = labels(folder)
    series = keds_series(folder, found)
    keys, years = list(series), sum(len(s.starts) / Period.WEEK.per_year for s in series.values())
    print(f"   {len(keys)} dyads, {years:.0f} dyad-years")
    for budget in (0.30, 0.45):
        penalty = calibrate(series.values(), budget)

        def together(key: Key, budget: float = budget, penalty: float = penalty) -> list[Alarm]:
            report = find_shifts(series[key], budget, penalty=penalty)
            return [(s.when, s.direction is Direction.BETTER) for s in report.shifts]

        def alone(key: Key, budget: float = budget) -> list[Alarm]:
            return [(s.when, s.direction is Direction.BETTER) for s in find_shifts(series[key], budget).shifts]

        ours = score(found, keys, years, together)
        print(f"   budget {budget}: one penalty for all ({penalty:.1f})  {ours}; missed {', '.join(ours.missed)}")
        print(f"   budget {budget}: each pair alone           {score(found, keys, years, alone)}")

        def windows(key: Key, threshold: float) -> list[Alarm]:
            found_here = window_shifts(series[key], threshold)
            return [(as_date(series[key].starts[i]), way is Direction.BETTER) for i, way in found_here]

        def pelt(key: Key, penalty: float) -> list[Alarm]:
            total = series[key].total.astype(float)
            two = np.stack([total[:, 0] + total[:, 1], total[:, 2] + total[:, 3]], axis=1)
            return _alarms(series[key].starts, two[:, 0] - two[:, 1], _pelt(two, penalty))

        _rival("twelve-week windows", found, keys, years, windows, np.linspace(2, 12, 41), budget)
        _rival("ruptures PELT l2", found, keys, years, pelt, np.geomspace(1, 1000, 30), budget)
    print("   nothing changes: recall 0.00 at 0.00/year")


def gdelt() -> None:
    """Daily scores of GDELT dyads."""
    folder = data_folder()
    found = labels(folder)
    scores = gdelt_scores(folder, found)
    keys: list[Key] = [("gdelt", pair) for pair in scores]
    years = len(keys) * float((next(iter(scores.values()))[0][[0, -1]].astype(int) @ [-1, 1]) / 365.25)
    weekly = {("gdelt", pair): period_means(scores[pair][0], scores[pair][1], Period.WEEK) for pair in scores}
    ladder = [4.0 * 1.1**i for i in range(40)]
    for budget in (0.30, 0.50):

        def ours(key: Key, penalty: float) -> list[Alarm]:
            report = find_value_shifts(scores[key[1]][0], scores[key[1]][1], penalty=penalty)
            return [(s.when, s.direction is Direction.BETTER) for s in report.shifts]

        def alone(key: Key, budget: float = budget) -> list[Alarm]:
            return [
                (s.when, s.direction is Direction.BETTER)
                for s in find_value_shifts(scores[key[1]][0], scores[key[1]][1], budget).shifts
            ]

        for penalty in ladder:
            together = score(found, keys, years, partial(ours, penalty=penalty))
            if together.alarms_per_year <= budget:
                break
        print(
            f"   budget {budget}: one penalty for all ({penalty:.1f})  {together}; missed {', '.join(together.missed)}"
        )
        print(f"   budget {budget}: each pair alone           {score(found, keys, years, alone)}")

        def windows(key: Key, threshold: float) -> list[Alarm]:
            steps, means = weekly[key]
            return _window_alarms(steps, np.nan_to_num(means), threshold)

        def pelt(key: Key, penalty: float) -> list[Alarm]:
            steps, means = weekly[key]
            x = np.nan_to_num(means)
            return _alarms(steps, x, _pelt((x / x.std())[:, None], penalty))

        _rival("twelve-week windows", found, keys, years, windows, np.linspace(1, 10, 41), budget)
        _rival("ruptures PELT l2", found, keys, years, pelt, np.geomspace(1, 200, 30), budget)


def turing() -> None:
    """The Turing change-point set, everything at its default."""
    table = turing_set(data_folder())
    rivals: dict[str, Callable[[np.ndarray], Sequence[int]]] = {
        "detente": change_points,
        "nothing changes": lambda _: [],
        "ruptures PELT l2, penalty 2 log T": lambda x: _pelt(_standard(x)[:, None], 2 * np.log(len(x))),
        "ruptures binary segmentation l2, 2 log T": lambda x: _binseg(_standard(x), 2 * np.log(len(x))),
    }
    print(f"   {len(table)} series")
    for name, detect in rivals.items():
        found = {key: list(detect(values)) for key, (values, _) in table.items()}
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
        inside, false, hits, wanted, years = [], 0, 0, 0, 0.0
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
                    inside.append(np.datetime64(shift.low) <= truth <= np.datetime64(shift.high))
                    hits += 1
        covered = f"90 % intervals cover {np.mean(inside):.3f} of {len(inside)}" if inside else ""
        print(
            f"   {name:20} false alarms {false / years:.3f}/year of a budget of 1.0; found {hits}/{wanted}; {covered}"
        )


def _rival(
    name: str,
    found: Sequence[Label],
    keys: Sequence[Key],
    years: float,
    detect: Callable[[Key, float], Sequence[Alarm]],
    settings: Sequence[float] | np.ndarray,
    budget: float,
) -> None:
    best: Score | None = None
    for setting in settings:
        one = score(found, keys, years, partial(_with, detect, float(setting)))
        if one.alarms_per_year <= budget and (best is None or one.hits > best.hits):
            best = one
    print(f"   budget {budget}: {name}, in hindsight  {best}")


def _with(detect: Callable[[Key, float], Sequence[Alarm]], setting: float, key: Key) -> Sequence[Alarm]:
    return detect(key, setting)


def _alarms(starts: np.ndarray, net: np.ndarray, changes: Sequence[int]) -> list[Alarm]:
    ends = [0, *changes, len(net)]
    return [
        (as_date(starts[c]), bool(net[c : ends[i + 2]].mean() > net[ends[i] : c].mean())) for i, c in enumerate(changes)
    ]


def _window_alarms(steps: np.ndarray, x: np.ndarray, threshold: float, window: int = 12) -> list[Alarm]:
    z = np.zeros(len(x))
    for t in range(window, len(x) - window):
        left, right = x[t - window : t], x[t : t + window]
        z[t] = (right.mean() - left.mean()) / np.sqrt((left.var() + right.var()) / window + 1e-9)
    kept: list[int] = []
    for t in np.argsort(-np.abs(z)):
        if abs(z[t]) < threshold:
            break
        if all(abs(int(t) - k) >= window for k in kept):
            kept.append(int(t))
    return [(as_date(steps[t]), bool(z[t] > 0)) for t in kept]


def _standard(x: np.ndarray) -> np.ndarray:
    filled = np.where(np.isfinite(x), x, np.nanmean(x))
    return np.asarray((filled - filled.mean()) / (filled.std() or 1.0))


def _pelt(x: np.ndarray, penalty: float) -> list[int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ruptures

        return [int(c) for c in ruptures.KernelCPD(kernel="linear", min_size=2).fit(x).predict(pen=penalty)[:-1]]


def _binseg(x: np.ndarray, penalty: float) -> list[int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ruptures

        return [int(c) for c in ruptures.Binseg(model="l2", jump=1).fit(x[:, None]).predict(pen=penalty)[:-1]]


if __name__ == "__main__":
    main()
