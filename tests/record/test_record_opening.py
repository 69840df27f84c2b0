"""Every way in which a file cannot be opened says why and what would be allowed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import record_samples as samples  # type: ignore[import-not-found]

from detente.model.errors import RecordError
from detente.record import Record
from detente.record.migrations import SCHEMA_VERSION


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "affairs.duckdb"
    with Record.open(place) as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), [samples.entry()], [])
    return place


def test_a_new_file_is_made_and_knows_its_version(tmp_path: Path):
    with Record.open(tmp_path / "new.duckdb") as record:
        assert record.query("SELECT value FROM meta WHERE key = 'schema_version'").column("value").to_pylist() == [
            str(SCHEMA_VERSION)
        ]


@pytest.mark.parametrize("stem", ["e", "f", "events", "main", "temp", "my record", "2026-02"])
def test_any_file_name_will_do(tmp_path: Path, stem: str):
    """DuckDB calls a catalog after its file, so that a file's name could be taken for that of a table."""
    with Record.open(tmp_path / f"{stem}.duckdb") as record:
        record.write(record.begin_run("read", "rules", "1", "{}"), [samples.entry()], [])
        assert len(record.documents()) == 1
        assert record.events()


def test_a_record_of_a_newer_version_is_refused(path: Path):
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    for read_only in (True, False):
        with pytest.raises(RecordError, match=r"schema version 99, newer .* install the newer Detente"):
            Record.open(path, read_only)


def test_views_of_another_build_are_renewed_when_opened_for_writing(path: Path):
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'views'")
        connection.execute("DROP VIEW acts")
    with pytest.raises(RecordError, match="older version of Detente and opened for reading only"):
        Record.open(path, read_only=True)
    with Record.open(path) as record:
        assert record.query("SELECT * FROM acts").num_rows == 2
    with Record.open(path, read_only=True) as record:
        assert len(record.documents()) == 1


def test_a_failed_migration_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def breaks(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("CREATE TABLE half (a INTEGER)")
        connection.execute("SELECT * FROM nowhere")

    path = tmp_path / "affairs.duckdb"
    Record.open(path).close()
    with monkeypatch.context() as patch:
        patch.setattr("detente.record.migrations.MIGRATIONS", (None, breaks))
        patch.setattr("detente.record.migrations.SCHEMA_VERSION", 2)
        with pytest.raises(RecordError, match="cannot bring the record up to date"):
            Record.open(path)
    with Record.open(path) as record:
        assert record.query("SELECT * FROM duckdb_tables() WHERE table_name = 'half'").num_rows == 0


def test_another_process_holding_the_record_is_named(path: Path):
    code = (
        "import sys\nfrom detente.record import Record\n"
        "with Record.open(sys.argv[1]):\n    print('open', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        for read_only in (True, False):
            with pytest.raises(RecordError, match=rf"in use by .*\(process {holder.pid}\); wait until that ends"):
                Record.open(path, read_only)
        holder.communicate("")
    Record.open(path).close()


def test_two_may_read_at_once(path: Path):
    with Record.open(path, read_only=True) as one, Record.open(path, read_only=True) as two:
        assert one.documents() == two.documents()


def test_the_same_process_is_told_of_its_own_other_mode(path: Path):
    with Record.open(path), pytest.raises(RecordError, match="already has the record open in another mode"):
        Record.open(path, read_only=True)


def test_what_is_not_a_record_is_refused(tmp_path: Path):
    (tmp_path / "text.duckdb").write_text("not a database\n" * 1000)
    (tmp_path / "empty.duckdb").write_text("")
    for name in ("text.duckdb", "empty.duckdb"):
        with pytest.raises(RecordError, match="not a DuckDB file; name a record"):
            Record.open(tmp_path / name)
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("CREATE TABLE shopping (item VARCHAR)")
    for read_only in (True, False):
        with pytest.raises(RecordError, match="not a record of Detente; name another file"):
            Record.open(tmp_path / "other.duckdb", read_only)


def test_a_missing_place_is_refused(tmp_path: Path):
    with pytest.raises(RecordError, match=r"the directory .*nowhere does not exist; make it"):
        Record.open(tmp_path / "nowhere" / "affairs.duckdb")
    with pytest.raises(RecordError, match="there is no record; `detente read"):
        Record.open(tmp_path / "affairs.duckdb", read_only=True)
    with pytest.raises(RecordError, match="a directory without exported Parquet"):
        Record.open(tmp_path)


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A directory open to all, and a user who is not root, to whom file permissions apply."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_read_only_file_is_refused_for_writing_and_read_otherwise(as_nobody: Path):
    path = as_nobody / "affairs.duckdb"
    Record.open(path).close()
    path.chmod(0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        with pytest.raises(RecordError, match="may not be written; make it writable, copy it, or open it for reading"):
            Record.open(path)
        with Record.open(path, read_only=True) as record:
            assert record.documents() == []
    finally:
        if root:
            os.seteuid(0)


def test_a_record_opened_for_reading_writes_nothing(path: Path):
    with Record.open(path, read_only=True) as record:
        for write in (
            lambda: record.begin_run("read", "rules", "1", "{}"),
            lambda: record.write("run", [samples.entry(7)], []),
            lambda: record.write_coded([]),
        ):
            with pytest.raises(RecordError, match="opened for reading only; open it for writing"):
                write()
        assert len(record.documents()) == 1
