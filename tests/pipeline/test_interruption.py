"""Ctrl-C and a crash in the middle, in a real process: what was reported is there, and the next run goes on."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from detente.pipeline import PipelineSettings, read

PROGRAM = Path(__file__).with_name("slow_run.py")


class Program:
    """The program in a session of its own, its output in a file."""

    def __init__(self, reports: Path, record: Path, workers: int) -> None:
        self._output = record.with_suffix(f".{time.monotonic_ns()}.txt")
        with self._output.open("w") as output:
            self._process = subprocess.Popen(
                [sys.executable, str(PROGRAM), str(reports), str(record), str(workers)],
                stdout=output,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )

    def signalled(self, number: int) -> None:
        """Send a signal to the whole process group, as a terminal does, once the first document was reported."""
        deadline = time.monotonic() + 60
        while not self._output.stat().st_size and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(self._process.pid, number)

    def ended(self) -> tuple[list[str], int, str]:
        """Wait for its end; return the documents that it reported, its exit code and its error output."""
        _, errors = self._process.communicate(timeout=60)
        return self._output.read_text().split(), self._process.returncode, errors


def held(record: Path) -> set[str]:
    return {path.name for path in record.glob("document-*")}


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_finishes_what_is_in_hand_and_the_next_run_goes_on(reports, tmp_path, workers):
    """The last batch may be a smaller one: that of the inputs that were taken up before the interruption."""
    record = tmp_path / "record"
    program = Program(reports, record, workers)
    program.signalled(signal.SIGINT)
    reported, code, errors = program.ended()
    assert (code, errors) == (130, "")
    assert held(record) == set(reported)
    assert 4 <= len(reported) < 40
    assert len(set(reported)) == len(reported)
    assert json.loads((record / "closed.json").read_text()) == {"read": len(reported), "interrupted": True}
    again, code, errors = Program(reports, record, 1).ended()
    assert (code, errors) == (0, "")
    assert len(held(record)) == 40
    assert set(again) == held(record) - set(reported)


def test_kill_loses_nothing_that_was_reported(reports, tmp_path):
    record = tmp_path / "record"
    program = Program(reports, record, 1)
    program.signalled(signal.SIGKILL)
    reported, _, _ = program.ended()
    assert set(reported) <= held(record)
    again, _, _ = Program(reports, record, 1).ended()
    assert len(held(record)) == 40
    assert not set(again) & set(reported)


def test_ctrl_c_while_a_page_is_awaited_ends_the_wait(store, reader, reports, monkeypatch):
    def sources(*_):
        for path in sorted(reports.iterdir())[:2]:
            yield from open_sources([str(path)])
        os.kill(os.getpid(), signal.SIGINT)
        threading.Event().wait(30)
        raise AssertionError("the wait was not ended")

    from detente.sources import open_sources

    monkeypatch.setattr("detente.pipeline.run.open_sources", sources)
    run = read([str(reports)], store, reader, PipelineSettings())
    assert (run.read, run.interrupted) == (2, True)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_pipeline_runs_outside_the_main_thread(store, reader, reports):
    runs = []
    thread = threading.Thread(target=lambda: runs.append(read([str(reports)], store, reader)))
    thread.start()
    thread.join()
    assert runs[0].read == 40
