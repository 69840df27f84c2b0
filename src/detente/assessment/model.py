"""What an assessment is made of: voices as evidence, hypotheses with their probabilities, acts shown beside."""

from dataclasses import dataclass
from datetime import date

from detente.assessment.speakers import VoiceKind
from detente.model.codes import Direction, Factuality, QuadClass
from detente.model.span import Span
from detente.model.when import PartialDate


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent voice and its newest claim about the pair: one piece of evidence.

    ``likelihoods`` and ``ratios`` are in the order of the assessment's hypotheses. A ratio is the claim's likelihood
    under the hypothesis against the mean of the two others: above 1 it speaks for it, below 1 against it, near 1 it
    is not diagnostic.
    """

    number: int
    kind: VoiceKind
    name: str
    direction: Direction
    factuality: Factuality
    when: PartialDate | None
    """The time that the claim itself names."""
    known: date | None
    words: str
    """The report's own words for the claim."""
    quote: str
    """The sentence."""
    evidence: Span
    sentence: Span
    document: str
    title: str | None
    publisher: str | None
    url: str | None
    likelihoods: tuple[float, ...]
    ratios: tuple[float, ...]
    repeats: int
    """Further claims of this voice in the window, which do not count."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One of the competing hypotheses; the probabilities are None when there are too few voices."""

    direction: Direction
    prior: float
    posterior: float | None
    low: float | None
    """Lowest posterior when any single voice is left out."""
    high: float | None
    weak: float | None
    """Posterior when every voice weighs less (``weaker`` in the likelihood table)."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act of the pair that a report tells, as an example of the counts."""

    quad: QuadClass
    when: PartialDate | None
    words: str
    evidence: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class Contact:
    """Acts between the two in the same window, told as facts: a second line of evidence, not multiplied in."""

    counts: tuple[tuple[QuadClass, int], ...]
    """From reports and event data; dated at least to the month."""
    undated: int
    """Further acts whose date is not known to the month, and which therefore may lie outside the window."""
    acts: tuple[Act, ...]
    """The newest that reports tell."""

    @property
    def cooperative(self) -> int:
        """Acts of cooperation, in words or deeds."""
        return sum(count for quad, count in self.counts if quad.is_cooperative)

    @property
    def hostile(self) -> int:
        """Acts of conflict, in words or deeds."""
        return sum(count for quad, count in self.counts if not quad.is_cooperative)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The competing hypotheses about a pair as of a day, weighed by the voices that the record holds."""

    pair: tuple[str, str]
    names: tuple[str, str]
    as_of: date
    since: date
    """First day of the window."""
    enough: bool
    """Whether there are voices enough for a posterior; the thresholds are in ``data/likelihoods.toml``."""
    why: str
    hypotheses: tuple[Hypothesis, ...]
    voices: tuple[Voice, ...]
    earlier: int
    """Claims left out because they were made before the window, or are about a time before it."""
    contact: Contact
