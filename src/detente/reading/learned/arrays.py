"""Small arithmetic on arrays: soft maximum, the classifiers over pooled spans, the best tag sequence."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import erf

Floats = npt.NDArray[np.floating[Any]]


def softmax(logits: Floats) -> Floats:
    """Return probabilities over the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True))


class Heads:
    """Two-layer classifiers over pooled spans (GELU between), stored in half precision."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as arrays:
            self._arrays = {name: arrays[name].astype(np.float32) for name in arrays.files}

    def _apply(self, name: str, x: Floats) -> Floats:
        at = self._arrays
        x = x @ at[f"{name}/0.weight"].T + at[f"{name}/0.bias"]
        x = x * 0.5 * (1.0 + erf(x / np.sqrt(2.0)))
        return softmax(x @ at[f"{name}/3.weight"].T + at[f"{name}/3.bias"])

    def classes(self, name: str, hidden: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
        """Return (spans, classes) from each span's mean and first vector."""
        return self._apply(name, np.stack([np.concatenate([hidden[a:b].mean(0), hidden[a]]) for a, b in spans]))

    def pairs(self, hidden: Floats, firsts: Sequence[tuple[int, int]], seconds: Sequence[tuple[int, int]]) -> Floats:
        """Return (pairs, classes) from both spans' means and the text's first vector."""
        rows = [
            np.concatenate([hidden[a:b].mean(0), hidden[c:d].mean(0), hidden[0]])
            for (a, b), (c, d) in zip(firsts, seconds, strict=True)
        ]
        return self._apply("pairs", np.stack(rows))


def spans_of(probabilities: Floats, least: float = 0.5, floor: float = 1e-4) -> list[tuple[int, int, int]]:
    """Return (kind, start, end) of the spans in the most probable tag sequence that is well formed.

    Args:
        probabilities: (pieces, 1 + 2 * kinds): outside, then begin and inside of each kind. The first and last piece
            are special and outside.
        least: A piece counts for a span from this probability on; one half changes nothing.
        floor: Probabilities below it count as it.
    """
    score = np.log(np.maximum(probabilities, floor))
    score[:, 0] += np.log(least / (1 - least))
    count, classes = score.shape
    allowed = np.zeros((classes, classes))
    for inside in range(2, classes, 2):
        allowed[:, inside] = -1e9
        allowed[[inside - 1, inside], inside] = 0.0
    best = np.where(np.arange(classes) == 0, 0.0, -1e9)
    back = np.zeros((count, classes), dtype=np.int64)
    for piece in range(1, count - 1):
        paths = best[:, None] + allowed
        back[piece] = paths.argmax(0)
        best = paths.max(0) + score[piece]
    return _read_back(back, int(best.argmax()), count)


def _read_back(back: npt.NDArray[np.int64], tag: int, count: int) -> list[tuple[int, int, int]]:
    tags = [0] * count
    for piece in range(count - 2, 0, -1):
        tags[piece] = tag
        tag = int(back[piece, tag])
    spans: list[tuple[int, int, int]] = []
    for piece, tag in enumerate(tags):
        if tag % 2:
            spans.append(((tag - 1) // 2, piece, piece + 1))
        elif tag:
            kind, start, _ = spans[-1]
            spans[-1] = (kind, start, piece + 1)
    return spans
