"""The page of a backtest: every score stands there beside its floors, and the diagrams show the bins."""

import re
from datetime import date
from html.parser import HTMLParser

import numpy as np
import pytest

from detente.cli.backtest_page import backtest_page, reliability_chart
from detente.outlook.acts import QUAD_CLASSES
from detente.outlook.backtest import ActScore, Backtest, KindScore
from detente.outlook.protocol import Metrics
from detente.outlook.scores import calibration_error, reliability


class Rows(HTMLParser):
    """Collects the table rows by section heading, and everything that would be fetched."""

    def __init__(self):
        super().__init__()
        self.rows, self.heading, self.cells, self.at, self.links, self.best = {}, "", [], None, [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.links += [given[name] for name in ("src", "href", "xlink:href") if name in given]
        self.links += [tag] if tag in ("script", "link", "img", "iframe") else []
        if tag in ("h2", "h3"):
            self.at, self.heading = "heading", ""
        elif tag == "tr":
            self.cells, self.best = [], []
        elif tag in ("td", "th"):
            self.at = "cell"
            self.cells.append("")
            if "best" in (given.get("class") or "").split():
                self.best.append(len(self.cells) - 1)

    def handle_data(self, data):
        if self.at == "heading":
            self.heading += data
        elif self.at == "cell":
            self.cells[-1] += data

    def handle_endtag(self, tag):
        if tag in ("td", "th", "h2", "h3"):
            self.at = None
        elif tag == "tr":
            self.rows.setdefault(self.heading, []).append((self.cells, self.best))


def score(kind, region, seed=0, base=0.25):
    generator = np.random.default_rng(seed)
    probability = generator.random(500)
    bins = reliability(probability, generator.random(500) < probability)
    numbers = (500, 0.5, 0.1712, base, 0.1999, 0.51, 0.69, 0.81, 0.79)
    return KindScore(kind, region, *numbers, calibration_error(bins), bins)


def result(acts=True, notes=()):
    kinds = [score(quad.value, None, number) for number, quad in enumerate(QUAD_CLASSES)]
    kinds += [score(QUAD_CLASSES[0].value, "Asia & <more>", 9), score("CONSULT", None, 7, base=0.1)]
    splits = [
        ActScore("seen before", Metrics(30, 0.5, (0.4, 0.5, 0.6)), Metrics(30, 0.45, (0.41, 0.45, 0.6))),
        ActScore("new", Metrics(12, 0.1, (0.04, 0.1, 0.2)), Metrics(12, 0.0, (0.0, 0.0, 0.0))),
    ]
    days = (date(2020, 1, 2), date(2020, 3, 4))
    return Backtest(*days, 7, 9, 1, tuple(kinds), tuple(splits) if acts else (), tuple(notes))


def rows_of(page):
    parser = Rows()
    parser.feed(page)
    return parser


def test_every_kind_stands_beside_its_floors_with_the_best_marked():
    found = rows_of(backtest_page(result())).rows
    top, under, *quads = found["At least one act, by quad class"]
    assert [cells[0] for cells, _ in quads] == [quad.value for quad in QUAD_CLASSES]
    cells, best = quads[0]
    assert cells[1:-1] == ["500", "50.0 %", "0.1712", "0.2500", "0.1999", "0.510", "0.690", "0.810", "0.790"]
    assert best == [3, 6, 9]
    assert len(top[0]) == 7
    assert under[0] == ["Detente", "base rate", "recent pace", "Detente", "base rate", "Detente", "recent pace"]
    ((consult, floor_wins),) = found["By PLOVER type"][2:]
    assert consult[0] == "CONSULT"
    assert floor_wins[0] == 4


def test_acts_are_split_into_seen_and_new_and_ties_are_both_best():
    *_, seen, new = rows_of(backtest_page(result())).rows["Who is the object of an act"]
    assert seen == (["seen before", "30", "0.500", "0.450", "0.400", "0.410", "0.600", "0.600"], [2, 5, 6, 7])
    assert new[0][0] == "new"


def test_regions_are_listed_per_quad_class_and_escaped():
    page = backtest_page(result())
    assert "<more>" not in page
    assert [cells[0] for cells, _ in rows_of(page).rows[QUAD_CLASSES[0].value]][2:] == ["Asia & <more>"]


def test_nothing_is_fetched():
    page = backtest_page(result())
    assert rows_of(page).links == []
    assert not re.search(r"@import|url\((?!['\"]?#)", page)


def test_a_diagram_per_quad_class_with_its_calibration_error():
    page, scores = backtest_page(result()), result().kinds[:4]
    assert page.count("<svg") == 4
    for each in scores:
        assert f"<b>{each.kind}</b> · ECE {each.calibration_error:.3f}" in page


def test_the_chart_holds_the_bins_with_their_intervals():
    truth = score("CONSULT", None)
    rows = reliability_chart(truth)["data"]["values"]
    assert [row["n"] for row in rows] == [each.n for each in truth.bins]
    assert all(row["low"] <= row["happened"] <= row["high"] for row in rows)
    assert reliability_chart(score("CONSULT", None, 3))["data"]["values"] != rows


@pytest.mark.parametrize("acts", [True, False])
def test_what_is_left_out_is_said(acts):
    page = backtest_page(result(acts, ["the record has too few acts to rank"]))
    assert "Left out: the record has too few acts to rank" in page
    assert ("MRR" in page) is acts
