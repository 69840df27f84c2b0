"""What `make demo` makes: every number leads to a sentence of a bundled dispatch, copies are counted, one file."""

import html
import json
import re
import shlex
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pytest
from end_to_end_runs import Ran, Run  # type: ignore[import-not-found]

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
PROGRAM = "$(RUN)/detente "


def demo_commands() -> list[list[str]]:
    """Return the arguments of the program in the Makefile's recipe of the demo."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\ndemo:", 1)[1].split("\n\n", 1)[0]
    return [shlex.split(line.split(PROGRAM, 1)[1]) for line in recipe.splitlines() if PROGRAM in line]


@pytest.fixture(scope="module")
def ran(detente: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Ran]]:
    """Run the demo beside a link to the corpus; return the folder and the runs."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "build").mkdir()
    (folder / "tests").symlink_to(ROOT / "tests")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return folder, [detente(*command) for command in demo_commands()]


@pytest.fixture(scope="module")
def page(ran: tuple[Path, list[Ran]]) -> str:
    return (ran[0] / "brief-JPN-RUS.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def data(detente: Run, ran: tuple[Path, list[Ran]]) -> Any:
    command = [*demo_commands()[1], "--record", str(ran[0] / "build" / "demo.duckdb")]
    command[command.index("html")], command[command.index("--out") + 1] = "json", str(ran[0] / "brief.json")
    assert detente(*command).code == 0
    return json.loads((ran[0] / "brief.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dispatches() -> list[dict[str, Any]]:
    lines = (CORPUS / "dispatches.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def sentences(page: str) -> dict[int, tuple[str, str]]:
    """Return number → (sentence, the line that says where it stands)."""
    found = re.findall(r'<li id="e(\d+)" value="\1"><p>(.*?)</p><p class="from">(.*?)</p></li>', page, re.DOTALL)
    return {int(number): (plain(sentence), plain(place)) for number, sentence, place in found}


def test_it_runs_and_says_where_the_brief_is(ran, dispatches):
    _, (read, brief) = ran
    assert (read.code, read.err, brief.code, brief.err) == (0, "", 0, "")
    assert read.out.startswith(f"{len(dispatches)} read · 2 copies of known stories · 0 already in the record")
    assert brief.out.endswith("brief written to brief-JPN-RUS.html\n")
    assert re.search(r"^• .+\[\d+", brief.out, re.MULTILINE)


def test_every_number_leads_to_a_sentence_of_the_dispatch_that_it_names(page, dispatches):
    numbers = [(int(a), int(b)) for a, b in re.findall(r'class="ref" href="#e(\d+)"[^>]*>(\d+)</a>', page)]
    held = sentences(page)
    assert len(held) > 20
    assert {a for a, _ in numbers} == set(held) == set(range(1, len(held) + 1))
    assert all(shown == target for target, shown in numbers)
    for number, (sentence, place) in held.items():
        homes = [d for d in dispatches if f"{d['title']} · {d['publisher']} · " in f"{place} · "]
        assert [d for d in homes if sentence in " ".join(d["text"].split())], (number, sentence, place)


def test_every_line_carries_a_number(page):
    body = page.split('<section class="evidence">')[0].split("Not known from this record")[0]
    items = re.findall(r"<li[^>]*>.*?</li>|<tr><td.*?</tr>", body, re.DOTALL)
    assert len(items) > 20
    bare = [plain(item) for item in items if 'class="ref"' not in item and 'data-label="Evidence"' not in item]
    assert bare == []


def test_one_story_is_counted_once_and_its_copies_are_told(page, data, dispatches):
    story = next(d for d in dispatches if d["id"] == "w14")
    of_story = [e for e in data["evidence"] if e["title"] == story["title"]]
    assert of_story
    assert all(e["copies"] == 2 for e in of_story)
    assert data["coverage"]["copies"] >= 2
    assert "also carried by 2 others" in page
    copies = [json.loads(line) for line in (CORPUS / "copies.jsonl").read_text(encoding="utf-8").splitlines()]
    assert not {copy["publisher"] for copy in copies} & set(data["coverage"]["publishers"])


def test_first_line_is_true_of_the_record(page, data, dispatches):
    (standing,) = re.findall(r'<p class="standing (?:enough|thin)">(.*?)</p>', page)
    cover = data["coverage"]
    assert plain(standing).startswith("Enough evidence" if cover["enough"] else "Too little evidence")
    cited = {(e["publisher"], e["title"]) for e in data["evidence"]}
    known = {(d["publisher"], d["title"]) for d in dispatches if d["published"] <= data["as_of"]}
    assert cited <= known
    assert len(cited) <= cover["documents"] <= len(known)
    assert {cover["first"], cover["last"]} <= {d["published"] for d in dispatches}
    assert f"{cover['documents']} reports" in plain(page)


def test_page_is_self_contained(page):
    assert not re.search(r"<(script|link|iframe|object|img)\b|@import|url\(\s*['\"]?https?:", page)
    assert not re.search(r'\ssrc\s*=\s*"', page)


def test_brief_before_the_first_dispatch_says_that_it_knows_nothing(detente, ran, dispatches):
    record = ran[0] / "build" / "demo.duckdb"
    before = f"{int(min(d['published'] for d in dispatches)[:4]) - 1}-12-31"
    assert "holds no report" in detente("brief", "JPN", "RUS", "--as-of", before, "--record", record).out


def test_brief_on_one_dispatch_abstains_in_its_first_line(detente, tmp_path, dispatches):
    one = next(d for d in dispatches if d["id"] == "w14")
    keys = ("id", "title", "publisher", "published", "text")
    (tmp_path / "one.jsonl").write_text(json.dumps({key: one[key] for key in keys}), encoding="utf-8")
    assert detente("read", tmp_path / "one.jsonl", "--record", tmp_path / "a.duckdb").code == 0
    told = detente("brief", "JPN", "RUS", "--as-of", "2026-02-28", "--record", tmp_path / "a.duckdb").out
    first = [line for line in told.splitlines() if line and not line.startswith("#")][:2]
    assert any("Too little evidence for a trend (1 of the 12 reports" in line for line in first), told[:500]


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine; install the package chromium to run the tests of the page")
    return found


def browse(chromium: str, profile: Path, *options: str) -> str:
    fixed = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr"]
    command = [chromium, *fixed, f"--user-data-dir={profile}", *options]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr[-500:]
    complaints = [line for line in ended.stderr.splitlines() if ":CONSOLE" in line or "Uncaught" in line]
    assert complaints == []
    return ended.stdout


@pytest.mark.browser
def test_browser_sees_all_of_the_page(chromium, ran, page, tmp_path):
    seen = browse(chromium, tmp_path, "--dump-dom", (ran[0] / "brief-JPN-RUS.html").as_uri())
    assert sentences(seen).keys() == sentences(page).keys()
    assert "<svg" in seen


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1000])
def test_page_is_drawn_on_a_phone_and_on_a_desk(chromium, ran, tmp_path, width):
    picture = tmp_path / "page.png"
    address = (ran[0] / "brief-JPN-RUS.html").as_uri()
    browse(chromium, tmp_path / "profile", f"--screenshot={picture}", f"--window-size={width},1400", address)
    columns, rows, shades = described(picture.read_bytes())
    assert (columns, rows) == (width, 1400)
    assert shades > 50


def described(png: bytes) -> tuple[int, int, int]:
    """Return width, height and the number of different filtered rows of a PNG: a blank page has next to none."""
    width, height, bits, colour = struct.unpack(">IIBB", png[16:26])
    data, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += length + 12
    size = 1 + width * {2: 3, 6: 4}[colour] * bits // 8
    lines = zlib.decompress(data)
    return width, height, len({lines[start : start + size] for start in range(0, len(lines), size)})
