"""Runs and refusals: what was done with which reader, and which inputs were not taken and why."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not taken: where it lies, what is wrong, what would be allowed."""

    where: str
    what: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.allowed}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many inputs a run read, found to be copies, and skipped because this reader version had read them."""

    read: int = 0
    copies: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One call of a verb that wrote to the record."""

    id: str
    started: datetime
    finished: datetime | None
    verb: str
    reader: str
    version: str
    settings: str
    """JSON of the settings that shaped the result."""
    read: int
    copies: int
    skipped: int
    """Inputs already in the record and read by this reader version."""
    refusals: tuple[Refusal, ...] = ()
    interrupted: bool = False
    """A person or a failure ended it before its inputs did; what it had written stays."""
