"""Simulated event streams whose truth is known."""

import numpy as np

from detente.model.codes import EventType
from detente.outlook.acts import QUAD_CLASSES, TYPES, Acts
from detente.outlook.quads import Quads

START = 736_000


def random_quads(seed: int, entities: int = 25, relations: int = 4, days: int = 40, per_day: int = 12) -> Quads:
    """Events with habits: each subject favours a few objects."""
    rng = np.random.default_rng(seed)
    n = days * per_day
    s = rng.integers(0, entities, n)
    o = (s + 1 + rng.geometric(0.4, n)) % entities
    rows = np.stack([s, rng.integers(0, relations, n), o, np.repeat(np.arange(days), per_day)], axis=1)
    names = [f"Police (Land {i % 3})" if i % 2 else f"E{i}" for i in range(entities)]
    return Quads.of(np.unique(rows, axis=0), names, [f"r{i}" for i in range(relations)])


def rule_quads(confidence: float, seed: int = 0, days: int = 400) -> Quads:
    """Each day 0 threatens somebody (relation 0); two days later it sanctions (1) one of its targets.

    With ``confidence`` it is the one it threatened two days before, else somebody else.
    """
    rng = np.random.default_rng(seed)
    rows, threatened = [], []
    for day in range(days):
        target = int(rng.integers(1, 30))
        threatened.append(target)
        rows.append((0, 0, target, day))
        if day >= 2:
            old = threatened[day - 2]
            other = int(rng.choice([x for x in range(1, 30) if x != old]))
            rows.append((0, 1, old if rng.random() < confidence else other, day))
    return Quads.of(np.array(rows), [f"E{i}" for i in range(30)], ["threaten", "sanction"])


def poisson_acts(seed: int, actors: int = 12, days: int = 400) -> tuple[Acts, dict[tuple[int, int], float]]:
    """Pairs that consult at constant rates; return the acts and each pair's rate per day."""
    rng = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(actors) for b in range(a + 1, actors)]
    rates = {pair: float(rng.choice([0.02, 0.06, 0.15, 0.4])) for pair in pairs}
    source, target, day = [], [], []
    for pair, rate in rates.items():
        for when in range(days):
            for _ in range(rng.poisson(rate)):
                a, b = pair if rng.random() < 0.5 else pair[::-1]
                source.append(f"A{a:02d}")
                target.append(f"A{b:02d}")
                day.append(START + when)
    kind = TYPES.index(EventType.CONSULT)
    quad = QUAD_CLASSES.index(EventType.CONSULT.quad)
    n = len(day)
    days_ = np.array(day)
    acts = Acts.of(np.array(source), np.array(target), np.full(n, kind), np.full(n, quad), days_, days_)
    return acts, rates
