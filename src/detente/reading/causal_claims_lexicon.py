"""The causal lexicon (``data/causal_claims.toml``) as typed look-ups by lemma."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class CausalLexicon:
    """Markers of cause and effect; phrases are tuples of lower-case words, keyed by their first word."""

    conjunctions: frozenset[str]
    ambiguous: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    connectives: dict[str, tuple[tuple[str, ...], ...]]
    disputes: frozenset[str]
    dispute_heads: frozenset[str]
    objects: frozenset[str]
    deeds: frozenset[str]
    complexes: frozenset[str]
    prepositional: dict[str, frozenset[str]]
    reverse: dict[str, frozenset[str]]
    passives: frozenset[str]
    attributions: dict[str, str]
    blames: dict[str, str]
    reasons: frozenset[str]
    results: frozenset[str]


@cache
def causal_lexicon() -> CausalLexicon:
    """Return the shipped lexicon."""
    path = files("detente.reading").joinpath("data", "causal_claims.toml")
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    verbs, nouns = raw["verbs"], raw["nouns"]
    return CausalLexicon(
        conjunctions=frozenset(raw["conjunctions"]["cause"]),
        ambiguous=frozenset(raw["conjunctions"]["ambiguous"]),
        phrases=_by_first(raw["phrases"]["cause"]),
        connectives=_by_first(raw["connectives"]["effect"]),
        disputes=frozenset(raw["phrases"]["dispute"]),
        dispute_heads=frozenset(raw["phrases"]["dispute_heads"]),
        objects=frozenset(verbs["object"]),
        deeds=frozenset(verbs["deed"]),
        complexes=frozenset(verbs["complex"]),
        prepositional={lemma: frozenset(p) for lemma, p in verbs["prepositional"].items()},
        reverse={lemma: frozenset(p) for lemma, p in verbs["reverse"].items()},
        passives=frozenset(verbs["passive"]),
        attributions=dict(verbs["attribute"]),
        blames=dict(verbs["blame"]),
        reasons=frozenset(nouns["reason"]),
        results=frozenset(nouns["result"]),
    )


def _by_first(phrases: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = tuple(phrase.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found
