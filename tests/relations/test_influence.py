import numpy as np
import pytest

from detente.relations.acts import Selection
from detente.relations.influence import influence_scan, leads
from detente.relations.pairs import PairTotals
from detente.relations.periods import Period
from detente.relations.simulation import draw


def rhythm(generator, length=200, persistence=0.7, spread=0.5):
    level = np.zeros(length)
    for t in range(1, length):
        level[t] = persistence * level[t - 1] + generator.normal(0, spread)
    return level


def counts_of(level, generator, rate=4.0):
    return draw(rate * np.exp(level), 3.0, generator)


def test_false_positives_are_as_many_as_the_level_says():
    generator = np.random.default_rng(1)
    p = [
        leads(counts_of(rhythm(generator), generator), counts_of(rhythm(generator), generator), permutations=99).p
        for _ in range(400)
    ]
    assert np.mean(np.array(p) <= 0.05) <= 0.075
    assert np.mean(np.array(p) <= 0.5) == pytest.approx(0.5, abs=0.08)


def test_a_leader_is_found_with_its_sign_and_the_follower_does_not_lead():
    generator = np.random.default_rng(2)
    first = rhythm(generator)
    second = np.concatenate([[0, 0], first[:-2]]) * 0.9
    x, y = counts_of(first, generator, 8.0), counts_of(second, generator, 8.0)
    forth = leads(x, y)
    assert forth.p <= 0.01
    assert forth.gain > 2 * forth.chance
    assert forth.response.sum() > 0
    assert leads(y, x).p > 0.05


def test_the_same_data_give_the_same_p():
    generator = np.random.default_rng(3)
    x, y = counts_of(rhythm(generator), generator), counts_of(rhythm(generator), generator)
    assert leads(x, y).p == leads(x, y).p


def test_short_or_unequal_series_are_refused():
    with pytest.raises(ValueError, match="need two of one length, at least 24"):
        leads(np.ones(10), np.ones(10))


def totals_of(series):
    pairs = tuple(sorted(series))
    length = len(next(iter(series.values())))
    counts = np.zeros((len(pairs), length, 4), dtype=np.int32)
    for i, pair in enumerate(pairs):
        counts[i, :, 3] = series[pair]
    months = (np.datetime64("2000-01", "M") + np.arange(length)).astype("datetime64[D]")
    return PairTotals(pairs, Period.MONTH, months, counts, Selection())


def test_the_scan_calls_the_leader_and_usually_nobody():
    generator = np.random.default_rng(4)
    first = rhythm(generator)
    series = {("A", f"C{i:02}"): counts_of(rhythm(generator), generator) for i in range(12)}
    quiet = totals_of(series | {("A", "B"): counts_of(rhythm(generator), generator)})
    scan = influence_scan(quiet, "A", "B", permutations=199)
    assert scan.tested == 12
    assert scan.verdict.startswith("no evidence that any of 12")
    follower = counts_of(np.concatenate([[0], first[:-1]]), generator, 8.0)
    moved = totals_of(series | {("A", "B"): follower, ("B", "D"): counts_of(first, generator, 8.0)})
    rows = influence_scan(moved, "A", "B", permutations=199).table.to_pylist()
    assert rows[0]["third"] == "D"
    assert rows[0]["side"] == "B–D"
    assert rows[0]["called"]
    assert sum(row["called"] for row in rows) <= 2


def test_too_little_evidence_tests_nothing():
    totals = totals_of({("A", "B"): np.zeros(100, dtype=int), ("A", "C"): np.ones(100, dtype=int)})
    scan = influence_scan(totals, "A", "B")
    assert scan.tested == 0
    assert "too little evidence" in scan.verdict
