"""The event type between a marked source and target (the format of PLV: ``<s>…</s>`` and ``<t>…</t>``)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from detente.evaluation.tasks.files import Json, TaskResult, f1, table_rows
from detente.model.codes import EventType
from detente.reading.learned.arrays import Floats
from detente.reading.learned.pairs import PairCoder

TYPES = tuple(EventType)
NONE = "NONE"
YIELD = (EventType.CONCEDE, EventType.RETREAT)
_BATCH = 64
_SURE = 0.9
"""Probability of no event from which on it is the answer; who marks a source and a target saw something there."""
_MARK = re.compile(r"</?([st])>")


def pairs(path: Path, coder: PairCoder | None = None, *, none: bool = True, rows: slice | None = None) -> TaskResult:
    """Predict the PLOVER type of what each marked source does to its marked target.

    Args:
        path: TSV with ``marked_sentence``; ``event_type`` and ``quad`` are used for the figures alone.
        coder: The pair coder; the package's own by default.
        none: Whether "no event" may be the answer, where the coder is sure of it.
        rows: Which rows to take; all by default.

    Returns:
        Lines ``{"event_type", "quad", "probabilities"}`` over the sixteen types and NONE. CONCEDE and RETREAT are
        PLV's YIELD, whose quad class there is 2; ``quad`` follows that. With gold: ``root.macro_f1``,
        ``quad.macro_f1`` and ``binary.macro_f1`` (cooperation or conflict).
    """
    coder = coder or PairCoder()
    items = list(table_rows(path, "marked_sentence"))[rows or slice(None)]
    lines: list[Json] = []
    for start in range(0, len(items), _BATCH):
        marked = [unmarked(i["marked_sentence"]) for i in items[start : start + _BATCH]]
        found = coder.code([(text, spans.get("s"), spans.get("t")) for text, spans in marked])
        lines += [_predicted(shares.astype(float), none) for shares in found]
    return TaskResult(tuple(lines), figures(items, lines))


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Split a marked sentence into its text and the spans ``s`` and ``t``."""
    text, last = "", 0
    spans: dict[str, tuple[int, int]] = {}
    opened: dict[str, int] = {}
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if match.group().startswith("</"):
            spans[match[1]] = (opened.get(match[1], len(text)), len(text))
        else:
            opened[match[1]] = len(text)
    return text + marked[last:], spans


def _predicted(shares: Floats, none: bool) -> Json:
    if not none:
        shares[len(TYPES)] = 0.0
        shares /= shares.sum()
    probabilities = {t.value: round(float(p), 5) for t, p in zip(TYPES, shares, strict=False)}
    probabilities[NONE] = round(float(shares[len(TYPES)]), 5)
    answer = NONE if probabilities[NONE] >= _SURE else best_type({t.value: probabilities[t] for t in TYPES})
    return {"event_type": answer, "quad": quad_of(answer), "probabilities": probabilities}


def best_type(probabilities: dict[str, float]) -> str:
    """Return the likeliest root, CONCEDE and RETREAT weighed together as PLV does."""
    yielded = sum(probabilities[t] for t in YIELD)
    others = {name: p for name, p in probabilities.items() if name not in YIELD}
    best = max(others, key=lambda name: others[name])
    return best if others[best] >= yielded else max(YIELD, key=lambda t: probabilities[t]).value


def quad_of(answer: str) -> int | None:
    """Return PLV's quad number of a type; None for no event."""
    if answer == NONE:
        return None
    return 2 if answer in YIELD else EventType(answer).quad.number


def figures(items: Sequence[Json], lines: Sequence[Json]) -> dict[str, float]:
    """Score predictions of rows that carry gold labels; nothing where they do not."""
    if not items or "event_type" not in items[0]:
        return {}
    root = [
        (i["event_type"], "YIELD" if p["event_type"] in YIELD else p["event_type"])
        for i, p in zip(items, lines, strict=True)
    ]
    quad = [(int(i["quad"]), p["quad"] or 0) for i, p in zip(items, lines, strict=True)]
    binary = [(g > 2, p > 2 if p else None) for g, p in quad]
    return {
        "root.macro_f1": macro_f1(root),
        "quad.macro_f1": macro_f1(quad),
        "binary.macro_f1": macro_f1(binary),
    }


def macro_f1(pairs: Iterable[tuple[object, object]]) -> float:
    """Return the mean F1 over the classes that occur in gold, from (gold, predicted)."""
    pairs = list(pairs)
    gold, found = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    right = Counter(g for g, p in pairs if g == p)
    return sum(f1(right[c], found[c], gold[c]) for c in gold) / len(gold) if gold else 0.0
