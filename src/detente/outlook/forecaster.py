"""The forecaster: one pass over day-ordered events that fits counts, rules, profiles and scorers, then forecasts."""

import copy
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import logit

from detente.model.errors import UsageError
from detente.outlook.boosted import Boosted, fit_boosted
from detente.outlook.features import features
from detente.outlook.history import History
from detente.outlook.logit import Logit, fit_logit, softmax_by_group
from detente.outlook.profiles import Profiles
from detente.outlook.quads import Ints, Quads
from detente.outlook.queries import Queries
from detente.outlook.ranked import Ranked, Samples
from detente.outlook.regression import expit, fit_logistic
from detente.outlook.retrieval import TERMS, best, first_guess, score_all, terms_at
from detente.outlook.rules import Rules, gather
from detente.outlook.scene import Scene, State, set_scene
from detente.outlook.settings import Settings
from detente.outlook.tables import Floats
from detente.outlook.towers import Past, Towers, look_back

_BATCH = 64
_EASY = 0.25
"""Share of the wrong candidates kept at random, so that the scorers also know what is plainly wrong."""


@dataclass(slots=True)
class Forecaster:
    """Fits while it streams; after ``fit`` it forecasts the days that follow, one after another.

    Args:
        quads: All events, those of the days to be forecast included; none is looked at before its day is closed.
        settings: See ``Settings``.
    """

    quads: Quads
    settings: Settings = field(default_factory=Settings)
    history: History = field(init=False)
    rules: Rules = field(init=False)
    profiles: Profiles = field(init=False, default_factory=Profiles)
    towers: Towers | None = field(init=False, default=None)
    first: Logit | None = field(init=False, default=None)
    logit: Logit | None = field(init=False, default=None)
    trees: Boosted | None = field(init=False, default=None)
    names: tuple[str, ...] = field(init=False, default=())
    calibration: tuple[float, float] = field(init=False, default=(1.0, 0.0))
    view: History = field(init=False)
    _until: int | None = field(init=False, default=None)
    _replay: list[tuple[Past, sparse.csr_array]] = field(init=False, default_factory=list)
    _rng: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self.history = self.view = History(self.quads)
        self.rules = Rules(self.history.space.relations)
        self._rng = np.random.default_rng(self.settings.seed)
        if self.settings.learned:
            self.towers = Towers(self.history.space.entities, self.history.space.relations)

    def fit(self, last: int, first: int | None = None) -> None:
        """Learn from the days up to and including ``last``; what was before ``first`` is counted but not replayed.

        Raises:
            UsageError: There are too few days or events to learn from.
        """
        days = [int(day) for day in self.history.days if day <= last and (first is None or day >= first)]
        if len(days) < 10:
            raise UsageError(f"outlook: {len(days)} days with events up to day {last}; at least 10 are needed")
        if first is not None and np.any(self.history.days < first):
            self.history.close_until(first - 1)
        warm, second = (days[int(len(days) * share)] for share in (self.settings.warm, self.settings.first))
        short, full = Samples(), Samples()
        days_left = sum(day >= second for day in days)
        per_day = min(self.settings.scorer_queries, max(self.settings.scorer_total // days_left, 1))
        for day in days:
            queries = self._open(day)
            if day == warm:
                self._replay_warm()
            if day >= warm:
                self.profiles.follow(self.view, day)
            if warm <= day < second:
                self._sample_first(queries, short)
            elif day >= second:
                if self.first is None:
                    self.first = fit_logit(TERMS, *short.stacked())
                self._sample_second(queries.sample(per_day, self._rng), full)
            self._learn(queries, keep=day < warm)
            self.history.close(day)
        x, answer, sizes = full.stacked()
        self.logit = fit_logit(self.names, x, answer, sizes)
        if self.settings.boosted:
            self.trees = fit_boosted(self.names, x, answer, sizes, self.settings.rounds, self.settings.threads)

    def over(self, history: History, day: int) -> "Forecaster":
        """Return a forecaster with the same weights and rules that looks at another history on ``day``."""
        other = copy.copy(self)
        other.history = other.view = history
        other.quads, other.profiles = history.quads, Profiles()
        other.profiles.follow(history, day)
        return other

    def forecast(self, day: int, queries: Queries | None = None) -> Iterator[Ranked]:
        """Forecast ``queries``, or those that the events of ``day`` pose, from the days closed before."""
        posed = self._open(day) if queries is None else queries
        self.profiles.follow(self.view, day)
        state = self.state()
        yield from self._map(lambda batch: self.rank(state, batch), posed.batches(_BATCH))

    def learn(self, day: int) -> None:
        """Close ``day``: its events become known, and rules and profiles learn from them."""
        self._learn(self._open(day), keep=False)
        self.history.close(day)

    def state(self) -> State:
        """Return the state that queries are asked of now."""
        return State(self.view, self.profiles, self.rules.confidences(), self.towers)

    def rank(self, state: State, queries: Queries) -> Ranked:
        """Rank the actors for one batch of queries of one day."""
        scene, first, candidates = self.candidates(state, queries)
        chosen = np.take_along_axis(first, candidates, axis=1)
        _, x = features(scene, candidates, chosen)
        score = self.score(x)
        sizes = np.full(len(queries), candidates.shape[1])
        share = softmax_by_group(score.ravel(), sizes).reshape(score.shape)
        slope, shift = self.calibration
        probability = expit(slope * logit(np.clip(share, 1e-9, 1 - 1e-9)) + shift).astype(np.float32)
        return Ranked(queries, candidates, score, probability, first)

    def calibrate(self, forecasts: Sequence[Ranked]) -> None:
        """Set the probabilities right: fit a logistic recalibration to how often past first choices came true."""
        chosen = [each.first_choices() for each in forecasts]
        odds = logit(np.clip(np.concatenate([p for p, _ in chosen]), 1e-9, 1 - 1e-9))
        line = fit_logistic(odds[:, None].astype(np.float32), np.concatenate([right for _, right in chosen]))
        slope = float(line.weight[0] / line.scale[0])
        shift = float(line.intercept - slope * line.mean[0])
        self.calibration = (self.calibration[0] * slope, self.calibration[1] * slope + shift)

    def freeze(self) -> None:
        """With a horizon, start a new one: the next forecast sees everything closed so far, and no later day."""
        self._until = None

    def score(self, x: Floats) -> Floats:
        """Score feature rows with the fitted scorer: the logit, or the mean of logit and trees."""
        if self.logit is None:
            raise UsageError("outlook: the forecaster is not fitted yet; call fit first")
        linear = self.logit.score(x)
        if self.trees is None:
            return linear
        return np.asarray(0.35 * linear + 0.65 * self.trees.score(x), np.float32)

    def candidates(self, state: State, queries: Queries) -> tuple[Scene, Floats, Ints]:
        """Return the scene of the queries, the first-stage score of all actors, and the best of them."""
        scene = set_scene(state, queries.s, queries.r, queries.day)
        weights = first_guess(self.towers is not None) if self.first is None else self.first.weight / self.first.scale
        first = score_all(scene, weights)
        return scene, first, best(first, self.settings.candidates)

    def _open(self, day: int) -> Queries:
        """Return the queries of ``day``; with a horizon, freeze the view anew when the last one has run out."""
        if self.settings.horizon > 1 and (self._until is None or day > self._until):
            self.view = self.history.snapshot()
            self._until = day + self.settings.horizon - 1
        self.view.wait(day)
        return Queries.of(day, *self.history.events(day), self.history.space.relations)

    def _sample_first(self, queries: Queries, samples: Samples) -> None:
        state, n = self.state(), self.history.space.entities
        for batch in queries.sample(self.settings.first_queries, self._rng).batches(_BATCH):
            scene, _, hard = self.candidates(state, batch)
            easy = self._rng.integers(0, n, (len(batch), 100)).astype(np.int32)
            candidates = np.concatenate([hard, easy], axis=1)
            samples.add(terms_at(scene, candidates), self._right(batch, candidates))

    def _sample_second(self, queries: Queries, samples: Samples) -> None:
        state, keep = self.state(), self.settings.negatives
        for batch in queries.batches(_BATCH):
            scene, first, candidates = self.candidates(state, batch)
            right = self._right(batch, candidates)
            chosen = np.take_along_axis(first, candidates, axis=1)
            self.names, x = features(scene, candidates, chosen)
            order = chosen + self._rng.gumbel(size=chosen.shape) * 0.5
            easy = self._rng.random(chosen.shape) < _EASY * keep / chosen.shape[1]
            order[easy] += 1e6
            order[right] = np.inf
            kept = np.argsort(-order, axis=1)[:, :keep]
            samples.add(np.take_along_axis(x, kept[..., None], axis=1), np.take_along_axis(right, kept, axis=1))

    def _right(self, queries: Queries, candidates: Ints) -> NDArray[np.bool_]:
        rows = np.broadcast_to(np.arange(len(queries))[:, None], candidates.shape)
        return queries.answered(rows, candidates, self.history.space.entities)

    def _learn(self, queries: Queries, keep: bool) -> None:
        view, n = self.view, self.history.space.entities
        some = queries.sample(self.settings.rule_queries, self._rng)
        evidence = gather(view, some.s, queries.day)
        right = some.answered(evidence.query, view.triple_object[evidence.triple], n)
        self.rules.learn(view, evidence, some.r, right)
        if self.towers is None:
            return
        shuffled = queries.take(self._rng.permutation(len(queries))[: self.settings.tower_queries])
        for batch in shuffled.batches(self.settings.tower_batch):
            past, target = look_back(view, batch.s, batch.r), batch.target(n)
            if keep:
                self._replay.append((past, target))
            self.towers.learn(past, target)

    def _replay_warm(self) -> None:
        if self.towers is None:
            return
        for _ in range(self.settings.replays):
            for index in self._rng.permutation(len(self._replay)):
                self.towers.learn(*self._replay[index])
        self._replay.clear()

    def _map(self, task: Callable[[Queries], Ranked], batches: list[Queries]) -> Iterator[Ranked]:
        if self.settings.threads == 1:
            yield from map(task, batches)
            return
        with ThreadPoolExecutor(self.settings.threads) as pool:
            yield from pool.map(task, batches)
