"""What is read and written together, and the reading of it: the part that runs in workers."""

from dataclasses import dataclass

from detente.model.document import Copy, Document
from detente.model.protocols import Reader
from detente.model.reading import Reading
from detente.model.run import Refusal


@dataclass(frozen=True, slots=True)
class Story:
    """A document that is no copy, with its signature."""

    document: Document
    signature: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Stories to read, copies of them or of earlier ones, and how many inputs needed no reading."""

    stories: tuple[Story, ...]
    copies: tuple[Copy, ...] = ()
    skipped: int = 0

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents to read."""
        return tuple(story.document for story in self.stories)


Outcome = Reading | Refusal


def read_batch(reader: Reader, documents: tuple[Document, ...]) -> tuple[Outcome, ...]:
    """Read documents together; where that fails, read each alone, so that only the one at fault is refused."""
    if not documents:
        return ()
    try:
        readings = tuple(reader.read_all(documents))
        if len(readings) == len(documents):
            return readings
    except Exception:  # noqa: BLE001 - whatever a reader raises, the documents beside the culprit must be read
        pass
    return tuple(_read_one(reader, document) for document in documents)


def _read_one(reader: Reader, document: Document) -> Outcome:
    try:
        return reader.read(document)
    except Exception as error:  # noqa: BLE001 - it is reported with its place, and the run goes on
        return Refusal(
            document.origin or document.id,
            f"reader {reader.name} {reader.version} failed on it ({type(error).__name__}: {error})",
            "a text that the reader can take; please report this one",
        )
