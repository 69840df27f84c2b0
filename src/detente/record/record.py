"""The record: one DuckDB file that holds reports, what was read in them, event data, and what people corrected."""

from pathlib import Path
from types import TracebackType
from typing import Self

from detente.record.coded import Coding
from detente.record.corrections import Correcting
from detente.record.evidence import Witnessing
from detente.record.forecasts import Forecasting
from detente.record.opening import connect
from detente.record.parquet import MARK, connect_folder
from detente.record.queries import Querying
from detente.record.store import Storing


class Record(Storing, Querying, Witnessing, Correcting, Coding, Forecasting):
    """A record that is open; use it in a ``with`` statement, or call ``close``."""

    @classmethod
    def open(cls, path: Path | str, read_only: bool = False, memory: str = "1GB") -> Self:
        """Open the record at ``path``, or make one.

        Args:
            path: A DuckDB file, or a folder of Parquet that ``parquet.write_folder`` made, which is read only.
            read_only: Open without writing; several readers may have it open at once, but none beside a writer.
            memory: Upper limit of DuckDB's buffers; larger sorts spill to disk beside the record.

        Raises:
            RecordError: The record is locked, not writable, of a newer version, not a record …; the message says what
                would be allowed.
        """
        place = Path(path)
        if (place / MARK).is_file():
            return cls(place, connect_folder(place, memory), True)
        return cls(place, connect(place, read_only, memory), read_only)

    def close(self) -> None:
        """Close the file; closing twice is allowed."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
