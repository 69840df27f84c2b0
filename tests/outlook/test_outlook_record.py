from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from simulate import START

from detente.model.codes import EventType
from detente.model.errors import UsageError
from detente.outlook import Assumption, fit_outlook, outlook, score, write_outlook
from detente.outlook.acts import read_acts
from detente.outlook.result import Standing
from detente.record.record import Record

LAST = START + 399


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    rng = np.random.default_rng(0)
    codes, rows = ["BRA", "CHN", "DEU", "FRA", "GBR", "IND", "JPN", "PRK", "RUS", "USA"], []
    for day in range(START, LAST + 1):
        for i, a in enumerate(codes):
            for b in codes[i + 1 :]:
                for _ in range(rng.poisson(0.35 if "JPN" in (a, b) else 0.09)):
                    kind = EventType(rng.choice(["CONSULT", "ACCUSE", "AID", "SANCTION"], p=[0.6, 0.2, 0.1, 0.1]))
                    rows.append((*((a, b) if rng.random() < 0.5 else (b, a)), kind, date.fromordinal(day)))
    rows.append(("JPN", "FRA", EventType.AID, date.fromordinal(LAST)))
    with Record.open(tmp_path_factory.mktemp("outlook") / "r.duckdb") as held:
        held.write_coded(
            pa.table(
                {
                    "dataset": ["simulated"] * len(rows),
                    "source": [row[0] for row in rows],
                    "target": [row[1] for row in rows],
                    "day": [row[3] for row in rows],
                    "known": [row[3] for row in rows],
                    "scheme": ["PLOVER"] * len(rows),
                    "code": [row[2].value for row in rows],
                    "type": [row[2].value for row in rows],
                    "quad": [row[2].quad.value for row in rows],
                }
            )
        )
        yield held


@pytest.fixture(scope="module")
def fitted(record):
    return fit_outlook(record, horizons=(7,))


def test_an_outlook_has_probabilities_floors_reasons_and_marks(record, fitted):
    found = outlook(record, "JPN", "RUS", 7, fitted=fitted)
    assert (found.as_of, found.hypothetical, len(found.quads), len(found.types)) == (
        date.fromordinal(LAST),
        False,
        4,
        16,
    )
    consult = next(each for each in found.types if each.type is EventType.CONSULT)
    assert 0.5 < consult.probability < 0.95
    assert consult.low <= consult.probability <= consult.high
    assert 0 < consult.base_rate < consult.probability
    never = next(each for each in found.types if each.type is EventType.ASSAULT)
    assert never.probability < 0.05
    assert never.standing is Standing.BASE_RATE
    assert found.acts[0].type is EventType.CONSULT
    assert {found.acts[0].source, found.acts[0].target} == {"JPN", "RUS"}
    assert len(found.acts[0].explanation.rules) > 0
    assert all({act.source, act.target} == {"JPN", "RUS"} for act in found.acts[0].explanation.acts)
    assert "of" in str(found.acts[0].explanation.rules[0])


def test_what_if_is_marked_and_leaves_the_record_alone(record, fitted):
    before = len(read_acts(record))
    text = f"RUS SANCTION JPN {date.fromordinal(LAST + 1)}"
    found = outlook(record, "JPN", "RUS", 7, assume=[text], fitted=fitted)
    assert found.hypothetical
    assert found.without is not None
    assert not found.without.hypothetical
    assert "SANCTION" in {name for name, _, _ in found.changes}
    assert len(read_acts(record)) == before
    assert "hypothetical" in str(found.assumed[0])


@pytest.mark.parametrize(
    ("text", "message"),
    [("JPN RUS", "SOURCE TYPE TARGET"), ("A AID B soon", "YYYY-MM-DD"), ("A AID A 2020-01-01", "two actors")],
)
def test_assumptions_not_understood_say_what_would_be(text, message):
    with pytest.raises(UsageError, match=message):
        Assumption.parse(text)


def test_questions_that_cannot_be_answered_say_why(record, fitted):
    for arguments, message in ((("JPN", "ZZZ", 7), "no dated act of ZZZ"), (("JPN", "RUS", 8), "allowed: 7")):
        with pytest.raises(UsageError, match=message):
            outlook(record, *arguments, fitted=fitted)


def test_forecasts_are_kept_and_scored_when_their_horizon_is_over(record, fitted):
    early = outlook(record, "CHN", "JPN", 7, fitted=fit_outlook(record, date.fromordinal(LAST - 20), horizons=(7,)))
    assert early.as_of == date.fromordinal(LAST - 20)
    assert write_outlook(record, early) == 20
    assert write_outlook(record, early) == 0
    late = outlook(record, "CHN", "JPN", 7, fitted=fitted)
    write_outlook(record, late)
    account = score(record)
    assert (account.accounts[0].kind, account.accounts[0].n, account.open) == ("all", 20, 20)
    assert 0 <= account.accounts[0].brier < 0.25


def test_what_was_not_known_does_not_count(record):
    acts = read_acts(record, date.fromordinal(LAST - 50))
    assert acts.known.max() <= LAST - 50
