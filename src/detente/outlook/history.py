"""The streamed state: what is known of every triple, pair, object and their kinds before the day being forecast."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.outlook.places import Places, read_places
from detente.outlook.quads import Ints, Quads, mirrored
from detente.outlook.tables import Keys, Table, weights_at

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Space:
    """Sizes of the id spaces and what names say: how (subject, relation, object) turn into table keys.

    Relations are counted twice: ``relations`` is the number with inverses.
    """

    entities: int
    relations: int
    places: Places

    def inverse(self, relation: Ints) -> Ints:
        """Return the inverse of each relation."""
        half = self.relations // 2
        return np.where(relation < half, relation + half, relation - half).astype(np.int32)

    def keys(self, table: str, s: Keys, r: Keys, o: Keys) -> Keys:
        """Return the key of each (subject, relation, object) in the named table, one of ``TABLES``."""
        return np.asarray(_KEYS[table](_Ids.of(self, s, r, o)), np.int64)


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids of which keys are made: entities and relations, their roles and countries, and how many there are."""

    s: Keys
    r: Keys
    o: Keys
    role_s: Keys
    role_o: Keys
    land_s: Keys
    land_o: Keys
    n: int
    m: int
    roles: int
    lands: int

    @classmethod
    def of(cls, space: Space, s: Keys, r: Keys, o: Keys) -> "_Ids":
        role, land = space.places.role.astype(np.int64), space.places.country.astype(np.int64)
        sizes = (space.entities, space.relations, len(space.places.roles), len(space.places.countries))
        return cls(s, r, o, role[s], role[o], land[s], land[o], *sizes)

    @property
    def query(self) -> Keys:
        return self.s * self.m + self.r

    @property
    def pair(self) -> Keys:
        return self.s * self.n + self.o


