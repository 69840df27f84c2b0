"""The trivial forecaster of objects: those come again to whom the subject did this very act lately."""

import numpy as np
from numpy.typing import NDArray

from detente.outlook.history import History
from detente.outlook.protocol import filtered_ranks
from detente.outlook.queries import Queries
from detente.outlook.tables import ranges

_MONTH = 3
"""Column of the 21-day half-life."""


def recurrency_ranks(history: History, queries: Queries) -> NDArray[np.float64]:
    """Return the filtered rank of every answer by recent repetition alone, in the order of ``queries.objects``."""
    blocks, table = history.triples_of_query, history.tables["triple"]
    sr = history.find("subject_relation", queries.s, queries.r, queries.s)
    query, at = ranges(blocks.start[sr], blocks.start[sr + 1])
    triple = blocks.order[at]
    score = np.zeros((len(queries), history.space.entities), np.float32)
    score[query, history.triple_object[triple]] = table.decayed[triple, _MONTH]
    ranks = [filtered_ranks(row, queries.answers(index)) for index, row in enumerate(score)]
    return np.concatenate(ranks) if ranks else np.zeros(0)
