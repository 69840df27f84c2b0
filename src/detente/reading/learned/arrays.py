"""Small arithmetic on arrays: soft maximum, the best tag sequence."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]


def softmax(logits: Floats) -> Floats:
    """Return probabilities over the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True))


def spans_of(probabilities: Floats, least: float = 0.5, floor: float = 1e-4) -> list[tuple[int, int, int]]:
    """Return (kind, start, end) of the spans in the most probable tag sequence that is well formed.

    Args:
        probabilities: (pieces, 1 + 2 * kinds): outside, then begin and inside of each kind. The first and last piece
            are special and outside.
        least: A piece counts for a span from this probability on; one half changes nothing.
        floor: Probabilities below it count as it; a piece that is outside but for that much parts the sequence.
    """
    open_pieces = probabilities[:, 0] <= 1 - floor
    open_pieces[[0, -1]] = False
    edges = np.flatnonzero(np.diff(open_pieces.astype(np.int8)))
    score = np.log(np.maximum(probabilities, floor))
    score[:, 0] += np.log(least / (1 - least))
    inside = np.append(0, np.cumsum(score[:, 1:].max(1) > score[:, 0]))
    spans: list[tuple[int, int, int]] = []
    for before, last in zip(edges[::2], edges[1::2], strict=True):
        if inside[before + 1] == inside[last + 1]:  # every piece is likeliest outside
            continue
        found = _best(score[before + 1 : last + 1])
        spans += [(kind, start + int(before) + 1, end + int(before) + 1) for kind, start, end in found]
    return spans


def _best(score: Floats) -> list[tuple[int, int, int]]:
    """Return the spans of the best path through scores (pieces, classes) that begins outside (Viterbi 1967).

    Outside and begin may follow anything; inside follows the begin or the inside of its kind alone.
    """
    classes = score.shape[1]
    best = [0.0] + [-1e9] * (classes - 1)
    back: list[list[int]] = []
    for row in score.tolist():  # few classes: plain numbers are faster than arrays of them
        top = best.index(max(best))
        came = [top] * classes
        following = [best[top] + value for value in row]
        for inside in range(2, classes, 2):
            came[inside] = inside if best[inside] >= best[inside - 1] else inside - 1
            following[inside] = best[came[inside]] + row[inside]
        back.append(came)
        best = following
    return _read_back(back, best.index(max(best)))


def _read_back(back: list[list[int]], tag: int) -> list[tuple[int, int, int]]:
    tags = [0] * len(back)
    for piece in range(len(back) - 1, -1, -1):
        tags[piece] = tag
        tag = back[piece][tag]
    spans: list[tuple[int, int, int]] = []
    for piece, tag in enumerate(tags):
        if tag % 2:
            spans.append(((tag - 1) // 2, piece, piece + 1))
        elif tag:
            kind, start, _ = spans[-1]
            spans[-1] = (kind, start, piece + 1)
    return spans
