"""The mapping file that the page on loading shows is one that loads."""

import re
from pathlib import Path

from detente.pipeline.load import load
from detente.record import Record
from detente.sources.events import format_named

PAGE = Path(__file__).parents[2] / "docs" / "loaders.md"


def test_the_mapping_file_of_the_page_loads(tmp_path):
    mapping = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert mapping is not None
    (tmp_path / "mine.toml").write_text(mapping[1], encoding="utf-8")
    rows = "who;whom;when;what;added\nJPN;RUS;01.03.2022;163;2022-03-02\nRUS;JPN;soon;190;2022-03-02\n"
    (tmp_path / "events.csv").write_text(rows, encoding="utf-8")
    with Record.open(tmp_path / "r.duckdb") as record:
        done = load([tmp_path / "events.csv"], format_named(str(tmp_path / "mine.toml")), record)
        acts = record.query("SELECT origin, source, target, type FROM acts").to_pylist()
    assert (done.new, done.refused) == (1, 1)
    assert acts == [{"origin": "mine", "source": "JPN", "target": "RUS", "type": "SANCTION"}]


def test_the_page_names_every_format():
    from detente.sources.events.formats import built_in_formats

    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in built_in_formats() if f"`{name}`" not in page] == []
