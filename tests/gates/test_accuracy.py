"""The accuracy gates: no figure of the reader on the bundled corpus falls below its floor."""

import pytest
from measure import READERS, corpus_hash, figures, floors, raised

CASES = [(reader, name) for reader, kept in floors()[1].items() for name in sorted(kept)]


@pytest.fixture(scope="module")
def now() -> dict[str, dict[str, float]]:
    return {reader: figures(reader) for reader in READERS}


def test_floors_belong_to_this_corpus():
    assert floors()[0] == corpus_hash(), "the corpus changed: measure again with tests/gates/measure.py"


@pytest.mark.parametrize(("reader", "name"), CASES)
def test_not_below_the_floor(now, reader, name):
    assert now[reader][name] >= floors()[1][reader][name]


def test_floors_only_rise():
    assert raised({"a": 0.4}, {"a": 0.5}) == {"a": 0.5}
    assert raised({"a": 0.6}, {"a": 0.5}) == {"a": 0.595}
