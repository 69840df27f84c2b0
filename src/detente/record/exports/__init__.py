"""The record written out for others: JSON lines, CSV, Parquet, W3C Web Annotations, GraphML."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from detente.model.errors import RecordError, UsageError
from detente.record.exports.documents import write_jsonl
from detente.record.exports.graphml import write_graphml
from detente.record.exports.tables import write_csv, write_parquet
from detente.record.exports.webannotation import write_webannotation
from detente.record.record import Record

FORMATS: dict[str, Callable[[Record, Path, date | None], list[Path]]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
    "webannotation": write_webannotation,
    "graphml": write_graphml,
}


def export(record: Record, format: str, out_dir: Path, as_of: date | None = None) -> list[Path]:
    """Write the record, corrected and as known at the end of ``as_of``, into a directory and return the files.

    Raises:
        UsageError: There is no such format; the message lists them.
        RecordError: The directory cannot be written.
    """
    if format not in FORMATS:
        raise UsageError(f"no export format {format!r}; allowed: {', '.join(FORMATS)}")
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        return FORMATS[format](record, out_dir, as_of)
    except OSError as error:
        raise RecordError(f"{out_dir}: cannot export ({error}); name a directory that can be written") from error


__all__ = ["FORMATS", "export"]
