from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma

from detente.relations.blocks import BACKGROUND, Clumps, Floats, block_cost, block_costs, clumps_of
from detente.relations.counts import Channel, channel_of, rate_interval, ratio_interval
from detente.relations.segmentation import places, posterior, segment, segment_into

SERIES = st.lists(st.integers(0, 12), min_size=3, max_size=8)


def costs_of(series: list[int]) -> Floats:
    counts = np.array(series)[:, None]
    return block_costs(counts, (clumps_of(counts[:, 0]),))


def all_segmentations(length: int) -> Iterator[list[int]]:
    for changes in range(length):
        for chosen in combinations(range(1, length), changes):
            yield list(chosen)


def cost_of(costs: Floats, changes: list[int], penalty: float) -> float:
    ends = [0, *changes, len(costs) - 1]
    return float(sum(costs[e, s] for s, e in pairwise(ends)) + penalty * len(changes))


@given(SERIES, st.floats(0.0, 6.0))
def test_the_segmentation_is_the_best_of_all(series, penalty):
    costs = costs_of(series)
    found = segment(costs, penalty)
    best = min(cost_of(costs, other, penalty) for other in all_segmentations(len(series)))
    assert cost_of(costs, found, penalty) == pytest.approx(best, abs=1e-9)


@given(SERIES, st.integers(0, 5))
def test_the_segmentation_into_so_many_is_the_best_of_those(series, changes):
    changes = min(changes, len(series) - 1)
    costs = costs_of(series)
    found = segment_into(costs, changes)
    assert len(found) == changes
    rivals = [other for other in all_segmentations(len(series)) if len(other) == changes]
    assert cost_of(costs, found, 0.0) == pytest.approx(min(cost_of(costs, r, 0.0) for r in rivals), abs=1e-9)


@settings(max_examples=40)
@given(SERIES, st.floats(0.0, 3.0))
def test_places_are_the_sum_over_segmentations_with_as_many_changes(series, penalty):
    costs = costs_of(series)
    found = segment(costs, penalty)
    if found:
        rivals = [other for other in all_segmentations(len(series)) if len(other) == len(found)]
        weights = np.exp([-cost_of(costs, other, 0.0) for other in rivals])
        expected = np.zeros((len(found), len(series) + 1))
        for other, weight in zip(rivals, weights / weights.sum(), strict=True):
            expected[range(len(found)), other] += weight
        assert places(costs, found, penalty) == pytest.approx(expected, abs=1e-7)


@settings(max_examples=40)
@given(SERIES, st.floats(0.0, 6.0))
def test_the_posterior_is_the_sum_over_all_segmentations(series, penalty):
    costs = costs_of(series)
    everything = list(all_segmentations(len(series)))
    weights = np.exp([-cost_of(costs, other, penalty) for other in everything])
    expected = np.zeros(len(series) + 1)
    for other, weight in zip(everything, weights / weights.sum(), strict=True):
        expected[other] += weight
    found = posterior(costs, penalty)
    assert found.probability == pytest.approx(expected, abs=1e-7)
    assert found.log_evidence == pytest.approx(np.log(weights.sum()), abs=1e-7)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4), st.floats(1.0, 5.0))
def test_the_evidence_of_a_block_is_the_integral_over_its_rate(series, clumping):
    channel = Clumps(clumping, 0.7, 0.4)
    cost = block_costs(np.array(series)[:, None], (channel,))[len(series), 0]
    assert cost == pytest.approx(block_cost(series, channel))
    total = sum(series) + BACKGROUND * len(series)

    def density(rate):
        prior = gamma.pdf(rate, channel.a, scale=1.0 / channel.b)
        return prior * (np.exp(-rate * len(series)) * rate**total) ** (1.0 / clumping)

    integral, _ = quad(density, 0, np.inf, limit=400)
    assert np.exp(-cost) == pytest.approx(integral, rel=1e-4)


def test_clumping_is_recovered_despite_a_shift():
    generator = np.random.default_rng(6)
    clumps = generator.poisson(np.repeat([2.0, 10.0], 1300))
    assert clumps_of(3 * clumps).clumping == pytest.approx(3.0, rel=0.15)
    assert clumps_of(np.ones(100, dtype=int)).clumping == 1.0


def test_lulls_of_a_quiet_pair_are_no_shifts():
    generator = np.random.default_rng(8)
    counts = generator.poisson(0.05, 600)
    counts[200:300] = 0
    counts = np.stack([counts, counts], axis=1)
    assert segment(block_costs(counts, tuple(clumps_of(c) for c in counts.T)), 5.0) == []


def test_exposure_explains_growth_of_reporting():
    generator = np.random.default_rng(3)
    exposure = np.where(np.arange(160) < 80, 0.5, 1.5)
    counts = generator.negative_binomial(2.0 * exposure, 0.25)[:, None]
    channel = clumps_of(counts[:, 0], exposure)
    assert segment(block_costs(counts, (channel,)), 6.0) != []
    assert segment(block_costs(counts, (channel,), exposure), 6.0) == []


def test_size_is_recovered_despite_a_shift():
    generator = np.random.default_rng(5)
    rates = np.repeat([4.0, 20.0], 600)
    counts = generator.negative_binomial(2.0, 2.0 / (2.0 + rates))
    assert channel_of(counts).size == pytest.approx(2.0, rel=0.2)


def test_rate_intervals_cover_the_true_rate():
    generator = np.random.default_rng(7)
    inside = 0
    for _ in range(400):
        counts = generator.negative_binomial(1.5, 1.5 / (1.5 + 5.0), 40)
        _, low, high = rate_interval(counts, Channel(1.5, 1.3))
        inside += low <= 5.0 <= high
    assert 0.86 <= inside / 400 <= 0.94


def test_ratio_intervals_cover_the_truth_and_are_repeatable():
    generator = np.random.default_rng(11)
    inside = 0
    for _ in range(100):
        before, after = generator.poisson(3.0, 30), generator.poisson(9.0, 30)
        ratio, low, high = ratio_interval(before, after, Channel(100.0, 20.0))
        inside += low < 3.0 < high
    assert 82 <= inside <= 97
    assert (ratio, low, high) == ratio_interval(before, after, Channel(100.0, 20.0))
