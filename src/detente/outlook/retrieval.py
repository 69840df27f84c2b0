"""First stage: a short linear score over all actors, from which the second stage takes its candidates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.outlook.history import History
from detente.outlook.quads import Ints
from detente.outlook.scene import Scene
from detente.outlook.tables import Floats, ranges

_ACT_COLUMNS, _PARTNER_COLUMNS, _TARGET_COLUMNS, _OBJECT_COLUMNS = (1, 3, 4, 6), (2, 4, 6), (3, 6), (2, 6)

TERMS: tuple[str, ...] = (
    "same act, damped, 2 d",
    "same act, damped, 21 d",
    "same act, damped, 60 d",
    "same act, damped, ever",
    "partner, damped, 7 d",
    "partner, damped, 60 d",
    "partner, damped, ever",
    "object suffers this, damped, 21 d",
    "object suffers this, damped, ever",
    "object, damped, 7 d",
    "object, damped, ever",
    "rules together",
    "best rule",
    "query profile",
    "partner profile",
    "recent partner profile",
    "same country",
    "act toward the country, 60 d",
    "role to role",
    "learned profile",
)
_FIRST_GUESS = dict.fromkeys(TERMS, 0.05) | {"rules together": 0.5, "role to role": 0.3, "learned profile": 0.5}


def first_guess(towers: bool) -> Floats:
    """Return weights good enough to find hard negatives before the first stage is fitted."""
    weights = np.array([_FIRST_GUESS[name] for name in TERMS], np.float32)
    weights[-1] *= towers
    return weights


def _damp(count: Floats) -> Floats:
    return np.asarray(np.log1p(100 * count))


def _rule_logs(together: Floats, best: Floats) -> tuple[Floats, Floats]:
    return np.log1p(1000 * together), np.log1p(1000 * best)


def terms_at(scene: Scene, candidates: Ints) -> Floats:
    """Return the first-stage terms of ``candidates``, shape ``(queries, candidates, len(TERMS))``."""
    history, tables = scene.state.history, scene.state.history.tables
    s, r = (np.broadcast_to(column[:, None], candidates.shape) for column in (scene.s, scene.r))
    out = np.zeros((*candidates.shape, len(TERMS)), np.float32)
    out[..., 0:4] = _damp(tables["triple"].decayed[history.find("triple", s, r, candidates)][..., _ACT_COLUMNS])
    out[..., 4:7] = _damp(tables["pair"].decayed[history.find("pair", s, r, candidates)][..., _PARTNER_COLUMNS])
    target = history.find("relation_object", s, r, candidates)
    out[..., 7:9] = _damp(tables["relation_object"].decayed[target][..., _TARGET_COLUMNS])
    out[..., 9:11] = _damp(tables["object"].decayed[history.find("object", s, r, candidates)][..., _OBJECT_COLUMNS])
    out[..., 11], out[..., 12] = rules_at(scene, candidates)
    blocks = _Projection.of(scene)
    for term, (query, basis) in zip((13, 14, 15), blocks.parts(), strict=True):
        out[..., term] = np.einsum("qd,qkd->qk", query, basis[candidates])
    places = history.space.places
    country = places.country
    same = (country[scene.s][:, None] == country[candidates]) & (country[scene.s] > 0)[:, None]
    out[..., 16] = same
    rows = history.find("subject_country", s, r, candidates)
    out[..., 17] = np.log1p(tables["subject_country"].decayed[rows, 4]) * (country[candidates] > 0)
    apart, together = _role_rates(scene)
    role = places.role[candidates]
    row = np.arange(len(scene.s))[:, None]
    out[..., 18] = np.where(same, together[row, role], apart[row, role])
    if scene.state.towers is not None and scene.tower is not None:
        out[..., 19] = scene.state.towers.score_at(history, scene.s, scene.r, candidates, scene.tower)
    return out


def rules_at(scene: Scene, candidates: Ints) -> tuple[Floats, Floats]:
    """Return the two rule terms of ``candidates``."""
    rules, n = scene.rules, scene.state.history.space.entities
    key = np.arange(len(scene.s))[:, None] * n + candidates
    if len(rules.key) == 0:
        return np.zeros(key.shape, np.float32), np.zeros(key.shape, np.float32)
    at = np.minimum(np.searchsorted(rules.key, key), len(rules.key) - 1)
    found = rules.key[at] == key
    together, best = _rule_logs(rules.together, rules.best)
    return together[at] * found, best[at] * found


@dataclass(frozen=True, slots=True)
class _Projection:
    """Query coordinates and object bases of the three low-rank terms."""

    query: tuple[Floats, Floats, Floats]
    basis: tuple[Floats, Floats]

    @classmethod
    def of(cls, scene: Scene) -> "_Projection":
        space, pairs = scene.state.profiles.query_space, scene.state.profiles.pair_space
        assert space is not None
        assert pairs is not None
        c = scene.coordinates
        return cls((c.query, c.pair, c.recent), (space.scaled, pairs.scaled))

    def parts(self) -> list[tuple[Floats, Floats]]:
        first, second = self.basis
        return list(zip(self.query, (first, second, second), strict=True))


def _role_rates(scene: Scene) -> tuple[Floats, Floats]:
    history = scene.state.history
    roles, table = len(history.space.places.roles), history.tables["template"]
    role = history.space.places.role[scene.s].astype(np.int64)
    keys = ((role * history.space.relations + scene.r) * roles)[:, None] * 2 + 2 * np.arange(roles)
    total = history.tables["role_relation"].decayed[history.find("role_relation", scene.s, scene.r, scene.s), 6]
    apart, together = (
        np.log1p(1000 * table.decayed[table.find(keys + same), 6] / (total[:, None] + 20)) for same in (0, 1)
    )
    return apart.astype(np.float32), together.astype(np.float32)


def score_all(scene: Scene, weights: Floats) -> Floats:
    """Return the weighted sum of all terms for all actors, shape ``(queries, entities)``."""
    history, w, towers = scene.state.history, weights, scene.state.towers
    projection = _Projection.of(scene)
    query = [projection.query[0] * w[13], projection.query[1] * w[14] + projection.query[2] * w[15]]
    basis = [*projection.basis]
    if towers is not None and scene.tower is not None:
        query.append(scene.tower * w[19])
        basis.append(towers.parameters["actor"])
    score = np.concatenate(query, axis=1) @ np.concatenate(basis, axis=1).T
    everyone = history.tables["object"].find(np.arange(history.space.entities, dtype=np.int64))
    popular = history.tables["object"].decayed[everyone][:, _OBJECT_COLUMNS]
    score += _damp(popular) @ w[9:11]
    _add_places(scene, w, score)
    _add_past(scene, w, score)
    if towers is not None and scene.tower is not None:
        score += towers.background(history, scene.r) * w[19]
    return np.asarray(score, np.float32)


def _add_places(scene: Scene, w: Floats, score: Floats) -> None:
    history, places = scene.state.history, scene.state.history.space.places
    apart, together = _role_rates(scene)
    countries = np.arange(len(places.countries))
    base = (scene.s.astype(np.int64) * history.space.relations + scene.r)[:, None] * len(countries) + countries
    table = history.tables["subject_country"]
    share = np.log1p(table.decayed[table.find(base), 4]) * w[17]
    share[:, 0] = 0
    score += share[:, places.country]
    score += (apart * w[18])[:, places.role]
    gain = w[16] + (together - apart) * w[18]
    for index, country in enumerate(places.country[scene.s]):
        if country > 0:
            mates = history.mates(int(country))
            score[index, mates] += gain[index, places.role[mates]]


def _add_past(scene: Scene, w: Floats, score: Floats) -> None:
    history, towers, tables = scene.state.history, scene.state.towers, scene.state.history.tables
    blocks = history.triples_of_query
    q, at = ranges(blocks.start[scene.sr], blocks.start[scene.sr + 1])
    triple = blocks.order[at]
    count = tables["triple"].decayed[triple]
    bonus = _damp(count[:, _ACT_COLUMNS]) @ w[0:4]
    if towers is not None:
        bonus += towers.act_bonus(count, scene.r[q]) * w[19]
    score[q, history.triple_object[triple]] += bonus
    bounds = history.pairs_of_subject
    q, pair = ranges(bounds[scene.s], bounds[scene.s.astype(np.int64) + 1])
    count = tables["pair"].decayed[pair]
    bonus = _damp(count[:, _PARTNER_COLUMNS]) @ w[4:7]
    if towers is not None:
        bonus += towers.partner_bonus(count, scene.r[q]) * w[19]
    score[q, history.pair_object[pair]] += bonus
    together, best = _rule_logs(scene.rules.together, scene.rules.best)
    score.reshape(-1)[scene.rules.key] += together * w[11] + best * w[12]
    _add_targets(history, scene.r, w, score)


def _add_targets(history: History, r: Ints, w: Floats, score: Floats) -> None:
    bounds, table, n = history.objects_of_relation, history.tables["relation_object"], history.space.entities
    for relation in np.unique(r):
        a, b = bounds[relation], bounds[relation + 1]
        objects = table.keys[a:b] - int(relation) * n
        bonus = _damp(table.decayed[a:b][:, _TARGET_COLUMNS]) @ w[7:9]
        queries: NDArray[np.intp] = np.flatnonzero(r == relation)
        score[queries[:, None], objects[None, :]] += bonus


def best(score: Floats, k: int) -> Ints:
    """Return the ``k`` highest-scored actors of each query, in ascending id order, shape ``(queries, k)``."""
    k = min(k, score.shape[1])
    top = np.argpartition(-score, k - 1, axis=1)[:, :k].astype(np.int32)
    top.sort(axis=1)
    return top
