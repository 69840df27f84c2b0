"""The DuckDB record: writing, views, migrations, as-of, corrections, exports."""

from detente.record.record import Record
from detente.record.rows import Correction, DatasetFile, Evidence, Finding, Held, StoredForecast

__all__ = ["Correction", "DatasetFile", "Evidence", "Finding", "Held", "Record", "StoredForecast"]
