"""The thresholds of the brief, from ``data/thresholds.toml``."""

import tomllib
from functools import cache
from importlib import resources

import msgspec


class Trend(msgspec.Struct, frozen=True):
    """What there must be before the brief speaks of a trend."""

    documents: int
    publishers: int


class Lists(msgspec.Struct, frozen=True):
    """How many lines each list has at most."""

    claims: int
    shifts: int
    acts: int
    reasons: int
    voices: int
    contradictions: int
    third_parties: int
    questions: int


class WordsAndDeeds(msgspec.Struct, frozen=True):
    """When words and deeds are said to point in opposite directions."""

    recent_days: int
    apart: float


class Thresholds(msgspec.Struct, frozen=True):
    """All of them."""

    trend: Trend
    lists: Lists
    words_and_deeds: WordsAndDeeds


@cache
def thresholds() -> Thresholds:
    """Return the thresholds."""
    text = (resources.files("detente.brief") / "data" / "thresholds.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Thresholds)
