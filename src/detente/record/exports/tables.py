"""CSV and Parquet: one file per table, corrected, with the known time beside the valid time."""

from datetime import date
from pathlib import Path

from detente.record.queries import FRAMES
from detente.record.record import Record

_LIST_COLUMNS = {
    "documents": ("corrections",),
    "mentions": ("codes", "actors"),
    "statements": ("corrections",),
    "events": ("source", "target", "source_mentions", "target_mentions", "corrections"),
    "relation_claims": ("dyad", "corrections"),
    "causal_claims": ("corrections",),
}
_SPAN_COLUMNS = {"documents": "furniture", "statements": "content"}
_KNOWN = "({as_of} IS NULL OR known <= {as_of})"
_OTHERS = {
    "copies": "SELECT * FROM copies WHERE {as_of} IS NULL OR published <= {as_of}",
    "actors": "SELECT * FROM actors",
    "acts": "SELECT * FROM acts_as_of({as_of})",
    "runs": "SELECT * FROM runs ORDER BY seq",
    "refusals": "SELECT * FROM refusals",
    "corrections": "SELECT * FROM corrections ORDER BY seq",
    "datasets": "SELECT * FROM datasets",
    "forecasts": "SELECT * FROM forecasts WHERE {as_of} IS NULL OR known <= {as_of}",
}


def write_csv(record: Record, out_dir: Path, as_of: date | None) -> list[Path]:
    """Write ``<table>.csv``: lists joined by ``|``, spans as ``start:end``, no (binary) signatures."""
    queries = {table: f"SELECT {_plain(table)} FROM current_{table} WHERE {_KNOWN}" for table in FRAMES} | _OTHERS
    return _write(record, queries, out_dir, "csv", "FORMAT csv, HEADER", as_of)


def write_parquet(record: Record, out_dir: Path, as_of: date | None) -> list[Path]:
    """Write ``<table>.parquet`` with lists and structs as they are."""
    queries = {table: f"SELECT * FROM current_{table} WHERE {_KNOWN}" for table in FRAMES} | _OTHERS
    return _write(record, queries, out_dir, "parquet", "FORMAT parquet, COMPRESSION zstd", as_of)


def _write(
    record: Record, queries: dict[str, str], out_dir: Path, ending: str, options: str, as_of: date | None
) -> list[Path]:
    written = []
    for table, query in queries.items():
        written.append(out_dir / f"{table}.{ending}")
        record.copy_out(query, written[-1], options, as_of)
    return written


def _plain(table: str) -> str:
    changes = [f"array_to_string({name}, '|') AS {name}" for name in _LIST_COLUMNS.get(table, ())]
    if table in _SPAN_COLUMNS:
        name = _SPAN_COLUMNS[table]
        joined = f"array_to_string(list_transform({name}, lambda p: p.span_start || ':' || p.span_end), '|')"
        changes.append(f"{joined} AS {name}")
    star = "* EXCLUDE (signature)" if table == "documents" else "*"
    return f"{star} REPLACE ({', '.join(changes)})" if changes else star
