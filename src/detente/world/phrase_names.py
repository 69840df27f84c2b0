"""Names in a phrase: bodies, people, places and states, with the codes under which event data file them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from detente.model.actor import STATELESS
from detente.model.codes import MentionKind, Sector
from detente.world.codes import fold
from detente.world.entries import Entry, words_of
from detente.world.gazetteer import gazetteer
from detente.world.persons import persons_named
from detente.world.tables import day, holds, parts, rows
from detente.world.terms import OfficeKind, Term


class NameKind(StrEnum):
    """What a name in a phrase is."""

    STATE = "state"
    PLACE = "place"
    BODY = "body"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class PhraseName:
    """A reading of a name: ``code`` and ``sector`` are None where the name tells neither.

    ``code`` is an actor code or ``IGO``; ``sector`` a code of ``plover.sectors()``. ``needs_title`` marks a family
    name that is also an everyday word or borne by many.
    """

    kind: NameKind
    words: tuple[str, ...]
    code: str | None
    sector: str | None
    name: str | None = None
    office: str | None = None
    since: date | None = None
    until: date | None = None
    needs_title: bool = False

    def fits(self, surface: Sequence[str]) -> bool:
        """Tell whether the words as written may be this name: with its capitals, acronyms letter by letter."""
        if len(self.words) == 1 and self.words[0].isupper():
            long = len(self.words[0]) >= _SPOKEN
            return surface[0] == self.words[0] or (long and surface[0] == self.words[0].title())
        return not self.words[0][:1].isupper() or surface[0][:1].isupper()


_SPOKEN = 4
"""Letters from which an acronym may be written as a word: "Nato", "Farc"."""
_OFFICIAL = frozenset({"GOV", "MIL", "SPY", "LEG", "JUD", "COP"})
_KNOWN_TO = date(2026, 1, 31)
"""The day to which the tables of office holders and figures were compiled."""
_REMEMBERED = 8
"""Years after which somebody who left office counts as a former holder in a phrase without a date."""
_OWN_CODE = frozenset({"EUR", "UNO"})
"""Organisations of states with a code of their own in PLOVER; the others are ``IGO``."""


def names_at(words: Sequence[str], at: int, as_of: date | None) -> PhraseName | None:
    """Return the longest name that begins at a word, as it reads on a day.

    Args:
        words: The words as the text writes them, cut by ``words_of``.
        at: Where the name begins.
        as_of: The day of the report; None for an unknown day.
    """
    own = _listed(words, at)
    lower = [word.lower() for word in words]
    entries = [e for e in gazetteer().match(lower, at) if e.fits(words[at : at + len(e.words)])]
    longest = max((len(e.words) for e in entries), default=0)
    entries = [e for e in entries if len(e.words) == longest]
    if own and len(own[0].words) >= longest:
        if own[0].kind is NameKind.PERSON and len(own[0].words) == longest:
            own = [*(n for e in entries if e.kind is MentionKind.PERSON for n in _offices(e, as_of)), *own]
        return _on(own, as_of)
    best = next((e for e in entries if e.holds_at(as_of)), next(iter(entries), None))
    if best is not None and best.kind is MentionKind.PERSON:
        return _on(_offices(best, as_of), as_of)
    return _of_entry(best) if best else None


def _listed(words: Sequence[str], at: int) -> list[PhraseName]:
    first = fold(words[at])
    for length in _lengths().get(first, ()):
        key = (first, *(fold(word) for word in words[at + 1 : at + length]))
        found = [n for n in _names().get(key, ()) if n.fits(words[at : at + length])] if len(key) == length else []
        if found:
            return found
    return []


def _on(found: list[PhraseName], as_of: date | None) -> PhraseName:
    """Choose the reading that holds, else the last before that day; who has left office is a former holder."""
    if as_of is None:
        last = max(found, key=lambda n: n.until or date.max)
        return _former(last) if last.until and last.until.year + _REMEMBERED < _KNOWN_TO.year else last
    holding = [n for n in found if holds(n.since, n.until, as_of)]
    past = [n for n in found if n.until is not None and n.until < as_of]
    if holding or not past:
        return holding[0] if holding else found[0]
    return _former(max(past, key=lambda n: n.until or date.min))


def _former(name: PhraseName) -> PhraseName:
    if name.kind is not NameKind.PERSON or name.sector not in _OFFICIAL:
        return name
    return replace(name, sector="ELI", office=None)


def _of_entry(entry: Entry) -> PhraseName:
    """Turn an entry of the gazetteer into the codes of event data."""
    code = None if entry.code == STATELESS else entry.code
    if entry.sector is Sector.INTERGOVERNMENTAL:
        return PhraseName(NameKind.BODY, entry.words, code if code in _OWN_CODE else "IGO", None, entry.name)
    if entry.kind is MentionKind.PLACE:
        return PhraseName(NameKind.PLACE, entry.words, code, "CVL")
    if entry.kind in (MentionKind.NAME, MentionKind.DEMONYM):
        return PhraseName(NameKind.STATE, entry.words, code, None)
    kind = NameKind.PLACE if entry.is_place else NameKind.BODY
    return PhraseName(kind, entry.words, code, entry.sector.value, entry.name)


def _offices(entry: Entry, as_of: date | None) -> list[PhraseName]:
    """Return the offices of the person whom an entry names, the likeliest bearer of the name on that day first."""
    held = persons_named(entry.phrase, as_of)
    if as_of is None:
        held = tuple(term for term in held if term.person == held[0].person)
    return [_office(entry, term) for term in held]


def _office(entry: Entry, term: Term) -> PhraseName:
    is_pope = term.code == "VAT" and term.kind is OfficeKind.HEAD_OF_STATE
    leads_states = term.kind.sector is Sector.INTERGOVERNMENTAL
    code = None if term.actor_code == STATELESS else term.actor_code
    if leads_states and code not in _OWN_CODE:
        code = "IGO"
    return PhraseName(
        NameKind.PERSON,
        entry.words,
        None if is_pope else code,
        "REL" if is_pope else "GOV" if leads_states else term.kind.sector.value,
        term.person,
        term.office,
        term.start.first,
        term.end.last if term.end else None,
        needs_title=entry.is_surname and entry.is_common,
    )


@cache
def _names() -> dict[tuple[str, ...], tuple[PhraseName, ...]]:
    found: dict[tuple[str, ...], list[PhraseName]] = {}
    for name in (*_bodies(), *_figures(), *_groups(), *_spellings("peoples.csv"), *_spellings("countryinfo_names.csv")):
        found.setdefault(tuple(fold(word) for word in name.words), []).append(name)
    return {key: tuple(sorted(_of_one(names), key=_newest_first)) for key, names in found.items()}


def _of_one(names: list[PhraseName]) -> list[PhraseName]:
    """Keep what the first of the files says of a name, whose dates belong together."""
    return [n for n in names if n.kind is names[0].kind] if names[0].since or names[0].until else names[:1]


def _newest_first(name: PhraseName) -> int:
    return -(name.since or date.min).toordinal()


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for key in _names():
        lengths.setdefault(key[0], set()).add(len(key))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _bodies() -> Iterator[PhraseName]:
    for code, sector, since, until, phrases in rows("bodies.csv"):
        for phrase in parts(phrases):
            words = words_of(phrase.removeprefix("the "))
            yield PhraseName(
                NameKind.BODY, words, code or None, sector or None, phrase, since=day(since), until=day(until)
            )


def _groups() -> Iterator[PhraseName]:
    for code, phrases in rows("phoenix_groups.csv"):
        for phrase in parts(phrases):
            yield PhraseName(NameKind.BODY, words_of(phrase), code, "REB", phrase)


def _figures() -> Iterator[PhraseName]:
    for code, sector, since, until, names in rows("figures.csv"):
        for name in parts(names):
            yield PhraseName(
                NameKind.PERSON,
                words_of(name),
                code or None,
                sector or None,
                name,
                since=date(int(since), 1, 1) if since else None,
                until=date(int(until), 12, 31) if until else None,
            )


def _spellings(file: str) -> Iterator[PhraseName]:
    for code, kind, phrases in rows(file):
        for phrase in parts(phrases):
            place = kind == "place"
            yield PhraseName(
                NameKind.PLACE if place else NameKind.STATE, words_of(phrase), code, "CVL" if place else None
            )
