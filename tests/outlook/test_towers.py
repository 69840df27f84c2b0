import numpy as np
import pytest
from simulate import random_quads

from detente.outlook import towers
from detente.outlook.history import History
from detente.outlook.queries import Queries
from detente.outlook.towers import Towers, look_back


class Recording(Towers):
    """Keeps the gradient instead of stepping along it."""

    def _step(self, gradients):
        self.kept = gradients


@pytest.fixture
def posed():
    history = History(random_quads(0))
    for day in range(20):
        history.close(day)
    queries = Queries.of(20, *history.events(20), history.space.relations)
    return history, queries, look_back(history, queries.s, queries.r), queries.target(history.space.entities)


def test_gradients_agree_with_finite_differences(posed):
    history, _, past, target = posed
    network = Recording.__new__(Recording)
    Recording.__init__(network, history.space.entities, history.space.relations, 6, 10, dropout=0.0)
    network.parameters = {name: value.astype(np.float64) for name, value in network.parameters.items()}
    network.learn(past, target)
    slopes = {name: value.copy() for name, value in network.kept.items()}
    rng = np.random.default_rng(0)
    for name, value in network.parameters.items():
        for _ in range(5):
            at = tuple(rng.integers(0, size) for size in value.shape)
            before, losses = value[at], []
            for step in (1e-5, -1e-5):
                value[at] = before + step
                losses.append(network.learn(past, target))
            value[at] = before
            assert (losses[0] - losses[1]) / 2e-5 == pytest.approx(slopes[name][at], abs=2e-4), name


@pytest.mark.parametrize("limit", [10_000, 5])
def test_training_lowers_the_loss_with_full_and_sampled_softmax(posed, monkeypatch, limit):
    history, queries, past, target = posed
    monkeypatch.setattr(towers, "FULL_SOFTMAX", limit)
    monkeypatch.setattr(towers, "SAMPLED", 15)
    network = Towers(history.space.entities, history.space.relations, 8, 16, dropout=0.0)
    losses = [network.learn(past, target) for _ in range(60)]
    assert losses[-1] < losses[0] - 0.5
    assert network.score(past)[np.arange(len(queries))].shape == (len(queries), history.space.entities)


def test_scores_at_candidates_are_those_of_all_actors(posed):
    history, queries, past, target = posed
    network = Towers(history.space.entities, history.space.relations, 8, 16)
    network.learn(past, target)
    candidates = np.tile(np.arange(history.space.entities, dtype=np.int32), (len(queries), 1))
    some = network.score_at(history, queries.s, queries.r, candidates, network.profile(past))
    assert some == pytest.approx(network.score(past), abs=1e-4)
