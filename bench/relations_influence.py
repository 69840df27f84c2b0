"""Influence where there is none, and where there is: how often the test calls a leader.

    python -m bench.relations_influence [RUNS]

Nulls: two dyads with independent rhythms of their own (autoregressive log rates, clumped counts), one of them with
level shifts; the false-positive rate at a nominal 5 % should be 5 %. The floor beside it is the textbook F test.
"""

import sys

import numpy as np
from scipy.stats import f as f_distribution

from detente.relations.influence import LAGS, leads
from detente.relations.simulation import draw


def main() -> None:
    """Run and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    cases = {
        "null, weak rhythm": (0.3, 0.0, 0.0),
        "null, strong rhythm": (0.9, 0.0, 0.0),
        "null, level shifts": (0.7, 1.0, 0.0),
        "x leads by a month": (0.7, 0.0, 0.5),
    }
    for name, (persistence, shift, effect) in cases.items():
        generator = np.random.default_rng(99)
        ours, textbook = [], []
        for _ in range(runs):
            x, y = _pair(generator, persistence, shift, effect)
            lead = leads(x, y, permutations=199)
            ours.append(lead.p <= 0.05)
            freedom = len(y) - LAGS - 2 * LAGS - 1
            statistic = lead.gain / LAGS / ((1 - lead.gain) / freedom)
            textbook.append(f_distribution.sf(statistic, LAGS, freedom) <= 0.05)
        print(f"{name:22} called at 5 %: {np.mean(ours):.3f}   textbook F test {np.mean(textbook):.3f}   ({runs} runs)")


def _pair(
    generator: np.random.Generator, persistence: float, shift: float, effect: float, length: int = 240
) -> tuple[np.ndarray, np.ndarray]:
    levels = np.zeros((2, length))
    for t in range(1, length):
        levels[:, t] = persistence * levels[:, t - 1] + generator.normal(0, 0.4, 2)
        levels[1, t] += effect * levels[0, t - 1]
    for row in levels:
        row[int(generator.integers(40, 200)) :] += shift * generator.choice((-1.0, 1.0))
    first, second = draw(4.0 * np.exp(levels), 2.0, generator)
    return first, second


if __name__ == "__main__":
    main()
