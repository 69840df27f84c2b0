"""The words that bear on factuality (``data/factuality.toml``), as a typed lexicon."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.model.codes import Factuality


@dataclass(frozen=True, slots=True)
class FactualityLexicon:
    """The words of ``data/factuality.toml``: lemma or form to the value it lends."""

    embedders: dict[str, frozenset[Factuality]]
    raised: frozenset[str]
    modals: dict[str, Factuality]
    firm_modals: frozenset[str]
    adverbs: dict[str, Factuality]
    adjectives: dict[str, Factuality]
    implicatives: frozenset[str]
    quantifiers: frozenset[str]
    conditionals: frozenset[str]
    occurrence: frozenset[str]
    performed: frozenset[str]


@cache
def lexicon() -> FactualityLexicon:
    """Return the shipped lexicon."""
    text = files("detente.reading").joinpath("data", "factuality.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)

    def single(section: str) -> dict[str, Factuality]:
        values = [v for v in Factuality if v in raw[section]]
        return {word: value for value in values for word in raw[section][value]}

    embedders: dict[str, set[Factuality]] = {}
    for value in (Factuality.DENIED, Factuality.PLANNED, Factuality.POSSIBLE):
        for word in raw["embedders"][value]:
            embedders.setdefault(word, set()).add(value)
    return FactualityLexicon(
        embedders={word: frozenset(values) for word, values in embedders.items()},
        raised=frozenset(raw["raised"]["possible"]),
        modals=single("modals"),
        firm_modals=frozenset(raw["modals"]["not_negatable"]),
        adverbs=single("adverbs"),
        adjectives=single("adjectives"),
        implicatives=frozenset(raw["implicatives"]["lemmas"]),
        quantifiers=frozenset(raw["quantifiers"]["denied"]),
        conditionals=frozenset(raw["conjunctions"]["possible"]),
        performed=frozenset(raw["performed"]["lemmas"]),
        occurrence=frozenset(raw["occurrence"]["lemmas"]),
    )
