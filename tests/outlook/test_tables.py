import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulate import random_quads

from detente.outlook.history import TABLES, History
from detente.outlook.tables import HALF_LIVES, NEVER, Table, ranges


def test_counts_decay_by_half_lives():
    table = Table.over(np.array([5, 3, 5]))
    rows = table.find(np.array([5, 4]))
    assert rows.tolist() == [1, 2]
    table.add(np.array([1, 1]), day=10)
    table.age(7)
    assert table.decayed[1, HALF_LIVES.index(7.0)] == pytest.approx(1.0)
    assert table.decayed[1, -1] == 2
    assert (table.last[1], table.previous[1], table.first[1], table.days[1]) == (10, NEVER, 10, 1)
    table.add(np.array([1]), day=17)
    assert (table.last[1], table.previous[1], table.first[1], table.days[1]) == (17, 10, 10, 2)
    assert not table.decayed[2].any()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=12))
def test_ranges_list_every_position(bounds):
    starts = np.array([a for a, _ in bounds], int)
    stops = starts + np.array([n for _, n in bounds], int)
    owner, position = ranges(starts, stops)
    expected = [(i, p) for i, (a, b) in enumerate(zip(starts, stops, strict=True)) for p in range(a, b)]
    assert list(zip(owner.tolist(), position.tolist(), strict=True)) == expected


def test_filling_at_once_is_the_same_as_day_by_day():
    quads = random_quads(3)
    slow, fast = History(quads), History(quads)
    for day in range(31):
        slow.close(day)
    fast.close_until(30)
    for name in TABLES:
        a, b = slow.tables[name], fast.tables[name]
        assert np.allclose(a.decayed, b.decayed, rtol=1e-4, atol=1e-5), name
        for column in ("first", "last", "previous", "days"):
            assert np.array_equal(getattr(a, column), getattr(b, column)), (name, column)


def test_days_close_in_order_only():
    history = History(random_quads(1))
    history.close(3)
    with pytest.raises(ValueError, match="ascending"):
        history.close(3)
    with pytest.raises(ValueError, match="empty history"):
        history.close_until(9)
