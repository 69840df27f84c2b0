import csv
import gzip
import os
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.relations.acts import Selection
from detente.relations.frustration import frustration, unbalanced_triangles
from detente.relations.pairs import PairTotals
from detente.relations.periods import Period
from detente.relations.simulation import draw
from detente.relations.triads import SignedNetwork, balance, negative_probability, signed_network, triad_of
from detente.relations.wedge import find_wedges

COW = Path(os.environ.get("DETENTE_DATA", "../shared")) / "data" / "relations" / "cow_signed_1946_1999"


@st.composite
def networks(draw_):
    nodes = draw_(st.integers(2, 8))
    ties = []
    for i in range(nodes):
        for j in range(i + 1, nodes):
            sign = draw_(st.sampled_from((-1, 0, 1)))
            if sign:
                ties.append((i, j, sign))
    return nodes, ties


@settings(max_examples=40, deadline=None)
@given(networks())
def test_frustration_is_the_least_over_all_splits(network):
    nodes, ties = network
    least = min(sum((camps[i] == camps[j]) != (s > 0) for i, j, s in ties) for camps in product((0, 1), repeat=nodes))
    found = frustration(nodes, ties)
    assert found.index == len(found.frustrated) == least


def test_frustration_of_known_networks():
    assert frustration(3, [(0, 1, 1), (0, 2, 1), (1, 2, -1)]).index == 1
    assert frustration(3, [(0, 1, -1), (0, 2, -1), (1, 2, 1)]).index == 0
    complete = [(i, j, -1) for i in range(6) for j in range(i + 1, 6)]
    assert frustration(6, complete).index == 6
    assert len(unbalanced_triangles(6, complete)) == 20
    assert frustration(4, []).normalised == 1.0


@pytest.mark.parametrize("tie", [(0, 0, 1), (0, 1, 2), (0, 9, 1)])
def test_ties_that_are_none_are_refused(tie):
    with pytest.raises(ValueError, match="need two nodes"):
        frustration(3, [tie])


@pytest.mark.data
def test_stored_networks_have_their_stored_index():
    if not COW.is_dir():
        pytest.skip(f"no networks at {COW}; set DETENTE_DATA")
    edges: dict[str, list[tuple[str, str, int]]] = {}
    with gzip.open(COW / "edges.csv.gz", "rt") as handle:
        for row in csv.DictReader(handle):
            edges.setdefault(row["net"], []).append((row["a"], row["b"], int(row["sign"])))
    lines = (COW / "frustration_exact.txt").read_text().splitlines()
    wanted = {line.split()[0]: float(line.split(" L ")[1].split()[0]) for line in lines if line}
    assert len(wanted) == 51
    for name, ties in edges.items():
        nodes = sorted({code for a, b, _ in ties for code in (a, b)})
        place = {code: i for i, code in enumerate(nodes)}
        index = frustration(len(nodes), [(place[a], place[b], s) for a, b, s in ties]).index
        assert index == wanted[name], name


def test_chance_keeps_every_state_s_negative_ties_on_average():
    generator = np.random.default_rng(1)
    ties = [(i, j, -1 if generator.random() < 0.3 else 1) for i in range(12) for j in range(i + 1, 12)]
    p = negative_probability(12, ties)
    for node in range(12):
        own = [k for k, (i, j, _) in enumerate(ties) if node in (i, j)]
        assert p[own].sum() == pytest.approx(sum(ties[k][2] < 0 for k in own), abs=0.05)


def test_two_camps_are_more_balanced_than_chance_and_noise_is_not():
    generator = np.random.default_rng(2)
    camp = np.arange(14) < 7
    pairs = [(i, j) for i in range(14) for j in range(i + 1, 14)]
    nodes = tuple(f"S{i:02}" for i in range(14))
    camps = SignedNetwork(None, None, nodes, tuple((i, j, 1 if camp[i] == camp[j] else -1) for i, j in pairs))
    noise = SignedNetwork(None, None, nodes, tuple((i, j, int(generator.choice((-1, 1)))) for i, j in pairs))
    balanced, random = balance(camps, 100, 10), balance(noise, 100, 10)
    assert balanced.census[1] == balanced.census[3] == 0
    assert balanced.z[2] > 3
    assert balanced.frustration.index == 0
    assert balanced.p_frustration == pytest.approx(1 / 11)
    assert all(abs(z) < 3 for z in random.z)
    assert random.p_frustration is not None
    assert random.p_frustration > 0.1


def totals_of(rates, periods=24, seed=3):
    generator = np.random.default_rng(seed)
    pairs = tuple(sorted(rates))
    counts = np.stack([draw(np.broadcast_to(rates[p], (periods, 4)), 5.0, generator) for p in pairs]).astype(np.int32)
    months = (np.datetime64("2020-01", "M") + np.arange(periods)).astype("datetime64[D]")
    return PairTotals(pairs, Period.MONTH, months, counts, Selection())


FRIENDS, FOES = [6.0, 2.0, 0.5, 0.3], [1.0, 0.2, 4.0, 3.0]


def test_ties_triads_and_networks_from_acts():
    totals = totals_of({("A", "B"): FRIENDS, ("A", "C"): FOES, ("B", "C"): FOES, ("A", "D"): [0.01] * 4})
    triad = triad_of(totals, "A", "B", "C")
    assert triad.kind == "+--"
    assert triad.is_balanced is True
    open_triad = triad_of(totals, "A", "B", "D")
    assert (open_triad.kind, open_triad.is_balanced) == (None, None)
    network = signed_network(totals)
    assert network.nodes == ("A", "B", "C")
    assert network.ties == ((0, 1, 1), (0, 2, -1), (1, 2, -1))


def test_a_wedge_is_found_with_its_aftermath_and_not_where_there_is_none():
    half = np.repeat([[2.0, 0.5, 2.0, 1.0], FRIENDS, FRIENDS], 12, axis=0)
    cooling = np.repeat([FRIENDS, FRIENDS, [2.0, 0.5, 2.0, 1.0]], 12, axis=0)
    rates = {("A", "B"): half, ("A", "C"): np.tile(FOES, (36, 1)), ("B", "C"): cooling}
    found = find_wedges(totals_of(rates, 36), [("A", "B", "C")])
    assert (found[0].driver, found[0].courted, found[0].rival) == ("A", "B", "C")
    assert str(found[0].since) == "2021-01-01"
    assert all(w.courtship.low > 0 and w.odds.sign == -1 and w.friendship.sign == 1 for w in found)
    assert found[0].cooling is not None
    assert found[0].cooling.high < 0
    assert found[0].windows == 2
    calm = {("A", "B"): FRIENDS, ("A", "C"): FRIENDS, ("B", "C"): FRIENDS}
    assert find_wedges(totals_of(calm, 36), [("A", "B", "C")]) == ()
