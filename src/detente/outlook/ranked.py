"""Forecasts of a batch of queries with their ranks, and the rows kept to fit the scorers."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.model.errors import UsageError
from detente.outlook.quads import Ints
from detente.outlook.queries import Queries
from detente.outlook.tables import Floats


@dataclass(frozen=True, slots=True)
class Ranked:
    """Forecasts for a batch of queries.

    ``candidates`` and ``score`` have shape ``(queries, k)``; every candidate is ranked before every other actor, whose
    order is that of ``first``, shape ``(queries, entities)``.
    """

    queries: Queries
    candidates: Ints
    score: Floats
    probability: Floats
    first: Floats

    def first_choices(self) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Return the probability of each query's best candidate and whether it was an answer."""
        at = self.score.argmax(axis=1)
        rows = np.arange(len(at))
        chosen = self.candidates[rows, at]
        right = self.queries.answered(rows, chosen, self.first.shape[1])
        return self.probability[rows, at], right

    def ranks(self) -> NDArray[np.float64]:
        """Return the filtered rank of every answer, ties averaged, in the order of ``queries.objects``."""
        out = np.empty(len(self.queries.objects))
        for index in range(len(self.queries)):
            answers = self.queries.answers(index)
            wrong = ~np.isin(self.candidates[index], answers)
            first = self.first[index]
            for offset, answer in enumerate(answers):
                at = np.flatnonzero(self.candidates[index] == answer)
                if len(at):
                    others, mine = self.score[index][wrong], self.score[index][at[0]]
                else:
                    others, mine = np.delete(first, answers), first[answer]
                rank = 1 + (others > mine).sum() + 0.5 * (others == mine).sum()
                out[self.queries.start[index] + offset] = rank
        return out


@dataclass(slots=True)
class Samples:
    """Rows kept for fitting: features, which are answers, and how many rows each query has."""

    rows: list[Floats] = field(default_factory=list)
    answer: list[NDArray[np.bool_]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def add(self, x: Floats, answer: NDArray[np.bool_]) -> None:
        """Keep the queries with an answer; shapes ``(queries, candidates, features)`` and ``(queries, candidates)``."""
        for row, right in zip(x, answer, strict=True):
            if right.any():
                self.rows.append(row)
                self.answer.append(right)
                self.sizes.append(len(right))

    def stacked(self) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64]]:
        """Return all rows, which are answers, and the number of rows of each query."""
        if not self.rows:
            raise UsageError(
                "outlook: too few events to learn from; a record of at least some hundred events is needed"
            )
        return np.concatenate(self.rows), np.concatenate(self.answer), np.array(self.sizes)
