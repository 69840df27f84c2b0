"""The queries that a day's events pose: (subject, relation, ?) with the objects that answered."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from detente.outlook.quads import Ints
from detente.outlook.tables import Floats, ranges


@dataclass(frozen=True, slots=True)
class Queries:
    """Distinct queries of one day; the answers of query i are ``objects[start[i]:start[i + 1]]``, distinct, sorted."""

    day: int
    s: Ints
    r: Ints
    objects: Ints
    start: NDArray[np.int64]

    @classmethod
    def of(cls, day: int, s: Ints, r: Ints, o: Ints, relations: int) -> "Queries":
        """Group the mirrored events of a day."""
        triples = np.unique(np.stack([s, r, o], axis=1), axis=0)
        key = triples[:, 0].astype(np.int64) * relations + triples[:, 1]
        distinct, first = np.unique(key, return_index=True)
        start = np.r_[first, len(triples)].astype(np.int64)
        return cls(
            day,
            (distinct // relations).astype(np.int32),
            (distinct % relations).astype(np.int32),
            np.ascontiguousarray(triples[:, 2]).astype(np.int32),
            start,
        )

    def __len__(self) -> int:
        return len(self.s)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Number of answers of each query."""
        return np.diff(self.start)

    def answers(self, index: int) -> Ints:
        """Return the answers of one query."""
        return self.objects[self.start[index] : self.start[index + 1]]

    def take(self, chosen: NDArray[np.integer]) -> "Queries":
        """Return some of the queries, in the order given."""
        owner, at = ranges(self.start[chosen], self.start[chosen + 1])
        start = np.searchsorted(owner, np.arange(len(chosen) + 1))
        return Queries(self.day, self.s[chosen], self.r[chosen], self.objects[at], start.astype(np.int64))

    def sample(self, most: int, rng: np.random.Generator) -> "Queries":
        """Return at most ``most`` of the queries."""
        if len(self) <= most:
            return self
        return self.take(np.sort(rng.permutation(len(self))[:most]))

    def batches(self, size: int) -> list["Queries"]:
        """Return the queries in runs of at most ``size``."""
        return [self.take(np.arange(a, min(a + size, len(self)))) for a in range(0, len(self), size)]

    def answered(self, query: NDArray[np.integer], candidate: NDArray[np.integer], entities: int) -> NDArray[np.bool_]:
        """Tell for each (query, candidate) whether the candidate was an answer."""
        keys = np.repeat(np.arange(len(self)), self.sizes) * entities + self.objects
        wanted = query.astype(np.int64) * entities + candidate
        at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        return np.asarray(keys[at] == wanted) if len(keys) else np.zeros(wanted.shape, bool)

    def target(self, entities: int) -> "sparse.csr_array":
        """Return each query's answers as a distribution, shape ``(queries, entities)``."""
        weight: Floats = (1 / np.repeat(self.sizes, self.sizes)).astype(np.float32)
        return sparse.csr_array((weight, self.objects, self.start), shape=(len(self), entities))
