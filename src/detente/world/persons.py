"""Persons in office: by name as of a date, by office as of a date, and the terms by which series are cut."""

from datetime import date
from functools import cache

from detente.world.naming import name_key, namings
from detente.world.terms import OfficeKind, Term, all_terms


@cache
def _by_name() -> dict[str, tuple[Term, ...]]:
    terms_of: dict[str, list[Term]] = {}
    for term in all_terms():
        terms_of.setdefault(term.person, []).append(term)
    index: dict[str, list[Term]] = {}
    for naming in namings():
        keys = dict.fromkeys(name_key(name) for name in (*naming.names, *naming.surnames))
        for key in keys:
            index.setdefault(key, []).extend(terms_of[naming.person])
    return {key: tuple(found) for key, found in index.items()}


def persons_named(name: str, as_of: date | None = None) -> tuple[Term, ...]:
    """Return the terms of everybody of that full name, alias or surname, best first.

    Terms that hold at ``as_of`` come first, those of the higher office before others; then former holders, the most
    recent first; then those who take office later, the earliest first. Without ``as_of`` the most recent come first.
    """
    found = _by_name().get(name_key(name), ())
    if as_of is None:
        return tuple(sorted(found, key=lambda term: (term.start.first, -term.kind.rank), reverse=True))
    return tuple(sorted(found, key=lambda term: _nearness(term, as_of)))


def _nearness(term: Term, as_of: date) -> tuple[int, int, int]:
    if term.holds_at(as_of):
        return 0, term.kind.rank - (100 if term.leads else 0), -term.start.first.toordinal()
    if term.end is not None and term.end.last < as_of:
        return 1, (as_of - term.end.last).days, term.kind.rank
    return 2, (term.start.first - as_of).days, term.kind.rank


@cache
def _by_code() -> dict[str, tuple[Term, ...]]:
    index: dict[str, list[Term]] = {}
    for term in all_terms():
        for code in dict.fromkeys((term.code, term.actor_code)):
            index.setdefault(code, []).append(term)
    return {code: tuple(sorted(found, key=_start)) for code, found in index.items()}


def _start(term: Term) -> date:
    return term.start.first


def holders(code: str, kind: OfficeKind | str, as_of: date) -> tuple[Term, ...]:
    """Return who holds an office of that kind on that day, the latest to take it first.

    A state without a head of government of its own is governed by the head of state who leads it.
    """
    wanted = OfficeKind(kind)
    serving = [term for term in _by_code().get(code, ()) if term.holds_at(as_of)]
    found = [term for term in serving if term.kind is wanted]
    if not found and wanted is OfficeKind.HEAD_OF_GOVERNMENT:
        found = [term for term in serving if term.leads]
    return tuple(sorted(found, key=_start, reverse=True))


def terms(
    code: str, kind: OfficeKind | str | None = None, since: date | None = None, until: date | None = None
) -> tuple[Term, ...]:
    """Return the terms of a state or organisation that touch the interval, in order of start.

    Args:
        code: State or organisation code.
        kind: Kind of office; None for the terms that lead, by which series are cut.
        since: First day of the interval; None for no bound.
        until: Last day of the interval; None for no bound.
    """
    wanted = None if kind is None else OfficeKind(kind)
    return tuple(
        term
        for term in _by_code().get(code, ())
        if (term.leads if wanted is None else term.kind is wanted)
        and (until is None or term.start.first <= until)
        and (since is None or term.end is None or term.end.last >= since)
    )
