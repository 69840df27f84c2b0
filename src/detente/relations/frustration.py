"""The frustration index: how few ties of a signed network must change for it to split into two friendly camps.

Exact, as a binary program after Aref, Mason & Wilson (2020, Networks 75, "A modeling and computational study of the
frustration index in signed networks"): a camp x_i in {0, 1} per node, and for each tie a variable f_ij that is 1 when
the tie contradicts the camps. Of each triangle with an odd number of negative ties at least one tie is frustrated;
these cuts bound the relaxation from below and make it fast. Components are solved apart, by HiGHS through SciPy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

Tie = tuple[int, int, int]
"""Two nodes, the smaller first, and the sign: 1 or -1."""


@dataclass(frozen=True, slots=True)
class Frustration:
    """The index, the camp (0 or 1) of each node in one best split, and the ties that contradict it.

    ``normalised`` is 1 - 2 L / m: 1 for a balanced network, near 0 for one whose signs are noise (Aref & Wilson 2019).
    """

    index: int
    camps: tuple[int, ...]
    frustrated: tuple[Tie, ...]
    normalised: float


def frustration(nodes: int, ties: Sequence[Tie]) -> Frustration:
    """Solve a signed network exactly.

    Args:
        nodes: How many nodes there are, numbered from 0.
        ties: Each pair at most once, signs 1 or -1.

    Raises:
        ValueError: A tie is a loop, is given twice, or has another sign.
        RuntimeError: The solver did not reach a proof.
    """
    _check(nodes, ties)
    camps = np.zeros(nodes, dtype=np.int64)
    parts, label = _components(nodes, ties)
    for part in range(parts):
        members = np.flatnonzero(label == part)
        inside = [tie for tie in ties if label[tie[0]] == part]
        if any(sign < 0 for *_, sign in inside):
            camps[members] = _solve(members, inside)
    wrong = tuple((i, j, s) for i, j, s in ties if (camps[i] == camps[j]) != (s > 0))
    share = 1.0 - 2.0 * len(wrong) / len(ties) if ties else 1.0
    return Frustration(len(wrong), tuple(int(c) for c in camps), wrong, share)


def _solve(members: NDArray[np.int64], ties: Sequence[Tie]) -> NDArray[np.int64]:
    place = {int(node): i for i, node in enumerate(members)}
    ends = np.array([(place[i], place[j]) for i, j, _ in ties])
    sign = np.array([s for *_, s in ties])
    rows = _tie_rows(ends, sign, len(members))
    cuts = _triangle_rows(ends, sign, len(members))
    count = len(members) + len(ties)
    cost = np.concatenate([np.zeros(len(members)), np.ones(len(ties))])
    upper = np.ones(count)
    upper[int(np.bincount(ends.ravel()).argmax())] = 0.0  # the best-tied node's camp is called 0; halves the search
    # With camps whole, the f are whole by themselves; leaving them continuous saves branching.
    integrality = np.concatenate([np.ones(len(members)), np.zeros(len(ties))])
    result = milp(cost, integrality=integrality, bounds=Bounds(np.zeros(count), upper), constraints=[rows, *cuts])
    if not result.success:
        raise RuntimeError(f"the solver gave no proof: {result.message}")
    return np.asarray(np.round(result.x[: len(members)]), dtype=np.int64)


def _tie_rows(ends: NDArray[np.int64], sign: NDArray[np.int64], nodes: int) -> LinearConstraint:
    """A positive tie is frustrated if camps differ: f >= x_i - x_j, f >= x_j - x_i; a negative one if they agree."""
    count = len(ends)
    tie = np.arange(count)
    first, second, own = ends[:, 0], ends[:, 1], nodes + tie
    one = np.ones(count)
    swap = np.where(sign > 0, 1.0, -1.0)
    row = np.concatenate([tie, tie, tie, count + tie, count + tie, count + tie])
    column = np.concatenate([own, first, second, own, first, second])
    value = np.concatenate([one, -one, swap, one, one, np.where(sign > 0, -1.0, 1.0)])
    lower = np.concatenate([np.where(sign > 0, 0.0, -1.0), np.where(sign > 0, 0.0, 1.0)])
    matrix = coo_array((value, (row, column)), shape=(2 * count, nodes + count))
    return LinearConstraint(matrix.tocsr(), lower, np.full(2 * count, np.inf))


def _triangle_rows(ends: NDArray[np.int64], sign: NDArray[np.int64], nodes: int) -> list[LinearConstraint]:
    triangles = unbalanced_triangles(nodes, [(int(i), int(j), int(s)) for (i, j), s in zip(ends, sign, strict=True)])
    if not triangles:
        return []
    row = np.repeat(np.arange(len(triangles)), 3)
    column = nodes + np.array(triangles).ravel()
    matrix = coo_array((np.ones(len(row)), (row, column)), shape=(len(triangles), nodes + len(ends)))
    return [LinearConstraint(matrix.tocsr(), np.ones(len(triangles)), np.full(len(triangles), np.inf))]


def unbalanced_triangles(nodes: int, ties: Sequence[Tie]) -> list[tuple[int, int, int]]:
    """Return the triangles with an odd number of negative ties, as positions in ``ties``."""
    at = {(min(i, j), max(i, j)): k for k, (i, j, _) in enumerate(ties)}
    near: list[set[int]] = [set() for _ in range(nodes)]
    for i, j, _ in ties:
        near[i].add(j)
        near[j].add(i)
    found = []
    for (i, j), first in at.items():
        for third in near[i] & near[j]:
            if third > j:
                second, last = at[i, third], at[j, third]
                if ties[first][2] * ties[second][2] * ties[last][2] < 0:
                    found.append((first, second, last))
    return found


def _components(nodes: int, ties: Sequence[Tie]) -> tuple[int, NDArray[np.int64]]:
    ends = np.array([(i, j) for i, j, _ in ties], dtype=np.int64).reshape(-1, 2)
    graph = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
    parts, label = connected_components(graph, directed=False)
    return int(parts), np.asarray(label, dtype=np.int64)


def _check(nodes: int, ties: Sequence[Tie]) -> None:
    seen = set()
    for i, j, sign in ties:
        if not 0 <= i < nodes or not 0 <= j < nodes or i == j or sign not in (1, -1) or (min(i, j), max(i, j)) in seen:
            raise ValueError(f"tie ({i}, {j}, {sign}) is a loop, a repeat, or not signed; need two nodes and 1 or -1")
        seen.add((min(i, j), max(i, j)))
