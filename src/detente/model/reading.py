"""What a reader finds in one document: sentences, mentions, statements, events, relation and causal claims."""

from dataclasses import dataclass

from detente.model.actor import Mention, TimeMention
from detente.model.codes import Direction, EventType, Factuality, Form, Stance
from detente.model.ids import content_id
from detente.model.span import Span
from detente.model.when import PartialDate


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``index`` counts from 0 within the document, ``paragraph`` likewise."""

    span: Span
    index: int
    paragraph: int

    @property
    def id(self) -> str:
        """Content hash of place."""
        return content_id("sentence", self.span)


@dataclass(frozen=True, slots=True)
class Statement:
    """Someone other than the outlet says, writes, believes, denies or asks something, and the text tells what.

    Attribution as in PolNeAR (Newell et al. 2018): source, cue and content. ``content`` may be discontinuous: its
    parts are in text order and the first is never empty. ``speaker`` holds the actor codes of the source (``XXX`` for
    anonymous or stateless ones). ``sentence`` runs from the cue's sentence to the content's when they differ.
    ``parent`` is the id of the statement in whose content this one stands.
    """

    source: Span
    cue: Span
    content: tuple[Span, ...]
    sentence: Span
    speaker: str
    form: Form
    stance: Stance
    source_mention: str | None = None
    parent: str | None = None
    why: str = ""
    probability: float | None = None

    @property
    def id(self) -> str:
        """Content hash of source, cue, content and speaker."""
        return content_id("statement", self.source, self.cue, *self.content, self.speaker)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that one actor does, plans, threatens or refuses to do to, with or toward another.

    ``source`` and ``target`` are sorted actor codes; a mutual act has the same list in both. ``frame`` names the
    rule, or the model and its nearest example, that coded it. ``probability`` is calibrated, ``None`` for rules.
    """

    trigger: Span
    sentence: Span
    type: EventType
    source: tuple[str, ...]
    target: tuple[str, ...]
    factuality: Factuality
    mode: str | None = None
    date: PartialDate | None = None
    statement: str | None = None
    source_mentions: tuple[str, ...] = ()
    target_mentions: tuple[str, ...] = ()
    frame: str = ""
    why: str = ""
    probability: float | None = None

    def __post_init__(self) -> None:
        if not self.source or not self.target:
            raise ValueError("an event needs a source and a target; an act without one of them is not an event")

    @property
    def id(self) -> str:
        """Content hash of trigger, type, source and target."""
        return content_id("event", self.trigger, self.type, self.source, self.target)

    @property
    def is_mutual(self) -> bool:
        """Whether all parties act and are acted upon (a meeting, a signed treaty)."""
        return self.source == self.target

    @property
    def dyads(self) -> tuple[tuple[str, str], ...]:
        """Directed pairs (source, target) of different actors, sorted."""
        return tuple(sorted({(a, b) for a in self.source for b in self.target if a != b}))


@dataclass(frozen=True, slots=True)
class RelationClaim:
    """A sentence that says in what state the relation of two states is, or how it moves."""

    evidence: Span
    sentence: Span
    dyad: tuple[str, str]
    direction: Direction
    factuality: Factuality
    date: PartialDate | None = None
    statement: str | None = None
    frame: str = ""
    why: str = ""
    probability: float | None = None

    def __post_init__(self) -> None:
        if not self.dyad[0] < self.dyad[1]:
            raise ValueError(f"dyad {self.dyad} must be two different codes in alphabetical order")

    @property
    def id(self) -> str:
        """Content hash of evidence, dyad and direction."""
        return content_id("relation", self.evidence, self.dyad, self.direction)


@dataclass(frozen=True, slots=True)
class CausalClaim:
    """The text says that one thing led to another; ``signal`` is None when no words of their own connect the two."""

    cause: Span
    effect: Span
    sentence: Span
    signal: Span | None = None
    statement: str | None = None
    frame: str = ""
    why: str = ""
    probability: float | None = None

    @property
    def id(self) -> str:
        """Content hash of cause and effect."""
        return content_id("cause", self.cause, self.effect)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one reader found in one document."""

    document: str
    reader: str
    version: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[RelationClaim, ...] = ()
    causes: tuple[CausalClaim, ...] = ()
