"""Which listed person a name means, given the day, a title before it and whose title it is."""

import tomllib
from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from detente.model.actor import Actor
from detente.reading.mention_drafts import Gender, actor_kind
from detente.reading.mention_roles import is_title
from detente.world import Term, fold, persons_named

_SOON = timedelta(days=550)
"""A surname alone is not read as somebody who takes office later than this after the report."""
_DATES = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"}
    | {"april", "june", "july", "august", "september", "october", "november", "december"}
)
"""Words before a surname that are no given name: "On Saturday Trump threatened"."""
_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "HKG", "VNM", "KHM", "SGP"})


def listed(
    name: str, as_of: date | None, lemma: str = "", codes: Collection[str] = (), *, is_surname: bool = False
) -> Term | None:
    """Return the best term of office of a person of that name, None if nobody listed fits.

    Args:
        name: Full name or surname.
        as_of: Day of the report.
        lemma: Noun of the title before the name ("minister"); offices that have it come first.
        codes: Whose title it is; other states' persons are refused when these are given.
        is_surname: The name stands alone, so that only persons near their time in office fit.
    """
    terms = [t for t in persons_named(name, as_of) if not codes or t.actor_code in codes]
    if is_surname and as_of is not None:
        terms = [t for t in terms if t.start.first <= as_of + _SOON]
    if lemma and is_surname:
        terms = [t for t in terms if lemma in t.office.split()] or [t for t in terms if not as_of or t.holds_at(as_of)]
    return terms[0] if terms else None


def actor_of(term: Term, as_of: date | None) -> Actor:
    """Return the person as an actor; the office is told only while it is held."""
    office = term.office if as_of is None or term.holds_at(as_of) else None
    return Actor(term.actor_code, actor_kind(term.actor_code), term.kind.sector, term.person, office)


@cache
def _women() -> frozenset[str]:
    raw = tomllib.loads(files("detente.reading").joinpath("data/given_names.toml").read_text("utf-8"))
    return frozenset(fold(name) for name in raw["female"])


def gender_by_name(name: str) -> Gender | None:
    """Return the gender that a given name tells; a name that is no woman's in the list keeps it open."""
    return Gender.FEMALE if any(fold(word) in _women() for word in name.split()[:-1]) else None


def is_other_person(first: Token, last: Token, code: str) -> bool:
    """Tell whether a listed surname is only part of an unknown name: "Attaullah Tarar", "Wang Wei"."""
    before = first.nbor(-1) if first.i > first.sent.start else None
    after = last.nbor(1) if last.i + 1 < last.sent.end else None
    if (
        before is not None
        and before.pos_ == "PROPN"
        and before.dep_ in ("compound", "flat")
        and before.head.i >= first.i
    ):
        return _is_given_name(before) and before.lower_ not in _DATES
    if after is None or after.pos_ != "PROPN" or code not in _FAMILY_FIRST:
        return False
    return first.dep_ == "compound" and after.text[:1].isupper() and after.i == last.i + 1 and _is_given_name(after)


def _is_given_name(token: Token) -> bool:
    return token.text[:1].isupper() and not is_title(token)
