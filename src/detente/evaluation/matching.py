"""One-to-one matching of gold and predicted items of a dispatch, greedy by how well the evidence overlaps.

Two items can match only if the sentences that they rest on overlap in the text. Word overlap is the Jaccard index over
lower-cased words.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

Json = dict[str, Any]
Score = Callable[[Json, Json], float]
"""Returns how well a predicted item agrees with a gold one; 0 where the two may not match."""

_WORD = re.compile(r"\w+")


def jaccard(a: str | None, b: str | None) -> float:
    """Return the share of distinct words that two strings have in common; 1 when both have none."""
    words_a, words_b = set(_WORD.findall((a or "").lower())), set(_WORD.findall((b or "").lower()))
    union = words_a | words_b
    return len(words_a & words_b) / len(union) if union else 1.0


def match(text: str, gold: Sequence[Json], predicted: Sequence[Json], score: Score) -> list[tuple[Json, Json]]:
    """Return the matched (gold, predicted) pairs; ties go to the earlier item."""
    gold_spans, predicted_spans = [_sentence(text, g) for g in gold], [_sentence(text, p) for p in predicted]
    candidates = []
    for i, wanted in enumerate(gold):
        for j, found in enumerate(predicted):
            shared = _overlap(gold_spans[i], predicted_spans[j])
            value = score(wanted, found) if shared > 0 else 0.0
            if value:
                candidates.append((-(value + shared), i, j))
    pairs: list[tuple[Json, Json]] = []
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def match_causes(gold: Sequence[Json], predicted: Sequence[Json]) -> list[tuple[Json, Json]]:
    """Match causal claims, which carry no sentence, within the whole document: both spans need half their words."""
    pairs: list[tuple[Json, Json]] = []
    free = list(predicted)
    for wanted in gold:
        scored = [(_both(wanted, found), -n) for n, found in enumerate(free)]
        best, position = max(scored, default=(0.0, 0))
        if best:
            pairs.append((wanted, free.pop(-position)))
    return pairs


def _both(a: Json, b: Json) -> float:
    cause, effect = jaccard(a["cause"], b["cause"]), jaccard(a["effect"], b["effect"])
    return 1 + cause + effect if cause >= 0.5 and effect >= 0.5 else 0.0


def _sentence(text: str, item: Json) -> tuple[int, int] | None:
    start = text.find(item["sentence"])
    return (start, start + len(item["sentence"])) if start >= 0 else None


def _overlap(a: tuple[int, int] | None, b: tuple[int, int] | None) -> float:
    if a is None or b is None:
        return 0.0
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0
