"""``detente assess`` and ``detente serve`` from the command line."""

import json
from pathlib import Path

import pytest

DISPATCHES = Path(__file__).parents[1] / "corpus" / "dispatches.jsonl"


@pytest.fixture
def record(run, tmp_path):
    lines = DISPATCHES.read_text(encoding="utf-8").splitlines()
    about = [line for line in lines if '"published": "2026-' in line or '"published": "2025-' in line]
    (tmp_path / "few.jsonl").write_text("\n".join(about[:6]) + "\n", encoding="utf-8")
    assert run("read", "few.jsonl", "--record", "a.duckdb").code == 0
    return "a.duckdb"


def test_every_voice_is_numbered_and_quoted(run, record):
    shown = run("assess", "JPN", "RUS", "--as-of", "2026-02-28", "--record", record)
    assert shown.code == 0
    found = json.loads(run("assess", "JPN", "RUS", "--as-of", "2026-02-28", "--record", record, "--json").out)
    for voice in found["voices"]:
        assert f"[{voice['number']}] {voice['name']}" in shown.out
        assert voice["quote"] in shown.out
    assert found["enough"] == all(each["posterior"] is not None for each in found["hypotheses"])


def test_wrong_use_says_what_is_allowed(run, record):
    wrong = run("assess", "JPN", "JPN", "--record", record)
    assert wrong.code == 2
    assert "two different ones" in wrong.err


def test_serving_a_record_that_is_not_there(run):
    missing = run("serve", "--record", "none.duckdb")
    assert missing.code == 2
    assert "there is no record" in missing.err
