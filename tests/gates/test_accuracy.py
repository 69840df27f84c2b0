"""The accuracy gates: no figure of the reader on the bundled corpus falls below its floor."""

import pytest
from measure import corpus_hash, figures, floors, raised


@pytest.fixture(scope="module")
def now():
    return figures()


def test_floors_belong_to_this_corpus():
    assert floors()[0] == corpus_hash(), "the corpus changed: measure again with tests/gates/measure.py"


@pytest.mark.parametrize("name", sorted(floors()[1]))
def test_not_below_the_floor(now, name):
    assert now[name] >= floors()[1][name]


def test_floors_only_rise():
    assert raised({"a": 0.4}, {"a": 0.5}) == {"a": 0.5}
    assert raised({"a": 0.6}, {"a": 0.5}) == {"a": 0.595}
