"""Killed, or out of disk, in the middle of a batch: what was reported as done is held, and the file opens."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import record_samples as samples  # type: ignore[import-not-found]

from detente.record import Record

WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
import record_samples as samples
from detente.model.errors import RecordError
from detente.record import Record
size, batches = int(sys.argv[3]), int(sys.argv[4])
if len(sys.argv) > 5:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[5]),) * 2)
record = Record.open(sys.argv[2])
run = record.begin_run("read", "rules", "1", "{}")
for batch in range(batches):
    entries = [samples.entry(batch * size + n) for n in range(size)]
    print("writing", batch, flush=True)
    try:
        record.write(run, entries, [])
    except RecordError as error:
        print("refused", error, flush=True)
        sys.exit(3)
    print("done", batch, flush=True)
"""


def writer(path: Path, size: int, batches: int, limit: int | None = None) -> subprocess.Popen[str]:
    arguments = [str(Path(__file__).parent), str(path), str(size), str(batches), *([str(limit)] if limit else [])]
    return subprocess.Popen([sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True)


def check_whole(path: Path, size: int, done: list[int], begun: list[int]) -> None:
    """Every batch reported as done is held; every other is held whole or not at all."""
    with Record.open(path) as record:
        held = {document for document, _ in record.signatures()}
        for batch in begun:
            entries = [samples.entry(batch * size + n) for n in range(size)]
            there = [entry for entry in entries if entry.document.id in held]
            assert len(there) in ((size,) if batch in done else (0, size))
            for entry in there[:: max(1, size // 3)]:
                assert record.reading(entry.document.id) == entry.reading
                assert record.has_reading(entry.document.id, "rules", "1")
        (run,) = record.runs()
        assert run.interrupted
        assert run.read == len(held)
        again = samples.entry(10**6)
        record.write(record.begin_run("read", "rules", "1", "{}"), [again], [])
        assert record.reading(again.document.id) == again.reading


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2])
def test_kill_in_the_middle_of_a_batch(tmp_path: Path, delay: float):
    path, size = tmp_path / "affairs.duckdb", 100
    process = writer(path, size, 1000)
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if line == "writing 2\n":
            time.sleep(delay)
            process.kill()
            break
    lines += process.stdout.readlines()
    process.stdout.close()
    assert process.wait() == -9
    done = [int(line.split()[1]) for line in lines if line.startswith("done")]
    assert {0, 1} <= set(done)
    check_whole(path, size, done, [int(line.split()[1]) for line in lines if line.startswith("writing")])


def test_disk_full(tmp_path: Path):
    path, size = tmp_path / "affairs.duckdb", 100
    with writer(path, size, 1000, limit=2_000_000) as process:
        assert process.stdout is not None
        lines = process.stdout.read().splitlines()
    assert process.returncode == 3
    assert lines[-1].startswith(f"refused {path}: cannot write a batch of 100 reports")
    assert "free space and run again, which goes on where it stopped" in lines[-1]
    done = [int(line.split()[1]) for line in lines if line.startswith("done")]
    assert done
    check_whole(path, size, done, [int(line.split()[1]) for line in lines if line.startswith("writing")])
