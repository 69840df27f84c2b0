"""Day-ordered quads (subject, relation, object, day): the events that a temporal-graph forecaster sees."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.model.errors import UsageError

Ints = NDArray[np.int32]

HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class Quads:
    """Events as parallel integer arrays, ordered by day and within a day by content.

    Attributes:
        subject, relation, object: ids into ``entities`` and ``relations``, shape ``(n,)``.
        day: days since an origin of the owner's choice, shape ``(n,)``.
        entities, relations: names by id.
    """

    subject: Ints
    relation: Ints
    object: Ints
    day: Ints
    entities: tuple[str, ...]
    relations: tuple[str, ...]

    @classmethod
    def of(cls, rows: NDArray[np.integer], entities: Sequence[str], relations: Sequence[str]) -> "Quads":
        """Return the quads of ``rows``, shape ``(n, 4)``, in canonical order; raise ``UsageError`` on bad ids."""
        rows = rows.reshape(-1, 4)
        limits = (len(entities), len(relations), len(entities))
        for column, limit in enumerate(limits):
            if len(rows) and not (rows[:, column].min() >= 0 and rows[:, column].max() < limit):
                raise UsageError(f"quads: column {column} holds ids outside 0..{limit - 1}; each id needs a name")
        order = np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0], rows[:, 3]))
        s, r, o, d = np.ascontiguousarray(rows[order].T.astype(np.int32))
        return cls(s, r, o, d, tuple(entities), tuple(relations))

    def __len__(self) -> int:
        return len(self.day)

    @property
    def rows(self) -> Ints:
        """All quads as one array, shape ``(n, 4)``."""
        return np.stack([self.subject, self.relation, self.object, self.day], axis=1)

    def between(self, first: int, last: int) -> "Quads":
        """Return the quads with ``first <= day <= last``."""
        a, b = np.searchsorted(self.day, [first, last + 1])
        parts = (self.subject[a:b], self.relation[a:b], self.object[a:b], self.day[a:b])
        return Quads(*parts, self.entities, self.relations)

    def joined(self, other: "Quads") -> "Quads":
        """Return both sets of quads together; the names must be the same."""
        if (self.entities, self.relations) != (other.entities, other.relations):
            raise UsageError("quads: only sets with the same entity and relation names can be joined")
        return Quads.of(np.concatenate([self.rows, other.rows]), self.entities, self.relations)


def mirrored(quads: Quads) -> tuple[Ints, Ints, Ints, Ints]:
    """Return subject, relation, object, day with every quad also seen from its object.

    Relation ``r + len(relations)`` is the inverse of ``r``; the arrays, shape ``(2n,)``, stay ordered by day.
    """
    inverse = quads.relation + np.int32(len(quads.relations))
    s = np.stack([quads.subject, quads.object], axis=1).ravel()
    o = np.stack([quads.object, quads.subject], axis=1).ravel()
    r = np.stack([quads.relation, inverse], axis=1).ravel()
    return s, r, o, np.repeat(quads.day, 2)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark folder: train, valid and, unless held back, test quads over the same names."""

    name: str
    train: Quads
    valid: Quads
    test: Quads | None

    @property
    def everything(self) -> Quads:
        """All splits joined."""
        known = self.train.joined(self.valid)
        return known if self.test is None else known.joined(self.test)


def load_benchmark(folder: Path) -> Benchmark:
    """Read a folder of ``entity2id.txt``, ``relation2id.txt`` and ``train|valid|test.txt[.gz]`` (the RE-Net layout).

    Times are hours; a day is 24 of them. Raises ``UsageError`` naming the file that is missing or malformed.
    """
    entities = _names(folder / "entity2id.txt")
    relations = _names(folder / "relation2id.txt")
    splits = {name: _split(folder, name) for name in ("train", "valid", "test")}
    train, valid, test = (None if rows is None else Quads.of(rows, entities, relations) for rows in splits.values())
    if train is None or valid is None:
        raise UsageError(f"{folder}: no train.txt or valid.txt; both are needed, plain or gzipped")
    return Benchmark(folder.name, train, valid, test)


def _names(path: Path) -> tuple[str, ...]:
    if not path.exists():
        raise UsageError(f"{path}: no such file; a benchmark folder holds entity2id.txt and relation2id.txt")
    names: dict[int, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        name, tab, key = line.strip().rpartition("\t")
        if line.strip() and not (tab and key.isdigit()):
            raise UsageError(f"{path}:{number}: {line!r} is not understood; each line is a name, a tab and an id")
        if tab:
            names[int(key)] = name.strip()
    return tuple(names.get(key, f"#{key}") for key in range(max(names, default=-1) + 1))


def _split(folder: Path, name: str) -> NDArray[np.int64] | None:
    for path in (folder / f"{name}.txt", folder / f"{name}.txt.gz"):
        if not path.exists():
            continue
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            try:
                rows = np.loadtxt(file, dtype=np.int64, usecols=(0, 1, 2, 3), ndmin=2)
            except ValueError as error:
                raise UsageError(f"{path}: {error}; each line is subject, relation, object and time") from error
        rows[:, 3] //= HOURS_PER_DAY
        return rows
    return None
