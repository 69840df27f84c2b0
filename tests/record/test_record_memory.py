"""Writing keeps memory flat: what is written is let go."""

import subprocess
import sys
from pathlib import Path

import pytest

WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
import record_samples as samples
from detente.record import Record
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
with Record.open(sys.argv[2], memory="128MB") as record:
    run = record.begin_run("read", "rules", "1", "{}")
    for batch in range(40):
        record.write(run, [samples.entry(batch * 100 + n) for n in range(100)], [])
        if batch in (9, 39):
            print(resident(), flush=True)
    assert len(list(record.signatures())) == 4000
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is read from /proc")
def test_four_thousand_reports_take_no_more_memory_than_one_thousand(tmp_path: Path):
    arguments = [sys.executable, "-c", WRITER, str(Path(__file__).parent), str(tmp_path / "affairs.duckdb")]
    early, late = map(float, subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.split())
    assert late - early < 40, f"{early:.0f} MB after 1,000 reports, {late:.0f} MB after 4,000"
