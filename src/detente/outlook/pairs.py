"""Probability of at least one act of each kind between a pair within a horizon, calibrated, beside its floors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.model.errors import UsageError
from detente.outlook.acts import QUAD_CLASSES, Acts
from detente.outlook.panel import KINDS, Moment, Panel
from detente.outlook.quads import Ints
from detente.outlook.regression import Doubles, Line, expit, fit_logistic, fit_poisson
from detente.outlook.scores import ReliabilityBin, brier, reliability
from detente.outlook.shift import BEFORE_DAYS, SHIFT, shifted
from detente.outlook.tables import Floats

if TYPE_CHECKING:
    import lightgbm

LEAST_ACTS = 20
"""Acts by the end of training that a pair needs to be learned from."""
SEEN_BEFORE = 3
"""Acts before an origin that a pair needs for the origin to count."""
HELD_OUT = 0.2
"""Share of the origins, the latest, that calibration and comparison use."""
STEP = 5
"""Days between origins: no multiple of a week, so that no day of the week is taken for the rule."""
MOST_ROWS = 60_000
_TREES = {"objective": "binary", "num_leaves": 12, "learning_rate": 0.06, "min_data_in_leaf": 60, "lambda_l2": 10.0}
_TREES |= {"feature_fraction": 0.6, "bagging_fraction": 0.7, "bagging_freq": 1, "seed": 1, "verbose": -1}
_TREES |= {"num_threads": 1, "deterministic": True, "force_row_wise": True, "max_bin": 63}
_ROUNDS = 70


@dataclass(frozen=True, slots=True)
class Check:
    """Brier scores on the held-out origins: the model's and the floors'."""

    n: int
    happened: float
    model: float
    base_rate: float
    ewma: float

    @property
    def better(self) -> bool:
        """Whether the model beats both floors."""
        return self.model < min(self.base_rate, self.ewma)


@dataclass(frozen=True, slots=True)
class KindModel:
    """One kind of act within one horizon."""

    kind: str
    horizon: int
    base_rate: float
    logistic: Line
    trees: "lightgbm.Booster | None"
    platt: tuple[float, float]
    counts: Line
    dispersion: float
    check: Check
    bins: tuple[ReliabilityBin, ...]

    def probability(self, x: Floats) -> Doubles:
        """Return the calibrated probability of at least one act, for rows ``x``, shape ``(n, features)``."""
        a, b = self.platt
        return expit(a * self.raw(x) + b)

    def raw(self, x: Floats) -> Doubles:
        """Return the log odds before calibration: the logistic regression's, corrected by the trees."""
        return _Raw(self.logistic, self.trees).odds(x)

    def expected(self, x: Floats) -> Doubles:
        """Return the expected number of acts."""
        return np.asarray(np.exp(np.minimum(self.counts.predict(x), np.log(100.0 * self.horizon))))

    def interval(self, probability: float) -> tuple[float, float]:
        """Return the 90 % Jeffreys interval of how often held-out forecasts like this one came true."""
        for each in self.bins:
            if each.low <= probability < each.high or (probability >= 1 and each.high >= 1):
                low, high = each.interval()
                return min(low, probability), max(high, probability)
        return 0.0, 1.0


def floor_probability(moment: Moment, kind: int, horizon: int) -> Doubles:
    """Return the EWMA-Poisson floor: at least one act if acts kept coming at their recent pace."""
    return np.asarray(-np.expm1(-horizon * moment.rate[:, kind].astype(np.float64)))


@dataclass(frozen=True, slots=True)
class Rows:
    """Stacked rows of all pairs and origins: features ``(n, kinds, features)``, counts, floor, shifts, origin, pair."""

    x: Floats
    count: NDArray[np.int64]
    ewma: Floats
    shift: NDArray[np.bool_]
    origin: Ints
    pair: Ints


def active_pairs(acts: Acts, least: int = LEAST_ACTS) -> Ints:
    """Return the undirected pairs with at least ``least`` acts, shape ``(n, 2)``, ascending."""
    low, high = np.minimum(acts.source, acts.target), np.maximum(acts.source, acts.target)
    found, count = np.unique(np.stack([low, high], axis=1), axis=0, return_counts=True)
    return np.ascontiguousarray(found[count >= least])


def stack_rows(panel: Panel, origins: NDArray[np.integer], horizon: int) -> Rows:
    """Collect features and later counts of the pairs seen before each origin."""
    x, count, ewma, shift, origin, pair = [], [], [], [], [], []
    for moment in panel.moments(origins):
        seen = moment.seen >= SEEN_BEFORE
        x.append(moment.features[seen])
        after = panel.counts(moment.day, horizon)
        count.append(after[seen])
        before = panel.counts(moment.day - BEFORE_DAYS, BEFORE_DAYS)
        shift.append(shifted(before, after)[seen])
        ewma.append((-np.expm1(-horizon * moment.rate[seen])).astype(np.float32))
        pair.append(np.flatnonzero(seen).astype(np.int32))
        origin.append(np.full(int(seen.sum()), moment.day, np.int32))
    return Rows(
        x=np.concatenate(x),
        count=np.concatenate(count),
        ewma=np.concatenate(ewma),
        shift=np.concatenate(shift),
        origin=np.concatenate(origin),
        pair=np.concatenate(pair),
    )


