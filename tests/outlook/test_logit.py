import numpy as np
import pytest

from detente.outlook.boosted import fit_boosted
from detente.outlook.logit import fit_logit, softmax_by_group


def choices(weights, queries=4000, options=8, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((queries, options, len(weights))).astype(np.float32)
    score = x @ np.array(weights) + rng.gumbel(size=(queries, options))
    answer = score == score.max(axis=1, keepdims=True)
    return x.reshape(-1, len(weights)), answer.ravel(), np.full(queries, options)


def test_the_logit_recovers_the_weights_of_choices():
    x, answer, sizes = choices([1.0, -0.5, 0.0])
    logit = fit_logit(["a", "b", "c"], x, answer, sizes)
    assert logit.weight / logit.scale == pytest.approx([1.0, -0.5, 0.0], abs=0.06)
    assert logit.score(x) == pytest.approx(logit.contributions(x).sum(axis=1), abs=1e-4)


def test_softmax_sums_to_one_in_each_group():
    sizes = np.array([3, 1, 4])
    p = softmax_by_group(np.arange(8.0) * 100, sizes)
    assert [p[:3].sum(), p[3], p[4:].sum()] == pytest.approx([1, 1, 1])


def test_boosting_learns_what_is_not_linear():
    rng = np.random.default_rng(3)
    x = rng.uniform(-2, 2, (3000, 6, 1)).astype(np.float32)
    score = 3 * np.abs(x[..., 0]) + rng.gumbel(size=(3000, 6))
    answer = score == score.max(axis=1, keepdims=True)
    flat, right, sizes = x.reshape(-1, 1), answer.ravel(), np.full(3000, 6)
    trees, logit = fit_boosted(["x"], flat, right, sizes, rounds=60), fit_logit(["x"], flat, right, sizes)
    hits = [
        (each.score(flat).reshape(3000, 6).argmax(axis=1) == answer.argmax(axis=1)).mean() for each in (trees, logit)
    ]
    assert hits[0] > 0.5 > hits[1]
