"""The boosted scorer: gradient-boosted trees over the same features, fitted to the softmax of each query.

LightGBM (Ke et al. 2017) with the gradient of the conditional logit's likelihood, so that scores remain log
probabilities up to a constant per query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.outlook.logit import group_starts, softmax_by_group
from detente.outlook.tables import Floats

if TYPE_CHECKING:
    import lightgbm

ROUNDS = 120
_PARAMETERS = {
    "num_leaves": 31,
    "learning_rate": 0.08,
    "min_data_in_leaf": 80,
    "min_sum_hessian_in_leaf": 1.0,
    "feature_fraction": 0.5,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "verbose": -1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
}


@dataclass(frozen=True, slots=True)
class Boosted:
    """Trees over named features."""

    names: tuple[str, ...]
    trees: "lightgbm.Booster"
    threads: int = 1

    def score(self, features: Floats) -> Floats:
        """Return the score of each candidate; ``features`` has shape ``(..., features)``."""
        flat = features.reshape(-1, features.shape[-1])
        return np.asarray(self.trees.predict(flat, num_threads=self.threads), np.float32).reshape(features.shape[:-1])


def fit_boosted(
    names: Sequence[str],
    features: Floats,
    answer: NDArray[np.bool_],
    sizes: NDArray[np.integer],
    rounds: int = ROUNDS,
    threads: int = 1,
) -> Boosted:
    """Fit trees to consecutive groups of candidates; every group must hold an answer (shapes as in ``fit_logit``)."""
    import lightgbm  # slow to load, and answers from a linear fit do without

    answers = np.add.reduceat(answer.astype(np.float64), group_starts(sizes))
    target = answer / np.repeat(np.maximum(answers, 1), sizes)

    def slope(score: NDArray[np.float64], _: "lightgbm.Dataset") -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        p = softmax_by_group(score, sizes)
        return p - target, np.maximum(2 * p * (1 - p), 1e-6)

    data = lightgbm.Dataset(features, label=answer, group=sizes, feature_name=[f"f{i}" for i in range(len(names))])
    parameters = _PARAMETERS | {"objective": slope, "num_threads": threads}
    return Boosted(tuple(names), lightgbm.train(parameters, data, rounds), threads)
