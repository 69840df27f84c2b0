"""Causal sentences and their spans (the grouped format of the Causal News Corpus, V2)."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from detente.evaluation.tasks.files import Json, TaskResult, f1, table_rows
from detente.reading.learned.arrays import spans_of
from detente.reading.learned.encoder import EncodedWindow, Encoder, Range

_BATCH = 64
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
    causal = float(encoder.classes(window, "causal.c", [(0, 1)])[0, 1])
    triples = list(_triples(encoder, window)) if causal >= 0.5 else []
    relations = [_relation(window, item["text"], *triple) for triple in triples]
    return {"index": item["index"], "causal": round(causal, 4), "relations": relations}


def _triples(encoder: Encoder, window: EncodedWindow) -> Iterator[tuple[Range, Range, Range | None]]:
    """Yield cause, effect and signal: as tagged where the sentence has one relation, else as seen from each cause."""
    causes, effects, signals = (
        [(a, b) for _, a, b in spans_of(encoder.tags(window, layer))] for layer in ("cause.c", "effect.c", "signal.c")
    )
    if len(causes) == len(effects) == 1:
        yield causes[0], effects[0], signals[0] if signals else None
    elif causes:
        for cause, seen in zip(causes, encoder.seen_from(window, "causal.c", causes), strict=True):
            found, marks = ([(a, b) for k, a, b in spans_of(seen) if k == kind] for kind in (0, 1))
            for effect in found[:1] or [e for e in effects if e[1] <= cause[0] or cause[1] <= e[0]][:1]:
                yield cause, effect, marks[0] if marks else None


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
