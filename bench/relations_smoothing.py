"""How often the 90 % interval of the smoothed rate covers the true one.

python -m bench.relations_smoothing [CHANNELS]
"""

import sys

import numpy as np

from detente.relations.simulation import draw
from detente.relations.smoothing import smooth_counts

MONTHS = 240
MEANS = (0.1, 0.5, 2.0, 8.0)


def truths(generator: np.random.Generator, dyads: int) -> dict[str, np.ndarray]:
    """Return courses of the log rate around 0, shape (MONTHS, dyads)."""
    t = np.arange(MONTHS)[:, None]
    flat = np.zeros((1, dyads))
    courses = {
        "constant": 0.0 * t + flat,
        "trend, fivefold": 1.6 * (t / MONTHS - 0.5) + flat,
        "wave of 160 months": 0.7 * np.sin(2 * np.pi * t / 160) + flat,
        "wave of 60 months": 0.7 * np.sin(2 * np.pi * t / 60) + flat,
    }
    for step in (0.03, 0.08, 0.15):
        courses[f"random walk, {step} a month"] = np.cumsum(generator.normal(0.0, step, (MONTHS, dyads)), axis=0)
    return courses


def main(dyads: int) -> None:
    """Print coverage and what is gained over the constant rate, per course, mean and clumping."""
    generator = np.random.default_rng(7)
    print(f"{dyads} channels of {MONTHS} months each; gain: log score over that of the constant rate, per channel")
    for name, course in truths(generator, dyads).items():
        for clumping, size in (("Poisson", None), ("negative binomial, size 1.5", 1.5)):
            for mean in MEANS:
                rate = mean * np.exp(course)
                found = smooth_counts(draw(rate, size, generator))
                covered = ((found.low <= rate) & (rate <= found.high)).mean()
                gain = np.mean([fit.score - fit.floor for fit in found.fits])
                print(f"{name:28} {clumping:28} mean {mean:3}  covered {covered:.3f}  gain {gain:6.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
