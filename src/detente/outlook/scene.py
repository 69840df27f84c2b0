"""A batch of queries of one day with everything that both stages look up once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.outlook.history import History
from detente.outlook.profiles import Profiles, QueryProfiles, profile_queries
from detente.outlook.quads import Ints
from detente.outlook.rules import gather
from detente.outlook.tables import Floats
from detente.outlook.towers import Towers, look_back


@dataclass(frozen=True, slots=True)
class RuleScores:
    """What the rules say of every (query, object) with a shared past.

    ``key`` is ``query * entities + object``, ascending; ``together`` the probability that at least one rule is right
    if they were independent, ``best`` the confidence of the strongest.
    """

    key: NDArray[np.int64]
    together: Floats
    best: Floats


@dataclass(frozen=True, slots=True)
class State:
    """The streamed state that queries are asked of."""

    history: History
    profiles: Profiles
    confidence: Floats
    towers: Towers | None


@dataclass(frozen=True, slots=True)
class Scene:
    """Queries ``(s, r, ?)`` on ``day`` and what the state says of them."""

    state: State
    s: Ints
    r: Ints
    day: int
    sr: NDArray[np.intp]
    rules: RuleScores
    coordinates: QueryProfiles
    tower: Floats | None
    """Query tower output, shape ``(queries, width)``."""

    @property
    def keys(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Subjects and relations as 64-bit columns."""
        return self.s.astype(np.int64), self.r.astype(np.int64)


def set_scene(state: State, s: Ints, r: Ints, day: int) -> Scene:
    """Look up what both stages need for a batch of queries."""
    history = state.history
    sr = history.find("subject_relation", s, r, s)
    coordinates = profile_queries(state.profiles, history, s, sr)
    tower = None if state.towers is None else state.towers.profile(look_back(history, s, r))
    return Scene(state, s, r, day, sr, _rule_scores(state, s, r, day), coordinates, tower)


def _rule_scores(state: State, s: Ints, r: Ints, day: int) -> RuleScores:
    history, evidence = state.history, gather(state.history, s, day)
    if len(evidence.query) == 0:
        return RuleScores(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32))
    past = history.triple_relation[evidence.triple]
    relations = state.confidence.shape[1]
    cell = (r[evidence.query].astype(np.int64) * relations + past) * state.confidence.shape[2] + evidence.bucket
    c = state.confidence.reshape(-1)[cell]
    pair = history.triple_pair[evidence.triple]
    head = np.flatnonzero(np.r_[True, (pair[1:] != pair[:-1]) | (evidence.query[1:] != evidence.query[:-1])])
    key = evidence.query[head] * history.space.entities + history.pair_object[pair[head]]
    none = np.add.reduceat(np.log1p(-np.minimum(c, np.float32(0.999))), head)
    return RuleScores(key, -np.expm1(none), np.maximum.reduceat(c, head))
