"""Loading a file of event data into a store: hashed, mapped in batches, bad rows counted and shown with their line."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from detente.model.errors import InputRefusedError
from detente.model.run import Refusal
from detente.sources.events.formats import EventFormat
from detente.sources.events.mapping import Mapper
from detente.sources.events.table import SHOWN, open_table


class Written(Protocol):
    """What a store says of a batch."""

    @property
    def new(self) -> int:
        """Rows that were not held."""
        ...

    @property
    def duplicates(self) -> int:
        """Rows that tell an event again."""
        ...


class EventStore(Protocol):
    """What loading needs of the record."""

    def has_file(self, digest: str) -> bool:
        """Tell whether a file with this hash was loaded to its end."""
        ...

    def write_coded(self, rows: pa.Table) -> Written:
        """Write a batch with the columns of ``CodedEvent`` in one transaction, duplicates collapsed."""
        ...


@dataclass(frozen=True, slots=True)
class Load:
    """What became of one file.

    Attributes:
        path: The file.
        hash: SHA-256 hash of its bytes, hexadecimal.
        dataset: Name under which its rows are stored.
        origin: Where the data come from.
        licence: What they may be used for.
        rows: Lines that hold a row or should.
        new: Events that the store did not hold.
        duplicates: Rows with the same data set, source, target, code, day and place as another.
        without_parties: Rows that lack an actor, or both of whose actors are no state and no coded organisation.
        refused: Bad rows.
        refusals: The first of them, with their lines.
        is_known: The file was loaded before; nothing was read.
    """

    path: Path
    hash: str
    dataset: str
    origin: str
    licence: str
    rows: int = 0
    new: int = 0
    duplicates: int = 0
    without_parties: int = 0
    refused: int = 0
    refusals: tuple[Refusal, ...] = ()
    is_known: bool = False


def load_events(
    path: Path,
    shape: EventFormat,
    store: EventStore,
    *,
    dataset: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Load:
    """Load one file.

    A file that the store knows by its hash is not read again. A load that broke off is taken up by loading the file
    again: batches that were written are held, and their rows are then duplicates. Note the file in the store
    (``Record.add_file``) once this returns.

    Args:
        path: The file, plain, ``.gz`` or ``.zip``.
        shape: Its format.
        store: The record.
        dataset: Name to store the rows under in place of the format's; data sets that overlap need names of their
            own, or they collapse into each other.
        progress: Called with rows done and rows in all after each batch.

    Raises:
        InputRefusedError: The file cannot be read in this format.
        RecordError: The store cannot be written.
    """
    name = dataset or shape.dataset
    digest = file_hash(path)
    if store.has_file(digest):
        return Load(path, digest, name, shape.origin, shape.licence, is_known=True)
    mapper = Mapper(shape, name, path.parent)
    new = duplicates = without = done = 0
    with open_table(path, shape) as raw:
        refused, refusals = raw.refused, list(raw.refusals)
        for batch in raw.batches():
            mapped = mapper.map(batch, SHOWN - len(refusals))
            written = store.write_coded(mapped.events)
            new, duplicates = new + written.new, duplicates + written.duplicates
            without, refused, done = without + mapped.without_parties, refused + mapped.refused, done + batch.num_rows
            allowed = f"days as {' or '.join(shape.day_formats)}, codes of {shape.codes}"
            refusals += [Refusal(f"{path}:{line}", what, allowed) for line, what in mapped.bad]
            if progress is not None:
                progress(done, raw.rows)
        rows = raw.rows
    shown = tuple(refusals[:SHOWN])
    return Load(path, digest, name, shape.origin, shape.licence, rows, new, duplicates, without, refused, shown)


def file_hash(path: Path) -> str:
    """Return the SHA-256 hash of a file's bytes; raise ``InputRefusedError`` when it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise InputRefusedError(str(path), what, "a file of event data, plain, .gz or .zip") from error
