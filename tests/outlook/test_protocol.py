import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.outlook.protocol import Metrics, filtered_ranks


def test_other_answers_are_filtered_and_ties_averaged():
    score = np.array([3.0, 2.0, 2.0, 5.0, 2.0])
    assert filtered_ranks(score, np.array([1, 3])).tolist() == [1 + 1 + 2 / 2, 1.0]


@given(st.lists(st.integers(0, 3), min_size=4, max_size=12), st.integers(1, 3))
def test_ranks_agree_with_their_definition(scores, answers):
    score, true = np.array(scores, float), np.arange(answers)
    for answer, rank in zip(true, filtered_ranks(score, true), strict=True):
        others = [s for i, s in enumerate(score) if i not in true]
        better = sum(s > score[answer] for s in others)
        same = sum(s == score[answer] for s in others)
        assert rank == 1 + better + same / 2


def test_a_constant_score_gains_nothing():
    ranks = np.concatenate([filtered_ranks(np.zeros(1001), np.array([i])) for i in range(50)])
    metrics = Metrics.of(ranks)
    assert metrics.mrr == pytest.approx(1 / 501)
    assert metrics.hits == (0, 0, 0)
    assert Metrics.of(np.zeros(0)).n == 0
