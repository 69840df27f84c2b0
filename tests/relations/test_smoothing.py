from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import gamma, nbinom

from detente.model.codes import QuadClass
from detente.model.errors import UsageError
from detente.relations.periods import Period
from detente.relations.simulation import draw, series_of
from detente.relations.smoothing import DISCOUNTS, DISPERSIONS, PRIOR, rate_columns, smooth_counts, smooth_pair

MONTHS, CHANNELS = 240, 100
DRIFT = np.exp(0.7 * np.sin(2 * np.pi * np.arange(MONTHS) / 160))
"""A rate that doubles and halves within 80 months."""


def coverage(rate, size, seed):
    truth = np.repeat(np.asarray(rate, dtype=float)[:, None], CHANNELS, axis=1)
    found = smooth_counts(draw(truth, size, np.random.default_rng(seed)))
    return float(((found.low <= truth) & (truth <= found.high)).mean()), found


@pytest.mark.parametrize(("mean", "size"), [(0.5, None), (2.0, None), (8.0, None), (0.5, 1.5), (2.0, 1.5)])
def test_the_interval_covers_a_constant_rate_nine_times_in_ten(mean, size):
    covered, _ = coverage(np.full(MONTHS, mean), size, 5)
    assert 0.82 <= covered <= 0.97


@pytest.mark.parametrize(("mean", "size"), [(0.5, None), (2.0, None), (8.0, None), (2.0, 1.5)])
def test_the_interval_covers_a_slowly_moving_rate_nine_times_in_ten(mean, size):
    covered, found = coverage(mean * DRIFT, size, 6)
    assert 0.85 <= covered <= 0.985
    gain = [fit.score - fit.floor for fit in found.fits]
    assert np.mean(gain) > 2.0
    assert min(gain) >= 0.0


def test_a_moving_rate_is_followed_more_closely_than_by_its_mean():
    truth = 4.0 * DRIFT
    _, found = coverage(truth, None, 7)
    assert np.abs(found.rate - truth[:, None]).mean() < 0.4 * np.abs(truth - truth.mean()).mean()


def test_a_constant_series_has_a_narrow_interval_around_its_mean():
    found = smooth_counts(np.full((200, 1), 3))
    assert found.fits[0].discount == 1.0
    assert found.fits[0].score == found.fits[0].floor
    assert found.rate[:, 0] == pytest.approx(np.full(200, 3.0), rel=0.01)
    assert (found.high - found.low).max() < 0.5
    assert np.ptp(found.rate) == pytest.approx(0.0, abs=1e-9)


def test_a_constant_rate_has_the_gamma_posterior_of_all_counts():
    counts = np.full(60, 2)
    found = smooth_counts(counts[:, None])
    exact = gamma(PRIOR + counts.sum(), scale=1 / 60)
    assert (found.fits[0].discount, found.fits[0].dispersion) == (1.0, 1.0)
    assert found.low[30, 0] == pytest.approx(exact.ppf(0.05))
    assert found.high[30, 0] == pytest.approx(exact.ppf(0.95))


def test_the_score_is_the_negative_binomial_log_probability_of_each_next_count():
    counts = draw(np.full(40, 2.0), None, np.random.default_rng(2))
    fits = smooth_counts(counts[:, None]).fits
    best = -np.inf
    for c in DISPERSIONS:
        score = 0.0
        for t in range(1, 40):
            a, b = PRIOR + counts[:t].sum() / c, t / c
            variance = c * a / b + (a / b) ** 2 / a
            score += nbinom.logpmf(counts[t], (a / b) ** 2 / (variance - a / b), a / b / variance)
        best = max(best, score)
    assert fits[0].floor == pytest.approx(best)


def test_zeros_give_a_rate_near_zero_and_an_upper_bound_that_does_not_vanish():
    found = smooth_counts(np.zeros((50, 1)))
    assert (found.low >= 0).all()
    assert found.rate.max() < 0.01
    assert found.high.min() == pytest.approx(gamma(PRIOR, scale=1 / 50).ppf(0.95))
    late = np.concatenate([draw(np.full(60, 6.0), None, np.random.default_rng(4)), np.zeros(120, dtype=int)])
    after = smooth_counts(late[:, None])
    assert after.fits[0].discount < 1.0
    assert after.rate[-1, 0] < 0.5
    assert after.high[-1, 0] > 0.05


