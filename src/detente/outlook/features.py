"""Second stage: the named features of each candidate of each query, all from days before the query's."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.outlook.history import History
from detente.outlook.quads import Ints
from detente.outlook.retrieval import TERMS, terms_at
from detente.outlook.scene import Scene
from detente.outlook.tables import HALF_LIVES, Floats, Table

_COLUMN_NAMES = (*(f"{half:g} d" for half in HALF_LIVES), "ever")
NEVER_AGE = 12.0
"""Age in log2 days that stands for "never"."""


@dataclass(slots=True)
class Sheet:
    """Collects feature columns of one shape under their names."""

    columns: list[Floats] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add(self, name: str, values: NDArray[np.floating]) -> None:
        """Append one column."""
        self.names.append(name)
        self.columns.append(values.astype(np.float32, copy=False))

    def counts(self, name: str, table: Table, rows: NDArray[np.intp], columns: tuple[int, ...]) -> None:
        """Append damped counts under several half-lives."""
        for column in columns:
            self.add(f"{name}, {_COLUMN_NAMES[column]}", np.log1p(10 * table.decayed[:, column])[rows])

    def age(self, name: str, day_of: NDArray[np.int32], rows: NDArray[np.intp], day: int) -> None:
        """Append the log2 of the days since ``day_of``."""
        age = np.minimum(np.log2(np.maximum(day - day_of, 1).astype(np.float32)), NEVER_AGE)
        self.add(name, age[rows])

    def share(self, name: str, part: NDArray[np.floating], whole: NDArray[np.floating], weight: float) -> None:
        """Append the log of a smoothed share."""
        self.add(name, np.log((part + 0.01) / (whole + weight)))

    def stack(self) -> Floats:
        """Return all columns, shape ``(queries, candidates, features)``."""
        shape = np.broadcast_shapes(*(column.shape for column in self.columns))
        out = np.empty((*shape, len(self.columns)), np.float32)
        for index, column in enumerate(self.columns):
            out[..., index] = column
        return out


def features(scene: Scene, candidates: Ints, first: Floats) -> tuple[tuple[str, ...], Floats]:
    """Return names and values of the features of ``candidates``.

    Args:
        scene: The queries.
        candidates: Actors, shape ``(queries, candidates)``.
        first: Their first-stage scores, same shape.

    Returns:
        The names and an array of shape ``(queries, candidates, features)``.
    """
    history, day = scene.state.history, scene.day
    sheet = Sheet()
    subject, relation = (np.broadcast_to(column[:, None], candidates.shape) for column in (scene.s, scene.r))
    for name, values in zip(TERMS, np.moveaxis(terms_at(scene, candidates), 2, 0), strict=True):
        sheet.add(name, values)
    _acts(sheet, history, subject, relation, candidates, day)
    _partners(sheet, history, subject, relation, candidates, day)
    _context(sheet, history, scene.s, scene.r, day)
    _kinds(sheet, history, subject, relation, candidates)
    sheet.add("like subjects", _like_subjects(scene, subject, relation, candidates))
    sheet.add("first stage", first)
    sheet.add("first stage, below best", first - first.max(axis=1, keepdims=True))
    return tuple(sheet.names), sheet.stack()


def _like_subjects(scene: Scene, s: Ints, r: Ints, o: Ints) -> Floats:
    doers = scene.state.profiles.doers
    assert doers is not None
    rows = scene.state.history.find("relation_object", s, r, o)
    like = np.einsum("qd,qkd->qk", scene.coordinates.actor, doers[rows])
    return np.asarray(np.log1p(np.maximum(like, 0)))


def _acts(sheet: Sheet, history: History, s: Ints, r: Ints, o: Ints, day: int) -> None:
    table = history.tables["triple"]
    rows = history.find("triple", s, r, o)
    sheet.counts("same act", table, rows, (0, 1, 2, 3, 4, 5, 6))
    sheet.age("same act, age", table.last, rows, day)
    gap = np.minimum(np.log2(np.maximum(table.last - table.previous, 1)), NEVER_AGE)
    sheet.add("same act, last gap", gap[rows])
    sheet.age("same act, first age", table.first, rows, day)
    days = day - table.last
    weekly = ((days % 7 == 0) & (days < 60)).astype(np.float32)
    sheet.add("same act, same weekday", weekly[rows])
    total = history.tables["subject_relation"]
    sr = history.find("subject_relation", s[:, 0], r[:, 0], o[:, 0])
    for column in (1, 2, 3, 4, 6):
        sheet.share(
            f"share of act, {_COLUMN_NAMES[column]}",
            table.decayed[rows, column],
            total.decayed[sr, column][:, None],
            1.0,
        )
    swapped = history.find("triple", s, history.space.inverse(r), o)
    sheet.counts("act in return", table, swapped, (1, 2, 3, 6))
    sheet.age("act in return, age", table.last, swapped, day)


def _partners(sheet: Sheet, history: History, s: Ints, r: Ints, o: Ints, day: int) -> None:
    table = history.tables["directed"]
    same = history.find("directed", s, r, o)
    back = history.find("directed", s, history.space.inverse(r), o)
    sheet.counts("any act", table, same, (0, 1, 2, 3, 4, 6))
    sheet.age("any act, age", table.last, same, day)
    sheet.counts("any act in return", table, back, (0, 1, 2, 3, 6))
    sheet.age("any act in return, age", table.last, back, day)
    pair = history.find("pair", s, r, o)
    sheet.age("acquainted since", history.tables["pair"].first, pair, day)
    whole = history.tables["subject"].decayed[history.find("subject", s[:, 0], r[:, 0], o[:, 0])]
    for column in (2, 4, 6):
        part = history.tables["pair"].decayed[pair, column]
        sheet.share(f"share of partner, {_COLUMN_NAMES[column]}", part, whole[:, column][:, None], 1.0)


def _context(sheet: Sheet, history: History, s: Ints, r: Ints, day: int) -> None:
    query, table = history.find("subject_relation", s, r, s)[:, None], history.tables["subject_relation"]
    sheet.counts("subject does this", table, query, (1, 3, 6))
    sheet.age("subject does this, age", table.last, query, day)
    sheet.counts("subject acts", history.tables["subject"], history.find("subject", s, r, s)[:, None], (2, 6))
    sheet.counts("anyone does this", history.tables["relation"], history.find("relation", s, r, s)[:, None], (2, 6))


def _kinds(sheet: Sheet, history: History, s: Ints, r: Ints, o: Ints) -> None:
    tables = history.tables
    target = history.find("relation_object", s, r, o)
    sheet.counts("object suffers this", tables["relation_object"], target, (0, 1, 2, 3, 4, 6))
    doer = history.find("relation_object", s, history.space.inverse(r), o)
    sheet.counts("object does this", tables["relation_object"], doer, (2, 3, 6))
    relation = tables["relation"].decayed[history.find("relation", s[:, 0], r[:, 0], o[:, 0])]
    for column in (2, 6):
        part = tables["relation_object"].decayed[target, column]
        sheet.share(f"share of object, {_COLUMN_NAMES[column]}", part, relation[:, column][:, None], 10.0)
    sheet.counts("object appears", tables["object"], history.find("object", s, r, o), (0, 1, 2, 4, 6))
    toward = history.find("subject_country", s, r, o)
    sheet.counts("act toward the country", tables["subject_country"], toward, (1, 3, 6))
    sheet.counts("country to object", tables["country_object"], history.find("country_object", s, r, o), (1, 3, 6))
    sheet.counts("country to country", tables["countries"], history.find("countries", s, r, o), (2, 4, 6))
    sheet.counts("subject to the country", tables["subject_anyhow"], history.find("subject_anyhow", s, r, o), (2, 6))
    sheet.counts("country and object", tables["country_anyhow"], history.find("country_anyhow", s, r, o), (1, 2, 6))
    sheet.counts("role to object", tables["role_object"], history.find("role_object", s, r, o), (2, 4, 6))
    template = history.find("template", s, r, o)
    base = tables["role_relation"].decayed[history.find("role_relation", s[:, 0], r[:, 0], o[:, 0])]
    for column in (3, 6):
        part = tables["template"].decayed[template, column]
        sheet.share(f"share of role, {_COLUMN_NAMES[column]}", part, base[:, column][:, None], 5.0)
