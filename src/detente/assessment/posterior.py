"""Bayes' rule over the hypotheses, and how far the result hangs on single voices and on the table."""

import math
from collections.abc import Sequence

from detente.assessment.likelihoods import HYPOTHESES

Column = tuple[float, ...]
"""One number a hypothesis, in the order of ``HYPOTHESES``."""


def posterior(evidence: Sequence[Column], power: float = 1.0) -> Column:
    """Return the probability of each hypothesis from a uniform prior and independent pieces of evidence.

    Args:
        evidence: Likelihoods of each piece under each hypothesis, all positive.
        power: Exponent of every likelihood; below 1 each piece weighs less (logarithmic pooling: Genest & Zidek,
            "Combining probability distributions", *Statistical Science* 1, 1986).

    Returns:
        Probabilities that sum to 1; the prior when there is no evidence.
    """
    logs = [power * sum(math.log(piece[i]) for piece in evidence) for i in range(len(HYPOTHESES))]
    highest = max(logs)  # taken out so that many pieces do not underflow
    weights = [math.exp(value - highest) for value in logs]
    return tuple(weight / sum(weights) for weight in weights)


def without_one(evidence: Sequence[Column]) -> tuple[Column, Column]:
    """Return the lowest and the highest posterior of each hypothesis when any single piece is left out."""
    results = [posterior([*evidence[:i], *evidence[i + 1 :]]) for i in range(len(evidence))] or [posterior(())]
    columns = list(zip(*results, strict=True))
    return tuple(map(min, columns)), tuple(map(max, columns))
