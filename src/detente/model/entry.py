"""One story as the pipeline hands it to the record: the document, what a reader found in it, its signature."""

from dataclasses import dataclass

from detente.model.document import Document
from detente.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that is not a copy, with one reading and the signature by which later copies are found."""

    document: Document
    reading: Reading
    signature: bytes
    """Exact hash and MinHash of the body (``detente.sources.duplicates.signature``); opaque to the record."""
