"""`detente read` in a real process, ended by Ctrl-C, then by kill -9, then left alone: nothing reported is lost."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from detente.record import Record

REPORTS = 200
VERBS = "criticised thanked invited warned praised threatened visited sanctioned mediated accused".split()
STATES = "Japan Russia Kenya Norway Chile Peru Ghana Togo Laos Nepal Iraq Jordan Mali Cuba Fiji Oman".split()


@dataclass(frozen=True)
class Ended:
    """How a run ended and what it reported."""

    code: int
    out: str
    err: str
    seen: int

    @property
    def counts(self) -> tuple[int, int]:
        """Documents read, and documents already in the record."""
        found = re.match(r"([\d,]+) read · 0 copies of known stories · ([\d,]+) already in the record", self.out)
        assert found, (self.out, self.err)
        return int(found[1]), int(found[2])


def read(inputs: Path, record: Path, end: int | None) -> Ended:
    """Run the program on a terminal of its own; send the signal ``end`` once it reports documents as read."""
    terminal, end_of_program = pty.openpty()
    command = [sys.executable, "-m", "detente", "read", str(inputs), "--record", str(record)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=end_of_program, text=True, start_new_session=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200", "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    os.close(end_of_program)
    shown, seen = "", 0
    try:
        while piece := os.read(terminal, 4096):
            shown += piece.decode("utf-8", "replace")
            numbers = [int(number) for number in re.findall(r"(\d+) read ·", shown)]
            if end is not None and not seen and numbers and numbers[-1]:
                seen = numbers[-1]
                os.killpg(process.pid, end)
    except OSError:  # Linux says so when the other end of a terminal is closed
        pass
    out, _ = process.communicate(timeout=120)
    os.close(terminal)
    return Ended(process.returncode, out, shown, seen)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random, path = Random(3), tmp_path_factory.mktemp("reports") / "reports.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(REPORTS):
            acts = (f"{a} {random.choice(VERBS)} {b} on day {number}" for a, b in zip(*[iter(STATES)] * 2, strict=True))
            text = (
                f"{random.choice(STATES)} said in note {number} that " + ". ".join(random.sample(list(acts), 4)) + "."
            )
            file.write(json.dumps({"id": number, "text": text, "published": "2026-02-20"}) + "\n")
    return path


def test_ctrl_c_then_kill_then_the_end(inputs: Path, tmp_path: Path) -> None:
    record = tmp_path / "affairs.duckdb"
    interrupted = read(inputs, record, signal.SIGINT)
    assert interrupted.code == 130
    assert "Traceback" not in interrupted.err
    assert "interrupted; what is counted above is kept, the same command goes on from there" in interrupted.err
    first, known = interrupted.counts
    assert (interrupted.seen <= first < REPORTS, known) == (True, 0)

    killed = read(inputs, record, signal.SIGKILL)
    assert (killed.code, killed.out) == (-signal.SIGKILL, "")

    ended = read(inputs, record, None)
    rest, known = ended.counts
    assert (ended.code, rest + known) == (0, REPORTS)
    assert known >= first + killed.seen

    with Record.open(record, read_only=True) as whole:
        held = whole.documents()
        assert len(held) == REPORTS
        assert all(document.reader for document in held)
        assert [(run.read, run.interrupted) for run in whole.runs()] == [
            (first, True), (known - first, True), (rest, False)
        ]  # fmt: skip
        for document in held[:: REPORTS // 20]:
            reading, text = whole.reading(document.id), whole.document(document.id).text
            assert reading is not None
            assert reading.sentences[0].span.of(text) == text[: reading.sentences[0].span.end]
