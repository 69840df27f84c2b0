from datetime import date

import numpy as np
import pytest

from detente.relations.charts import gap_chart, pair_chart, to_html, to_png, to_svg
from detente.relations.gap import gap_over_time
from detente.relations.periods import Period
from detente.relations.shifts import find_shifts
from detente.relations.simulation import draw, series_of
from detente.relations.tenures import Tenure


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
