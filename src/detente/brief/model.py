"""What a brief is made of: lines that carry their evidence, or are not there."""

from dataclasses import dataclass, field
from datetime import date

from detente.model.codes import Direction, EventType, Factuality, QuadClass
from detente.model.span import Span
from detente.model.when import PartialDate


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a quoted sentence; ``marked`` when lines of the brief rest on just these words."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a report; ``number`` is what lines refer to, counted from 1 in order of first use."""

    number: int
    span: Span
    parts: tuple[Part, ...]
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    copies: int
    """Further outlets that carried the same story."""

    @property
    def quote(self) -> str:
        """The whole sentence."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the brief with the evidence that it rests on."""

    text: str
    evidence: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a line without evidence is not printed: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's claim about how a relation stands or moves."""

    dyad: tuple[str, str]
    claim: str
    words: str
    """The report's own words for it."""
    direction: Direction
    factuality: Factuality
    who: str
    sure: str
    when: PartialDate | None
    known: date | None
    about_pair: bool
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """An event of the pair, for the list and the timeline."""

    when: PartialDate | None
    reported: date | None
    text: str
    words: str
    """The report's own words for the act."""
    source: tuple[str, ...]
    target: tuple[str, ...]
    type: EventType
    quad: QuadClass
    factuality: Factuality
    told_by: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of the pair's events in one direction, per quad class; facts only."""

    source: str
    target: str
    counts: tuple[tuple[QuadClass, int], ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """Something that was looked for in the record and not found; ``searched`` says what was looked through."""

    text: str
    searched: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the brief rests on."""

    documents: int
    publishers: tuple[str, ...]
    copies: int
    first: date | None
    last: date | None
    watched: date | None
    """Since when the record has been kept up; a series begins there, since earlier silence says nothing."""
    enough: bool
    """Whether there is enough evidence to speak of a trend (the thresholds are in ``thresholds.toml``)."""
    why: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What the reports say about a pair of states, every line with its evidence."""

    pair: tuple[str, str]
    names: tuple[str, str]
    as_of: date
    coverage: Coverage
    summary: tuple[Line, ...]
    claims: tuple[Claim, ...]
    acts: tuple[Act, ...]
    tallies: tuple[Tally, ...]
    words_and_deeds: tuple[Line, ...]
    reasons: tuple[Line, ...]
    voices: tuple[Line, ...]
    contradictions: tuple[Line, ...]
    third_parties: tuple[Line, ...]
    open_questions: tuple[Line, ...] = ()
    shifts: tuple[Line, ...] = ()
    leaders: tuple[Line, ...] = ()
    weighing: tuple[Line, ...] = ()
    absences: tuple[Absence, ...] = ()
    unlisted: int = 0
    """Further acts that the list leaves out."""
    evidence: tuple[Evidence, ...] = field(default=())
