"""The lexicon of relation claims (``data/relation_claims.toml``) as typed look-ups by lemma."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

_OF_BOTH = ("grow", "fall", "reconcile", "quarrel")
"""What two do together: "grew apart"."""


@dataclass(frozen=True, slots=True)
class RelationLexicon:
    """Relation nouns by kind, verbs by what they do to a relation, and the words of moves and wedges."""

    nouns: dict[str, str]
    verbs: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    changes: dict[str, str]
    policy_verbs: dict[str, str]
    moves: dict[str, frozenset[str]]
    with_worse: dict[str, frozenset[str]]
    with_better: dict[str, frozenset[str]]
    wedges: dict[str, frozenset[str]]
    movers: frozenset[str]
    """All verbs that can tell of a move."""

    def does(self, lemma: str, kind: str) -> bool:
        """Tell whether a verb belongs to a class ("improve", "spoil", "intensify", "end", "begin", "keep" …)."""
        return lemma in self.verbs[kind]


@cache
def relation_lexicon() -> RelationLexicon:
    """Return the shipped lexicon."""
    path = files("detente.reading").joinpath("data", "relation_claims.toml")
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    moves = raw["moves"]
    of_one = [moves[kind] for kind in ("court", "desert", "away_verbs", "toward_verbs", "with_worse", "with_better")]
    return RelationLexicon(
        nouns=_by_word(raw["nouns"]),
        verbs=_sets(raw["verbs"]),
        adjectives=_sets(raw["adjectives"]),
        changes=_by_word(raw["changes"]),
        policy_verbs=_by_word(raw["policy_verbs"]),
        moves={name: frozenset(words) for name, words in moves.items() if isinstance(words, list)},
        with_worse={verb: frozenset(words) for verb, words in moves["with_worse"].items()},
        with_better={verb: frozenset(words) for verb, words in moves["with_better"].items()},
        wedges=_sets(raw["wedges"]),
        movers=frozenset(chain(*of_one, _OF_BOTH)),
    )


def _by_word(section: dict[str, list[str]]) -> dict[str, str]:
    return {word: kind for kind, words in section.items() for word in words}


def _sets(section: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in section.items()}
