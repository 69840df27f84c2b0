"""The phrases of the gazetteer that name persons."""

from collections import Counter
from collections.abc import Iterator

from detente.model.codes import MentionKind
from detente.world.codes import fold
from detente.world.entries import Entry, words_of
from detente.world.naming import namings
from detente.world.tables import uses
from detente.world.terms import Term, all_terms

_SHARED = 3
"""A surname borne by so many persons of the data is common."""


def person_entries() -> Iterator[Entry]:
    """Yield the entries for everybody who holds or held an office; each person under each name once."""
    latest: dict[str, Term] = {}
    for term in all_terms():
        known = latest.get(term.person)
        if known is None or known.start.first < term.start.first:
            latest[term.person] = term
    bearers = Counter(fold(surname) for naming in namings() for surname in naming.surnames)
    for naming in namings():
        last = latest[naming.person]
        for name in naming.names:
            yield _entry(name, last, is_surname=False, is_common=False)
        for name in naming.surnames:
            if name not in naming.names:
                is_common = bearers[fold(name)] >= _SHARED or name in uses()
                yield _entry(name, last, is_surname=True, is_common=is_common)


def _entry(name: str, last: Term, *, is_surname: bool, is_common: bool) -> Entry:
    return Entry(
        phrase=name,
        words=words_of(name),
        kind=MentionKind.PERSON,
        code=last.actor_code,
        sector=last.kind.sector,
        person=last.person,
        office=last.office,
        is_surname=is_surname,
        is_common=is_common,
    )
