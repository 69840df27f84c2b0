"""The README does what it says: its commands run, its figures are the measured ones, its links lead somewhere."""

import re

from bench.figures import load
from bench.page import summary
from tests.docs.readme_blocks import README, ROOT, prepare, run, steps

TEXT = README.read_text(encoding="utf-8")


def test_sessions_run_and_begin_as_shown(tmp_path):
    """The reader learns, so counts may differ from those shown; a command that prints something else may not."""
    prepare(tmp_path)
    found = steps(TEXT)
    assert len([step for step in found if "detente " in step.command]) >= 8
    for step in found:
        ran = run(step, tmp_path)
        assert ran.code == 0, f"{step.command}: {ran.errors}"
        if step.shown:
            assert _first(ran.printed) == _first(step.shown), step.command


def test_figures_are_those_of_the_bench():
    table = re.search(r"<!-- figures -->\n(.*?)<!-- end of figures -->", TEXT, re.DOTALL)
    assert table is not None
    assert table[1].strip() == summary(load(ROOT / "bench" / "results.json")).strip()


def test_links_of_readme_and_docs_lead_to_files():
    pages = [README, *(ROOT / "docs").glob("*.md")]
    assert len(pages) > 10
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("#"):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_index_names_every_page():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    missing = [p.name for p in (ROOT / "docs").glob("*.md") if p.name != "index.md" and f"({p.name})" not in index]
    assert missing == []


def _first(printed: str) -> str:
    return re.sub(r"\d+", "0", " ".join(printed.split("\n", 1)[0].split()))
