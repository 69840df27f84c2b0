import json

import pytest

RATES = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


@pytest.fixture
def desk(run, fill, tmp_path):
    """Run in a folder whose record holds the events."""
    fill(tmp_path / "affairs.duckdb")
    return run


def test_rows_have_the_smoothed_rate_and_its_interval(desk, tmp_path):
    found = json.loads(desk("relations", "JPN", "RUS", "--json").out)
    assert list(found["smoothing"]) == [name.replace("_", " ") for name in RATES]
    assert found["smoothing"]["material conflict"]["discount"] < 1.0
    assert found["smoothing"]["material conflict"]["score"] > found["smoothing"]["material conflict"]["floor"]
    rows = found["rows"]
    assert rows
    for row in rows:
        for name in RATES:
            assert 0 <= row[f"{name}_low"] <= row[f"{name}_rate"] <= row[f"{name}_high"]
    desk("relations", "JPN", "RUS", "--csv", "rows.csv")
    head = (tmp_path / "rows.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head.endswith('"material_conflict_rate","material_conflict_low","material_conflict_high"')


def test_the_latest_rate_is_spoken_of_only_with_enough_evidence(desk):
    line = next(x for x in desk("relations", "JPN", "RUS").out.splitlines() if x.startswith("Latest smoothed rate of"))
    assert "hostile deeds" in line
    assert "on average" in line
    assert "Latest smoothed rate" not in desk("relations", "FRA", "BRA").out
