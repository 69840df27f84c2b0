"""Scores of attribution relations on character spans.

``flat``: exact F1 of the spans of a role, split at paragraph ends, whatever relation they belong to (as Zhang & Liu
2022 score direct quotation). ``who50``: F1 of relations with half the tokens of content and of source in common
(Jaccard). ``all-exact``: F1 of relations whose three parts have the very same tokens.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from detente.evaluation.tasks.files import f1

Relation = dict[str, list[tuple[int, int]]]
Counts = Counter[tuple[str, str]]
ROLES = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+|[^\w\s]")


def scores(counts: Iterable[Counts]) -> dict[str, float]:
    """Return the F1 figures of documents whose matches :func:`count` has counted."""
    total: Counts = sum(counts, Counter())
    names = [f"flat.{role}" for role in ROLES] + ["who50", "all-exact"]
    return {n: f1(total[n, "matched"], total[n, "predicted"], total[n, "gold"]) for n in names}


def count(text: str, gold: list[Relation], predicted: list[Relation]) -> Counts:
    """Count what is in gold, what is predicted and what matches in one document."""
    counts: Counts = Counter()
    tokens = [m.span() for m in _TOKEN.finditer(text)]
    _add_flat(counts, text, tokens, gold, predicted)
    _add_relations(counts, _tokenised(gold, tokens), _tokenised(predicted, tokens))
    return counts


def _covered(spans: list[tuple[int, int]], tokens: list[tuple[int, int]]) -> frozenset[int]:
    starts = [a for a, _ in tokens]
    out: set[int] = set()
    for start, end in spans:
        index = max(bisect_right(starts, start) - 1, 0)
        while index < len(tokens) and tokens[index][0] < end:
            if tokens[index][1] > start:
                out.add(index)
            index += 1
    return frozenset(out)


def _add_flat(
    counts: Counts,
    text: str,
    tokens: list[tuple[int, int]],
    gold: list[Relation],
    predicted: list[Relation],
) -> None:
    paragraph = [text.count("\n", 0, start) for start, _ in tokens]
    for role in ROLES:
        wanted, found = (_segments(side, role, tokens, paragraph) for side in (gold, predicted))
        name = f"flat.{role}"
        counts[name, "matched"] += len(wanted & found)
        counts[name, "gold"] += len(wanted)
        counts[name, "predicted"] += len(found)


def _segments(
    relations: list[Relation], role: str, tokens: list[tuple[int, int]], paragraph: list[int]
) -> set[tuple[int, int]]:
    out: set[tuple[int, int]] = set()
    for relation in relations:
        for span in relation[role]:
            run: list[int] = []
            for index in sorted(_covered([span], tokens)):
                if run and (index != run[-1] + 1 or paragraph[index] != paragraph[run[-1]]):
                    out.add((run[0], run[-1]))
                    run = []
                run.append(index)
            if run:
                out.add((run[0], run[-1]))
    return out


_Tokens = dict[str, frozenset[int]]


def _tokenised(relations: list[Relation], tokens: list[tuple[int, int]]) -> list[_Tokens]:
    found = [{role: _covered(r[role], tokens) for role in ROLES} for r in relations]
    return [r for r in found if r["content"]]


def _jaccard(a: frozenset[int], b: frozenset[int], empty: float = 1.0) -> float:
    return len(a & b) / len(a | b) if a | b else empty


def _add_relations(counts: Counts, gold: list[_Tokens], predicted: list[_Tokens]) -> None:
    for name in ("who50", "all-exact"):
        counts[name, "gold"] += len(gold)
        counts[name, "predicted"] += len(predicted)
    for wanted, found in _matched(gold, predicted):
        near = _jaccard(wanted["content"], found["content"]) >= 0.5
        counts["who50", "matched"] += near and _jaccard(wanted["source"], found["source"]) >= 0.5
        counts["all-exact", "matched"] += wanted == found


def _matched(gold: list[_Tokens], predicted: list[_Tokens]) -> list[tuple[_Tokens, _Tokens]]:
    """Match greedily, one to one, by the overlap of contents, then of cues and sources."""
    ranked = []
    for i, a in enumerate(gold):
        for j, b in enumerate(predicted):
            if a["content"] & b["content"] or a["cue"] & b["cue"]:
                score = _jaccard(a["content"], b["content"]) + 0.5 * _jaccard(a["cue"], b["cue"])
                ranked.append((-(score + 0.25 * _jaccard(a["source"], b["source"], 0.0)), i, j))
    pairs, used_gold, used_predicted = [], set(), set()
    for _, i, j in sorted(ranked, key=lambda r: r[0]):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs
