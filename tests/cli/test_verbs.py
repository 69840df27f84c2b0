"""Every verb on real input: what it prints, what it writes, how it ends."""

import json
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"

REPORT = """Japan imposed sanctions on Russia in March 2022.
Foreign ministry officials in Moscow accused Japan of hostility.

Subscribe to our channel
"""


@pytest.fixture
def read(run, tmp_path):
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    assert run("read", "report.txt", "--publisher", "Harbour Wire", "--published", "2022-04-01").code == 0
    return run


def test_read_says_what_it_did_and_reading_twice_changes_nothing(run, tmp_path):
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    first, second = run("read", "report.txt"), run("read", "report.txt")
    assert "1 read" in first.out
    assert "0 read" in second.out
    assert "1 already in the record" in second.out
    assert (first.code, second.code) == (0, 0)


def test_some_inputs_refused_ends_with_3_and_names_them(run, tmp_path):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "good.txt").write_text(REPORT, encoding="utf-8")
    ran = run("read", "empty.txt", "good.txt", "missing.txt")
    assert ran.code == 3
    assert "1 read" in ran.out
    assert "empty.txt" in ran.err
    assert "missing.txt" in ran.err


def test_read_json(run, tmp_path):
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    result = json.loads(run("read", "report.txt", "--json").out)
    assert result["read"] == 1
    assert result["refusals"] == []


def test_show_marks_and_explains(read):
    ran = read("show", "report.txt", "--why")
    assert ran.code == 0
    assert "SANCTION" in ran.out
    assert "Japan sanctioned or cut ties with Russia" in ran.out
    assert "Subscribe to our channel" in ran.out
    data = json.loads(read("show", "report.txt", "--json").out)
    quote = data["reading"]["events"][0]["trigger"]
    assert data["document"]["text"][quote["start"] : quote["end"]] in REPORT


def test_show_page(read, tmp_path):
    assert read("show", "report.txt", "--html", "page.html").code == 0
    assert "<article>" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_brief_in_each_format(read, tmp_path):
    assert "Japan – Russia" in read("brief", "JPN", "Russia", "--as-of", "2022-05-01").out
    assert json.loads(read("brief", "JPN", "RUS", "--format", "json").out)["pair"] == ["JPN", "RUS"]
    ran = read("brief", "JPN", "RUS", "--format", "html", "--out", "b.html")
    assert "brief written to b.html" in ran.out
    assert "Too little evidence" in (tmp_path / "b.html").read_text(encoding="utf-8")


def test_brief_as_of_before_the_report_knows_nothing(read):
    assert "holds no report" in read("brief", "JPN", "RUS", "--as-of", "2022-03-15").out


def test_relations_counts_or_abstains(read):
    ran = read("relations", "JPN", "RUS")
    assert ran.code == 0
    assert "Too little evidence" in ran.out
    assert "2022-03" in ran.out
    rows = json.loads(read("relations", "JPN", "RUS", "--json").out)
    assert rows["verdict"]["enough"] is False


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "webannotation", "graphml"])
def test_export(read, tmp_path, form):
    assert read("export", "--format", form, "--out", "out").code == 0
    assert any(path.stat().st_size for path in (tmp_path / "out").iterdir())


def test_correct_survives_reading_again(read):
    event = json.loads(read("brief", "JPN", "RUS", "--format", "json").out)
    assert event["acts"][0]["factuality"] == "fact"
    key = _event_id(read)
    assert read("correct", "events", key, "factuality", "denied", "--who", "Analyst").code == 0
    assert json.loads(read("brief", "JPN", "RUS", "--format", "json").out)["acts"][0]["factuality"] == "denied"
    assert "Analyst" in read("corrections").out


def _event_id(run):
    run("export", "--format", "csv", "--out", "ids")
    lines = Path("ids/events.csv").read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("id")
    return next(line.split(",")[column] for line in lines[1:] if "SANCTION" in line)


def test_evaluate_scores_and_writes(run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text((CORPUS / "dispatches.jsonl").read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    ran = run("evaluate", gold, "--write", "predicted.jsonl", "--json")
    assert ran.code == 0
    assert 0 <= json.loads(ran.out)["event.strict"]["f1"] <= 1
    assert json.loads((tmp_path / "predicted.jsonl").read_text(encoding="utf-8"))["events"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["brief", "JPN"], "argument"),
        (["brief", "JPN", "JPN"], "same actor"),
        (["brief", "JPN", "Rusia"], "Russia (RUS)"),
        (["brief", "JPN", "RUS", "--as-of", "yesterday"], "YYYY-MM-DD"),
        (["brief", "JPN", "RUS", "--record", "none.duckdb"], "no record at none.duckdb"),
        (["relations", "JPN", "RUS", "--period", "decade"], "allowed: day, week, month"),
        (["export", "--format", "xml"], "allowed: jsonl"),
        (["show", "nothing"], "no document"),
        (["dance"], "dance"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_allowed(read, arguments, words):
    ran = read(*arguments)
    assert ran.code == 2
    assert words in ran.err


def test_a_record_that_is_none_ends_with_1(run, tmp_path):
    (tmp_path / "affairs.duckdb").write_bytes(b"this is no database" * 100)
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    ran = run("read", "report.txt")
    assert ran.code == 1
    assert "affairs.duckdb" in ran.err


def test_every_verb_has_help_with_an_example(run):
    from detente.cli.app import app

    for command in app.registered_commands:
        assert command.callback is not None
        ran = run(command.callback.__name__, "--help")
        assert ran.code == 0
        assert "Example: detente" in ran.out
