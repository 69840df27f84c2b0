"""From which of the states in question a personal name most likely comes, judged by the listed persons of each.

A naive Bayes model over name parts and their endings (cf. Treeratpituk & Giles 2012, "Name-Ethnicity Classification
and Ethnicity-Sensitive Name Matching", AAAI), with the names of office holders as its only examples. It is used as a
last resort, among states that the report itself names, and says so in ``Mention.why``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log

from detente.world import all_terms, fold

_SMOOTHING = 20.0


@dataclass(frozen=True, slots=True)
class _Counts:
    by_code: dict[str, Counter[str]]
    overall: Counter[str]
    total: int


def _features(name: str) -> Iterator[str]:
    for word in fold(name).replace("-", " ").split():
        yield word
        yield f"-{word[-3:]}"
        yield f"-{word[-2:]}"
        yield f"{word[:2]}-"


@cache
def _counts() -> _Counts:
    by_code: dict[str, Counter[str]] = {}
    overall: Counter[str] = Counter()
    for code, name in {(term.actor_code, term.person) for term in all_terms()}:
        for feature in _features(name):
            by_code.setdefault(code, Counter())[feature] += 1
            overall[feature] += 1
    return _Counts(by_code, overall, sum(overall.values()))


def likelihood(name: str, code: str) -> float:
    """Return how much more likely (natural logarithm) a name is among a state's office holders than among all."""
    counts = _counts()
    own = counts.by_code.get(code, Counter())
    size, score = sum(own.values()), 0.0
    for feature in _features(name):
        background = counts.overall[feature] / counts.total
        if not background:
            continue  # a part that nobody listed bears tells nothing
        score += log((own[feature] + _SMOOTHING * background) / ((size + _SMOOTHING) * background))
    return score / 3  # the features of one word overlap


def likeliest(name: str, weights: Mapping[str, float]) -> str | None:
    """Return the code that weight in the text and name together favour, None without candidates."""
    scored = [(log(weight) + likelihood(name, code), code) for code, weight in weights.items() if weight > 0]
    return max(scored)[1] if scored else None
