"""What a person may watch while the pipeline runs."""

from collections.abc import Sequence
from typing import Protocol

from detente.model.document import Document
from detente.model.run import Counts, Refusal


class Progress(Protocol):
    """Is told what has happened; nothing is reported as done before the record holds it."""

    def refused(self, refusal: Refusal) -> None:
        """One input was not taken."""
        ...

    def written(self, documents: Sequence[Document], counts: Counts) -> None:
        """These documents are in the record; ``counts`` are those of the run so far."""
        ...


class Quiet:
    """Shows nothing."""

    def refused(self, refusal: Refusal) -> None:
        """Pass over it."""

    def written(self, documents: Sequence[Document], counts: Counts) -> None:
        """Pass over it."""
