from datetime import date

import numpy as np
import pytest

from detente.relations.autoregression import HORIZON, response_with_band, without_levels
from detente.relations.charts import (
    gap_chart,
    influence_chart,
    pair_chart,
    precedents_chart,
    to_html,
    to_png,
    to_svg,
    triad_chart,
)
from detente.relations.gap import gap_over_time
from detente.relations.pairs import PairTotals
from detente.relations.periods import Period
from detente.relations.precedents import NEXT, WINDOW, find_precedents
from detente.relations.shifts import find_shifts
from detente.relations.simulation import draw, series_of
from detente.relations.tenures import Tenure
from detente.relations.triads import triad_of
from detente.relations.wedge import find_wedges


@pytest.fixture(scope="module")
def series():
    rates = np.tile([3.0, 1.0, 2.0, 1.0], (96, 1))
    rates[60:, 2:] *= 6.0
    return series_of(draw(rates, 5.0, np.random.default_rng(1)), ("JPN", "RUS"), date(2016, 1, 1), Period.MONTH)


TENURES = (
    Tenure("JPN", "First", "prime minister", date(2010, 1, 1), date(2020, 9, 16)),
    Tenure("JPN", "Second", "prime minister", date(2020, 9, 16), None),
    Tenure("JPN", "Third", "prime minister", date(2040, 1, 1), None),
)


def test_every_act_stands_in_the_chart_words_up_and_deeds_down(series):
    rows = pair_chart(series)["datasets"]["acts"]
    assert sum(row["acts"] for row in rows) == series.acts
    assert sum(row["to"] - row["from"] for row in rows) == series.words.sum() - series.deeds.sum()


def test_shifts_and_terms_are_drawn(series):
    shifts = find_shifts(series).shifts
    spec = pair_chart(series, shifts, TENURES)
    assert len(spec["datasets"]["shifts"]) == len(shifts) >= 1
    assert [row["person"] for row in spec["datasets"]["terms"]] == ["First", "Second"]
    svg = to_svg(spec)
    assert svg.startswith("<svg")
    svg = svg.replace("rgb(213, 94, 0)", "#D55E00")
    for text in ("hostile deeds", "cooperative words", "First", "▼", "#D55E00", "#e4e4e4"):
        assert text in svg


def test_rates_are_bands_of_words_above_and_deeds_below(series):
    rows = pair_chart(series)["datasets"]["rates"]
    assert [sum(row["group"] == group for row in rows) for group in ("words", "deeds")] == [96, 96]
    for row in rows:
        assert (row["rate"] > 0) == (row["group"] == "words")
        assert abs(row["low"]) < abs(row["rate"]) < abs(row["high"])
    assert pair_chart(series.cut(date(2023, 10, 1), None))["datasets"]["rates"] == []


def test_gaps_png_and_page(series):
    spec = gap_chart(gap_over_time(series, step=6))
    assert len(spec["datasets"]["gaps"]) > 5
    assert to_png(spec, 1.0).startswith(b"\x89PNG")
    page = to_html(spec, "Gap <1>")
    assert "<title>Gap &lt;1&gt;</title>" in page
    assert 'src="http' not in page


def test_an_empty_series_gives_an_empty_chart(series):
    spec = pair_chart(series.cut(date(2090, 1, 1), None), (), TENURES)
    assert spec["datasets"] == {"acts": [], "rates": [], "shifts": [], "terms": []}
    assert to_svg(spec).startswith("<svg")


def network_of(series):
    """Three pairs that share a series' periods: the first two cool half-way, the third stays friendly."""
    friendly = np.tile([6, 2, 1, 0], (len(series.starts), 1))
    hostile = friendly.copy()
    hostile[: len(hostile) // 2] = [1, 0, 4, 3]
    counts = np.stack([friendly, hostile, series.total]).astype(np.int32)
    pairs = (("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "CCC"))
    return PairTotals(pairs, series.period, series.starts, counts, series.selection)


def test_a_triad_is_drawn_with_its_ties_balance_and_wedges(series):
    totals = network_of(series)
    days = [(date(2016, 1, 1), date(2016, 12, 31)), (date(2023, 1, 1), date(2023, 12, 31))]
    windows = [(since, until, triad_of(totals, "AAA", "BBB", "CCC", since, until)) for since, until in days]
    spec = triad_chart(windows)
    signs = {(row["pair"], row["since"][:4]): row["sign"] for row in spec["datasets"]["ties"]}
    assert signs["AAA–BBB", "2016"] == "+ friendly"
    assert (signs["AAA–CCC", "2016"], signs["AAA–CCC", "2023"]) == ("− hostile", "+ friendly")
    assert len(spec["datasets"]["balance"]) == 2
    assert "wedges" not in to_svg(spec)


def test_a_wedge_stands_below_the_ties(series):
    counts = network_of(series).counts.copy()
    counts[0, :72] = [2, 1, 2, 1]
    counts[1] = [1, 0, 4, 3]
    counts[2] = [6, 2, 1, 0]
    totals = PairTotals(network_of(series).pairs, series.period, series.starts, counts, series.selection)
    wedges = find_wedges(totals, [("AAA", "BBB", "CCC")])
    rows = triad_chart([], wedges)["datasets"]["wedges"]
    assert "AAA courts BBB, at odds with CCC" in {row["what"] for row in rows}


def test_precedents_are_panels_with_what_came_next(series):
    totals = network_of(series)
    found = find_precedents(totals, "AAA", "BBB", most=3)
    spec = precedents_chart(totals, found)
    rows = spec["datasets"]["months"]
    assert len({row["panel"] for row in rows}) == len(found.found) == 3
    now = [row["step"] for row in rows if row["who"] == "now" and row["rank"] == 0]
    assert now == list(range(1 - WINDOW, 1))
    assert max(row["step"] for row in rows if row["who"] == "then") == NEXT
    assert all(0.0 < row["share"] < 1.0 for row in rows)
    assert "then " in to_svg(spec)


def test_influence_is_drawn_as_responses_with_bands():
    generator = np.random.default_rng(3)
    level = np.cumsum(generator.normal(0, 0.3, 240)) * 0.2
    x, y = draw(np.exp(1.5 + level), 20.0, generator), draw(np.exp(1.5 + np.roll(level, 1)), 20.0, generator)
    response = response_with_band(without_levels(x), without_levels(y), 3)
    assert (response.low <= response.high).all()
    assert (response.low <= response.middle).mean() > 0.9
    spec = influence_chart(("AAA", "BBB"), [("AAA–CCC", True, response)], "week")
    assert [row["step"] for row in spec["datasets"]["responses"]] == list(range(1, HORIZON + 1))
    svg = to_svg(spec)
    assert "AAA–CCC: leads" in svg
    assert "weeks later" in svg


def test_the_band_of_a_response_covers_the_true_one():
    generator = np.random.default_rng(4)
    inside = []
    for _ in range(40):
        x, y = generator.normal(size=300), generator.normal(size=300)
        for t in range(1, 300):
            x[t] += 0.4 * x[t - 1]
            y[t] += 0.3 * y[t - 1] + 0.3 * x[t - 1]
        response = response_with_band(x, y, 1)
        inside.append(response.low[0] <= 0.3 <= response.high[0])
    assert np.mean(inside) >= 0.75
