"""Backtests on any record: rolling origins, proper scores beside the floors, split by kind, region and novelty."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detente.model.errors import UsageError
from detente.outlook.acts import TYPES, Acts, ActSource, read_acts
from detente.outlook.fitted import REPLAYED_DAYS
from detente.outlook.floors import recurrency_ranks
from detente.outlook.forecaster import Forecaster
from detente.outlook.pairs import STEP, KindModel, Rows, active_pairs, fit_pairs, stack_rows
from detente.outlook.panel import KINDS, Panel
from detente.outlook.protocol import Metrics
from detente.outlook.regions import region_of_pair
from detente.outlook.scores import ReliabilityBin, brier, calibration_error, crps_counts, log_score, reliability
from detente.outlook.settings import Settings

Progress = Callable[[str, float], None]
"""Told what is being done, and which part of it is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class KindScore:
    """Scores of one kind of act, all pairs or those of one region.

    ``crps`` is in acts; ``crps_ewma`` is that of a Poisson forecast at the recent pace.
    """

    kind: str
    region: str | None
    n: int
    happened: float
    brier: float
    brier_base_rate: float
    brier_ewma: float
    log_score: float
    log_base_rate: float
    crps: float
    crps_ewma: float
    calibration_error: float
    bins: tuple[ReliabilityBin, ...]


@dataclass(frozen=True, slots=True)
class ActScore:
    """Ranks of the objects of each day's acts (single step, time-aware filter, average ties)."""

    split: str
    metrics: Metrics
    recurrency: Metrics
    """The floor: objects ranked by how often the subject did this very act to them lately."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a backtest found; nothing after an origin was known to what was scored there."""

    first: date
    last: date
    horizon: int
    origins: int
    refits: int
    kinds: tuple[KindScore, ...]
    acts: tuple[ActScore, ...]
    notes: tuple[str, ...]


def backtest(
    record: ActSource,
    horizon: int = 7,
    as_of: date | None = None,
    days: int = 120,
    refits: int = 3,
    boosted: bool = False,
    progress: Progress = lambda what, part: None,
) -> Backtest:
    """Forecast again and again as if each origin were today, and score what came.

    Args:
        record: The record.
        horizon: Days ahead.
        as_of: Nothing known later is used, not even as an outcome; ``None`` for all that the record holds.
        days: Length of the stretch over which origins roll, ending ``horizon`` days before the last known day.
        refits: How often the models are fitted anew within it.
        boosted: Whether to use the boosted models.
        progress: Called now and then.

    Raises:
        UsageError: The record is too short.
    """
    acts = read_acts(record, as_of)
    if len(acts) == 0:
        raise UsageError("outlook: the record holds no dated acts; load event data or read reports first")
    end = int(acts.known[-1]) - horizon
    start = end - days
    parts = np.linspace(start, end + 1, refits + 1).astype(int)
    rows: list[tuple[Rows, tuple[KindModel, ...], Panel]] = []
    for number, (first, stop) in enumerate(pairwise(parts)):
        progress("pairs", number / refits)
        models = fit_pairs(acts, int(first), horizon, boosted=boosted)
        panel = Panel.of(acts, active_pairs(acts.known_by(int(first))))
        rows.append((stack_rows(panel, np.arange(first, stop, STEP), horizon), models, panel))
    kinds = tuple(score for kind in KINDS for score in _kind_scores(rows, kind, horizon))
    notes: list[str] = []
    try:
        ranked = _act_scores(acts, start, end + horizon, boosted, progress)
    except UsageError as error:
        ranked, notes = (), [str(error)]
    origins = sum(len(np.unique(part.origin)) for part, _, _ in rows)
    days_ = (date.fromordinal(start), date.fromordinal(end))
    return Backtest(*days_, horizon, origins, refits, kinds, ranked, tuple(notes))


