"""The words of ``data/mentions.toml``: which nouns head the mention of an actor, and what they say about it."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from detente.model.codes import Sector


class RoleKind(StrEnum):
    """What a role noun stands for."""

    PERSON = "person"
    BODY = "body"
    GROUP = "group"
    LAND = "land"


class Reach(StrEnum):
    """Whose a role noun is when the noun phrase does not say."""

    STATE = "state"
    """The state in focus, even without an article ("a foreign ministry official")."""
    DEFINITE = "definite"
    """Somebody named before, if the noun phrase is definite ("the envoy")."""
    PRIVATE = "private"
    """Somebody named before, if definite; speaks for no state ("the professor")."""
    VAGUE = "vague"
    """Nobody known ("gunmen", "sources")."""
    OWNED = "owned"
    """No actor at all: the noun needs an owner in its phrase ("the Chinese side")."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a noun says about who acts."""

    sector: Sector
    kind: RoleKind
    reach: Reach


@dataclass(frozen=True, slots=True)
class MentionWords:
    """All word lists, by what they are for."""

    roles: dict[str, Role]
    titles: frozenset[str]
    regional: frozenset[str]
    former: frozenset[str]
    insurgent: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    particles: frozenset[str]
    office: frozenset[str]
    plural: frozenset[str]
    collective: dict[str, int]
    relational: frozenset[str]
    other: frozenset[str]
    european: frozenset[str]
    to: frozenset[str]
    posted: frozenset[str]
    says: frozenset[str]
    place_prepositions: frozenset[str]
    motion: frozenset[str]
    place_verbs: frozenset[str]
    parts: frozenset[str]
    place_events: frozenset[str]
    based: frozenset[str]
    combining: dict[str, str]
    pronouns: dict[str, str]
    """Pronoun to its class: he, she, it, they, speaker."""
    epithets: dict[str, frozenset[str]]
    capital_epithets: dict[str, str]
    """Epithets that mean one organisation when written with a capital and nothing else is named."""


@cache
def mention_words() -> MentionWords:
    """Return the shipped words (read once)."""
    raw: dict[str, Any] = tomllib.loads(files("detente.reading").joinpath("data/mentions.toml").read_text("utf-8"))
    roles: dict[str, Role] = {}
    for block in raw["role"]:
        role = Role(Sector(block["sector"]), RoleKind(block["kind"]), Reach(block["reach"]))
        for noun in block["nouns"]:
            roles.setdefault(noun, role)
    titles, reach, relation, capital = raw["titles"], raw["reach"], raw["relation"], raw["capital"]
    return MentionWords(
        roles=roles,
        titles=frozenset(titles["before"]),
        former=frozenset(titles["former"]),
        regional=frozenset(raw["regional"]["adjectives"]),
        insurgent=frozenset(titles["insurgent"]),
        female=frozenset(titles["female"]),
        male=frozenset(titles["male"]),
        particles=frozenset(titles["particles"]),
        office=frozenset(reach["office"]),
        plural=frozenset(reach["plural"]),
        collective=reach["collective"],
        relational=frozenset(relation["nouns"]),
        other=frozenset(relation["other"]),
        european=frozenset(raw["european"]["nouns"]),
        to=frozenset(relation["to"]),
        posted=frozenset(relation["posted"]),
        says=frozenset(relation["says"]),
        place_prepositions=frozenset(capital["place"]),
        motion=frozenset(capital["motion"]),
        place_verbs=frozenset(capital["verbs"]),
        parts=frozenset(capital["parts"]),
        place_events=frozenset(capital["events"]),
        based=frozenset(capital["based"]),
        combining=raw["combining"],
        pronouns={form: name for name, forms in raw["pronouns"].items() for form in forms},
        capital_epithets=raw["capital_epithets"],
        epithets={noun: frozenset(codes) for noun, codes in raw["epithets"].items()},
    )
