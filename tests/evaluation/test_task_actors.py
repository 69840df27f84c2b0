"""The actors task answers assertions in the format of NGEC's tests."""

from pathlib import Path

import pytest

from detente.evaluation.tasks.actors import actors


def _file(folder: Path, *lines: str) -> Path:
    path = folder / "assertions.tsv"
    path.write_text("\n".join(("test\tfunction\ttext\tkwargs\tassertion", *lines)) + "\n", "utf-8")
    return path


def test_figures_count_the_assertions_that_hold(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "a\tf\tChilean miners\t{}\tcode['country'] == 'CHL'",
        "a\tf\tChilean miners\t{}\tcode['code_1'] == 'MIL'",
        "b\tf\tAngela Merkel\t{'query_date': '2023-01-01'}\tcode['code_1'] == 'ELI'",
        "c\tf\tEmil Quxley\t{}\tcode is None",
        "d\tf\ta Thai frigate\t{}\ttext == 'frigate'",
        "e\tf\tLima\t{}\tcode['country'] != 'GBR'",
        "f\tf\tLima\t{}\twiki['title'] == 'Lima'",
    )
    result = actors(path)
    assert [line["country"] for line in result.lines] == ["CHL", "CHL", "DEU", None, "THA", "PER", "PER"]
    assert result.figures["country right"] == 1
    assert result.figures["code_1 right"] == 0.5
    assert result.figures["right"] == pytest.approx(3 / 4)
    assert result.figures["code is None right"] == 1
    assert result.figures["text right"] == 1
