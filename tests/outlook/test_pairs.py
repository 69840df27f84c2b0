import numpy as np
import pytest
from simulate import START, poisson_acts

from detente.model.errors import UsageError
from detente.outlook.acts import Acts
from detente.outlook.pairs import active_pairs, fit_pairs, stack_rows
from detente.outlook.panel import KINDS, Panel
from detente.outlook.scores import brier, calibration_error, reliability
from detente.outlook.shift import shifted

CONSULT = KINDS.index("CONSULT")


@pytest.fixture(scope="module")
def fitted():
    acts, rates = poisson_acts(0, days=500)
    models = fit_pairs(acts, START + 399, 7, ["CONSULT", "verbal cooperation", "ASSAULT"])
    panel = Panel.of(acts, active_pairs(acts.known_by(START + 399)))
    rows = stack_rows(panel, np.arange(START + 400, START + 490, 3), 7)
    return acts, rates, models, panel, rows


def test_probabilities_are_calibrated_and_near_the_truth(fitted):
    acts, rates, models, panel, rows = fitted
    p = models[0].probability(rows.x[:, CONSULT])
    truth = np.array([-np.expm1(-7 * rates[tuple(int(acts.codes[i][1:]) for i in panel.pairs[k])]) for k in rows.pair])
    happened = rows.count[:, CONSULT] > 0
    assert calibration_error(reliability(p, happened, bins=10)) < 0.05
    assert np.abs(p - truth).mean() < 0.08
    base = np.full(len(p), models[0].base_rate)
    assert brier(p, happened) < min(brier(base, happened), brier(rows.ewma[:, CONSULT].astype(float), happened))
    assert models[0].check.better


def test_expected_counts_are_near_the_truth(fitted):
    _, _, models, _, rows = fitted
    assert models[0].expected(rows.x[:, CONSULT]).mean() == pytest.approx(rows.count[:, CONSULT].mean(), rel=0.1)


def test_what_never_happens_is_given_hardly_any_chance(fitted):
    _, _, models, _, rows = fitted
    assert models[2].probability(rows.x[:, KINDS.index("ASSAULT")]).max() < 0.02


def test_acts_not_known_yet_do_not_count():
    acts, _ = poisson_acts(1, days=60)
    late = Acts.of(
        *(np.array(acts.codes)[acts.source], np.array(acts.codes)[acts.target], acts.type, acts.quad),
        *(acts.day, acts.known + np.where(acts.day > START + 30, 20, 0)),
    )
    pairs = active_pairs(acts, 1)
    origin = np.array([START + 40])
    (seen,) = Panel.of(late, pairs).moments(origin)
    before = acts.known_by(START + 30)
    (expected,) = Panel.of(before, pairs).moments(origin)
    assert np.array_equal(seen.seen, expected.seen)
    assert np.allclose(seen.features, expected.features, atol=1e-4)


def test_moments_do_not_depend_on_the_path_to_them():
    acts, _ = poisson_acts(2, days=80)
    panel = Panel.of(acts, active_pairs(acts, 1))
    *_, slow = panel.moments(np.arange(START + 10, START + 71))
    (fast,) = panel.moments(np.array([START + 70]))
    assert np.allclose(slow.features, fast.features, atol=1e-3)


def test_acts_reported_long_after_are_background():
    day = np.array([100, 100])
    acts = Acts.of(
        np.array(["A", "A"]), np.array(["B", "B"]), np.zeros(2, int), np.zeros(2, int), day, np.array([100, 190])
    )
    assert (len(acts), acts.late) == (1, 1)


def test_a_shift_needs_enough_acts_and_a_large_change():
    def counts(cooperation, conflict):
        row = np.zeros((1, len(KINDS)), int)
        row[0, 0], row[0, 3] = cooperation, conflict
        return row

    assert shifted(counts(10, 0), counts(2, 2))[0]
    assert not shifted(counts(10, 0), counts(1, 1))[0]
    assert not shifted(counts(10, 0), counts(9, 1))[0]


def test_thin_records_are_refused():
    acts, _ = poisson_acts(0, actors=3, days=30)
    with pytest.raises(UsageError, match="at least 5 pairs"):
        fit_pairs(acts, START + 29, 7)
