"""Single sentences: domestic parties, states from the scene, and the format in which events are written."""

import json

import pytest

from detente.evaluation.tasks.sentences import sentences
from detente.reading.learned.sentence_coder import SentenceCoder
from detente.reading.rules import rule_reader

SENTENCES = {
    "protest": "Police arrested dozens of protesters in Cairo on Friday.",
    "passive": "Ukraine's defence minister was criticised by opposition lawmakers in Kyiv.",
    "shelling": "Rebels shelled the town of Tillaberi in Niger at dawn.",
    "states": "Japan imposed sanctions on Russia in March 2022.",
    "nothing": "It rained in the hills for most of the week.",
}
Events = dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Events:
    path = tmp_path_factory.mktemp("sentences") / "in.jsonl"
    lines = [json.dumps({"id": k, "text": v, "date": "2024-05-02"}) for k, v in SENTENCES.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {line["id"]: line["events"] for line in sentences(path, rule_reader(), SentenceCoder()).lines}


def test_every_sentence_has_its_line_in_order(coded: Events) -> None:
    assert list(coded) == list(SENTENCES)


def test_police_and_protesters_belong_to_the_place(coded: Events) -> None:
    event = coded["protest"][0]
    assert event["type"] == "COERCE"
    assert event["source"] == [{"text": "Police", "country": "EGY", "sector": "COP"}]
    assert [a["country"] for a in event["target"]] == ["EGY"]  # type: ignore[attr-defined]
    assert event["factuality"] == "fact"


def test_the_agent_of_a_passive_is_the_source(coded: Events) -> None:
    event = coded["passive"][0]
    assert event["type"] == "ACCUSE"
    assert [a["sector"] for a in event["source"]] == ["LEG"]  # type: ignore[attr-defined]
    assert [(a["country"], a["sector"]) for a in event["target"]] == [("UKR", "GOV")]  # type: ignore[attr-defined]


def test_rebels_attack_a_town(coded: Events) -> None:
    event = coded["shelling"][0]
    assert event["type"] == "ASSAULT"
    assert [(a["country"], a["sector"]) for a in event["source"]] == [("NER", "REB")]  # type: ignore[attr-defined]


def test_a_state_as_a_whole_has_no_sector(coded: Events) -> None:
    event = coded["states"][0]
    assert event["source"] == [{"text": "Japan", "country": "JPN", "sector": None}]
    assert event["target"] == [{"text": "Russia", "country": "RUS", "sector": None}]


def test_weather_is_no_event(coded: Events) -> None:
    assert coded["nothing"] == []
