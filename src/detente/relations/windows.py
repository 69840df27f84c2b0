"""The second method, and the floor that shifts are measured against: the twelve periods before and after."""

import numpy as np
from numpy.typing import NDArray

from detente.model.codes import Direction
from detente.relations.series import PairSeries

WINDOW = 12
AGREED_AT = 2.0
NEAR_DAYS = 60


def contrasts(series: PairSeries, window: int = WINDOW) -> NDArray[np.float64]:
    """Return by how many standard errors the ``window`` periods from t on are worse than those before t, shape (T,).

    Worse is more conflict in the acts of a period: conflict minus cooperation, standardised by the pooled variance
    of both windows. Zero where a window does not fit.
    """
    total = series.total
    net = (total[:, 2] + total[:, 3] - total[:, 0] - total[:, 1]).astype(float)
    conflict = (total[:, 2] + total[:, 3]).astype(float)
    found = np.zeros(len(net))
    for values in (net, conflict):
        z = _window_z(values, window)
        found = np.where(np.abs(z) > np.abs(found), z, found)
    return found


def _window_z(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    z = np.zeros(len(values))
    if len(values) < 2 * window:
        return z
    sums = np.concatenate([[0.0], np.cumsum(values)])
    squares = np.concatenate([[0.0], np.cumsum(values**2)])
    place = np.arange(window, len(values) - window + 1)
    left, right = sums[place] - sums[place - window], sums[place + window] - sums[place]
    spread = squares[place + window] - squares[place - window] - (left**2 + right**2) / window
    # One act more or less per window always may happen: keeps empty windows from infinite certainty.
    variance = np.maximum(spread / (2 * window - 2), 1.0 / window) * 2.0 / window
    z[place] = (right - left) / window / np.sqrt(variance)
    return z


def window_shifts(series: PairSeries, threshold: float, window: int = WINDOW) -> list[tuple[int, Direction]]:
    """Return local extremes of the contrast beyond ``threshold``, at least ``window`` periods apart."""
    z = contrasts(series, window)
    strength = np.abs(z)
    found: list[int] = []
    for index in np.argsort(-strength, kind="stable"):
        if strength[index] < threshold:
            break
        if all(abs(int(index) - other) >= window for other in found):
            found.append(int(index))
    return [(i, Direction.WORSE if z[i] > 0 else Direction.BETTER) for i in sorted(found)]


def agrees(series: PairSeries, index: int, direction: Direction) -> bool:
    """Tell whether the contrast passes ``AGREED_AT`` in this direction within 60 days of period ``index``."""
    reach = max(1, round(NEAR_DAYS / series.period.days))
    near = contrasts(series)[max(0, index - reach) : index + reach + 1]
    return bool((near > AGREED_AT).any() if direction is Direction.WORSE else (near < -AGREED_AT).any())