@dataclass(frozen=True, slots=True)
class _Scored:
    """Forecasts of one kind side by side with what happened, shape ``(n,)`` each."""

    probability: NDArray[np.float64]
    base: NDArray[np.float64]
    ewma: NDArray[np.float64]
    mean: NDArray[np.float64]
    count: NDArray[np.int64]
    region: NDArray[np.str_]
    dispersion: float


def _kind_scores(
    parts: Sequence[tuple[Rows, tuple[KindModel, ...], Panel]], kind: str, horizon: int
) -> Iterator[KindScore]:
    index, columns = KINDS.index(kind), []
    for rows, models, panel in parts:
        model = next(each for each in models if each.kind == kind)
        x = rows.x[:, index]
        codes = panel.acts.codes
        regions = np.array([region_of_pair(codes[a], codes[b]) for a, b in panel.pairs] or [""])
        ewma = rows.ewma[:, index].astype(np.float64)
        base = np.full(len(x), model.base_rate)
        columns.append((model.probability(x), base, ewma, model.expected(x), rows.count[:, index], regions[rows.pair]))
    dispersion = float(np.mean([next(m for m in models if m.kind == kind).dispersion for _, models, _ in parts]))
    probability, base, ewma, mean, count, region = (np.concatenate(each) for each in zip(*columns, strict=True))
    scored = _Scored(probability, base, ewma, mean, count, region, dispersion)
    yield _score(scored, kind, None, np.ones(len(scored.count), bool))
    for region in np.unique(scored.region):
        yield _score(scored, kind, str(region), scored.region == region)


def _score(scored: _Scored, kind: str, region: str | None, chosen: NDArray[np.bool_]) -> KindScore:
    p, count = scored.probability[chosen], scored.count[chosen]
    happened, base, ewma = count > 0, scored.base[chosen], scored.ewma[chosen]
    bins = reliability(p, happened)
    pace = -np.log1p(-np.minimum(ewma, 1 - 1e-9))
    return KindScore(
        kind=kind,
        region=region,
        n=len(p),
        happened=float(happened.mean()),
        brier=brier(p, happened),
        brier_base_rate=brier(base, happened),
        brier_ewma=brier(ewma, happened),
        log_score=log_score(p, happened),
        log_base_rate=log_score(base, happened),
        crps=crps_counts(scored.mean[chosen], scored.dispersion, count),
        crps_ewma=crps_counts(pace, 0.0, count),
        calibration_error=calibration_error(bins),
        bins=bins,
    )


def _act_scores(acts: Acts, start: int, end: int, boosted: bool, progress: Progress) -> tuple[ActScore, ...]:
    settings = Settings(boosted=boosted, learned=boosted, scorer_total=8_000)
    forecaster = Forecaster(acts.quads(), settings)
    forecaster.fit(start, start - REPLAYED_DAYS)
    ranks, floor, seen, quad = [], [], [], []
    quads = np.array([each.quad.value for each in TYPES])
    for day in (int(day) for day in forecaster.history.days if start < day <= end):
        progress("acts", (day - start) / (end - start))
        for each in forecaster.forecast(day):
            owner = np.repeat(np.arange(len(each.queries)), each.queries.sizes)
            s, r = each.queries.s[owner], each.queries.r[owner]
            ranks.append(each.ranks())
            floor.append(recurrency_ranks(forecaster.view, each.queries))
            rows = forecaster.view.find("triple", s, r, each.queries.objects)
            seen.append(forecaster.view.tables["triple"].days[rows] > 0)
            quad.append(quads[r % len(TYPES)])
        forecaster.learn(day)
    if not ranks:
        raise UsageError("outlook: no acts fall into the days of the backtest; choose an earlier end or more days")
    rank, plain, before = np.concatenate(ranks), np.concatenate(floor), np.concatenate(seen)
    quad_of = np.concatenate(quad)
    splits = {"all": np.ones(len(rank), bool), "seen before": before, "new": ~before}
    splits |= {str(name): quad_of == name for name in np.unique(quad_of)}
    return tuple(ActScore(name, Metrics.of(rank[at]), Metrics.of(plain[at])) for name, at in splits.items())
