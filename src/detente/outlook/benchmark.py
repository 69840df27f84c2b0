"""Runs the published protocol over a benchmark folder: single step and multi step, time-aware filter, average ties."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.model.errors import UsageError
from detente.outlook.forecaster import Forecaster
from detente.outlook.protocol import Metrics
from detente.outlook.quads import Benchmark, Quads
from detente.outlook.ranked import Ranked
from detente.outlook.scores import calibration_error, reliability
from detente.outlook.settings import Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run over one split scored.

    ``seen`` and ``new`` split the ranks by whether the triple had been seen before the day; ``calibration`` is the
    expected calibration error of the first choices.
    """

    split: str
    all: Metrics
    seen: Metrics
    new: Metrics
    calibration: float


def run_benchmark(benchmark: Benchmark, settings: Settings, split: str, multi_step: bool = False) -> Outcome:
    """Fit on the training days, calibrate on the validation days, and score ``split``.

    Args:
        benchmark: The splits; everything is known only once its day is closed.
        settings: ``horizon`` is overridden: 1, or in the multi-step setting the number of days of the split.
        split: "valid" or "test".
        multi_step: Whether nothing of the split is known while it is forecast.

    Raises:
        UsageError: The split is not there.
    """
    wanted = {"valid": benchmark.valid, "test": benchmark.test}.get(split)
    if wanted is None:
        raise UsageError(f"{benchmark.name}: no split {split!r}; allowed: valid, and test where it is not held back")
    length = int(wanted.day.max() - wanted.day.min()) + 1
    forecaster = Forecaster(benchmark.everything, settings.with_horizon(length if multi_step else 1))
    forecaster.fit(int(benchmark.train.day.max()))
    if split == "test":
        forecaster.freeze()
        forecaster.calibrate(list(_days(forecaster, benchmark.valid)))
    forecaster.freeze()
    return _score(split, forecaster, _days(forecaster, wanted, learn=not multi_step))


def _days(forecaster: Forecaster, quads: Quads, learn: bool = True) -> Iterator[Ranked]:
    for day in np.unique(quads.day):
        yield from forecaster.forecast(int(day))
        if learn:
            forecaster.learn(int(day))


def _score(split: str, forecaster: Forecaster, forecasts: Iterator[Ranked]) -> Outcome:
    ranks, seen, sure, right = [], [], [], []
    for each in forecasts:
        ranks.append(each.ranks())
        seen.append(_seen(forecaster, each))
        probability, correct = each.first_choices()
        sure.append(probability.astype(np.float64))
        right.append(correct)
    rank, before = np.concatenate(ranks), np.concatenate(seen)
    bins = reliability(np.concatenate(sure), np.concatenate(right))
    parts = (Metrics.of(rank), Metrics.of(rank[before]), Metrics.of(rank[~before]))
    return Outcome(split, *parts, calibration_error(bins))


def _seen(forecaster: Forecaster, ranked: Ranked) -> NDArray[np.bool_]:
    queries, history = ranked.queries, forecaster.view
    owner = np.repeat(np.arange(len(queries)), queries.sizes)
    rows = history.find("triple", queries.s[owner], queries.r[owner], queries.objects)
    return np.asarray(history.tables["triple"].days[rows] > 0)
