"""Bayes' rule with results reckoned by hand, and its invariants."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.assessment.likelihoods import HYPOTHESES, Likelihoods, Movement, Stability, checked, likelihoods
from detente.assessment.posterior import posterior, without_one
from detente.assessment.voices import ratios
from detente.model.codes import Direction, Factuality

CLAIMS = st.sampled_from(
    [likelihoods().of(direction, factuality) for direction in Direction for factuality in Factuality]
)


_BY_CERTAINTY = (Factuality.FACT, Factuality.POSSIBLE, Factuality.PLANNED, Factuality.DENIED)


def test_without_evidence_the_prior_stands():
    assert posterior(()) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_two_pieces_by_hand():
    # .30 × .04 = .012; .07 × .06 = .0042; .12 × .08 = .0096; sum .0258
    found = posterior([(0.30, 0.07, 0.12), (0.04, 0.06, 0.08)])
    assert found == pytest.approx((0.012 / 0.0258, 0.0042 / 0.0258, 0.0096 / 0.0258))


def test_half_the_weight_is_the_square_root():
    found = posterior([(0.36, 0.04, 0.16)], power=0.5)
    assert found == pytest.approx((0.6 / 1.2, 0.2 / 1.2, 0.4 / 1.2))


def test_leaving_one_out_by_hand():
    low, high = without_one([(0.5, 0.25, 0.25), (0.2, 0.2, 0.6)])
    assert low == pytest.approx((0.2, 0.2, 0.25))
    assert high == pytest.approx((0.5, 0.25, 0.6))


def test_diagnosticity_is_the_likelihood_against_the_mean_of_the_others():
    assert ratios((0.30, 0.07, 0.13)) == pytest.approx((3.0, 0.14 / 0.43, 0.26 / 0.37))
    assert ratios((0.2, 0.2, 0.2)) == pytest.approx((1, 1, 1))


@given(st.lists(CLAIMS, max_size=40))
def test_probabilities_sum_to_one_in_any_order(evidence):
    found = posterior(evidence)
    assert math.isclose(sum(found), 1)
    assert found == pytest.approx(posterior(evidence[::-1]))
    low, high = without_one(evidence)
    assert all(a <= b for a, b in zip(low, high, strict=True))


@given(CLAIMS, st.integers(1, 5))
def test_less_weight_is_nearer_to_the_prior(claim, times):
    full, weak = posterior([claim] * times), posterior([claim] * times, power=0.5)
    assert max(weak) <= max(full) + 1e-12


def test_the_table_treats_better_and_worse_alike():
    table = likelihoods()
    for factuality in Factuality:
        better, worse = table.of(Direction.BETTER, factuality), table.of(Direction.WORSE, factuality)
        assert better == (worse[1], worse[0], worse[2])


def test_what_is_asserted_speaks_for_itself_and_what_is_denied_against():
    table = likelihoods()
    for place, direction in enumerate(HYPOTHESES):
        weights = [ratios(table.of(direction, f))[place] for f in _BY_CERTAINTY]
        assert weights == sorted(weights, reverse=True)
        assert weights[2] > 1 > weights[3]


def test_a_table_that_is_no_distribution_is_refused():
    odd = Likelihoods(
        dict.fromkeys(Factuality, Movement(0.2, 0.1, 0.1)),
        dict.fromkeys(Factuality, Stability(0.1, 0.1)),
        likelihoods().rules,
    )
    with pytest.raises(ValueError, match="sum to 1"):
        checked(odd)


def test_the_shipped_table_sums_to_one_under_each_hypothesis():
    rows = [likelihoods().of(d, f) for d, f in itertools.product(Direction, Factuality)]
    assert len(rows) == 12
    for column in zip(*rows, strict=True):
        assert sum(column) == pytest.approx(1)
