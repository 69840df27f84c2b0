"""Signed triads: who is on good and bad terms in a window, which triangles close, and how far from chance that is.

A pair's tie is positive when its cooperative share lies above one half with at least 80 % probability, negative when
below; else, or with too few acts, there is no tie. Chance is the fixed-topology signed configuration model (Gallo,
Garlaschelli, Lambiotte, Saracco & Squartini 2024, Communications Physics 7): the same ties, each negative with the
probability logistic(t_i + t_j) at which every state keeps its number of negative ties on average.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from detente.relations.frustration import Frustration, Tie, frustration
from detente.relations.pairs import PairTotals
from detente.relations.shares import Share, clumping, share_of

SURE = 0.8
LEAST_ACTS = 10
KINDS = ("+++", "++-", "+--", "---")
"""Triangles by their negative ties; the first and third are balanced (Cartwright & Harary 1956)."""


@dataclass(frozen=True, slots=True)
class SignedTie:
    """A pair's share of cooperation in the window and the sign it gets, None when it gets none."""

    pair: tuple[str, str]
    share: Share
    positive: float
    sign: int | None


@dataclass(frozen=True, slots=True)
class SignedNetwork:
    """The ties of one window; ``ties`` index ``nodes``, actor codes in order."""

    since: date | None
    until: date | None
    nodes: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """The census of triangles by ``KINDS`` and the frustration index, each with mean and z against chance.

    ``p_frustration`` is the share of chance networks that are at most as frustrated; None without samples of it.
    """

    census: tuple[int, int, int, int]
    expected: tuple[float, float, float, float]
    z: tuple[float, float, float, float]
    frustration: Frustration
    expected_frustration: float | None
    p_frustration: float | None


@dataclass(frozen=True, slots=True)
class Triad:
    """Three states, their ties in the order AB, AC, BC; ``kind`` and ``is_balanced`` are None when one has no sign."""

    states: tuple[str, str, str]
    ties: tuple[SignedTie, SignedTie, SignedTie]
    kind: str | None
    is_balanced: bool | None


def tie_of(pair: tuple[str, str], counts: NDArray[np.int32], least_acts: int = LEAST_ACTS) -> SignedTie:
    """Judge one pair from its acts per period and quad class, shape (T, 4)."""
    cooperative, total = counts[:, 0] + counts[:, 1], counts.sum(axis=1)
    share = share_of(int(cooperative.sum()), int(total.sum()), clumping(cooperative, total))
    positive = float(ndtr(share.log_odds / share.variance**0.5))
    sign = None
    if share.total >= least_acts:
        sign = 1 if positive >= SURE else -1 if positive <= 1.0 - SURE else None
    return SignedTie(pair, share, positive, sign)


def signed_network(
    totals: PairTotals, since: date | None = None, until: date | None = None, least_acts: int = LEAST_ACTS
) -> SignedNetwork:
    """Return the signed network of the periods that begin within the closed interval."""
    keep = _within(totals, since, until)
    found = [tie_of(pair, totals.counts[i][keep], least_acts) for i, pair in enumerate(totals.pairs)]
    signed = [tie for tie in found if tie.sign is not None]
    nodes = tuple(sorted({code for tie in signed for code in tie.pair}))
    place = {code: i for i, code in enumerate(nodes)}
    ties = tuple((place[t.pair[0]], place[t.pair[1]], int(t.sign or 0)) for t in signed)
    return SignedNetwork(since, until, nodes, ties)


def triad_of(totals: PairTotals, a: str, b: str, c: str, since: date | None = None, until: date | None = None) -> Triad:
    """Judge the three ties of three states in the periods that begin within the closed interval."""
    keep = _within(totals, since, until)
    ties = []
    for pair in ((a, b), (a, c), (b, c)):
        counts = totals.of(*pair)
        ties.append(tie_of(pair, np.zeros((0, 4), dtype=np.int32) if counts is None else counts[keep]))
    signs = [tie.sign for tie in ties]
    known = [sign for sign in signs if sign is not None]
    negative = sum(sign < 0 for sign in known)
    whole = len(known) == 3
    return Triad(
        (a, b, c), (ties[0], ties[1], ties[2]), KINDS[negative] if whole else None, negative % 2 == 0 if whole else None
    )


