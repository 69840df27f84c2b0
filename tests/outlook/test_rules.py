import numpy as np
import pytest
from simulate import rule_quads

from detente.outlook.history import History
from detente.outlook.queries import Queries
from detente.outlook.rules import AGE_EDGES, Rules, gather


@pytest.mark.parametrize("truth", [0.1, 0.6])
def test_a_rule_is_learned_with_its_true_confidence(truth):
    quads = rule_quads(truth, days=1200)
    history, rules = History(quads), Rules(4)
    for day in history.days:
        queries = Queries.of(int(day), *history.events(int(day)), 4)
        evidence = gather(history, queries.s, int(day))
        right = queries.answered(evidence.query, history.triple_object[evidence.triple], 30)
        rules.learn(history, evidence, queries.r, right)
        history.close(int(day))
    bucket = [AGE_EDGES.index(2) + often * len(AGE_EDGES) for often in (0, 1)]
    hits, tries = rules.hits[1, 0, bucket].sum(), rules.tries[1, 0, bucket].sum()
    assert hits / tries == pytest.approx(truth, abs=0.06)
    assert rules.confidences()[1, 0, bucket[0]] == pytest.approx(truth, abs=0.08)
    other = AGE_EDGES.index(8)
    assert rules.confidences()[1, 0, other] < 0.1


def test_a_rule_never_tried_has_the_confidence_of_its_relation():
    rules = Rules(2)
    assert np.allclose(rules.confidences(), 0.01)
