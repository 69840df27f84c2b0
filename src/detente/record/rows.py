"""What queries of the record return beside the model's own types."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from detente.model.codes import EventType, QuadClass
from detente.model.span import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """An event, statement or claim as the record now has it: read, then corrected by people.

    ``id`` is the record's; the id that ``value`` itself computes differs once an identifying field was corrected.
    ``corrections`` names the fields that people corrected.
    """

    id: str
    value: T
    document: str
    title: str | None
    publisher: str | None
    known: date | None
    """Day on which the report appeared: known time."""
    copies: int
    """Further appearances of the same story."""
    corrections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A document in a list: all but its text."""

    id: str
    name: str | None
    title: str | None
    publisher: str | None
    published: date | None
    language: str | None
    url: str | None
    origin: str | None
    characters: int
    copies: int
    reader: str | None
    version: str | None
    run: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote in its sentence: ``sentence[highlight[0]:highlight[1]] == quote``."""

    span: Span
    quote: str
    sentence: str
    sentence_span: Span
    highlight: tuple[int, int]
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    copies: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person changed: ``target`` is the row as it was then, ``applies_to`` the row it changes now."""

    seq: int
    table: str
    target: str
    applies_to: str | None
    document: str
    span: Span | None
    field: str
    value: str | None
    who: str
    made: datetime
    note: str | None


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """A loaded file of event data; ``hash`` is that of its bytes."""

    hash: str
    dataset: str
    source: str
    licence: str
    rows: int
    duplicates: int
    refused: int
    loaded: datetime


@dataclass(frozen=True, slots=True)
class StoredForecast:
    """A forecast as it was made: at ``made``, from what was known by ``known``, for the ``horizon`` days after."""

    id: str
    made: datetime
    known: date
    horizon: int
    source: str
    target: str
    type: EventType | None
    quad: QuadClass | None
    probability: float
    model: str
    version: str
    hypothetical: bool
    payload: str | None
    """JSON of what the model adds: features, the rule that speaks, analogues."""
