"""Factuality of predicates from -3 to 3 (the format of UDS-IH2 as ``{"text", "idx", "targets"}`` lines)."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from detente.evaluation.tasks.files import Json, TaskResult, json_lines
from detente.reading.learned.encoder import EncodedWindow, Encoder

_BATCH = 64


def factuality(path: Path, encoder: Encoder | None = None) -> TaskResult:
    """Predict the factuality of each target by the layer trained on UDS-IH2 (Rudinger et al. 2018).

    Args:
        path: JSON lines, plain or gzipped; ``text`` is tokenised by single spaces and ``span1`` of a target counts
            tokens, half open.
        encoder: The encoder; the package's own by default.

    Returns:
        Lines ``{"idx", "targets": [{"span1", "prediction"}]}`` and, with gold labels, ``pearson`` and ``mae``.
    """
    encoder = encoder or Encoder()
    items = list(json_lines(path, "text", "idx", "targets"))
    lines: list[Json] = []
    for start in range(0, len(items), _BATCH):
        part = items[start : start + _BATCH]
        encoded = encoder.encode([i["text"] for i in part], [0] * len(part))
        lines += [_predicted(encoder, i, EncodedWindow(*e)) for i, e in zip(part, encoded, strict=True)]
    return TaskResult(tuple(lines), figures(items, lines))


def _predicted(encoder: Encoder, item: Json, window: EncodedWindow) -> Json:
    starts = list(accumulate((len(w) + 1 for w in item["text"].split(" ")), initial=0))
    values = encoder.values(window, "factuality")
    targets = []
    for target in item["targets"]:
        first, last = target["span1"]
        pieces = window.range_of(starts[first], starts[last] - 1)
        value = float(values[pieces[0]]) if pieces else float(values[0])
        targets.append({"span1": target["span1"], "prediction": round(min(3.0, max(-3.0, value)), 4)})
    return {"idx": item["idx"], "targets": targets}


def figures(items: Sequence[Json], lines: Sequence[Json]) -> dict[str, float]:
    """Score predictions of rows that carry gold labels; nothing where they do not."""
    pairs = [
        (t["label"], p["prediction"])
        for item, line in zip(items, lines, strict=True)
        for t, p in zip(item["targets"], line["targets"], strict=True)
        if "label" in t
    ]
    if len(pairs) < 2:
        return {}
    gold, found = np.array(pairs).T
    return {"pearson": float(np.corrcoef(gold, found)[0, 1]), "mae": float(np.abs(gold - found).mean())}
