"""Every way in which the record is in the way: one clear line, exit code 1, and the file as it was."""

import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from end_to_end_runs import REPORT, Run  # type: ignore[import-not-found]

from detente.record import Record

HOLDER = """
import sys
from detente.record import Record
with Record.open(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "affairs.duckdb"
    Record.open(path).close()
    return path


def one_line(ran, *words: str) -> None:
    """Expect a failure told in one line with these words in this order."""
    assert ran.code == 1
    assert ran.out == ""
    (line,) = ran.lines
    assert line.startswith("detente: ")
    for word in words:
        assert word in line
        line = line.split(word, 1)[1]


@pytest.mark.parametrize("verb", [("read", "report.txt"), ("brief", "JPN", "RUS")])
def test_record_in_use_by_another_process(detente: Run, record: Path, report: Path, verb, monkeypatch):
    monkeypatch.chdir(report.parent)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(record)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        ran = detente(*verb, "--record", record)
        holder.communicate("")
    one_line(ran, "affairs.duckdb: the record is in use by", f"(process {holder.pid})", "wait until that ends")


@pytest.mark.parametrize("verb", [("read", "report.txt"), ("brief", "JPN", "RUS")])
def test_record_of_a_newer_version(detente: Run, record: Path, report: Path, verb, monkeypatch):
    monkeypatch.chdir(report.parent)
    with duckdb.connect(str(record)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    one_line(detente(*verb, "--record", record), "schema version 99", "newer than this", "install the newer")


def test_record_that_is_none(detente: Run, report: Path, tmp_path: Path):
    (tmp_path / "other.duckdb").write_text("these are notes\n" * 500)
    ran = detente("read", report, "--record", tmp_path / "other.duckdb")
    one_line(ran, "other.duckdb: not a DuckDB file", "name a record")


def test_record_in_a_folder_that_is_not_there(detente: Run, report: Path, tmp_path: Path):
    ran = detente("read", report, "--record", tmp_path / "none" / "affairs.duckdb")
    one_line(ran, "none does not exist", "make it, or name a file in one that does")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that anybody may reach (that of pytest is closed to others)."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        (Path(name) / "report.txt").write_text(REPORT, encoding="utf-8")
        yield Path(name)


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o666, 0o555)])
def test_record_that_may_only_be_read(detente: Run, open_folder: Path, as_nobody, file: int, folder: int):
    record = open_folder / "affairs.duckdb"
    with as_nobody(False):
        Record.open(record).close()
    record.chmod(file)
    open_folder.chmod(folder)
    try:
        with as_nobody(True):
            refused = detente("read", open_folder / "report.txt", "--record", record)
            read = detente("brief", "JPN", "RUS", "--record", record)
    finally:
        open_folder.chmod(0o755)
    one_line(refused, "may not be written", "make it writable")
    assert read.code == 0
    assert "holds no report" in read.out


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size``; that stands for a full disk: the same calls fail, with another number."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_disk_that_is_full_from_the_start(detente: Run, report: Path, tmp_path: Path):
    with room_for(8_000):
        ran = detente("read", report, "--record", tmp_path / "affairs.duckdb")
    one_line(ran, "cannot be opened", "free space, or name a record where there is room")
    assert not list(tmp_path.glob("*.duckdb*"))


def test_disk_that_fills_up(detente: Run, tmp_path: Path):
    lines = "".join(f'{{"text": "{word(n)} criticised Russia for its {word(n + 1)}."}}\n' for n in range(60))
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    arguments = ["read", tmp_path / "a.jsonl", "--record", tmp_path / "affairs.duckdb"]
    with room_for(100_000):
        stopped = detente(*arguments)
    one_line(stopped, "could not be written", "documents reported as read are kept; make room", "goes on from there")
    kept = int(re.findall(r"the (\d+) documents reported as read", stopped.err)[0])
    assert 0 < kept < 60
    again = detente(*arguments)
    assert (again.code, again.out.split(" → ")[0]) == (
        0,
        f"{60 - kept} read · 0 copies of known stories · {kept} already in the record",
    )
    with Record.open(tmp_path / "affairs.duckdb", read_only=True) as record:
        held = record.documents()
        assert len(held) == 60
        assert all(document.reader for document in held)


def word(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in f"{number * 7919:07d}").capitalize()


@pytest.mark.parametrize(
    "verb", [("brief", "JPN", "RUS", "--out"), ("show", "report.txt", "--html"), ("export", "--out")]
)
def test_output_that_cannot_be_written(detente: Run, report: Path, tmp_path: Path, verb):
    record = tmp_path / "affairs.duckdb"
    assert detente("read", report, "--record", record).code == 0
    (tmp_path / "file").touch()
    one_line(detente(*verb, tmp_path / "file" / "out", "--record", record), "file", "name a")


def test_output_that_nobody_reads_on(record: Path):
    code = "from detente.cli import main; main()"
    command = [sys.executable, "-c", code, "brief", "JPN", "RUS", "--record", str(record)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_errors_of_the_program_itself_are_told_too(detente: Run, record: Path, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr("detente.brief.brief", broken)
    ran = detente("brief", "JPN", "RUS", "--record", record)
    one_line(ran, "an error of the program itself", "ZeroDivisionError: division by zero", "report it")
    monkeypatch.setenv("DETENTE_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        detente("brief", "JPN", "RUS", "--record", record)
