"""Relation-to-relation rules with confidence by age: "threaten, last 2-3 days ago → impose sanctions".

A rule says how often an object answered a query (subject, relation, ?) among the objects to which the subject had
last done, or from which it had last suffered, another act at a given age. It is the count form of the cyclic rules of
length one of TLogic (Liu et al. 2022), with confidence per age bucket as in CountTRuCoLa (Gastinger et al. 2025).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.outlook.history import History
from detente.outlook.quads import Ints
from detente.outlook.tables import Floats, ranges

AGE_EDGES: tuple[int, ...] = (1, 2, 3, 4, 6, 7, 8, 9, 15, 22, 31, 61, 121, 241)
"""First age in days of each bucket."""
OFTEN = 1.5
"""Decayed count (half-life 21 days) from which an act counts as frequent."""
_LUT = np.searchsorted(AGE_EDGES, np.arange(AGE_EDGES[-1] + 1), side="right").astype(np.int32) - 1
BUCKETS = 2 * len(AGE_EDGES)
SHRINKAGE = 8.0
"""Pseudo-queries that pull the confidence of a rarely tried rule to that of its relation at its age."""
_RECENT_COLUMN = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Flat list of the past acts that bear on a batch of queries.

    ``query``, ``triple``, ``bucket`` run in parallel, ordered by query and pair.
    """

    query: NDArray[np.int64]
    triple: NDArray[np.int64]
    bucket: Ints


def gather(history: History, subjects: Ints, day: int) -> Evidence:
    """Return every act between each of ``subjects`` and anyone, as known before ``day``."""
    starts = history.triples_of_subject[subjects]
    stops = history.triples_of_subject[subjects.astype(np.int64) + 1]
    query, triple = ranges(starts, stops)
    table = history.tables["triple"]
    seen = table.days[triple] > 0
    query, triple = query[seen], triple[seen]
    age = np.minimum(day - table.last[triple], AGE_EDGES[-1])
    often = table.decayed[triple, _RECENT_COLUMN] > OFTEN
    return Evidence(query, triple, (_LUT[age] + len(AGE_EDGES) * often).astype(np.int32))


@dataclass(slots=True)
class Rules:
    """Hits and tries of every rule (query relation, past relation, bucket)."""

    relations: int
    hits: Floats = field(init=False)
    tries: Floats = field(init=False)

    def __post_init__(self) -> None:
        shape = (self.relations, self.relations, BUCKETS)
        self.hits = np.zeros(shape, np.float32)
        self.tries = np.zeros(shape, np.float32)

    def learn(self, history: History, evidence: Evidence, relation: Ints, answered: NDArray[np.bool_]) -> None:
        """Count one batch: ``relation`` per query, ``answered`` per item of evidence."""
        past = history.triple_relation[evidence.triple]
        cell = (relation[evidence.query].astype(np.int64) * self.relations + past) * BUCKETS + evidence.bucket
        np.add.at(self.tries.reshape(-1), cell, np.float32(1))
        np.add.at(self.hits.reshape(-1), cell[answered], np.float32(1))

    def confidences(self) -> Floats:
        """Return hits over tries, shrunk to the mean of the query relation at the bucket; same shape as ``tries``."""
        prior = (self.hits.sum(axis=1) + 0.01) / (self.tries.sum(axis=1) + 1.0)
        return np.asarray((self.hits + SHRINKAGE * prior[:, None, :]) / (self.tries + SHRINKAGE))
