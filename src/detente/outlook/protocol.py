"""The benchmark protocol: time-aware filter, average rank among ties, MRR and Hits.

For a true quad (s, r, o, t) all other objects o' with (s, r, o', t) true are taken out of the ranking; the rank is one
plus the number of better-scored actors plus half the number of equally scored ones.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HITS = (1, 3, 10)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Mean reciprocal rank and share of ranks at most 1, 3 and 10, over ``n`` predictions."""

    n: int
    mrr: float
    hits: tuple[float, ...]

    @classmethod
    def of(cls, ranks: NDArray[np.floating]) -> "Metrics":
        """Summarise ranks, shape ``(n,)``; all zero when there are none."""
        if len(ranks) == 0:
            return cls(0, 0.0, tuple(0.0 for _ in HITS))
        return cls(len(ranks), float((1 / ranks).mean()), tuple(float((ranks <= k).mean()) for k in HITS))

    def __str__(self) -> str:
        hits = " ".join(f"H@{k} {100 * hit:.2f}" for k, hit in zip(HITS, self.hits, strict=True))
        return f"MRR {100 * self.mrr:.2f} {hits} (n={self.n})"


def filtered_ranks(score: NDArray[np.floating], answers: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return the rank of each of ``answers``, all true for one query, under ``score`` over all actors."""
    true = score[answers]
    others = np.delete(score, answers)
    ordered = np.sort(others)
    below = np.searchsorted(ordered, true, side="left")
    up_to = np.searchsorted(ordered, true, side="right")
    better = len(ordered) - up_to
    return np.asarray(1 + better + (up_to - below) / 2, np.float64)
