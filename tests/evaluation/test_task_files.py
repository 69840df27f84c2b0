"""Benchmark files: what is refused, what is read, how predictions are scored."""

import json
from pathlib import Path

import pytest

from detente.evaluation.tasks.attribution_scores import count, scores
from detente.evaluation.tasks.causality import untagged
from detente.evaluation.tasks.files import TaskResult, json_lines, table_rows
from detente.evaluation.tasks.pairs import best_type, macro_f1, quad_of, unmarked
from detente.model.codes import EventType
from detente.model.errors import InputRefusedError

TEXT = "Ito said that talks failed. Kim agreed."
GOLD = {"source": [(0, 3)], "cue": [(4, 8)], "content": [(9, 26)]}


def test_a_line_without_its_keys_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(InputRefusedError, match=r"in\.jsonl:2: lacks text"):
        list(json_lines(path, "id", "text"))


def test_a_table_without_its_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.tsv"
    path.write_text("sentence\tquad\na\t1\n", encoding="utf-8")
    with pytest.raises(InputRefusedError, match="lacks marked_sentence"):
        list(table_rows(path, "marked_sentence"))


def test_predictions_are_written_a_line_each(tmp_path: Path) -> None:
    TaskResult(({"a": "ü"}, {"a": 1}), {}).write(tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [{"a": "ü"}, {"a": 1}]


def test_marks_come_off_and_spans_stay() -> None:
    text, spans = unmarked("The <t>EU</t> was hit by <s>hackers</s>.")
    assert text == "The EU was hit by hackers."
    assert {k: text[a:b] for k, (a, b) in spans.items()} == {"t": "EU", "s": "hackers"}


def test_nested_causal_tags_come_off() -> None:
    text, spans = untagged("<ARG1>Farmers left</ARG1> <ARG0><SIG0>because of</SIG0> drought</ARG0> .")
    assert text == "Farmers left because of drought ."
    assert {k: text[a:b] for k, (a, b) in spans.items()} == {
        "effect": "Farmers left",
        "signal": "because of",
        "cause": "because of drought",
    }


def test_concede_and_retreat_are_weighed_together() -> None:
    shares = {t.value: 0.0 for t in EventType} | {"NONE": 0.0, "AID": 0.4, "CONCEDE": 0.25, "RETREAT": 0.35}
    assert best_type(shares) == "RETREAT"
    assert quad_of("RETREAT") == quad_of("CONCEDE") == 2
    assert quad_of("NONE") is None


def test_macro_f1_is_the_mean_over_gold_classes() -> None:
    assert macro_f1([("a", "a"), ("a", "b"), ("b", "b")]) == pytest.approx((2 / 3 + 2 / 3) / 2)


def test_perfect_attribution_scores_one_and_a_wrong_source_loses_who50() -> None:
    assert set(scores([count(TEXT, [GOLD], [GOLD])]).values()) == {1.0}
    wrong = GOLD | {"source": [(28, 31)]}
    found = scores([count(TEXT, [GOLD], [wrong])])
    assert (found["who50"], found["all-exact"], found["flat.source"]) == (0.0, 0.0, 0.0)
    assert (found["flat.cue"], found["flat.content"]) == (1.0, 1.0)
