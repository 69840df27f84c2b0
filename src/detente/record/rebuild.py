"""Rows back to the model's types: the inverse of ``columns``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.model.actor import Actor, Mention, TimeMention
from detente.model.codes import (
    ActorKind,
    Direction,
    EventType,
    Factuality,
    Form,
    MentionKind,
    Sector,
    Stance,
)
from detente.model.reading import CausalClaim, Event, RelationClaim, Sentence, Statement
from detente.model.span import Span
from detente.model.when import PartialDate

Row = Sequence[Any]
_DATE = "valid_first, granularity"


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns that a finding is made from, and how."""

    columns: str
    build: Callable[[str, Row], Any]
    """Takes the document id and the values of ``columns``."""


def partial(first: date | None, granularity: str | None) -> PartialDate | None:
    """Return the date that ``valid_first`` and ``granularity`` stand for."""
    if first is None:
        return None
    month = None if granularity == "year" else first.month
    return PartialDate(first.year, month, first.day if granularity == "day" else None)


def _spans(document: str, ends: Row) -> list[Span]:
    return [Span(document, ends[i], ends[i + 1]) for i in range(0, len(ends), 2)]


def sentence(document: str, row: Row) -> Sentence:
    """Build a sentence."""
    return Sentence(Span(document, row[0], row[1]), row[2], row[3])


def actor(row: Row) -> Actor:
    """Build an actor from code, kind, sector, name, office."""
    return Actor(row[0], ActorKind(row[1]), Sector(row[2]), row[3], row[4])


def mention(document: str, row: Row, actors: dict[str, Actor]) -> Mention:
    """Build a mention; ``actors`` holds those that its row names by id."""
    span, head = _spans(document, row[:4])
    named = tuple(actors[key] for key in row[5])
    return Mention(span, head, MentionKind(row[4]), named, row[6], row[7] or "")


def _time(document: str, row: Row) -> TimeMention:
    return TimeMention(Span(document, row[0], row[1]), partial(row[2], row[3]), row[4] or "")


def _statement(document: str, row: Row) -> Statement:
    source, cue, around = _spans(document, row[:6])
    content = tuple(Span(document, part["span_start"], part["span_end"]) for part in row[6])
    speaker, form, stance, mentioned, parent, why, probability = row[7:]
    return Statement(
        source, cue, content, around, speaker, Form(form), Stance(stance), mentioned, parent, why or "", probability
    )


def _event(document: str, row: Row) -> Event:
    trigger, around = _spans(document, row[:4])
    kind, mode, source, target, factuality, first, granularity, statement, sources, targets, frame, why, p = row[4:]
    return Event(
        trigger=trigger,
        sentence=around,
        type=EventType(kind),
        source=tuple(source),
        target=tuple(target),
        factuality=Factuality(factuality),
        mode=mode,
        date=partial(first, granularity),
        statement=statement,
        source_mentions=tuple(sources),
        target_mentions=tuple(targets),
        frame=frame or "",
        why=why or "",
        probability=p,
    )


def _relation(document: str, row: Row) -> RelationClaim:
    evidence, around = _spans(document, row[:4])
    dyad, direction, factuality, first, granularity, statement, frame, why, probability = row[4:]
    return RelationClaim(
        evidence=evidence,
        sentence=around,
        dyad=(dyad[0], dyad[1]),
        direction=Direction(direction),
        factuality=Factuality(factuality),
        date=partial(first, granularity),
        statement=statement,
        frame=frame or "",
        why=why or "",
        probability=probability,
    )


def _cause(document: str, row: Row) -> CausalClaim:
    cause, effect, around = _spans(document, row[:6])
    signal = None if row[6] is None else Span(document, row[6], row[7])
    statement, frame, why, probability = row[8:]
    return CausalClaim(cause, effect, around, signal, statement, frame or "", why or "", probability)


SENTENCE = Shape("span_start, span_end, sentence, paragraph", sentence)
MENTION_COLUMNS = "span_start, span_end, head_start, head_end, kind, actors, antecedent, why"
TIME = Shape(f"span_start, span_end, {_DATE}, why", _time)
STATEMENT = Shape(
    "source_start, source_end, cue_start, cue_end, sentence_start, sentence_end, content, speaker, form, stance, "
    "source_mention, parent, why, probability",
    _statement,
)
EVENT = Shape(
    "trigger_start, trigger_end, sentence_start, sentence_end, type, mode, source, target, factuality, "
    f"{_DATE}, statement, source_mentions, target_mentions, frame, why, probability",
    _event,
)
RELATION = Shape(
    "evidence_start, evidence_end, sentence_start, sentence_end, dyad, direction, factuality, "
    f"{_DATE}, statement, frame, why, probability",
    _relation,
)
CAUSE = Shape(
    "cause_start, cause_end, effect_start, effect_end, sentence_start, sentence_end, signal_start, signal_end, "
    "statement, frame, why, probability",
    _cause,
)
