"""A record in memory, a reader that finds one sentence, and reports to read."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from detente.model.document import Copy, Document
from detente.model.entry import Entry
from detente.model.reading import Reading, Sentence
from detente.model.run import Counts, Refusal
from detente.model.span import Span


@dataclass
class Closed:
    """How a run was closed."""

    counts: Counts
    refusals: tuple[Refusal, ...]
    interrupted: bool


@dataclass
class MemoryStore:
    """Keeps the promises of ``Store`` in memory; ``fails_at`` is the write that fails, counted from 1."""

    entries: dict[str, Entry] = field(default_factory=dict)
    readings: set[tuple[str, str, str]] = field(default_factory=set)
    copies: dict[str, Copy] = field(default_factory=dict)
    closed: list[Closed] = field(default_factory=list)
    writes: int = 0
    fails_at: int | None = None
    failure: BaseException | None = None

    def begin_run(self, verb: str, reader: str, version: str, settings: str) -> str:
        return f"run-{len(self.closed)}"

    def has_reading(self, document: str, reader: str, version: str) -> bool:
        return (document, reader, version) in self.readings

    def signatures(self) -> Iterator[tuple[str, bytes]]:
        yield from ((document, entry.signature) for document, entry in self.entries.items())

    def text(self, document: str) -> str | None:
        return self.entries[document].document.text if document in self.entries else None

    def named(self, name: str) -> Sequence[str]:
        return [document for document, entry in self.entries.items() if entry.document.name == name]

    def write(self, run: str, entries: Sequence[Entry], copies: Sequence[Copy]) -> None:
        self.writes += 1
        if self.writes == self.fails_at and self.failure is not None:
            raise self.failure
        for entry in entries:
            self.entries.setdefault(entry.document.id, entry)
            self.readings.add((entry.document.id, entry.reading.reader, entry.reading.version))
        for copy in copies:
            assert copy.document in self.entries, "a copy was written before its story"
            self.copies.setdefault(copy.id, copy)

    def end_run(self, run: str, counts: Counts, refusals: Sequence[Refusal], interrupted: bool) -> None:
        self.closed.append(Closed(counts, tuple(refusals), interrupted))


class FakeReader:
    """Finds the whole text as one sentence; fails on texts that hold the word ``unreadable``."""

    def __init__(self, version: str = "1") -> None:
        self.name, self.version = "fake", version
        self.seen: list[str] = []

    def read(self, document: Document) -> Reading:
        if "unreadable" in document.text:
            raise ZeroDivisionError("division by zero")
        self.seen.append(document.text)
        sentence = Sentence(Span(document.id, 0, len(document.text)), 0, 0)
        return Reading(document.id, self.name, self.version, (sentence,))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        return map(self.read, documents)


@dataclass
class Watcher:
    """Writes down what it is told."""

    refusals: list[Refusal] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)

    def refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)

    def written(self, documents: Sequence[Document], counts: Counts) -> None:
        self.documents.extend(document.id for document in documents)
        assert counts.read == len(self.documents)


def report(seed: int, length: int = 80) -> str:
    """Return a text that resembles no other seed's."""
    return " ".join(random.Random(seed).choices([f"word{n}" for n in range(2000)], k=length)) + "."


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture(scope="session")
def fresh_store() -> type[MemoryStore]:
    return MemoryStore


@pytest.fixture(scope="session")
def fresh_reader() -> type[FakeReader]:
    return FakeReader


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def newer_reader() -> FakeReader:
    return FakeReader("2")


@pytest.fixture
def watcher() -> Watcher:
    return Watcher()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Return a folder of forty different reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for seed in range(40):
        (folder / f"{seed:02d}.txt").write_text(report(seed))
    return folder
