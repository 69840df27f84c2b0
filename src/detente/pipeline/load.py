"""Files of event data into the record, one after another: a bad file is refused and the rest go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from detente.model.errors import InputRefusedError
from detente.model.run import Refusal
from detente.record import Record
from detente.record.rows import DatasetFile
from detente.sources.events import EventFormat, Load, load_events

FileProgress = Callable[[Path, int, int], None]
"""Called with the file, its rows done and its rows in all."""


@dataclass(frozen=True, slots=True)
class Loads:
    """What became of each file; ``refusals`` are of whole files, each ``Load`` has those of its rows."""

    files: tuple[Load, ...]
    refusals: tuple[Refusal, ...]

    @property
    def refused(self) -> int:
        """Rows and files that were not taken."""
        return sum(file.refused for file in self.files) + len(self.refusals)

    @property
    def new(self) -> int:
        """Events that the record did not hold."""
        return sum(file.new for file in self.files)


def load(
    files: Sequence[str | Path],
    shape: EventFormat,
    record: Record,
    *,
    dataset: str | None = None,
    progress: FileProgress | None = None,
) -> Loads:
    """Load event data files of one format; loading a file again changes nothing.

    Args:
        files: Files, plain, ``.gz`` or ``.zip``.
        shape: Their format.
        record: The record.
        dataset: Name to store the rows under in place of the format's.
        progress: Told how far each file is.

    Raises:
        RecordError: The record cannot be written.
    """
    done: list[Load] = []
    refusals: list[Refusal] = []
    for file in map(Path, files):
        try:
            done.append(_one(file, shape, record, dataset, progress))
        except InputRefusedError as error:
            refusals.append(error.refusal)
    return Loads(tuple(done), tuple(refusals))


def _one(file: Path, shape: EventFormat, record: Record, dataset: str | None, progress: FileProgress | None) -> Load:
    told = (lambda rows, of: progress(file, rows, of)) if progress else None
    loaded = load_events(file, shape, record, dataset=dataset, progress=told)
    if not loaded.is_known:
        noted = (loaded.hash, loaded.dataset, loaded.path.name, loaded.licence)
        counted = (loaded.rows, loaded.duplicates, loaded.refused)
        record.add_file(DatasetFile(*noted, *counted, datetime.now(UTC)))
        return loaded
    held = next(each for each in record.files() if each.hash == loaded.hash)
    return replace(loaded, dataset=held.dataset, rows=held.rows)
