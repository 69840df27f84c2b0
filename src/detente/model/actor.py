"""Actors and the stretches of text that name them."""

from dataclasses import dataclass
from functools import lru_cache

from detente.model.codes import ActorKind, MentionKind, Sector
from detente.model.ids import content_id
from detente.model.span import Span
from detente.model.when import PartialDate

STATELESS = "XXX"
"""Code of an actor that belongs to no state or whose state is not known."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation, or a part or person of one.

    ``code`` is the ISO 3166 alpha-3 code of the state, an organisation code (``EUR``, ``NAT``, ``UNO`` …), or ``XXX``.
    ``name`` is the person or body when the text names one ("Sergei Lavrov"), ``office`` the office held as of the
    report's date ("foreign minister").
    """

    code: str
    kind: ActorKind
    sector: Sector = Sector.GOVERNMENT
    name: str | None = None
    office: str | None = None

    @property
    def id(self) -> str:
        """Content hash of all fields."""
        return _actor_id(self)


@lru_cache(maxsize=4096)  # the same few actors are mentioned over and over
def _actor_id(actor: Actor) -> str:
    return content_id("actor", actor.code, actor.kind, actor.sector, actor.name, actor.office)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names one actor, or several at once ("the two sides").

    ``head`` is the syntactic head word within ``span``. ``antecedent`` is the id of the earlier mention that a
    pronoun, a bare title or "the ministry" was resolved through. ``why`` says in one phrase how it was resolved.
    """

    span: Span
    head: Span
    kind: MentionKind
    actors: tuple[Actor, ...]
    antecedent: str | None = None
    why: str = ""

    @property
    def id(self) -> str:
        """Content hash of place and reading."""
        return content_id("mention", self.span, self.kind, *(actor.id for actor in self.actors))

    @property
    def codes(self) -> tuple[str, ...]:
        """Sorted distinct actor codes."""
        return tuple(sorted({actor.code for actor in self.actors}))


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression resolved against the publishing date; ``date`` is None when it could not be resolved."""

    span: Span
    date: PartialDate | None
    why: str = ""
