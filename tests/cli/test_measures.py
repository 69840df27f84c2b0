"""The measuring verbs on generated event data in which it is known what happened."""

import json
import shutil
from datetime import date

import pytest

TURN = date(2021, 1, 1)


@pytest.fixture(scope="module")
def world(tmp_path_factory, fill):
    path = tmp_path_factory.mktemp("world") / "affairs.duckdb"
    fill(path)
    return path


@pytest.fixture
def desk(world, run, tmp_path):
    shutil.copy(world, tmp_path / "affairs.duckdb")
    return run


def test_shifts_of_a_pair_finds_the_turn_with_acts_and_rate(desk):
    ran = desk("shifts", "--pair", "Japan", "RUS")
    assert ran.code == 0
    assert "alarms a year, budget 0.4" in ran.out
    assert "worse" in ran.out
    assert "hostile deeds" in ran.out
    assert "Around 20" in ran.out
    assert "SANCTION" in ran.out


def test_shifts_json_holds_date_interval_and_acts(desk):
    found = json.loads(desk("shifts", "--pair", "JPN", "RUS", "--json").out)
    (shift,) = found["report"]["shifts"]
    assert date.fromisoformat(shift["low"]) <= TURN <= date.fromisoformat(shift["high"])
    assert shift["agreed"] is True
    assert 0.5 < shift["probability"] <= 1
    assert {act["origin"] for act in found["around"][0]} == {"desk"}


def test_shifts_as_of_a_day_before_knows_of_none_and_delay_says_when(desk):
    before = json.loads(desk("shifts", "--pair", "JPN", "RUS", "--as-of", "2020-12-01", "--json").out)
    assert before["report"]["shifts"] == []
    after = json.loads(desk("shifts", "--pair", "JPN", "RUS", "--delay", "--json").out)
    assert 0 <= after["delays"][0]["days"] <= 90


def test_shifts_of_all_pairs_names_the_one_that_turned(desk, tmp_path):
    ran = desk("shifts", "--all", "--csv", "all.csv")
    assert "5 pairs judged" in ran.out
    assert "JPN–RUS" in ran.out
    rows = (tmp_path / "all.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith('"a","b","when"')
    assert rows[1].startswith('"JPN","RUS",')


def test_relations_has_leaders_gap_csv_and_chart(desk, tmp_path):
    ran = desk("relations", "JPN", "RUS", "--csv", "rows.csv", "--chart", "pair.svg")
    assert "Japan: Fumio Kishida" in ran.out
    assert "Words are friendlier than deeds" in ran.out
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8").startswith('"source","target","start"')
    assert "<svg" in (tmp_path / "pair.svg").read_text(encoding="utf-8")


def test_gap_of_a_pair_and_of_all(desk):
    ran = desk("gap", "JPN", "RUS")
    assert "Japan → Russia" in ran.out
    assert "P(gap > 0)" in ran.out
    rows = json.loads(desk("gap", "--all", "--json").out)["pairs"]
    assert len(rows) == 5
    assert (rows[0]["a"], rows[0]["b"]) == ("JPN", "RUS")


def test_influence_finds_no_evidence_where_there_is_none(desk):
    found = json.loads(desk("influence", "JPN", "RUS", "--permutations", "99", "--json").out)
    assert found["tested"] == 4
    assert found["verdict"].startswith("no evidence")
    assert all(0 < row["p"] <= 1 for row in found["rows"])


def test_triad_and_network(desk, tmp_path):
    ran = desk("triad", "JPN", "CHN", "RUS")
    assert "JPN–CHN" in ran.out
    assert "the whole" in ran.out
    network = json.loads(desk("triad", "--network", "--samples", "2", "--json").out)
    assert network["states"] == 4
    assert "Frustration:" in desk("triad", "--network", "--samples", "0").out
    chart = tmp_path / "network.svg"
    desk("triad", "--network", "--samples", "0", "--chart", str(chart))
    assert "4 of 4 states by camp" in chart.read_text(encoding="utf-8")


def test_precedents_stand_beside_what_they_are_worth(desk):
    found = json.loads(desk("precedents", "JPN", "RUS", "--json").out)
    assert len(found["found"]) == 5
    assert found["floor"] is None or 0.5 <= found["floor"] <= 1
    assert "Most like" in desk("precedents", "JPN", "RUS").out


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("influence JPN RUS --permutations 99", "one standard deviation more conflict"),
        ("precedents JPN RUS", "and its precedents"),
        ("triad JPN RUS CHN", "the three together"),
    ],
)
def test_influence_precedents_and_triads_are_drawn(desk, tmp_path, verb, said):
    ran = desk(*verb.split(), "--chart", "drawn.svg")
    assert "chart written to drawn.svg" in ran.err
    assert said in (tmp_path / "drawn.svg").read_text()


@pytest.mark.parametrize("verb", ["shifts --pair", "gap", "influence", "precedents", "relations"])
def test_a_pair_without_acts_is_said_to_have_none(desk, verb):
    ran = desk(*verb.split(), "FRA", "BRA")
    assert ran.code == 0
    assert any(words in ran.out for words in ("oo little evidence", "no dated act"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["shifts"], "two states"),
        (["shifts", "--all", "--pair", "JPN", "RUS"], "two states"),
        (["shifts", "--all", "--budget", "0"], "budget"),
        (["shifts", "--pair", "JPN", "RUS", "--from", "gdelt"], "allowed: read, desk"),
        (["shifts", "--pair", "JPN", "RUS", "--chart", "x.pdf"], ".html, .svg, .png"),
        (["gap", "JPN"], "two states"),
        (["triad", "JPN", "CHN"], "three states"),
        (["triad", "JPN", "CHN", "JPN"], "three different"),
        (["influence", "JPN", "RUS", "--third", "RUS"], "third party"),
    ],
)
def test_wrong_use_says_what_is_allowed(desk, arguments, words):
    ran = desk(*arguments)
    assert ran.code == 2
    assert words in ran.err


def test_the_same_from_python(world):
    import detente

    with detente.open(world, read_only=True) as affairs:
        (shift,) = affairs.shifts("Japan", "RUS").shifts
        assert shift.low <= TURN <= shift.high
        assert affairs.all_shifts().to_arrow().num_rows >= 1
        gap = affairs.gap("JPN", "RUS").gap
        assert gap is not None
        assert gap.low > 0
        assert affairs.all_gaps().table.num_rows == 5
        assert affairs.triad("JPN", "CHN", "RUS").ties[0].share.total > 100
        assert affairs.precedents("JPN", "RUS").verdict.enough
        assert affairs.influence("JPN", "RUS", period="month").tested == 4
