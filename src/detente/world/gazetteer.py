"""The gazetteer: every phrase that names an actor or a place, with fast longest-match look-up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.model.actor import STATELESS
from detente.model.codes import MentionKind, Sector
from detente.world.codes import fold
from detente.world.entries import Entry, words_of
from detente.world.organisations import organisations
from detente.world.person_entries import person_entries
from detente.world.states import State, state_of, states
from detente.world.tables import day, parts, rows, uses

_ACRONYM = re.compile(r"[A-Z0-9.+&/-]{2,}")
_ARTICLE = "the"


def _reads_alike(one: Entry, other: Entry) -> bool:
    return (one.kind, one.code, one.valid_from, one.person) == (other.kind, other.code, other.valid_from, other.person)


@dataclass(frozen=True, slots=True)
class _About:
    name: str | None = None
    since: date | None = None
    until: date | None = None
    is_place: bool = False


_ALWAYS = _About()


class Gazetteer:
    """Phrases by their folded words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[tuple[str, ...], list[Entry]] = {}
        lengths: dict[str, set[int]] = {}
        for entry in entries:
            key = tuple(fold(word) for word in entry.words)
            same = self._entries.setdefault(key, [])
            if any(_reads_alike(entry, other) for other in same):
                continue
            same.append(entry)
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def __len__(self) -> int:
        return sum(len(found) for found in self._entries.values())

    def __iter__(self) -> Iterator[Entry]:
        return (entry for found in self._entries.values() for entry in found)

    def match(self, words: Sequence[str], start: int) -> list[Entry]:
        """Return what can be read at ``start``, longest phrase first; entries of one phrase keep the data's order.

        Args:
            words: The lower-cased words of a sentence, cut as spaCy does (``words_of``).
            start: Index of the first word of the phrase; an article before it is not part of a phrase.
        """
        first = fold(words[start])
        if first not in self._lengths:
            return []
        found: list[Entry] = []
        for length in self._lengths[first]:
            if start + length > len(words):
                continue
            key = (first, *(fold(word) for word in words[start + 1 : start + length]))
            found += self._entries.get(key, ())
        if any(entry.needs_article for entry in found):
            bare = start == 0 or words[start - 1] != _ARTICLE
            found = [entry for entry in found if not (bare and entry.needs_article)]
        return found

    def look_up(self, phrase: str) -> list[Entry]:
        """Return the entries of exactly this phrase, a leading article aside."""
        words = [word.lower() for word in words_of(phrase)]
        start = 1 if len(words) > 1 and words[0] == _ARTICLE else 0
        return [entry for entry in self.match(words, start) if len(entry.words) == len(words) - start]


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer of all data files, built once."""
    return Gazetteer((*_of_states(), *_of_organisations(), *_of_phrases(), *_of_places(), *person_entries()))


def _entry(phrase: str, kind: MentionKind, code: str, sector: Sector, about: _About = _ALWAYS) -> Entry:
    bare = phrase.removeprefix(_ARTICLE + " ")
    use = uses().get(bare)
    return Entry(
        phrase=bare,
        words=words_of(bare),
        kind=kind,
        code=code,
        sector=sector,
        name=about.name,
        valid_from=about.since,
        valid_to=about.until,
        case_sensitive=use == "exact" or _ACRONYM.fullmatch(bare) is not None,
        is_place=about.is_place,
        is_common=use == "common",
        needs_article=bare != phrase,
    )


def _distinct(phrases: Sequence[str]) -> Iterator[str]:
    """Yield phrases once, "the X" only where "X" alone is not listed."""
    known = set(phrases)
    for phrase in dict.fromkeys(phrases):
        if not (phrase.startswith(_ARTICLE + " ") and phrase.removeprefix(_ARTICLE + " ") in known):
            yield phrase


def _of_states() -> Iterator[Entry]:
    for state in states():
        if state.code not in _SHARED_NAMES:
            yield from _of_state(state)
    yield from _of_yugoslavia()


_SHARED_NAMES = {"YUG", "SCG"}


def _of_state(state: State) -> Iterator[Entry]:
    code = state.recorded_as
    for phrase in _distinct((state.name, state.official, *state.variants)):
        yield _entry(phrase, MentionKind.NAME, code, Sector.GOVERNMENT)
    for phrase in state.demonyms:
        yield _entry(phrase, MentionKind.DEMONYM, code, Sector.GOVERNMENT)
    for capital in state.capital_spellings:
        if capital != state.name and not state.is_historical:
            kind = MentionKind.PLACE if capital in uses() else MentionKind.METONYM
            yield _entry(capital, kind, code, Sector.GOVERNMENT, _About(is_place=True))


def _of_yugoslavia() -> Iterator[Entry]:
    """Yugoslavia is the federation of six until 1992 and Serbia with Montenegro from then to 2006."""
    federation, union = state_of("YUG"), state_of("SCG")
    for state in (federation, union):
        about = _About(since=state.valid_from, until=state.valid_to)
        for phrase in (federation.name, *federation.variants):
            yield _entry(phrase, MentionKind.NAME, state.recorded_as, Sector.GOVERNMENT, about)
        for phrase in federation.demonyms:
            yield _entry(phrase, MentionKind.DEMONYM, state.recorded_as, Sector.GOVERNMENT, about)
    for phrase in (union.name, union.official, *union.variants):
        yield _entry(phrase, MentionKind.NAME, union.recorded_as, Sector.GOVERNMENT)
    yield _entry(federation.official, MentionKind.NAME, federation.code, Sector.GOVERNMENT)


def _of_organisations() -> Iterator[Entry]:
    for organisation in organisations():
        code = organisation.gold_code
        about = _About(name=organisation.name if code == STATELESS else None)
        for phrase in _distinct((organisation.name, *organisation.acronyms, *organisation.phrases)):
            yield _entry(phrase, MentionKind.NAME, code, Sector.INTERGOVERNMENTAL, about)


def _of_phrases() -> Iterator[Entry]:
    for kind, place, code, sector, since, until, name, phrases in rows("phrases.csv"):
        about = _About(name or None, day(since), day(until), bool(place))
        for phrase in _distinct(parts(phrases)):
            yield _entry(phrase, MentionKind(kind), code, Sector(sector), about)


def _of_places() -> Iterator[Entry]:
    for code, phrases in rows("places.csv"):
        for phrase in _distinct(parts(phrases)):
            yield _entry(phrase, MentionKind.PLACE, code, Sector.GOVERNMENT, _About(is_place=True))
