import csv
import json

import numpy as np
import pyarrow as pa
import pytest
from simulate import START, poisson_acts

from detente.model.errors import UsageError
from detente.outlook import backtest, write_backtest
from detente.outlook.acts import QUAD_CLASSES, TYPES


class Simulated:
    """Answers the one query that reading acts asks."""

    def __init__(self, acts):
        types, quads = np.array([t.value for t in TYPES]), np.array([q.value for q in QUAD_CLASSES])
        days = np.array(acts.day - START, "timedelta64[D]") + np.datetime64("2016-01-01")
        codes = np.array(acts.codes)
        self.table = pa.table(
            {
                "source": codes[acts.source],
                "target": codes[acts.target],
                "type": types[acts.type],
                "quad": quads[acts.quad],
                "day": days,
                "known": days,
            }
        )

    def query(self, sql, parameters=()):
        return self.table


@pytest.fixture(scope="module")
def result():
    acts, _ = poisson_acts(3, actors=9, days=400)
    return backtest(Simulated(acts), horizon=7, days=40, refits=1)


def test_a_backtest_scores_calibrated_truth_as_calibrated(result):
    whole = next(each for each in result.kinds if each.kind == "CONSULT" and each.region is None)
    assert whole.n > 100
    assert whole.brier < whole.brier_base_rate
    assert whole.log_score < whole.log_base_rate
    assert whole.crps < 1.05 * whole.crps_ewma
    mean = sum(each.n * each.forecast for each in whole.bins) / whole.n
    assert mean == pytest.approx(whole.happened, abs=0.06)


def test_ranks_are_split_into_seen_and_new(result):
    scores = {each.split: each.metrics.n for each in result.acts}
    assert scores["all"] == scores["seen before"] + scores["new"]
    assert scores["all"] == scores["verbal cooperation"]


def test_files_hold_what_the_result_holds(result, tmp_path):
    whole, kinds, bins, acts = write_backtest(result, tmp_path / "out")
    assert json.loads(whole.read_text())["horizon"] == 7
    rows = list(csv.DictReader(kinds.read_text().splitlines()))
    assert len(rows) == len(result.kinds)
    assert float(rows[0]["brier"]) == result.kinds[0].brier
    assert len(list(csv.DictReader(bins.read_text().splitlines()))) == sum(len(each.bins) for each in result.kinds)
    assert len(list(csv.DictReader(acts.read_text().splitlines()))) == 2 * len(result.acts)


def test_an_empty_record_is_refused():
    acts, _ = poisson_acts(0, days=30)
    with pytest.raises(UsageError, match="no dated acts"):
        backtest(Simulated(acts.known_by(0)))