def balance(network: SignedNetwork, samples: int = 200, frustration_samples: int = 20, seed: int = 1) -> Balance:
    """Compare a network with chance; ``frustration_samples`` chance networks are solved exactly, 0 for none."""
    triangles = _triangles(network)
    signs = np.array([s for *_, s in network.ties], dtype=np.int64)
    own = _census(triangles, signs)
    generator = np.random.default_rng(seed)
    probability = negative_probability(len(network.nodes), network.ties)
    drawn = [np.where(generator.random(len(signs)) < probability, -1, 1) for _ in range(samples)]
    chance = np.array([_census(triangles, one) for one in drawn], dtype=float).reshape(samples, 4)
    mean, spread = chance.mean(axis=0), chance.std(axis=0)
    z = np.where(spread > 0, (own - mean) / np.where(spread > 0, spread, 1.0), 0.0)
    solved = frustration(len(network.nodes), network.ties)
    others = [
        frustration(len(network.nodes), [(i, j, int(s)) for (i, j, _), s in zip(network.ties, one, strict=True)]).index
        for one in drawn[:frustration_samples]
    ]
    expected = float(np.mean(others)) if others else None
    p = (1 + sum(o <= solved.index for o in others)) / (1 + len(others)) if others else None
    return Balance(_four(own), _four_floats(mean), _four_floats(z), solved, expected, p)


def negative_probability(nodes: int, ties: Sequence[Tie], steps: int = 500) -> NDArray[np.float64]:
    """Return each tie's probability of being negative under the chance model, shape (ties,).

    Solved by damped Newton steps on each state's own equation; states all of whose ties have one sign keep them.
    """
    if not ties:
        return np.zeros(0)
    ends = np.array([(i, j) for i, j, _ in ties])
    negative = np.array([s < 0 for *_, s in ties], dtype=float)
    wanted = _sums(ends, negative, nodes)
    theta = np.zeros(nodes)
    for _ in range(steps):
        p = expit(theta[ends[:, 0]] + theta[ends[:, 1]])
        slope = _sums(ends, p * (1.0 - p), nodes)
        move = np.clip((wanted - _sums(ends, p, nodes)) / np.maximum(2.0 * slope, 1e-6), -1.0, 1.0)
        theta = np.clip(theta + move, -30.0, 30.0)
        if np.abs(move).max() < 1e-8:
            break
    return np.asarray(expit(theta[ends[:, 0]] + theta[ends[:, 1]]))


def _sums(ends: NDArray[np.int64], values: NDArray[np.float64], nodes: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(ends.ravel(), weights=np.repeat(values, 2), minlength=nodes), dtype=np.float64)


def _triangles(network: SignedNetwork) -> NDArray[np.int64]:
    at = {(i, j): k for k, (i, j, _) in enumerate(network.ties)}
    near: list[set[int]] = [set() for _ in network.nodes]
    for i, j in at:
        near[i].add(j)
        near[j].add(i)
    found = [(k, at[i, third], at[j, third]) for (i, j), k in at.items() for third in near[i] & near[j] if third > j]
    return np.array(found, dtype=np.int64).reshape(-1, 3)


def _census(triangles: NDArray[np.int64], signs: NDArray[np.int64]) -> NDArray[np.int64]:
    negative = (signs[triangles] < 0).sum(axis=1) if len(triangles) else np.zeros(0, dtype=np.int64)
    return np.bincount(negative, minlength=4)


def _within(totals: PairTotals, since: date | None, until: date | None) -> NDArray[np.bool_]:
    keep = np.ones(len(totals.starts), dtype=bool)
    if since is not None:
        keep &= totals.starts >= np.datetime64(since, "D")
    if until is not None:
        keep &= totals.starts <= np.datetime64(until, "D")
    return keep


def _four(values: NDArray[np.int64]) -> tuple[int, int, int, int]:
    a, b, c, d = (int(v) for v in values)
    return a, b, c, d


def _four_floats(values: NDArray[np.float64]) -> tuple[float, float, float, float]:
    a, b, c, d = (float(v) for v in values)
    return a, b, c, d
