"""``detente load``: what it prints, how it ends, and that doing it twice changes nothing."""

import json

import pytest

MAPPING = """
dataset = "desk"
title = "Desk events"
origin = "made for this test"
licence = "none"
actors = "iso"
codes = "PLOVER"
delimiter = ","

[columns]
source = "from"
target = "to"
day = "day"
code = "act"
"""
ROWS = "from,to,day,act\nJPN,RUS,2024-01-01,CONSULT\nRUS,JPN,2024-01-02,ACCUSE\nRUS,JPN,2024-01-02,ACCUSE\n"


@pytest.fixture
def desk(tmp_path, run):
    (tmp_path / "desk.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    return run


def test_load_says_what_became_of_the_rows(desk):
    ran = desk("load", "desk.toml", "rows.csv")
    assert ran.code == 0
    assert "3 rows · 2 new · 1 told again" in ran.out
    assert "made for this test" in ran.out


def test_loading_twice_changes_nothing(desk):
    desk("load", "desk.toml", "rows.csv")
    before = json.loads(desk("relations", "JPN", "RUS", "--json").out)
    ran = desk("load", "desk.toml", "rows.csv")
    assert ran.code == 0
    assert "loaded before" in ran.out
    assert json.loads(desk("relations", "JPN", "RUS", "--json").out) == before


def test_bad_rows_are_shown_with_their_line_and_the_good_ones_taken(desk, tmp_path):
    bad = ROWS + "JPN,RUS,2024-13-01,CONSULT\nJPN,RUS,2024-01-05,DANCE\n"
    (tmp_path / "bad.csv").write_text(bad, encoding="utf-8")
    ran = desk("load", "desk.toml", "bad.csv", "missing.csv")
    assert ran.code == 3
    assert "2 new" in ran.out
    assert "3 not taken" in ran.err
    assert "bad.csv:5" in ran.err
    assert "bad.csv:6" in ran.err
    assert "missing.csv" in ran.err


def test_load_json(desk):
    (file,) = json.loads(desk("load", "desk.toml", "rows.csv", "--json").out)["files"]
    assert (file["rows"], file["new"], file["duplicates"], file["dataset"]) == (3, 2, 1, "desk")


def test_rows_under_another_name(desk):
    desk("load", "desk.toml", "rows.csv", "--dataset", "other")
    assert "data set other" in desk("load", "desk.toml", "rows.csv").out


def test_help_names_every_format_and_an_unknown_one_is_wrong_use(run):
    from detente.sources.events import built_in_formats

    shown = run("load", "--help").out
    assert [name for name in built_in_formats() if name not in shown] == []
    ran = run("load", "gdelt3", "x.csv")
    assert ran.code == 2
    assert "gdelt2" in ran.err
