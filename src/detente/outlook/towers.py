"""A small neural scorer: learned actor and relation profiles, read together with each query's recent past.

The query tower takes the profiles of subject and relation and the mean profiles of the objects of like past acts; the
object tower is the profile itself. Copy terms per relation let the network leave plain recurrence to counts. Trained
by softmax over all actors with Adam (Kingma & Ba 2015), in numpy, day by day and in replays of past days.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from detente.outlook.history import History
from detente.outlook.quads import Ints
from detente.outlook.tables import Floats, ranges

_WEEK, _MONTH, _EVER = 2, 3, 6
PASTS = 3
COPIES = 5
FULL_SOFTMAX = 8192
"""Most actors over which the training softmax runs in full; with more it runs over about ``SAMPLED`` of them."""
SAMPLED = 4096


@dataclass(frozen=True, slots=True)
class Past:
    """What the network sees of a batch of queries: mean-profile weights, copy terms, popularity of every actor."""

    s: Ints
    r: Ints
    means: tuple[sparse.csr_array, ...]
    query: NDArray[np.int64]
    object: Ints
    copies: Floats
    popularity: Floats


def look_back(history: History, s: Ints, r: Ints) -> Past:
    """Collect the past of queries ``(s, r, ?)`` as the history stands."""
    n, k = history.space.entities, len(s)
    blocks, bounds = history.triples_of_query, history.pairs_of_subject
    sr = history.find("subject_relation", s, r, s)
    q, at = ranges(blocks.start[sr], blocks.start[sr + 1])
    triple = blocks.order[at]
    same = history.tables["triple"].decayed[triple]
    o = history.triple_object[triple]
    p, pair = ranges(bounds[s], bounds[s.astype(np.int64) + 1])
    other = history.tables["pair"].decayed[pair]
    x = history.pair_object[pair]
    means = tuple(
        _mean(value, owner, target, (k, n))
        for value, owner, target in ((same[:, _MONTH], q, o), (other[:, _WEEK], p, x), (other[:, _EVER], p, x))
    )
    copies = np.zeros((len(q) + len(p), COPIES), np.float32)
    copies[: len(q), :3] = np.log1p(10 * same[:, [1, _MONTH, _EVER]])
    copies[len(q) :, 3:] = np.log1p(10 * other[:, [_WEEK, _EVER]])
    return Past(s, r, means, np.r_[q, p], np.r_[o, x], copies, popularity(history))


def popularity(history: History) -> Floats:
    """Return damped counts of every actor as an object, of the week and ever, shape ``(entities, 2)``."""
    everyone = history.tables["object"].find(np.arange(history.space.entities, dtype=np.int64))
    return np.log1p(history.tables["object"].decayed[everyone][:, [_WEEK, _EVER]])


def _mean(value: Floats, owner: NDArray[np.int64], target: Ints, shape: tuple[int, int]) -> sparse.csr_array:
    keep = value > 1e-3
    value, owner, target = value[keep], owner[keep], target[keep]
    value = np.log1p(value)
    total = np.bincount(owner, value, shape[0]).astype(np.float32)
    return sparse.csr_array((value / total[owner], (owner, target)), shape=shape)


@dataclass(slots=True)
class Towers:
    """Parameters and their Adam moments.

    Args:
        entities, relations: sizes of the id spaces (relations with inverses).
        width: length of a profile.
        hidden: units of the query tower.
    """

    entities: int
    relations: int
    width: int = 64
    hidden: int = 192
    rate: float = 3e-3
    dropout: float = 0.3
    parameters: dict[str, Floats] = field(init=False)
    _moments: dict[str, tuple[Floats, Floats]] = field(init=False)
    _steps: int = field(init=False, default=0)
    _rng: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self._rng = rng = np.random.default_rng(42)
        d, h = self.width, self.hidden
        inputs = (3 + PASTS) * d

        def noise(*shape: int, scale: float) -> Floats:
            return (rng.standard_normal(shape) * scale).astype(np.float32)

        self.parameters = {
            "actor": noise(self.entities, d, scale=0.1),
            "relation": noise(self.relations, d, scale=0.1),
            "in": noise(inputs, h, scale=(2 / inputs) ** 0.5),
            "in bias": np.zeros(h, np.float32),
            "out": noise(h, d, scale=(1 / h) ** 0.5),
            "bias": np.zeros(self.entities, np.float32),
            "copy": np.full((self.relations, COPIES), 0.2, np.float32),
            "popularity": np.full((self.relations, 2), 0.3, np.float32),
        }
        self._moments = {k: (np.zeros_like(v), np.zeros_like(v)) for k, v in self.parameters.items()}

    def profile(self, past: Past) -> Floats:
        """Return the query tower's output, shape ``(queries, width)``."""
        w = self.parameters
        return np.asarray(np.maximum(self._inputs(past) @ w["in"] + w["in bias"], 0) @ w["out"], np.float32)

    def score(self, past: Past) -> Floats:
        """Return the score of every actor for every query, shape ``(queries, entities)``."""
        return self._logits(past, self.profile(past))

    def act_bonus(self, count: Floats, r: Ints) -> Floats:
        """Return the copy terms of past acts of the same kind; ``count`` are rows of the ``triple`` table."""
        damped = np.log1p(10 * count[..., [1, _MONTH, _EVER]])
        return np.asarray((damped * self.parameters["copy"][r, :3]).sum(axis=-1))

    def partner_bonus(self, count: Floats, r: Ints) -> Floats:
        """Return the copy terms of past acts of any kind; ``count`` are rows of the ``pair`` table."""
        damped = np.log1p(10 * count[..., [_WEEK, _EVER]])
        return np.asarray((damped * self.parameters["copy"][r, 3:]).sum(axis=-1))

    def background(self, history: History, r: Ints) -> Floats:
        """Return bias and popularity of every actor for every query, shape ``(queries, entities)``."""
        return np.asarray(self.parameters["bias"] + self.parameters["popularity"][r] @ popularity(history).T)

    def score_at(self, history: History, s: Ints, r: Ints, candidates: Ints, profile: Floats) -> Floats:
        """Return the scores of ``candidates``, shape ``(queries, candidates)``."""
        w = self.parameters
        subject, relation = (np.broadcast_to(column[:, None], candidates.shape) for column in (s, r))
        score = np.einsum("qd,qkd->qk", profile, w["actor"][candidates]) + w["bias"][candidates]
        everyone = popularity(history)
        score += np.einsum("qp,qkp->qk", w["popularity"][r], everyone[candidates])
        act = history.tables["triple"].decayed[history.find("triple", subject, relation, candidates)]
        partner = history.tables["pair"].decayed[history.find("pair", subject, relation, candidates)]
        return np.asarray(score + self.act_bonus(act, relation) + self.partner_bonus(partner, relation), np.float32)

    def _inputs(self, past: Past) -> Floats:
        w = self.parameters
        s, r = w["actor"][past.s], w["relation"][past.r]
        return np.concatenate([s, r, s * r * 4, *(m @ w["actor"] for m in past.means)], axis=1)

    def _logits(self, past: Past, profile: Floats) -> Floats:
        w = self.parameters
        logits = profile @ w["actor"].T + w["bias"] + w["popularity"][past.r] @ past.popularity.T
        np.add.at(logits, (past.query, past.object), self._bonus(past))
        return np.asarray(logits, np.float32)

    def _bonus(self, past: Past) -> Floats:
        return np.asarray((past.copies * self.parameters["copy"][past.r[past.query]]).sum(axis=1))

    def learn(self, past: Past, target: sparse.csr_array) -> float:
        """Take one Adam step toward ``target``, shape ``(queries, entities)``, rows summing to one; return the loss.

        With many actors, the softmax runs over a sample of them, corrected for the chance of being sampled.
        """
        w, n = self.parameters, len(past.s)
        x = self._inputs(past)
        before = x @ w["in"] + w["in bias"]
        kept_units = self._rng.random(before.shape, np.float32) > self.dropout
        mask = np.asarray(kept_units / np.float32(1 - self.dropout), np.float32)
        hidden = np.maximum(before, 0) * mask
        profile = hidden @ w["out"]
        columns, correction = self._sampled(past, target)
        place = np.full(self.entities, -1)
        place[columns] = np.arange(len(columns))
        popular = past.popularity[columns]
        actors = w["actor"][columns]
        slope = profile @ actors.T + (w["bias"][columns] - correction) + w["popularity"][past.r] @ popular.T
        kept = np.flatnonzero(place[past.object] >= 0)
        query, at = past.query[kept], place[past.object[kept]]
        np.add.at(slope, (query, at), self._bonus(past)[kept])
        slope -= slope.max(axis=1, keepdims=True)
        np.exp(slope, out=slope)
        slope /= slope.sum(axis=1, keepdims=True)
        rows, right = target.nonzero()
        loss = -float((target.data * np.log(slope[rows, place[right]] + 1e-12)).sum()) / n
        slope[rows, place[right]] -= target.data
        slope /= n
        g = self._tower_gradients(past, x, before, mask, hidden, np.asarray(slope @ actors, np.float32))
        g["actor"][columns] += slope.T @ profile
        g["bias"] = np.zeros_like(w["bias"])
        g["bias"][columns] = slope.sum(axis=0)
        g["copy"], g["popularity"] = np.zeros_like(w["copy"]), np.zeros_like(w["popularity"])
        np.add.at(g["copy"], past.r[query], past.copies[kept] * slope[query, at][:, None])
        np.add.at(g["popularity"], past.r, slope @ popular)
        self._step(g)
        return loss

    def _sampled(self, past: Past, target: sparse.csr_array) -> tuple[NDArray[np.intp], Floats]:
        """Return the actors of the softmax and what to take off their scores."""
        if self.entities <= FULL_SOFTMAX:
            return np.arange(self.entities), np.zeros(self.entities, np.float32)
        weight = past.popularity[:, 1] + 0.3
        chance = np.minimum(weight * (SAMPLED / weight.sum()), 1).astype(np.float32)
        chosen = self._rng.random(self.entities, np.float32) < chance
        chance[target.indices] = 1
        chosen[target.indices] = True
        columns = np.flatnonzero(chosen)
        return columns, np.log(chance[columns])

    def _tower_gradients(
        self, past: Past, x: Floats, before: Floats, mask: Floats, hidden: Floats, up: Floats
    ) -> dict[str, Floats]:
        """Return the gradients of the query tower, whose output has gradient ``up``."""
        w, d = self.parameters, self.width
        g = {"out": hidden.T @ up}
        inner = (up @ w["out"].T) * mask * (before > 0)
        g["in"], g["in bias"] = x.T @ inner, inner.sum(axis=0)
        dx = inner @ w["in"].T
        ds, dr, dsr = dx[:, :d], dx[:, d : 2 * d], dx[:, 2 * d : 3 * d] * 4
        s, r = w["actor"][past.s], w["relation"][past.r]
        actor = np.zeros_like(w["actor"])
        np.add.at(actor, past.s, ds + dsr * r)
        for index, mean in enumerate(past.means):
            actor += mean.T @ dx[:, (3 + index) * d : (4 + index) * d]
        g["actor"] = actor
        g["relation"] = np.zeros_like(w["relation"])
        np.add.at(g["relation"], past.r, dr + dsr * s)
        return g

    def _step(self, gradients: dict[str, Floats]) -> None:
        self._steps += 1
        for name, slope in gradients.items():
            m, v = self._moments[name]
            m *= 0.9
            m += 0.1 * slope
            v *= 0.99
            v += 0.01 * slope**2
            step = self.rate * (m / (1 - 0.9**self._steps)) / (np.sqrt(v / (1 - 0.99**self._steps)) + 1e-8)
            self.parameters[name] -= step
