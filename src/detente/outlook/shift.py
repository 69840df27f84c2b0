"""Shifts of a pair's balance: a change of its conflict share against the ninety days before."""

import numpy as np
from numpy.typing import NDArray

from detente.outlook.acts import QUAD_CLASSES
from detente.outlook.panel import Moment
from detente.outlook.tables import Floats

SHIFT = "shift"
"""Name of the kind, beside those of ``panel.KINDS``."""
SHIFT_SIZE = 0.25
"""Change of the conflict share, from 0 to 1, that counts as a shift."""
SHIFT_LEAST = 3
"""Acts needed in the ninety days before and in the horizon."""
BEFORE_DAYS = 90


def shifted(before: NDArray[np.integer], after: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell which pairs shifted, from acts per kind before and after, shape ``(pairs, kinds)`` each."""
    k = len(QUAD_CLASSES)
    conflict = [index for index, quad in enumerate(QUAD_CLASSES) if not quad.is_cooperative]
    acts = [counts[:, :k].sum(axis=1) for counts in (before, after)]
    shares = [
        counts[:, conflict].sum(axis=1) / np.maximum(total, 1)
        for counts, total in zip((before, after), acts, strict=True)
    ]
    enough = (acts[0] >= SHIFT_LEAST) & (acts[1] >= SHIFT_LEAST)
    return np.asarray(enough & (np.abs(shares[1] - shares[0]) >= SHIFT_SIZE))


def shift_features(moment: Moment) -> Floats:
    """Return the features of the four quad classes side by side, shape ``(pairs, 4 * features)``."""
    k = len(QUAD_CLASSES)
    return moment.features[:, :k].reshape(len(moment.features), -1)
