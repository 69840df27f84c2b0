"""The bench's page: it is what the results say, keeps earlier figures, and shows what was missed or not measured."""

import re

import pytest
from bench.figures import Figure, Result, Results, load, save
from bench.gold import ROOT
from bench.page import page, table
from bench.parts import parts
from bench.scripts import Pattern, figure, scripts


def test_page_is_that_of_the_results():
    written = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert written == page(load(ROOT / "bench" / "results.json")), "run: python -m bench --only NAME"


def test_results_tell_no_paths():
    text = (ROOT / "bench" / "results.json").read_text(encoding="utf-8")
    assert not re.search(r'[ "(](/[a-z]+){2,}', text)


def test_figures_survive_the_file(tmp_path):
    found = Results((_result("speed", Figure("rate", 12.5, 1, "a second", (6.0,), 3.0, "30", True)),))
    save(found, tmp_path / "results.json")
    assert load(tmp_path / "results.json") == found


def test_a_skipped_part_keeps_its_earlier_figures_and_order_is_that_of_the_parts():
    order = ("a", "b")
    held = Results((_result("b", Figure("x", 1.0)),)).replaced(_result("a", Figure("y", 2.0)), order)
    assert [part.name for part in held.parts] == ["a", "b"]
    assert held.replaced(Result("b", "B", "b", skipped="no data"), order) == held
    assert held.replaced(_result("b", Figure("x", 3.0)), order).parts[1].figures[0].value == 3.0


@pytest.mark.parametrize(
    ("found", "cell"),
    [
        (Figure("f", 0.5, targets=(0.4,)), "| f | 0.500 | ≥ 0.4 |"),
        (Figure("f", 0.5, targets=(0.4, 0.6)), "| f | *0.500* | ≥ 0.4, then 0.6 |"),
        (Figure("f", 2000, 0, "MiB", (1536,), lower_is_better=True), "| f | *2,000 MiB* | ≤ 1536 |"),
        (Figure("f", None, targets=(0.4,)), "| f | – | ≥ 0.4 |"),
    ],
)
def test_a_missed_target_is_marked(found, cell):
    assert cell in table((found,))


def test_what_was_not_measured_says_why():
    text = page(Results((Result("a", "A", "python -m a", skipped="no data"),)))
    assert "Not measured: no data. Command: `python -m a`" in text


def test_a_figure_is_taken_from_what_a_script_prints():
    found = figure(Pattern("cover", r"ours ([\d.]+)", floor=r"nothing ([\d.]+)"), "nothing 0.568\nours 0.705")
    assert (found.value, found.floor) == (0.705, 0.568)
    assert figure(Pattern("cover", r"ours ([\d.]+)"), "nothing 0.568").value is None


def test_scripts_have_patterns_with_one_group_and_every_part_a_name_of_its_own():
    for pattern in (p for script in scripts() for p in script.figures):
        for expression in filter(None, (pattern.pattern, pattern.floor)):
            assert re.compile(expression).groups == 1, expression
    names = [part.name for part in parts()]
    assert len(names) == len(set(names))


def _result(name, *figures):
    return Result(name, name, name, figures)
