"""The cue lexicon of attribution (``data/statements.toml``) as typed look-ups by lemma."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from detente.model.codes import Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """One class of cue verbs: what its members do with a content and how they take it."""

    name: str
    stance: Stance
    frames: frozenset[str]
    particles: frozenset[str] = frozenset()
    charge: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StatementLexicon:
    """The cue words by lemma, and the words inside a content that shape its stance."""

    verbs: dict[str, tuple[Cue, ...]]
    phrasal: dict[tuple[str, str], Cue]
    weak: frozenset[str]
    nouns: dict[str, Stance]
    views: frozenset[str]
    claims: frozenset[str]
    hedges: frozenset[str]
    hedge_verbs: frozenset[str]
    future: frozenset[str]
    negations: frozenset[str]
    calls: frozenset[str]
    falsehoods: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    people: frozenset[str]


@cache
def statement_lexicon() -> StatementLexicon:
    """Return the shipped lexicon."""
    path = files("detente.reading").joinpath("data", "statements.toml")
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    verbs: dict[str, tuple[Cue, ...]] = {}
    for name, entry in raw["verbs"].items():
        cue = _cue(name, entry)
        for lemma in entry["lemmas"]:
            verbs[lemma] = (*verbs.get(lemma, ()), cue)
    content = raw["content"]
    return StatementLexicon(
        verbs=verbs,
        phrasal={(e["lemma"], e["particle"]): _cue(f"{e['lemma']} {e['particle']}", e) for e in raw["phrasal"]},
        weak=frozenset(raw["weak"]["lemmas"]),
        nouns={word: stance for stance in Stance for word in raw["nouns"].get(stance.value, ())},
        views=frozenset(raw["views"]["nouns"]),
        claims=frozenset(raw["claims"]["nouns"]),
        hedges=frozenset(content["hedge"]),
        hedge_verbs=frozenset(content["hedge_verbs"]),
        future=frozenset(content["predict"]),
        negations=frozenset(content["deny"]),
        calls=frozenset(content["call"]),
        falsehoods=frozenset(content["false"]),
        titles=frozenset(raw["titles"]["words"]),
        bodies=frozenset(raw["titles"]["bodies"]),
        people=frozenset(raw["people"]["words"]),
    )


def _cue(name: str, entry: dict[str, Any]) -> Cue:
    return Cue(
        name=name,
        stance=Stance(entry["stance"]),
        frames=frozenset(entry["frames"]),
        particles=frozenset(entry.get("particles", ())),
        charge=frozenset(entry.get("charge", ())),
    )