COUNTS = arrays(np.int64, st.tuples(st.integers(0, 40), st.integers(1, 3)), elements=st.integers(0, 60))


@settings(max_examples=40, deadline=None)
@given(counts=COUNTS, factor=st.floats(0.01, 100.0))
def test_bounds_are_ordered_never_negative_and_scale_with_exposure(counts, factor):
    plain = smooth_counts(counts)
    assert (plain.low >= 0).all()
    assert (plain.low <= plain.rate).all()
    assert (plain.rate <= plain.high).all()
    assert plain.rate.shape == counts.shape
    scaled = smooth_counts(counts, np.full(len(counts), factor))
    for one, other in zip((plain.low, plain.rate, plain.high), (scaled.low, scaled.rate, scaled.high), strict=True):
        assert other * factor == pytest.approx(one, rel=1e-6, abs=1e-12)
    assert all(f.floor <= f.score and f.discount in DISCOUNTS for f in plain.fits)


@settings(max_examples=20, deadline=None)
@given(counts=COUNTS.filter(lambda x: len(x) > 1))
def test_channels_do_not_touch_each_other(counts):
    together = smooth_counts(counts)
    assert together.high[:, :1] == pytest.approx(smooth_counts(counts[:, :1]).high)


def test_growth_of_reporting_is_no_growth_of_the_rate_when_it_is_the_exposure():
    exposure = np.exp(np.linspace(-1.0, 1.0, MONTHS))
    counts = draw(np.repeat(3.0 * exposure[:, None], CHANNELS, axis=1), None, np.random.default_rng(8))
    found = smooth_counts(counts, exposure)
    assert np.median([fit.discount for fit in found.fits]) == 1.0
    assert np.mean([fit.average for fit in found.fits]) == pytest.approx(3.0, rel=0.03)
    assert 0.82 <= ((found.low <= 3.0) & (found.high >= 3.0)).mean() <= 0.97


@pytest.mark.parametrize(
    ("counts", "exposure", "level", "words"),
    [
        (np.ones(3), None, 0.9, "shape"),
        (np.ones((3, 1)), np.ones(2), 0.9, "shape"),
        (np.ones((3, 1)), np.zeros(3), 0.9, "above 0"),
        (-np.ones((3, 1)), None, 0.9, "at least 0"),
        (np.ones((3, 1)), None, 1.0, "between 0 and 1"),
    ],
)
def test_wrong_use_says_what_is_allowed(counts, exposure, level, words):
    with pytest.raises(UsageError, match=words):
        smooth_counts(counts, exposure, level)


def test_a_pair_has_rates_per_quad_class_and_direction():
    rates = np.tile([3.0, 1.0, 2.0, 0.2], (2, 96, 1))
    rates[1] /= 2.0
    counts = draw(rates, None, np.random.default_rng(1))
    series = series_of(counts, ("JPN", "RUS"), date(2016, 1, 1), Period.MONTH)
    both, there = smooth_pair(series), smooth_pair(series, direction=0)
    rate, low, high = both.of(QuadClass.VERBAL_COOPERATION)
    assert rate.shape == low.shape == high.shape == (96,)
    assert both.fit(QuadClass.VERBAL_COOPERATION).average == counts[:, :, 0].sum() / 96
    assert rate.mean() > there.of(QuadClass.VERBAL_COOPERATION)[0].mean()
    assert both.to_arrow().num_rows == 96
    table = rate_columns(series)
    assert table.column_names[: len(series.to_arrow().column_names)] == series.to_arrow().column_names
    assert table["material_conflict_high"].to_pylist()[:96] == there.of(QuadClass.MATERIAL_CONFLICT)[2].tolist()
    assert rate_columns(series.cut(date(2090, 1, 1), None)).num_rows == 0
