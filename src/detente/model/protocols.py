"""The interfaces between rooms."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from detente.model.document import Copy, Document
from detente.model.entry import Entry
from detente.model.reading import Reading
from detente.model.run import Counts, Refusal


class Reader(Protocol):
    """Turns a document into a reading; the same object serves one process, all cores, and a cluster (it pickles)."""

    @property
    def name(self) -> str:
        """Name under which its readings are stored."""
        ...

    @property
    def version(self) -> str:
        """Version that changes whenever its readings may."""
        ...

    def read(self, document: Document) -> Reading:
        """Read one document."""
        ...

    def read_all(self, documents: Iterable[Document]) -> Iterable[Reading]:
        """Read many, in order, with whatever batching is fastest."""
        ...


class Store(Protocol):
    """What the pipeline needs of the record; every method raises ``RecordError`` when the record cannot do it."""

    def begin_run(self, verb: str, reader: str, version: str, settings: str) -> str:
        """Open a run and return its id; ``settings`` is the JSON of what shapes the result."""
        ...

    def has_reading(self, document: str, reader: str, version: str) -> bool:
        """Tell whether this reader version has read the document with this id."""
        ...

    def signatures(self) -> Iterator[tuple[str, bytes]]:
        """Yield (document id, signature) of every story held, in the order in which they were first written."""
        ...

    def text(self, document: str) -> str | None:
        """Return the text of a story held, ``None`` if there is none; the check of near duplicates reads it."""
        ...

    def named(self, name: str) -> Sequence[str]:
        """Return the ids of the stories held whose ``Document.name`` is ``name``."""
        ...

    def write(self, run: str, entries: Sequence[Entry], copies: Sequence[Copy]) -> None:
        """Write readings and copies in one transaction: all of them are held afterwards, or none.

        What is held already under the same id stays as it is, so that writing twice changes nothing.
        """
        ...

    def end_run(self, run: str, counts: Counts, refusals: Sequence[Refusal], interrupted: bool) -> None:
        """Close the run with its counts and what was refused."""
        ...
