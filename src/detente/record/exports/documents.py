"""JSON lines: one object per document with everything found in it, quotes beside offsets."""

from datetime import date
from pathlib import Path

from detente.record.record import Record
from detente.record.views import script


def write_jsonl(record: Record, out_dir: Path, as_of: date | None) -> list[Path]:
    """Write ``documents.jsonl``."""
    target = out_dir / "documents.jsonl"
    record.copy_out(
        "SELECT * FROM whole_documents({as_of})", target, "FORMAT json", as_of, script("export_documents.sql")
    )
    return [target]
