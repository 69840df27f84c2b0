from datetime import date
from itertools import pairwise

import duckdb
import numpy as np
import pytest
from scipy.special import logit

from detente.relations.acts import Selection, TableStore
from detente.relations.discovery import benjamini_hochberg
from detente.relations.gap import gap_of, gap_over_time, gap_scan
from detente.relations.pairs import PairTotals, pair_totals
from detente.relations.periods import Period
from detente.relations.shares import clumping, share_of
from detente.relations.simulation import series_of
from detente.relations.tenures import Tenure, cut_by_tenures, tenures_of


@pytest.fixture
def generator():
    return np.random.default_rng(20250101)


def draw(generator, words, deeds, length=60, rate=3.0):
    """Counts of shape (T, 4) whose words are friendly with probability ``words``, deeds with ``deeds``."""
    said, done = generator.poisson(rate, length), generator.poisson(rate, length)
    kind, helped = generator.binomial(said, words), generator.binomial(done, deeds)
    return np.stack([kind, helped, said - kind, done - helped], axis=1)


def test_gap_intervals_cover_the_truth(generator):
    truth = logit(0.7) - logit(0.4)
    gaps = [gap_of(series_of(draw(generator, 0.7, 0.4))).gap for _ in range(300)]
    inside = np.mean([g is not None and g.low <= truth <= g.high for g in gaps])
    assert 0.86 <= inside <= 0.95


def test_clumped_acts_widen_the_interval_so_that_it_still_covers(generator):
    inside = []
    for _ in range(300):
        n = generator.poisson(8.0, 80)
        p = generator.beta(2.0, 2.0, 80)
        c = generator.binomial(n, p)
        share = share_of(int(c.sum()), int(n.sum()), clumping(c, n))
        inside.append(share.low <= 0.5 <= share.high)
    assert 0.85 <= np.mean(inside) <= 0.96


def test_no_gap_with_too_few_deeds(generator):
    counts = draw(generator, 0.5, 0.5)
    counts[:, [1, 3]] = 0
    gap = gap_of(series_of(counts))
    assert gap.gap is None
    assert "0 deeds; a comparison needs 10 words and 10 deeds" in gap.verdict.why


def test_gap_over_time_has_one_window_per_step(generator):
    series = series_of(draw(generator, 0.5, 0.5), period=Period.MONTH, first=date(2000, 1, 1))
    gaps = gap_over_time(series, window=12, step=6)
    assert [str(g.since) for g in gaps[:3]] == ["2000-01-01", "2000-07-01", "2001-01-01"]
    assert str(gaps[0].until) == "2000-12-31"


def test_the_scan_finds_the_pairs_that_stand_out_and_few_others(generator):
    odd = 6
    counts = np.stack([draw(generator, 0.9, 0.2) if i < odd else draw(generator, 0.6, 0.6) for i in range(120)])
    pairs = tuple((f"A{i:03}", "B") for i in range(120))
    scan = gap_scan(PairTotals(pairs, Period.MONTH, np.arange(60).astype("datetime64[D]"), counts, Selection()))
    found = [row["a"] for row in scan.table.to_pylist() if row["q"] < 0.05]
    assert set(found) >= {f"A{i:03}" for i in range(odd)}
    assert len(found) <= odd + 2
    rows = scan.table.to_pylist()
    assert all(abs(r["shrunk"] - scan.mean) <= abs(r["gap"] - scan.mean) + 1e-9 for r in rows)


def test_no_false_discoveries_beyond_the_rate():
    generator = np.random.default_rng(1)
    any_found = [(benjamini_hochberg(generator.uniform(size=50)) < 0.1).any() for _ in range(500)]
    assert np.mean(any_found) == pytest.approx(0.1, abs=0.035)


def test_leaders_cut_the_series_and_changes_are_seen(generator):
    counts = np.concatenate([draw(generator, 0.8, 0.8, 100), draw(generator, 0.3, 0.8, 100)])
    series = series_of(counts)
    middle = date(2001, 12, 3)
    tenures = (
        Tenure("A", "One", "president", date(1999, 1, 1), middle),
        Tenure("A", "Two", "president", middle, None),
        Tenure("A", "Three", "president", date(2030, 1, 1), None),
    )
    first, second = cut_by_tenures(series, tenures)
    assert first.words_change is None
    assert second.words_change is not None
    assert second.words_change.high < 0
    assert second.deeds_change is not None
    assert second.deeds_change.low < 0 < second.deeds_change.high
    assert sum(rate.acts for cut in (first, second) for rate in cut.rates) == counts.sum()


def test_a_short_term_says_too_little(generator):
    series = series_of(draw(generator, 0.5, 0.5, 20))
    cuts = cut_by_tenures(series, [Tenure("A", "Brief", "president", date(2000, 1, 3), date(2000, 2, 1))])
    assert not cuts[0].verdict.enough
    assert cuts[0].words_change is None


def test_terms_of_one_person_are_joined_and_in_order():
    leaders = tenures_of("JPN", date(2012, 1, 1), date(2026, 1, 1))
    assert [t.person for t in leaders][-3:] == ["Fumio Kishida", "Shigeru Ishiba", "Sanae Takaichi"]
    assert all(a.since < b.since for a, b in pairwise(leaders))


def test_pair_totals_hold_every_pair_and_act():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE acts (source VARCHAR, target VARCHAR, day DATE, quad VARCHAR)")
    rows = [
        ("B", "A", "2020-01-05", "verbal conflict"),
        ("A", "B", "2020-03-05", "verbal conflict"),
        ("C", "A", "2020-03-06", "material cooperation"),
    ]
    connection.executemany("INSERT INTO acts VALUES (?, ?, ?, ?)", rows)
    store = TableStore(connection, "acts")
    totals = pair_totals(store)
    assert totals.pairs == (("A", "B"), ("A", "C"))
    assert totals.counts[:, :, 2].tolist() == [[1, 0, 1], [0, 0, 0]]
    assert totals.of("C", "A") is not None
    assert totals.of("C", "B") is None
    assert pair_totals(store, at_least=2).pairs == (("A", "B"),)
    assert pair_totals(store, among=("A", "C")).pairs == (("A", "C"),)
