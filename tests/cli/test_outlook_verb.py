"""``detente outlook`` on generated event data: floors, reasons, what if, the running account, the backtest."""

import json
import shutil

import pytest


@pytest.fixture(scope="module")
def world(tmp_path_factory, fill):
    path = tmp_path_factory.mktemp("world") / "affairs.duckdb"
    fill(path, days=400)
    return path


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def desk(world, cache, run, tmp_path, monkeypatch):
    monkeypatch.setenv("DETENTE_CACHE", str(cache))
    shutil.copy(world, tmp_path / "affairs.duckdb")
    return run


def test_outlook_shows_floors_and_standing(desk):
    ran = desk("outlook", "Japan", "RUS", "--horizon", "7d")
    assert ran.code == 0
    assert "Japan – Russia, the 7 days after 2020-02" in ran.out
    assert "base rate" in ran.out
    assert "verbal cooperation" in ran.out
    assert "Most likely acts" in ran.out
    assert "hypothetical" not in ran.out


def test_outlook_json_has_every_class_between_zero_and_one(desk):
    found = json.loads(desk("outlook", "JPN", "RUS", "--horizon", "7d", "--json").out)
    outlook = found["outlook"]
    assert outlook["quads"][0]["quad"] == "verbal cooperation"
    assert len(outlook["quads"]) == 4
    assert len(outlook["types"]) == 16
    assert all(0 <= each["probability"] <= 1 for each in (*outlook["quads"], *outlook["types"]))
    assert found["hypothetical"] is False


def test_no_direction_is_likelier_than_the_type(desk):
    outlook = json.loads(desk("outlook", "JPN", "RUS", "--horizon", "7d", "--json").out)["outlook"]
    chance = {each["type"]: each["probability"] for each in outlook["types"]}
    assert outlook["acts"]
    assert all(act["probability"] <= chance[act["type"]] + 1e-9 for act in outlook["acts"])


def test_what_if_is_marked_as_hypothetical_everywhere(desk):
    act = "China SANCTION JPN 2020-02-10"
    ran = desk("outlook", "JPN", "CHN", "--horizon", "7d", "--assume", act)
    assert ran.code == 0
    assert "assumes: CHN SANCTION JPN 2020-02-10 (hypothetical)" in ran.out
    assert ran.out.count("2020-02-10 CHN SANCTION JPN") == ran.out.count("2020-02-10 CHN SANCTION JPN (hypothetical)")
    assert "at least one act (hypothetical)" in ran.out
    assert "What the assumption changes (hypothetical)" in ran.out
    found = json.loads(desk("outlook", "JPN", "CHN", "--horizon", "7d", "--assume", act, "--json").out)
    assert found["hypothetical"] is True
    assert found["outlook"]["without"] is not None


def test_written_forecasts_are_scored_when_due_and_hypothetical_ones_never(desk):
    args = ("outlook", "JPN", "RUS", "--horizon", "7d", "--as-of", "2020-01-15", "--write")
    assert "20 new forecasts kept" in desk(*args).out
    assert "0 new forecasts kept" in desk(*args).out
    assert "20 new hypothetical forecasts" in desk(*args, "--assume", "RUS AID JPN 2020-01-15").out
    account = json.loads(desk("outlook", "--score", "--json").out)
    assert account["accounts"][0]["n"] == 20
    assert account["hypothetical"] == 20
    assert "calibration error" in desk("outlook", "--score").out
    assert "None is due yet" in desk("outlook", "--score", "--as-of", "2020-01-16").out


def test_backtest_prints_scores_beside_floors_and_writes_files(desk, tmp_path):
    ran = desk("outlook", "--backtest", "--horizon", "7d", "--days", "42", "--refits", "1", "--out", "bt")
    assert ran.code == 0
    assert "base rate's" in ran.out
    assert "recurrency's MRR" in ran.out
    result = json.loads((tmp_path / "bt" / "backtest.json").read_text(encoding="utf-8"))
    assert result["horizon"] == 7
    assert all(0 <= kind["brier"] <= 1 for kind in result["kinds"])
    page = (tmp_path / "bt" / "backtest.html").read_text(encoding="utf-8")
    assert "written to bt/backtest.html" in ran.out
    assert f"{result['kinds'][0]['brier']:.4f}" in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["outlook"], "--backtest, or --score"),
        (["outlook", "JPN", "RUS", "--horizon", "8d"], "allowed: 7d, 30d, 90d"),
        (["outlook", "JPN", "RUS", "--assume", "CHN DANCE JPN 2020-01-01"], "SANCTION"),
        (["outlook", "--score", "--write"], "two states"),
        (["outlook", "JPN", "FRA", "--horizon", "7d"], "no dated act of FRA"),
    ],
)
def test_wrong_use_says_what_is_allowed(desk, arguments, words):
    ran = desk(*arguments)
    assert ran.code == 2
    assert words in ran.err
