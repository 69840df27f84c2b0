"""Phrases name several states at once."""

from detente.world import find_state, state_group_at
from detente.world.tables import parts, rows


def test_longest_phrase_first() -> None:
    found = state_group_at("leaders of the three baltic states met".split(), 3)
    assert found is not None
    assert (found.words, set(found.codes)) == (("three", "baltic", "states"), {"EST", "LVA", "LTU"})


def test_nothing_elsewhere() -> None:
    assert state_group_at("the baltic sea".split(), 1) is None


def test_states_exist() -> None:
    assert all(find_state(code) for codes, _ in rows("state_groups.csv") for code in parts(codes))
