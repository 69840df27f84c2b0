"""Pairs of actors followed over time: decayed counts per kind of act at each origin, and what came after it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.outlook.acts import NO_TYPE, QUAD_CLASSES, TYPES, Acts
from detente.outlook.quads import Ints
from detente.outlook.tables import HALF_LIVES, Floats

KINDS: tuple[str, ...] = (*(quad.value for quad in QUAD_CLASSES), *(kind.value for kind in TYPES))
"""What a forecast may be about: the quad classes, then the PLOVER types."""
_NEVER = 400.0


@dataclass(frozen=True, slots=True)
class Moment:
    """Every pair at the end of one day.

    Attributes:
        day: The origin; only acts known by its end count.
        features: shape ``(pairs, kinds, len(FEATURES))``.
        rate: Exponentially weighted acts per day of each kind, shape ``(pairs, kinds)``: the EWMA-Poisson floor.
        seen: Acts of each pair so far, shape ``(pairs,)``.
    """

    day: int
    features: Floats
    rate: Floats
    seen: Ints


FEATURES: tuple[str, ...] = (
    *(f"this kind, {half:g} d" for half in HALF_LIVES[1:]),
    "this kind, ever per day",
    "this kind, days since",
    *(f"any act, {half:g} d" for half in HALF_LIVES[1:]),
    "any act, days since",
    "same quad class, 7 d",
    "same quad class, 60 d",
    "first of the pair with others, 21 d",
    "second of the pair with others, 21 d",
    "this kind everywhere, 7 d against 60 d",
    "conflict share, 60 d",
)
RATE_COLUMN = 3
"""Half-life of the EWMA-Poisson floor: 21 days."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Acts arranged by undirected pair.

    Attributes:
        pairs: Actor ids of each pair, ascending, shape ``(pairs, 2)``.
        pair, kind: Pair and type of each act, in the acts' order; acts of pairs not followed are left out.
    """

    acts: Acts
    pairs: Ints
    pair: Ints
    type: Ints
    quad: Ints
    day: Ints
    known: Ints

    @classmethod
    def of(cls, acts: Acts, pairs: Ints) -> "Panel":
        """Follow ``pairs``, shape ``(n, 2)``, each ascending."""
        n = np.int64(len(acts.codes))
        low, high = np.minimum(acts.source, acts.target), np.maximum(acts.source, acts.target)
        key = low.astype(np.int64) * n + high
        followed = pairs[:, 0].astype(np.int64) * n + pairs[:, 1]
        order = np.argsort(followed)
        at = np.minimum(np.searchsorted(followed[order], key), max(len(pairs) - 1, 0))
        kept = followed[order][at] == key if len(pairs) else np.zeros(len(key), bool)
        pair = order[at[kept]].astype(np.int32)
        return cls(acts, pairs, pair, acts.type[kept], acts.quad[kept], acts.day[kept], acts.known[kept])

    def moments(self, origins: NDArray[np.integer]) -> Iterator[Moment]:
        """Yield the state of all pairs at the end of each origin, ascending."""
        state = _State(self)
        for origin in origins:
            state.advance(int(origin))
            yield state.moment()

    def counts(self, origin: int, horizon: int) -> NDArray[np.int64]:
        """Return how many acts of each kind happen on the ``horizon`` days after ``origin``: ``(pairs, kinds)``."""
        inside = (self.day > origin) & (self.day <= origin + horizon)
        return _by_kind(self.pair[inside], self.quad[inside], self.type[inside], len(self.pairs)).astype(np.int64)


def _by_kind(pair: Ints, quad: Ints, kind: Ints, pairs: int, weight: Floats | None = None) -> NDArray[np.float64]:
    k = len(KINDS)
    typed = kind != NO_TYPE
    base = pair.astype(np.int64) * k
    cells = np.concatenate([base + quad, base[typed] + len(QUAD_CLASSES) + kind[typed]])
    doubled = None if weight is None else np.concatenate([weight, weight[typed]])
    return np.bincount(cells, doubled, pairs * k).reshape(pairs, k).astype(np.float64)


class _State:
    """Decayed counts of every (pair, kind) and every actor, moved forward day by day."""

    def __init__(self, panel: Panel) -> None:
        self.panel, self.day = panel, None if len(panel.known) == 0 else int(panel.acts.known[0])
        pairs, kinds, halves = len(panel.pairs), len(KINDS), len(HALF_LIVES)
        self.decayed = np.zeros((halves, pairs, kinds))
        self.total = np.zeros((pairs, kinds))
        self.last = np.full((pairs, kinds), -np.inf)
        self.actors = np.zeros(len(panel.acts.codes))
        self.everywhere = np.zeros((2, kinds))
        self.start = self.day or 0

    def advance(self, origin: int) -> None:
        day = origin if self.day is None else self.day
        panel, acts = self.panel, self.panel.acts
        a, b = np.searchsorted(panel.known, [day, origin + 1])
        c, d = np.searchsorted(acts.known, [day, origin + 1])
        elapsed = origin + 1 - day
        for index, half in enumerate(HALF_LIVES):
            self.decayed[index] *= 0.5 ** (elapsed / half)
            weight = (0.5 ** ((origin + 1 - panel.day[a:b]) / half)).astype(np.float32)
            news = _by_kind(panel.pair[a:b], panel.quad[a:b], panel.type[a:b], len(panel.pairs), weight)
            self.decayed[index] += news
        self.total += _by_kind(panel.pair[a:b], panel.quad[a:b], panel.type[a:b], len(panel.pairs))
        pair, day_of = panel.pair[a:b], panel.day[a:b]
        typed = panel.type[a:b] != NO_TYPE
        np.maximum.at(self.last, (pair, panel.quad[a:b]), day_of)
        np.maximum.at(self.last, (pair[typed], len(QUAD_CLASSES) + panel.type[a:b][typed]), day_of[typed])
        self._everyone(acts, slice(c, d), origin, elapsed)
        self.day = origin + 1

    def _everyone(self, acts: Acts, new: slice, origin: int, elapsed: int) -> None:
        age = origin + 1 - acts.day[new]
        ends = np.concatenate([acts.source[new], acts.target[new]])
        self.actors *= 0.5 ** (elapsed / 21)
        self.actors += np.bincount(ends, np.tile(0.5 ** (age / 21), 2), len(self.actors))
        for index, half in enumerate((7, 60)):
            none = np.zeros(len(age), np.int32)
            weight = (0.5 ** (age / half)).astype(np.float32)
            self.everywhere[index] *= 0.5 ** (elapsed / half)
            self.everywhere[index] += _by_kind(none, acts.quad[new], acts.type[new], 1, weight)[0]

    def moment(self) -> Moment:
        day = (self.day or 1) - 1
        pairs, kinds, k = len(self.panel.pairs), len(KINDS), len(QUAD_CLASSES)
        quad_of = np.concatenate([np.arange(k), [QUAD_CLASSES.index(each.quad) for each in TYPES]])
        per_day = np.log(2) / np.array(HALF_LIVES)[:, None, None] * self.decayed
        any_act = per_day[:, :, :k].sum(axis=2)
        span = max(day - self.start + 1, 1)
        since = np.minimum(day + 1 - self.last, _NEVER)
        own = np.stack([self.decayed[RATE_COLUMN, :, :k].sum(axis=1)] * 2, axis=1)
        others = np.maximum(self.actors[self.panel.pairs] - own, 0)
        surge = np.log((self.everywhere[0] / 7 + 0.1) / (self.everywhere[1] / 60 + 0.1))
        conflict = self.decayed[4, :, 2:k].sum(axis=1) / (self.decayed[4, :, :k].sum(axis=1) + 1)

        def wide(column: NDArray[np.floating]) -> NDArray[np.floating]:
            return np.broadcast_to(column[:, None], (pairs, kinds))

        columns = [
            *np.log(per_day[1:] + 1e-3),
            np.log(self.total / span + 1e-3),
            np.log(since),
            *(wide(each) for each in np.log(any_act[1:] + 1e-3)),
            wide(np.log(since[:, :k].min(axis=1))),
            *(np.log(per_day[c][:, quad_of] + 1e-3) for c in (2, 4)),
            *(wide(np.log(others[:, end] + 1)) for end in (0, 1)),
            np.broadcast_to(surge, (pairs, kinds)),
            wide(conflict),
        ]
        seen = self.total[:, :k].sum(axis=1).astype(np.int32)
        return Moment(day, np.stack(columns, axis=2).astype(np.float32), per_day[RATE_COLUMN].astype(np.float32), seen)
