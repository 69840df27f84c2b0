"""The interfaces between rooms."""

from collections.abc import Iterable
from typing import Protocol

from detente.model.document import Document
from detente.model.reading import Reading


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
