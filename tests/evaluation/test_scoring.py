"""Scores against hand-counted examples, and against the published scorer where the data lie."""

import importlib.util
import json
import os
import random
from pathlib import Path

import pytest

from detente.evaluation.dispatches import load
from detente.evaluation.matching import jaccard, match, match_causes
from detente.evaluation.scoring import Scorer
from detente.model.errors import InputRefusedError

TEXT = "Japan sanctioned Russia. Moscow protested."
SANCTION = {
    "id": "e1",
    "trigger": "sanctioned",
    "sentence": "Japan sanctioned Russia.",
    "type": "SANCTION",
    "source": ["JPN"],
    "target": ["RUS"],
    "date": "2022-03",
    "factuality": "fact",
    "statement": None,
}
ACCUSE = {**SANCTION, "id": "e2", "trigger": "protested", "sentence": "Moscow protested.", "type": "ACCUSE"}
ACCUSE = {**ACCUSE, "source": ["RUS"], "target": ["JPN"], "factuality": "possible", "date": None}


def dispatch(**parts):
    empty: dict[str, list[object]] = {"events": [], "statements": [], "relations": [], "causes": []}
    return {"id": "t1", "text": TEXT, **empty, **parts}


def test_perfect_reading():
    scorer = Scorer()
    gold = dispatch(events=[SANCTION, ACCUSE])
    scorer.add(gold, gold)
    assert scorer.agreements["event.strict"].f1 == 1.0
    assert scorer.accuracies["event.factuality"].accuracy == 1.0
    assert scorer.accuracies["event.date"].of == 1
    assert scorer.misses == []


def test_wrong_direction_is_found_but_not_strict():
    scorer = Scorer()
    scorer.add(dispatch(events=[SANCTION]), dispatch(events=[{**SANCTION, "source": ["RUS"], "target": ["JPN"]}]))
    assert scorer.agreements["event.strict"].matched == 0
    assert scorer.agreements["event.found"].matched == 0
    mutual = {**SANCTION, "source": ["JPN", "RUS"], "target": ["JPN", "RUS"]}
    scorer = Scorer()
    scorer.add(dispatch(events=[SANCTION]), dispatch(events=[mutual]))
    assert scorer.agreements["event.dyad"].matched == 1
    assert scorer.agreements["event.strict"].matched == 0


def test_another_sentence_is_no_match():
    scorer = Scorer()
    scorer.add(dispatch(events=[SANCTION]), dispatch(events=[{**SANCTION, "sentence": "Moscow protested."}]))
    assert scorer.agreements["event.strict"].matched == 0
    assert len(scorer.misses) == 1


def test_factuality_where_gold_is_not_fact():
    scorer = Scorer()
    scorer.add(dispatch(events=[SANCTION, ACCUSE]), dispatch(events=[SANCTION, {**ACCUSE, "factuality": "fact"}]))
    assert scorer.accuracies["event.factuality"].accuracy == 0.5
    assert scorer.accuracies["event.factuality (gold not fact)"].accuracy == 0.0


def test_matching_is_one_to_one():
    assert len(match(TEXT, [SANCTION], [SANCTION, SANCTION], lambda g, p: 1.0)) == 1


def test_causes_need_half_of_both_spans():
    gold = [{"cause": "the embargo on rare earths", "effect": "a crisis"}]
    assert match_causes(gold, [{"cause": "embargo on rare earths", "effect": "a crisis"}])
    assert not match_causes(gold, [{"cause": "the embargo on rare earths", "effect": "peace"}])


def test_jaccard():
    assert jaccard("the Ministry", "The ministry") == 1.0
    assert jaccard("", None) == 1.0
    assert jaccard("a", "b") == 0.0


def test_a_bad_line_is_refused_with_its_place(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "x", "published": "2024-13-01"}\n', encoding="utf-8")
    with pytest.raises(InputRefusedError, match=r"gold.jsonl:1: not a gold dispatch"):
        list(load(path))


@pytest.mark.data
def test_agrees_with_the_published_scorer():
    gold_dir = Path(os.environ.get("DETENTE_DATA", "../shared")) / "gold"
    if not (gold_dir / "score.py").exists():
        pytest.skip(f"no published scorer at {gold_dir}; set DETENTE_DATA")
    spec = importlib.util.spec_from_file_location("published_scorer", gold_dir / "score.py")
    assert spec is not None
    assert spec.loader is not None
    published = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(published)
    lines = (gold_dir / "dev_a.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {item["id"]: item for item in map(json.loads, lines)}
    predicted = {key: _spoiled(item, random.Random(7)) for key, item in gold.items()}
    scorer = Scorer()
    for key, item in gold.items():
        scorer.add(item, predicted[key])
    expected, _ = published.score(gold, predicted)
    for name, agreement in scorer.agreements.items():
        assert round(agreement.f1, 3) == pytest.approx(expected[name]["f1"], abs=0.0011), name
    for name, accuracy in scorer.accuracies.items():
        assert (accuracy.of, round(accuracy.accuracy or 0.0, 3)) == (
            expected[name]["of"],
            expected[name]["accuracy"],
        ), name


def _spoiled(item, chance):
    spoiled = json.loads(json.dumps(item))
    for part in ("events", "statements", "relations", "causes"):
        spoiled[part] = [x for x in spoiled[part] if chance.random() < 0.8]
        for x in spoiled[part]:
            for field, value in (("type", "ACCUSE"), ("date", None), ("direction", "better"), ("cause", "nothing")):
                if field in x and chance.random() < 0.3:
                    x[field] = value
    return spoiled
