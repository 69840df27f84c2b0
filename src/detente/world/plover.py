"""PLOVER as data: what each event type, mode and context means.

Open Event Data Alliance, *PLOVER: Political Language Ontology for Verifiable Event Records* (2023 revision).
"""

from dataclasses import dataclass
from functools import cache

from detente.model.codes import EventType, QuadClass
from detente.world.tables import rows


@dataclass(frozen=True, slots=True)
class Mode:
    """A kind of one event type; ``name`` is unique within the type."""

    type: EventType
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class TypeDefinition:
    """An event type: what it covers, its quad class, and the conflict-cooperation score (-10 to 10) of the manual."""

    type: EventType
    definition: str
    quad: QuadClass
    score: float
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What an event may be about."""

    name: str
    definition: str


@cache
def contexts() -> tuple[Context, ...]:
    """Return the contexts."""
    return tuple(Context(name, definition) for name, definition in rows("plover_contexts.csv"))


@cache
def _definitions() -> dict[EventType, TypeDefinition]:
    modes = [Mode(EventType(kind), name, definition) for kind, name, definition in rows("plover_modes.csv")]
    return {
        (event_type := EventType(name)): TypeDefinition(
            event_type, definition, event_type.quad, float(score), tuple(m for m in modes if m.type is event_type)
        )
        for name, score, definition in rows("plover_types.csv")
    }


@cache
def sectors() -> dict[str, str]:
    """Return the sector codes, each with what belongs to it.

    More than :class:`detente.model.codes.Sector` has: that enumeration leaves out what readings do not tell apart.
    """
    return {code: definition for code, definition in rows("plover_sectors.csv")}


def definition_of(event_type: EventType) -> TypeDefinition:
    """Return what the event type covers."""
    return _definitions()[event_type]


def is_mode(event_type: EventType, mode: str) -> bool:
    """Tell whether the type has the mode."""
    return any(known.name == mode for known in definition_of(event_type).modes)