_KEYS: dict[str, Callable[[_Ids], Keys]] = {
    "triple": lambda i: i.pair * i.m + i.r,
    "pair": lambda i: i.pair,
    "directed": lambda i: i.pair * 2 + (i.r >= i.m // 2),
    "relation_object": lambda i: i.r * i.n + i.o,
    "object": lambda i: i.o,
    "subject_relation": lambda i: i.query,
    "subject": lambda i: i.s,
    "relation": lambda i: i.r,
    "subject_country": lambda i: i.query * i.lands + i.land_o,
    "subject_anyhow": lambda i: i.s * i.lands + i.land_o,
    "country_object": lambda i: np.where(i.land_s > 0, (i.land_s * i.m + i.r) * i.n + i.o, -1 - i.r),
    "country_anyhow": lambda i: np.where(i.land_s > 0, i.land_s * i.n + i.o, -1),
    "countries": lambda i: (i.land_s * i.m + i.r) * i.lands + i.land_o,
    "role_relation": lambda i: i.role_s * i.m + i.r,
    "role_object": lambda i: (i.role_s * i.m + i.r) * i.n + i.o,
    "template": lambda i: ((i.role_s * i.m + i.r) * i.roles + i.role_o) * 2 + ((i.land_s == i.land_o) & (i.land_s > 0)),
}
"""How the ids make the key of each table."""

TABLES = tuple(_KEYS)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where the rows of one table that share a leading key lie: ``order[start[k]:start[k + 1]]``."""

    start: NDArray[np.int64]
    order: Rows

    @classmethod
    def by(cls, leading: NDArray[np.integer], size: int) -> "Blocks":
        """Group rows by ``leading``, values in ``0..size-1``."""
        order = np.argsort(leading, kind="stable")
        start = np.searchsorted(leading[order], np.arange(size + 1))
        return cls(start, order)


@dataclass(slots=True)
class History:
    """All tables over one set of quads, at the close of day ``day``.

    The tables list every key of the set from the start, but hold nothing of a day until ``close`` was called for it,
    so what later days contain cannot change what is read before they are closed.
    """

    quads: Quads
    space: Space = field(init=False)
    tables: dict[str, Table] = field(init=False)
    day: int | None = field(init=False, default=None)
    closed: int | None = field(init=False, default=None)
    triple_subject: Ints = field(init=False)
    triple_relation: Ints = field(init=False)
    triple_object: Ints = field(init=False)
    triple_pair: Rows = field(init=False)
    pair_object: Ints = field(init=False)
    pairs_of_subject: NDArray[np.int64] = field(init=False)
    triples_of_subject: NDArray[np.int64] = field(init=False)
    triples_of_query: Blocks = field(init=False)
    objects_of_relation: NDArray[np.int64] = field(init=False)
    _mates: Blocks = field(init=False)
    _events: tuple[Ints, Ints, Ints, Ints] = field(init=False)
    _rows: dict[str, NDArray[np.int32]] = field(init=False)

    def __post_init__(self) -> None:
        quads = self.quads
        self.space = Space(len(quads.entities), 2 * len(quads.relations), read_places(quads.entities))
        self._events = mirrored(quads)
        s, r, o = (column.astype(np.int64) for column in self._events[:3])
        self.tables, self._rows = {}, {}
        for name in TABLES:
            keys = self.space.keys(name, s, r, o)
            self.tables[name] = Table.over(keys)
            self._rows[name] = self.tables[name].find(keys).astype(np.int32)
        self._lay_out()

    def _lay_out(self) -> None:
        n, m = self.space.entities, self.space.relations
        triples, pairs = self.tables["triple"].keys, self.tables["pair"].keys
        self.triple_relation = (triples % m).astype(np.int32)
        self.triple_subject = (triples // m // n).astype(np.int32)
        self.triple_object = (triples // m % n).astype(np.int32)
        self.triple_pair = np.searchsorted(pairs, triples // m)
        self.pair_object = (pairs % n).astype(np.int32)
        subjects = np.arange(n + 1, dtype=np.int64)
        self.pairs_of_subject = np.searchsorted(pairs, subjects * n)
        self.triples_of_subject = np.searchsorted(triples, subjects * n * m)
        query = self.tables["subject_relation"].find(self.triple_subject.astype(np.int64) * m + self.triple_relation)
        self.triples_of_query = Blocks.by(query, len(self.tables["subject_relation"].keys) + 1)
        self.objects_of_relation = np.searchsorted(
            self.tables["relation_object"].keys, np.arange(m + 1, dtype=np.int64) * n
        )

        self._mates = Blocks.by(self.space.places.country, len(self.space.places.countries))

    def mates(self, country: int) -> Rows:
        """Return the entities of a country."""
        return self._mates.order[self._mates.start[country] : self._mates.start[country + 1]]

    @property
    def days(self) -> Ints:
        """The distinct days of the quads, ascending."""
        return np.unique(self.quads.day)

    def events(self, day: int) -> tuple[Ints, Ints, Ints]:
        """Return subject, relation and object of the events of ``day``, mirrored."""
        a, b = np.searchsorted(self._events[3], [day, day + 1])
        s, r, o, _ = self._events
        return s[a:b], r[a:b], o[a:b]

    def close(self, day: int) -> None:
        """Learn the events of ``day``; days must be closed in order."""
        if self.closed is not None and day <= self.closed:
            raise ValueError(f"day {day} cannot be closed after day {self.closed}; days are closed in ascending order")
        self.wait(day)
        self.closed = day
        a, b = np.searchsorted(self._events[3], [day, day + 1])
        for name, table in self.tables.items():
            table.add(self._rows[name][a:b], day)

    def close_until(self, day: int) -> None:
        """Learn everything up to and including ``day`` at once; nothing may have been closed before."""
        if self.closed is not None:
            raise ValueError(f"days up to {self.closed} are closed already; close_until needs an empty history")
        end = int(np.searchsorted(self._events[3], day, side="right"))
        days = self._events[3][:end]
        weights = weights_at(days, day)
        for name, table in self.tables.items():
            table.fill(self._rows[name][:end], days, weights)
        self.day = self.closed = day

    def wait(self, day: int) -> None:
        """Let the days until ``day`` pass without learning what happened in them."""
        elapsed = 0 if self.day is None else day - self.day
        if elapsed > 0:
            for table in self.tables.values():
                table.age(elapsed)
        self.day = day

    def snapshot(self) -> "History":
        """Return a history that shares what never changes and keeps the counts as they are now."""
        other = copy.copy(self)
        other.tables = copy.deepcopy(self.tables)
        return other

    def find(self, table: str, s: Ints, r: Ints, o: Ints) -> Rows:
        """Return the rows of (subject, relation, object) in the named table."""
        keys = self.space.keys(table, s.astype(np.int64), r.astype(np.int64), o.astype(np.int64))
        return self.tables[table].find(keys)
