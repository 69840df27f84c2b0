import numpy as np
import pytest

from detente.model.codes import Direction
from detente.relations.acts import Selection
from detente.relations.pairs import PairTotals
from detente.relations.periods import Period
from detente.relations.precedents import NEXT, WINDOW, find_precedents
from detente.relations.simulation import draw


def totals_of(rates, seed=1, size=20.0):
    """Rates of shape (N, T, 4)."""
    generator = np.random.default_rng(seed)
    rates = np.asarray(rates, dtype=float)
    pairs = tuple((f"A{i:03}", "ZZZ") for i in range(len(rates)))
    months = (np.datetime64("2000-01", "M") + np.arange(rates.shape[1])).astype("datetime64[D]")
    return PairTotals(pairs, Period.MONTH, months, draw(rates, size, generator).astype(np.int32), Selection())


def flat(pairs, length):
    return np.tile([3.0, 1.0, 2.0, 1.0], (pairs, length, 1))


def rise(rates, pair, start, after):
    """Conflict climbs over a window from ``start`` and then is ``after`` times its height."""
    rates[pair, start : start + WINDOW, 2:] *= np.linspace(1.0, 12.0, WINDOW)[:, None]
    rates[pair, start + WINDOW : start + WINDOW + NEXT, 2:] *= 12.0 * after


def test_the_window_planted_earlier_is_found_with_what_came_next():
    rates = flat(20, 120)
    rise(rates, 7, 30, 0.05)
    rates[3, -WINDOW:, 2:] *= np.linspace(1.0, 12.0, WINDOW)[:, None]
    found = find_precedents(totals_of(rates), "A003", "ZZZ", most=3)
    first = found.found[0]
    assert first.pair == ("A007", "ZZZ")
    assert abs((first.since.year - 2000) * 12 + first.since.month - 1 - 30) <= 3
    assert first.direction is Direction.BETTER
    assert [p.distance for p in found.found] == sorted(p.distance for p in found.found)


def test_precedents_neither_overlap_each_other_nor_the_present():
    found = find_precedents(totals_of(flat(3, 150)), "A001", "ZZZ", most=8)
    for i, one in enumerate(found.found):
        assert found.since is not None
        assert one.until < found.since
        for other in found.found[:i]:
            assert one.pair != other.pair or one.until < other.since or other.until < one.since


def test_scale_does_not_matter():
    rates = flat(12, 120)
    rise(rates, 7, 30, 1.0)
    rates[7] *= 10.0
    rates[3, -WINDOW:, 2:] *= np.linspace(1.0, 12.0, WINDOW)[:, None]
    assert find_precedents(totals_of(rates), "A003", "ZZZ", most=1).found[0].pair == ("A007", "ZZZ")


def test_resemblance_is_worth_something_where_history_repeats_and_nothing_where_it_does_not():
    generator = np.random.default_rng(5)
    repeating, noise = flat(40, 240), flat(40, 240)
    for pair in range(40):
        for start in range(int(generator.integers(0, 24)), 220, 24):
            shape = np.concatenate([np.linspace(1, 10, WINDOW), np.linspace(10, 1, WINDOW)])[: 240 - start]
            repeating[pair, start : start + 24, 2:] *= shape[:, None]
    good = find_precedents(totals_of(repeating), "A003", "ZZZ", tests=200)
    bad = find_precedents(totals_of(noise), "A003", "ZZZ", tests=200)
    assert good.skill is not None
    assert good.floor is not None
    assert bad.skill is not None
    assert bad.floor is not None
    assert good.skill > good.floor + 0.15
    assert bad.skill < good.skill - 0.1


def test_too_little_evidence_has_no_precedents():
    totals = totals_of(flat(4, 60) * 0.01)
    found = find_precedents(totals, "A001", "ZZZ")
    assert found.found == ()
    assert "fewer than 24 acts in the last 12 periods" in found.verdict.why
    assert find_precedents(totals, "XXX", "YYY").found == ()
    assert find_precedents(totals_of(flat(2, 6)), "A001", "ZZZ").skill is None


@pytest.mark.parametrize("most", [1, 4])
def test_no_more_than_asked(most):
    assert len(find_precedents(totals_of(flat(5, 100)), "A001", "ZZZ", most=most).found) == most
