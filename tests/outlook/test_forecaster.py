import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulate import random_quads, rule_quads

from detente.model.errors import UsageError
from detente.outlook.benchmark import run_benchmark
from detente.outlook.features import features
from detente.outlook.floors import recurrency_ranks
from detente.outlook.forecaster import Forecaster
from detente.outlook.history import TABLES, History
from detente.outlook.protocol import Metrics
from detente.outlook.quads import Benchmark, Quads
from detente.outlook.retrieval import TERMS, score_all, terms_at
from detente.outlook.settings import Settings

SMALL = Settings(boosted=False, learned=False, candidates=12, negatives=8)


def seen_on(quads: Quads, kind: Settings):
    """Fit, then return the forecaster and the features of all candidates of the next day's queries."""
    forecaster = Forecaster(quads, kind)
    forecaster.fit(17)
    forecaster.learn(18)
    (queries,) = forecaster._open(19).batches(1000)
    forecaster.profiles.follow(forecaster.view, 19)
    scene, first, candidates = forecaster.candidates(forecaster.state(), queries)
    x = features(scene, candidates, np.take_along_axis(first, candidates, axis=1))[1]
    return forecaster, queries, candidates, x


@pytest.mark.parametrize("kind", [SMALL, Settings(candidates=12, negatives=8, rounds=2, replays=1)])
def test_order_within_days_and_later_days_change_nothing(kind):
    quads = random_quads(5, days=20, per_day=8)
    forecaster, asked, candidates, x = seen_on(quads, kind)
    rng = np.random.default_rng(9)
    future = np.stack([rng.integers(0, n, 60) for n in (25, 4, 25)] + [rng.integers(20, 50, 60)], axis=1)
    rows = np.concatenate([quads.rows[rng.permutation(len(quads))], future])
    other = Quads.of(np.unique(rows, axis=0), quads.entities, quads.relations)
    again, reasked, recandidates, rex = seen_on(other, kind)
    assert np.array_equal(np.stack([asked.s, asked.r]), np.stack([reasked.s, reasked.r]))
    assert np.array_equal(forecaster.rules.hits, again.rules.hits)
    assert np.array_equal(candidates, recandidates)
    assert np.allclose(x, rex, atol=1e-3)
    assert np.allclose(forecaster.score(x), again.score(rex), atol=0.1)


@given(seed=st.integers(0, 2**16))
@settings(max_examples=15, deadline=None)
def test_counts_before_a_day_do_not_depend_on_it_or_on_order(seed):
    rng = np.random.default_rng(seed)
    quads = random_quads(5, days=12, per_day=6)
    early = quads.between(0, 7)
    late = np.stack([rng.integers(0, n, 30) for n in (25, 4, 25)] + [rng.integers(8, 12, 30)], axis=1)
    rows = np.concatenate([early.rows[rng.permutation(len(early))], late])
    history, other = History(quads), History(Quads.of(rows, quads.entities, quads.relations))
    for day in range(8):
        history.close(day)
        other.close(day)
    s, r, o = (rng.integers(0, n, 50).astype(np.int32) for n in (25, 8, 25))
    for name in TABLES:
        one, two = (each.tables[name] for each in (history, other))
        at, there = history.find(name, s, r, o), other.find(name, s, r, o)
        assert np.array_equal(one.decayed[at], two.decayed[there])
        assert np.array_equal(one.last[at], two.last[there])


def test_the_dense_first_stage_is_the_weighted_sum_of_its_terms():
    forecaster = Forecaster(random_quads(2), Settings(candidates=12, negatives=8, rounds=3, replays=1))
    forecaster.fit(35)
    state = forecaster.state()
    (queries,) = forecaster._open(36).batches(1000)
    scene, _, _ = forecaster.candidates(state, queries)
    weights = np.random.default_rng(0).standard_normal(len(TERMS)).astype(np.float32)
    everyone = np.tile(np.arange(25, dtype=np.int32), (len(queries), 1))
    assert score_all(scene, weights) == pytest.approx(terms_at(scene, everyone) @ weights, abs=2e-3)


def test_a_known_rule_beats_recurrency():
    quads = rule_quads(0.9, days=300)
    forecaster = Forecaster(quads, Settings(boosted=False, learned=False, candidates=30, negatives=20))
    forecaster.fit(250)
    ranks, floor = [], []
    for day in range(251, 300):
        for each in forecaster.forecast(day):
            sanctions = np.repeat(each.queries.r == 1, each.queries.sizes)
            ranks.append(each.ranks()[sanctions])
            floor.append(recurrency_ranks(forecaster.view, each.queries)[sanctions])
        forecaster.learn(day)
    assert Metrics.of(np.concatenate(ranks)).hits[0] > 0.75
    assert Metrics.of(np.concatenate(floor)).hits[0] < 0.4


@pytest.mark.parametrize("multi_step", [False, True])
def test_the_benchmark_runs_both_settings(multi_step):
    quads = random_quads(4, days=60)
    test = quads.between(50, 59)
    benchmark = Benchmark("small", quads.between(0, 39), quads.between(40, 49), test)
    outcome = run_benchmark(benchmark, SMALL, "test", multi_step)
    assert outcome.all.n == 2 * len(test)
    assert outcome.seen.n + outcome.new.n == outcome.all.n
    assert outcome.all.mrr > 0.25
    assert outcome.calibration < 0.2


def test_multi_step_forecasts_see_nothing_of_the_split():
    quads = random_quads(4, days=60)
    swapped = quads.rows.copy()
    late = swapped[:, 3] == 55
    swapped[late, 2] = (swapped[late, 2] + 7) % 25
    other = Quads.of(np.unique(swapped, axis=0), quads.entities, quads.relations)
    scores = []
    for events in (quads, other):
        forecaster = Forecaster(events, SMALL.with_horizon(10))
        forecaster.fit(49)
        forecaster.freeze()
        for day in range(50, 57):
            ranked = list(forecaster.forecast(day))
        scores.append([np.concatenate([getattr(each, name) for each in ranked]) for name in ("first", "score")])
    assert np.array_equal(scores[0][0], scores[1][0])
    assert np.allclose(scores[0][1], scores[1][1], atol=0.1)


def test_too_little_is_refused():
    with pytest.raises(UsageError, match="at least 10"):
        Forecaster(random_quads(0, days=5), SMALL).fit(4)
    quads = random_quads(0)
    with pytest.raises(UsageError, match="held back"):
        run_benchmark(Benchmark("x", quads, quads, None), SMALL, "test")
