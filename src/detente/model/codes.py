"""The closed vocabularies: PLOVER event types and quad classes, factuality, stance, direction, sectors.

PLOVER: Open Event Data Alliance, *PLOVER Codebook* (2023 revision: sixteen types). Factuality follows FactBank
(Saurí & Pustejovsky 2009) reduced to the four values that analysts act on.
"""

from enum import StrEnum


class QuadClass(StrEnum):
    """Verbal or material, cooperation or conflict."""

    VERBAL_COOPERATION = "verbal cooperation"
    MATERIAL_COOPERATION = "material cooperation"
    VERBAL_CONFLICT = "verbal conflict"
    MATERIAL_CONFLICT = "material conflict"

    @property
    def number(self) -> int:
        """The field's customary number, 1 to 4."""
        return list(QuadClass).index(self) + 1

    @property
    def is_verbal(self) -> bool:
        """Words rather than deeds."""
        return self in (QuadClass.VERBAL_COOPERATION, QuadClass.VERBAL_CONFLICT)

    @property
    def is_cooperative(self) -> bool:
        """Cooperation rather than conflict."""
        return self in (QuadClass.VERBAL_COOPERATION, QuadClass.MATERIAL_COOPERATION)


class EventType(StrEnum):
    """The sixteen PLOVER event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"

    @property
    def quad(self) -> QuadClass:
        """The quad class; SANCTION counts as material conflict (the manual lists it under both)."""
        return _QUAD_OF[self]


_QUAD_OF: dict[EventType, QuadClass] = {
    event_type: quad
    for quad, names in (
        (QuadClass.VERBAL_COOPERATION, "AGREE CONSULT SUPPORT CONCEDE"),
        (QuadClass.MATERIAL_COOPERATION, "COOPERATE AID RETREAT"),
        (QuadClass.VERBAL_CONFLICT, "REQUEST ACCUSE REJECT THREATEN"),
        (QuadClass.MATERIAL_CONFLICT, "PROTEST SANCTION MOBILIZE COERCE ASSAULT"),
    )
    for event_type in map(EventType, names.split())
}


class Factuality(StrEnum):
    """Whether the text presents an event or a relation as having happened."""

    FACT = "fact"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Stance(StrEnum):
    """What a speaker does with the content of a statement."""

    ASSERT = "assert"
    HEDGE = "hedge"
    DENY = "deny"
    CALL = "call"
    PREDICT = "predict"


class Form(StrEnum):
    """How a statement is reported."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Direction(StrEnum):
    """How a relation is said to move, or to stand."""

    BETTER = "better"
    WORSE = "worse"
    STABLE = "stable"


class MentionKind(StrEnum):
    """How a stretch of text names an actor."""

    NAME = "name"
    DEMONYM = "demonym"
    METONYM = "metonym"
    PERSON = "person"
    TITLE = "title"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    PLACE = "place"


class ActorKind(StrEnum):
    """What an actor is."""

    STATE = "state"
    ORGANISATION = "organisation"
    STATELESS = "stateless"


class Sector(StrEnum):
    """The part of a state or society that acts (PLOVER sector codes)."""

    GOVERNMENT = "GOV"
    MILITARY = "MIL"
    LEGISLATURE = "LEG"
    JUDICIARY = "JUD"
    POLICE = "COP"
    INTELLIGENCE = "SPY"
    OPPOSITION = "OPP"
    PARTY = "PTY"
    REBELS = "REB"
    UNARMED_SEPARATISTS = "SEP"
    CIVILIANS = "CVL"
    BUSINESS = "BUS"
    MEDIA = "JRN"
    EDUCATION = "EDU"
    MEDICAL = "MED"
    LABOUR = "LAB"
    RELIGION = "REL"
    CRIMINAL = "CRM"
    ELITE = "ELI"
    NGO = "NGO"
    INTERGOVERNMENTAL = "IGO"
    UNKNOWN = "UNK"
