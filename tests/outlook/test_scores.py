import numpy as np
import pytest
from scipy import stats

from detente.outlook.regression import expit, fit_logistic, fit_poisson
from detente.outlook.scores import ReliabilityBin, brier, calibration_error, crps_counts, log_score, reliability


def test_scores_of_known_forecasts():
    p, happened = np.array([0.8, 0.2]), np.array([True, False])
    assert brier(p, happened) == pytest.approx(0.04)
    assert log_score(p, happened) == pytest.approx(-np.log(0.8))


def test_calibrated_forecasts_have_small_error_and_sharpened_ones_do_not():
    rng = np.random.default_rng(0)
    p = rng.random(40_000)
    happened = rng.random(40_000) < p
    assert calibration_error(reliability(p, happened)) < 0.01
    sharp = p**3 / (p**3 + (1 - p) ** 3)
    assert calibration_error(reliability(sharp, happened)) > 0.08
    for each in reliability(p, happened):
        low, high = each.interval(0.999)
        assert low <= (each.low + each.high) / 2 <= high


def test_crps_of_counts_is_least_at_the_truth():
    rng = np.random.default_rng(1)
    count = rng.poisson(3.0, 5000)
    scores = [crps_counts(np.full(5000, mean), 0.0, count) for mean in (2.0, 3.0, 4.0)]
    assert scores[1] == min(scores)
    point = crps_counts(np.array([3.0]), 0.0, np.array([2]))
    grid = np.arange(200)
    assert point == pytest.approx(((stats.poisson.cdf(grid, 3.0) - (grid >= 2)) ** 2).sum())


def test_regressions_recover_their_weights():
    rng = np.random.default_rng(2)
    x = rng.standard_normal((20_000, 2)).astype(np.float32)
    line = fit_logistic(x, rng.random(20_000) < expit(-1 + x @ np.array([1.0, -0.5])))
    assert line.weight / line.scale == pytest.approx([1.0, -0.5], abs=0.08)
    line = fit_poisson(x, rng.poisson(np.exp(0.3 + x @ np.array([0.4, -0.2]))))
    assert line.weight / line.scale == pytest.approx([0.4, -0.2], abs=0.05)
    assert line.predict(x) == pytest.approx(line.intercept + line.contributions(x).sum(axis=1), abs=1e-6)


@pytest.mark.parametrize("dispersion", [1e-5, 0.4, 6.0])
def test_crps_follows_the_negative_binomial_distribution(dispersion):
    mean, size = 2.5, 1 / dispersion
    grid = np.arange(41)
    below = stats.nbinom.cdf(grid, size, size / (size + mean))
    point = crps_counts(np.array([mean]), dispersion, np.array([3]))
    assert point == pytest.approx(((below - (grid >= 3)) ** 2).sum())


def test_intervals_are_those_of_jeffreys():
    low, high = ReliabilityBin(0.2, 0.4, 30, 0.3, 0.2).interval(0.9)
    assert (low, high) == pytest.approx(tuple(stats.beta.ppf([0.05, 0.95], 6.5, 24.5)))
