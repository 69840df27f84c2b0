"""``detente evaluate --task``: predictions a line each, and clear refusals."""

import json

import pytest

PAIRS = (
    "sentence\tmarked_sentence\tsource\ttarget\tquad\tevent_type\n"
    "Norway condemned Chile over it.\t<s>Norway</s> condemned <t>Chile</t> over it.\tNorway\tChile\t3\tACCUSE\n"
    "Chile sent food aid to Kenya.\t<s>Chile</s> sent food aid to <t>Kenya</t>.\tChile\tKenya\t2\tAID\n"
)
SENTENCE = {"id": "a", "text": "Norway condemned Chile over the raid on Monday.", "date": "2026-01-13"}


def _lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_pairs_are_answered_in_order_and_scored(run, tmp_path):
    (tmp_path / "in.tsv").write_text(PAIRS, encoding="utf-8")
    ran = run("evaluate", "in.tsv", "--task", "pairs", "--no-none", "--write", "out.jsonl", "--json")
    assert ran.code == 0
    lines = _lines(tmp_path / "out.jsonl")
    assert [line["event_type"] for line in lines] == ["ACCUSE", "AID"]
    assert [line["quad"] for line in lines] == [3, 2]
    assert all(sum(line["probabilities"].values()) == pytest.approx(1, abs=1e-3) for line in lines)
    assert json.loads(ran.out)["root.macro_f1"] == 1.0


def test_the_events_of_a_sentence_name_their_parties(run, tmp_path):
    (tmp_path / "in.jsonl").write_text(json.dumps(SENTENCE) + "\n", encoding="utf-8")
    assert run("evaluate", "in.jsonl", "--task", "sentences", "--write", "out.jsonl").code == 0
    (event,) = _lines(tmp_path / "out.jsonl")[0]["events"]
    assert event["type"] == "ACCUSE"
    assert [side[0]["country"] for side in (event["source"], event["target"])] == ["NOR", "CHL"]


def test_attribution_spans_lie_in_the_text(run, tmp_path):
    item = {"id": "a", "text": "Officials in Oslo said on Monday that talks with Chile had failed."}
    (tmp_path / "in.jsonl").write_text(json.dumps(item) + "\n", encoding="utf-8")
    assert run("evaluate", "in.jsonl", "--task", "attribution", "--write", "out.jsonl").code == 0
    (relation,) = _lines(tmp_path / "out.jsonl")[0]["relations"]
    quoted = {part: [item["text"][a:b] for a, b in spans] for part, spans in relation.items()}
    assert quoted["cue"] == ["said"]
    assert "talks with Chile" in quoted["content"][0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--task", "nothing", "x"], "allowed: attribution"),
        (["--task", "pairs", "x", "y"], "takes one file"),
        (["--task", "actors", "--no-none", "x"], "--no-none is for --task pairs"),
    ],
)
def test_wrong_use_says_what_is_allowed(run, arguments, words):
    ran = run("evaluate", *arguments)
    assert ran.code == 2
    assert words in ran.err