def training_origins(acts: Acts, as_of: int, horizon: int, step: int = STEP) -> NDArray[np.int64]:
    """Return origins ``step`` days apart whose horizon has passed by ``as_of``, after a first fifth for warming up."""
    if len(acts) == 0:
        raise UsageError("outlook: the record holds no dated acts; load event data or read reports first")
    first = int(acts.known[0])
    warm = first + max((as_of - first) // 5, 14)
    return np.arange(as_of - horizon, warm, -step, dtype=np.int64)[::-1]


def fit_pairs(
    acts: Acts, as_of: int, horizon: int, kinds: Sequence[str] = KINDS, boosted: bool = True
) -> tuple[KindModel, ...]:
    """Fit one model per kind, and one of shifts, from what was known by ``as_of`` (an ordinal).

    Trees are grown for the quad classes only; the rarer types stay with the logistic regression.

    Raises:
        UsageError: The record is too thin to learn from.
    """
    acts = acts.known_by(as_of)
    pairs, origins = active_pairs(acts), training_origins(acts, as_of, horizon)
    if len(pairs) < 5 or len(origins) < 10:
        raise UsageError(
            f"outlook: {len(pairs)} pairs with {LEAST_ACTS} acts or more and {len(origins)} origins to learn from; "
            "at least 5 pairs and 10 origins are needed"
        )
    stride = max(1, round(len(pairs) * len(origins) / MOST_ROWS))
    rows = stack_rows(Panel.of(acts, pairs), origins[::-1][::stride][::-1], horizon)
    models = [_fit_kind(rows, kind, horizon, boosted and kind in _QUAD_NAMES) for kind in kinds]
    return (*models, _fit_shift(rows, horizon))


_QUAD_NAMES = frozenset(quad.value for quad in QUAD_CLASSES)


def _fit_kind(rows: Rows, kind: str, horizon: int, boosted: bool) -> KindModel:
    index = KINDS.index(kind)
    count = rows.count[:, index]
    return _fit_target(rows, kind, horizon, rows.x[:, index], count, rows.ewma[:, index].astype(np.float64), boosted)


def _fit_shift(rows: Rows, horizon: int) -> KindModel:
    x = rows.x[:, : len(QUAD_CLASSES)].reshape(len(rows.x), -1)
    base = np.full(len(x), float(rows.shift.mean()))
    return _fit_target(rows, SHIFT, horizon, x, rows.shift.astype(np.int64), base, boosted=False)


def _fit_target(
    rows: Rows, kind: str, horizon: int, x: Floats, count: NDArray[np.int64], ewma: Doubles, boosted: bool
) -> KindModel:
    happened = count > 0
    limit = np.quantile(rows.origin, 1 - HELD_OUT)
    held, fitted = rows.origin > limit, rows.origin <= limit - horizon
    if not fitted.any() or not held.any():
        held = np.ones(len(x), bool)
        fitted = held
    base = float(happened[fitted].mean())
    early = _Raw.fit(x[fitted], happened[fitted], boosted)
    platt = _platt(early.odds(x[held]), happened[held])
    probability = expit(platt[0] * early.odds(x[held]) + platt[1])
    check = Check(
        int(held.sum()),
        float(happened[held].mean()),
        brier(probability, happened[held]),
        brier(np.full(int(held.sum()), base), happened[held]),
        brier(ewma[held], happened[held]),
    )
    bins = reliability(probability, happened[held], bins=10)
    line = fit_poisson(x, count)
    mean = np.exp(np.minimum(line.predict(x), np.log(100.0 * horizon)))
    extra = float(((count - mean) ** 2 - mean).sum() / max(float((mean**2).sum()), 1e-9))
    final = _Raw.fit(x, happened, boosted)
    return KindModel(
        *(kind, horizon, float(happened.mean()), final.line, final.trees, platt, line, max(extra, 0.0), check, bins)
    )


@dataclass(frozen=True, slots=True)
class _Raw:
    line: Line
    trees: "lightgbm.Booster | None"

    @classmethod
    def fit(cls, x: Floats, happened: NDArray[np.bool_], boosted: bool) -> "_Raw":
        line = fit_logistic(x, happened)
        if not boosted or not 20 <= int(happened.sum()) <= len(x) - 20:
            return cls(line, None)
        import lightgbm  # slow to load, and answers from a linear fit do without

        data = lightgbm.Dataset(x, label=happened.astype(np.float32), init_score=line.predict(x))
        trees = lightgbm.train(_TREES, data, _ROUNDS)
        return cls(line, trees)

    def odds(self, x: Floats) -> Doubles:
        odds = self.line.predict(x)
        if self.trees is None:
            return odds
        return np.asarray(odds + 0.7 * np.asarray(self.trees.predict(x, raw_score=True, num_threads=1)))


def _platt(odds: Doubles, happened: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and intercept of a logistic recalibration (Platt 1999), pulled toward the identity when thin."""
    if happened.all() or not happened.any():
        return 1.0, 0.0
    line = fit_logistic(odds[:, None].astype(np.float32), happened, ridge=1.0)
    slope = float(line.weight[0] / line.scale[0])
    shift = float(line.intercept - slope * line.mean[0])
    trust = happened.sum() / (happened.sum() + 30.0)
    return 1 + trust * (slope - 1), trust * shift
