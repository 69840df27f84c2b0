"""Who tells something: a named speaker, an office, anonymous sources, or the report itself."""

import re
from dataclasses import dataclass
from enum import StrEnum

from detente.model.actor import STATELESS
from detente.model.codes import MentionKind, Sector
from detente.model.reading import CausalClaim, Event, RelationClaim, Statement
from detente.model.span import Span
from detente.record import Finding, Record
from detente.world import fold, name_of

Claimed = Finding[Event] | Finding[RelationClaim] | Finding[CausalClaim]

PRIVATE = frozenset({Sector.EDUCATION, Sector.MEDIA, Sector.BUSINESS, Sector.CIVILIANS, Sector.NGO, Sector.LABOUR})
"""Sectors whose people do not speak for their state."""
OFFICIAL = frozenset({Sector.GOVERNMENT, Sector.MILITARY, Sector.INTELLIGENCE})
"""Sectors whose bodies and officeholders speak with one voice: that of their state."""
_OPENING = re.compile(r"(?:An?|The|Its|His|Her|Their|Our|Some|Several|Many|One|Two|Three|Both) [a-z]")


class VoiceKind(StrEnum):
    """Whose judgement a claim is."""

    STATE = "state"
    PERSON = "person"
    UNNAMED = "unnamed source"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who tells something, as one of the voices that count once; ``name`` is how this claim's speaker is called."""

    kind: VoiceKind
    key: str
    """What claims of one voice have in common: actor code, folded name or words, publisher or document."""
    name: str


@dataclass(frozen=True, slots=True)
class _Person:
    """What a mention was resolved to; ``words`` are those of the first mention that is no pronoun."""

    name: str | None = None
    office: str | None = None
    sector: str | None = None
    words: str | None = None


class Speakers:
    """Names speakers; a pronoun is followed to the person or body that it stands for."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._known: dict[str, _Person] = {}

    def of_statement(self, statement: Finding[Statement]) -> str:
        """Return a name such as "Kenro Nagoshi (Japan)" or "diplomatic sources"."""
        said_by = statement.value
        person = self._person(said_by)
        who = person.name or within_a_sentence(
            person.words or person.office or self._record.evidence(said_by.source).quote
        )
        if said_by.speaker == STATELESS or name_of(said_by.speaker).lower() in who.lower():
            return who
        return f"{who} ({name_of(said_by.speaker)})"

    def of(self, finding: Claimed, linked: dict[str, Finding[Statement]]) -> str:
        """Return who tells an event or makes a claim: the innermost speaker, else the outlet."""
        statement = linked.get(finding.value.statement or "")
        return self.of_statement(statement) if statement else outlet(finding.publisher)

    def identity(self, finding: Claimed, linked: dict[str, Finding[Statement]]) -> Identity:
        """Return whose voice a claim is: a state for its officials, a person, an unnamed source, or the outlet.

        Unnamed sources of like words ("an expert", "the expert") count as one: nothing shows that they are several.
        """
        name = self.of(finding, linked)
        statement = linked.get(finding.value.statement or "")
        if statement is None:
            return Identity(VoiceKind.OUTLET, fold(finding.publisher or finding.document), name)
        person, code = self._person(statement.value), statement.value.speaker
        if code != STATELESS and person.sector in OFFICIAL and (person.name is None or person.office is not None):
            return Identity(VoiceKind.STATE, code, name)
        if person.name is not None:
            return Identity(VoiceKind.PERSON, fold(person.name), name)
        return Identity(VoiceKind.UNNAMED, _ARTICLE.sub("", fold(name)), name)

    def is_official(self, statement: Finding[Statement]) -> bool:
        """Tell whether a state speaks: a body of it, or a person who holds an office; not an expert or a newspaper."""
        person = self._person(statement.value)
        return person.sector not in PRIVATE and (person.name is None or person.office is not None)

    def _person(self, statement: Statement) -> _Person:
        key = statement.source_mention
        if key is None:
            return _Person()
        if key not in self._known:
            rows = self._record.query(_ACTOR, [key]).to_pylist()
            self._known[key] = _Person(**rows[0], words=self._words(key)) if rows else _Person()
        return self._known[key]

    def _words(self, mention: str | None) -> str | None:
        """Follow a pronoun back to words that name somebody."""
        for _ in range(_STEPS):
            rows = self._record.query(_MENTION, [mention]).to_pylist()
            if not rows:
                return None
            if rows[0]["kind"] != MentionKind.PRONOUN:
                words = Span(rows[0]["document"], rows[0]["span_start"], rows[0]["span_end"])
                return self._record.evidence(words).quote
            mention = rows[0]["antecedent"]
        return None


_ARTICLE = re.compile(r"^(an?|the|one|some) ")
_STEPS = 8
_ACTOR = "SELECT a.name, a.office, a.sector FROM mentions m JOIN actors a ON a.id = m.actors[1] WHERE m.id = ? LIMIT 1"
_MENTION = "SELECT document, span_start, span_end, kind, antecedent FROM mentions WHERE id = ? LIMIT 1"


def within_a_sentence(words: str) -> str:
    """Return words that may have begun a sentence as they stand within one: "An ambassador", but not "The Hague"."""
    return words[:1].lower() + words[1:] if _OPENING.match(words) else words


def outlet(publisher: str | None) -> str:
    """Return how the report's own voice is named."""
    return f"the report itself ({publisher})" if publisher else "the report itself"
