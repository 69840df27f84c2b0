"""Causal sentences and their spans (the grouped format of the Causal News Corpus, V2)."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from detente.evaluation.tasks.files import Json, TaskResult, f1, table_rows
from detente.reading.learned.arrays import Floats
from detente.reading.learned.encoder import EncodedWindow, Encoder, Range

_BATCH = 64
_LEAST = 0.5
"""Causes begin at pieces that the encoder holds as probable to begin one."""
_LEAN, _TRIFLE = 0.5, 1e-3
"""How much it bears on the ends of spans as seen from a cause whether a span of the sentence ends there."""
_TAG = re.compile(r"</?(ARG0|ARG1|SIG\d*)>")
_CONNECTIVES = frozenset(
    "for as following by over with if due because despite even since till of about at unless until when after owing "
    "on against where though although".split()
)
"""First words of signals that stand outside of cause and effect in the training part of the corpus."""
_ROLES = {"ARG0": "cause", "ARG1": "effect"}
Span = tuple[int, int]


def causality(path: Path, encoder: Encoder | None = None, *, rows: slice | None = None) -> TaskResult:
    """Predict whether each sentence is causal, and its causes, effects and signals (Tan et al. 2022).

    Args:
        path: CSV with ``index`` and ``text``; ``causal_text_w_pairs`` is used for the figures alone.
        encoder: The encoder; the package's own by default.
        rows: Which rows to take; all by default.

    Returns:
        Lines ``{"index", "causal": p, "relations": [{"cause": [s, e], "effect": [s, e], "signal": [s, e] or None}]}``
        and, with gold, ``sentence.f1``, ``sentence.accuracy`` and exact ``span.f1`` over all roles.
    """
    encoder = encoder or Encoder()
    items = list(table_rows(path, "index", "text"))[rows or slice(None)]
    lines: list[Json] = []
    for start in range(0, len(items), _BATCH):
        part = items[start : start + _BATCH]
        encoded = encoder.encode([i["text"] for i in part], [0] * len(part))
        lines += [_predicted(encoder, i, EncodedWindow(*e)) for i, e in zip(part, encoded, strict=True)]
    return TaskResult(tuple(lines), figures(items, lines))


def _predicted(encoder: Encoder, item: Json, window: EncodedWindow) -> Json:
    causal = float(encoder.classes(window, [(0, 1)])["causal.c"][0, 1])
    triples = list(_triples(encoder, window)) if causal >= 0.5 else []
    relations = [_relation(window, item["text"], *triple) for triple in triples]
    return {"index": item["index"], "causal": round(causal, 4), "relations": relations}


def _triples(encoder: Encoder, window: EncodedWindow) -> Iterator[tuple[Range, Range, Range | None]]:
    """Yield cause, effect and signal as seen from each piece at which a cause begins."""
    begins = encoder.tags(window, "cause.c")[:, 1]
    starts = [int(i) for i in np.flatnonzero(begins >= _LEAST)] or [int(begins.argmax())]
    seen = encoder.ends(window, "causal.c", [(s, s + 1) for s in starts])
    for column, (layer, edge) in enumerate(_EDGES):
        seen[:, :, column] *= edge(encoder.tags(window, layer)) ** _LEAN
    for start, ends in zip(starts, seen, strict=True):
        cause = start, start + int(ends[start:, 0].argmax()) + 1
        effect, signal = likeliest(ends[:, 1:3], cause), likeliest(ends[:, 3:5], None)
        if effect:
            yield cause, effect, signal


def _first(tags: Floats) -> Floats:
    """Return how probably each piece is the first of a span by its tags (pieces, 3), never less than a trifle."""
    return np.asarray(np.maximum(tags[:, 1], _TRIFLE))


def _last(tags: Floats) -> Floats:
    """Return how probably each piece is the last of a span."""
    return np.asarray(np.maximum((1 - tags[:, 0]) * (1 - np.append(tags[1:, 2], 0.0)), _TRIFLE))


_EDGES = (("cause.c", _last), ("effect.c", _first), ("effect.c", _last))
"""The token layers that bear on where causes end and where effects begin and end."""


def likeliest(ends: Floats, apart: Range | None) -> Range | None:
    """Return the likeliest span (pieces by start and end) that lies apart from another; the first piece is nowhere."""
    both = np.triu(ends[:, :1] * ends[None, :, 1])
    if apart:
        both[: apart[1], apart[0] :] = 0.0
        both[0, 0] = 0.0
    first, last = np.unravel_index(int(both.argmax()), both.shape)
    return (int(first), int(last) + 1) if first > 0 else None


def _relation(window: EncodedWindow, text: str, cause: Range, effect: Range, signal: Range | None) -> Json:
    mark = window.characters(signal, text) if signal else None
    sides = (_without(mark, window.characters(side, text), text) for side in (cause, effect))
    return {**dict(zip(("cause", "effect"), sides, strict=True)), "signal": list(mark) if mark else None}


def _without(mark: Span | None, side: Span, text: str) -> list[int]:
    """Return a cause or effect without a connective before it; "to" and verbs are part of it in this corpus."""
    start, end = side
    if mark and start <= mark[0] < mark[1] < end and mark[0] - start < 3:
        words = text[slice(*mark)].lower().split()
        if words and words[0] in _CONNECTIVES:
            start = mark[1] + len(text[mark[1] : end]) - len(text[mark[1] : end].lstrip(" ,"))
    return [start, end]


def untagged(tagged: str) -> tuple[str, dict[str, Span]]:
    """Split a tagged sentence into its text and the span of cause, effect and (first) signal."""
    text, last = "", 0
    spans: dict[str, Span] = {}
    opened: dict[str, int] = {}
    for match in _TAG.finditer(tagged):
        text += tagged[last : match.start()]
        last = match.end()
        if match.group().startswith("</"):
            spans.setdefault(_ROLES.get(match[1], "signal"), (opened.pop(match[1], len(text)), len(text)))
        else:
            opened[match[1]] = len(text)
    return text + tagged[last:], spans


def figures(items: Sequence[Json], lines: Sequence[Json]) -> dict[str, float]:
    """Score predictions of rows that carry gold labels; nothing where they do not."""
    if not items or "causal_text_w_pairs" not in items[0]:
        return {}
    counts: Counter[str] = Counter()
    for item, line in zip(items, lines, strict=True):
        pairs = [untagged(t) for t in ast.literal_eval(item["causal_text_w_pairs"] or "[]")]
        said, is_causal = line["causal"] >= 0.5, bool(pairs)
        counts["both"] += said and is_causal
        counts["said"] += said
        counts["gold"] += is_causal
        counts["right"] += said == is_causal
        wanted = {(role, *span) for _, spans in pairs for role, span in spans.items()}
        found = {(role, *r[role]) for r in line["relations"] for role in ("cause", "effect", "signal") if r[role]}
        counts["span"] += len(wanted & found)
        counts["span.said"] += len(found)
        counts["span.gold"] += len(wanted)
    return {
        "sentence.f1": f1(counts["both"], counts["said"], counts["gold"]),
        "sentence.accuracy": counts["right"] / len(items),
        "span.f1": f1(counts["span"], counts["span.said"], counts["span.gold"]),
    }
