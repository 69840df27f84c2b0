"""Terms of office: who held what, for whom, from when to when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from detente.model.codes import Sector
from detente.model.when import PartialDate
from detente.world.organisations import find_organisation
from detente.world.states import find_state
from detente.world.tables import parts, rows


class OfficeKind(StrEnum):
    """Kinds of office, those that speak for the state first."""

    HEAD_OF_STATE = "head of state"
    HEAD_OF_GOVERNMENT = "head of government"
    LEADER = "leader"
    ACTING_HEAD_OF_STATE = "acting head of state"
    FOREIGN_MINISTER = "foreign minister"
    CHIEF_DIPLOMAT = "chief diplomat"
    DEFENCE_MINISTER = "defence minister"
    ORGANISATION_HEAD = "organisation head"
    VICE_PRESIDENT = "vice president"
    SECURITY_ADVISER = "security adviser"
    MINISTER = "minister"
    DEPUTY_MINISTER = "deputy minister"
    ENVOY = "envoy"
    AMBASSADOR = "ambassador"
    SPOKESPERSON = "spokesperson"
    SPEAKER = "speaker of parliament"
    COMMANDER = "military commander"
    INTELLIGENCE_CHIEF = "intelligence chief"
    OFFICIAL = "official"
    OPPOSITION_LEADER = "opposition leader"
    GROUP_LEADER = "armed group leader"

    @property
    def rank(self) -> int:
        """Place in the order above, 0 first."""
        return _RANK[self]

    @property
    def sector(self) -> Sector:
        """The part of a state or society for which the office acts."""
        return _SECTORS.get(self, Sector.GOVERNMENT)


_RANK = {kind: rank for rank, kind in enumerate(OfficeKind)}
_SECTORS = {
    OfficeKind.ORGANISATION_HEAD: Sector.INTERGOVERNMENTAL,
    OfficeKind.SPEAKER: Sector.LEGISLATURE,
    OfficeKind.COMMANDER: Sector.MILITARY,
    OfficeKind.INTELLIGENCE_CHIEF: Sector.INTELLIGENCE,
    OfficeKind.OPPOSITION_LEADER: Sector.OPPOSITION,
    OfficeKind.GROUP_LEADER: Sector.REBELS,
}


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office.

    ``code`` is a state's or an organisation's code, ``surname`` the family name as reports use it alone. ``leads``
    marks the office that decides a state's course (the president of the United States, the prime minister of Japan),
    by whose terms series are cut. ``end`` is None while the holder was in office when the data were compiled.
    ``source`` is the data file.
    """

    person: str
    surname: str
    aliases: tuple[str, ...]
    code: str
    office: str
    kind: OfficeKind
    start: PartialDate
    end: PartialDate | None
    leads: bool
    source: str

    @property
    def actor_code(self) -> str:
        """The code of the holder as an actor: ``RUS`` for the Soviet Union, ``XXX`` for the head of the IMF."""
        if state := find_state(self.code):
            return state.recorded_as
        organisation = find_organisation(self.code)
        return organisation.gold_code if organisation else self.code

    def holds_at(self, day: date) -> bool:
        """Tell whether the holder may be in office on that day; a month or year is taken in full."""
        return self.start.first <= day and (self.end is None or day <= self.end.last)


_PARTICLES = {
    "de",
    "del",
    "della",
    "da",
    "dos",
    "di",
    "van",
    "von",
    "der",
    "den",
    "bin",
    "ibn",
    "ould",
    "zu",
    "af",
    "la",
}
_SUFFIXES = {"Jr.", "Jr", "Sr.", "II", "III", "VI", "X", "XIV", "XVI"}


def surname_of(person: str) -> str:
    """Return the last word of a name with the particles before it: "von der Leyen", "al-Assad", "Lula da Silva"."""
    words = [word for word in person.split() if word not in _SUFFIXES]
    first = len(words) - 1
    while first > 0 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return " ".join(words[first:]) if words else person


def _term(row: list[str], source: str) -> Term:
    code, kind, office, leads, person, family, aliases, start, end = row
    return Term(
        person=person,
        surname=family or surname_of(person),
        aliases=parts(aliases),
        code=code,
        office=office,
        kind=OfficeKind(kind),
        start=PartialDate.parse(start),
        end=PartialDate.parse(end) if end else None,
        leads=bool(leads),
        source=source,
    )


@cache
def all_terms() -> tuple[Term, ...]:
    """Return every term of the data files."""
    files = ("holders.csv", "factbook_leaders.csv")
    return tuple(_term(row, name) for name in files for row in rows(name))
