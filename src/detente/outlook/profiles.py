"""What low-rank smoothing says of a query: like queries, like subjects, and whom like subjects did this to."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from detente.outlook.history import History
from detente.outlook.lowrank import LowRank, refresh, start
from detente.outlook.tables import Floats

RANK = 48
REFRESH_DAYS = 7
_WEEK, _SEASON, _EVER = 2, 4, 6


@dataclass(slots=True)
class Profiles:
    """Two subspaces over objects, refreshed weekly from the history; before the first refresh all scores are zero.

    ``query_space`` comes from the (subject, relation) by object matrix, ``pair_space`` from the actor by actor matrix.
    ``actors`` holds every actor's unit profile in ``pair_space``, ``doers`` the summed profiles of those that did
    relation r to object o, by row of the ``relation_object`` table.
    """

    rank: int = RANK
    query_space: LowRank | None = field(init=False, default=None)
    pair_space: LowRank | None = field(init=False, default=None)
    actors: Floats | None = field(init=False, default=None)
    doers: Floats | None = field(init=False, default=None)
    _day: int | None = field(init=False, default=None)

    def follow(self, history: History, day: int) -> None:
        """Refresh if a week has passed since the last time."""
        if self._day is not None and day - self._day < REFRESH_DAYS:
            return
        n, rounds = history.space.entities, 4 if self._day is None else 1
        self._day = day
        first = start(n, self.rank) if self.query_space is None else self.query_space.basis
        self.query_space = refresh(query_matrix(history), first, rounds)
        first = start(n, self.rank) if self.pair_space is None else self.pair_space.basis
        pairs = pair_matrix(history, _SEASON)
        self.pair_space = refresh(pairs, first, rounds)
        self.actors = self.pair_space.project(pairs)
        self.doers = self._doers(history)

    def _doers(self, history: History) -> Floats:
        assert self.actors is not None
        rows = history.find("relation_object", history.triple_subject, history.triple_relation, history.triple_object)
        count = history.tables["triple"].decayed[:-1, _SEASON]
        size = (len(history.tables["relation_object"].keys) + 1, history.space.entities)
        by_object = sparse.csr_array((count, (rows, history.triple_subject)), shape=size)
        return np.asarray(by_object @ self.actors, np.float32)


def query_matrix(history: History, rows: NDArray[np.intp] | None = None) -> sparse.csr_array:
    """Return the (subject, relation) by object matrix of damped counts, or the given rows of it."""
    blocks, table = history.triples_of_query, history.tables["triple"]
    value = table.decayed[:-1, _SEASON] + 0.3 * table.decayed[:-1, _EVER]
    value = np.log1p(value)[blocks.order]
    shape = (len(blocks.start) - 1, history.space.entities)
    matrix = sparse.csr_array((value, history.triple_object[blocks.order], blocks.start), shape=shape)
    return _seen(matrix, rows)


def pair_matrix(history: History, column: int, rows: NDArray[np.integer] | None = None) -> sparse.csr_array:
    """Return the actor by actor matrix of damped counts under one half-life, or the given rows of it."""
    n = history.space.entities
    value = np.log1p(history.tables["pair"].decayed[:-1, column])
    matrix = sparse.csr_array((value, history.pair_object, history.pairs_of_subject), shape=(n, n))
    return _seen(matrix, rows)


def _seen(matrix: sparse.csr_array, rows: NDArray[np.integer] | None) -> sparse.csr_array:
    """Drop what is listed but not seen yet, so that sums run over the same terms whatever the future holds."""
    matrix = matrix.copy() if rows is None else matrix[rows]
    matrix.eliminate_zeros()
    return matrix


@dataclass(frozen=True, slots=True)
class QueryProfiles:
    """Coordinates of a batch of queries, shape ``(queries, rank)`` each."""

    query: Floats
    pair: Floats
    recent: Floats
    actor: Floats


def profile_queries(
    profiles: Profiles, history: History, s: NDArray[np.integer], sr: NDArray[np.intp]
) -> QueryProfiles:
    """Project the rows of the queries' subjects ``s`` and (subject, relation) rows ``sr``."""
    assert profiles.query_space is not None
    assert profiles.pair_space is not None
    assert profiles.actors is not None
    return QueryProfiles(
        profiles.query_space.project(query_matrix(history, sr)),
        profiles.pair_space.project(pair_matrix(history, _SEASON, s)),
        profiles.pair_space.project(pair_matrix(history, _WEEK, s)),
        profiles.actors[s],
    )
