"""Organisations of states: alliances, unions, courts, agencies and clubs, with their members by date."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.world.tables import day, holds, parts, rows


@dataclass(frozen=True, slots=True)
class Membership:
    """One state's membership; an open end is None."""

    code: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation.

    ``code`` is unique among organisations and states. ``gold_code`` is the actor code that readings use; it is
    ``XXX`` for organisations to which the project gives no actor code of their own, whose name is then kept on the
    actor. ``members`` is empty where membership is near universal (``is_universal``) or not recorded.
    """

    code: str
    gold_code: str
    name: str
    acronyms: tuple[str, ...]
    kind: str
    valid_from: date | None
    valid_to: date | None
    phrases: tuple[str, ...]
    members: tuple[Membership, ...]
    is_universal: bool

    def members_at(self, as_of: date) -> tuple[str, ...]:
        """Return the sorted codes of the members on that day."""
        return tuple(sorted({m.code for m in self.members if holds(m.since, m.until, as_of)}))


def _membership(text: str) -> Membership:
    code, _, interval = text.partition("@")
    since, _, until = interval.partition(":")
    return Membership(code, day(since), day(until))


@cache
def organisations() -> tuple[Organisation, ...]:
    """Return all organisations, those with an actor code of their own first."""
    return tuple(
        Organisation(
            code,
            gold_code,
            name,
            parts(acronyms),
            kind,
            day(since),
            day(until),
            parts(phrases),
            tuple(_membership(text) for text in parts(members) if text != "*"),
            members == "*",
        )
        for code, gold_code, name, acronyms, kind, since, until, phrases, members in rows("organisations.csv")
    )


@cache
def _by_code() -> dict[str, Organisation]:
    return {organisation.code: organisation for organisation in organisations()}


def find_organisation(code: str) -> Organisation | None:
    """Return the organisation with that code, None if there is none."""
    return _by_code().get(code)
