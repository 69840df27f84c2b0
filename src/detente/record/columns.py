"""Findings as columns: how each record type is laid out in its table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from detente.model.actor import Actor, Mention, TimeMention
from detente.model.reading import CausalClaim, Event, Reading, RelationClaim, Sentence, Statement
from detente.model.span import Span
from detente.model.when import PartialDate

TEXT, WHOLE, REAL, DAY = pa.string(), pa.int32(), pa.float64(), pa.date32()
TEXTS = pa.list_(pa.string())
SPANS = pa.list_(pa.struct([("span_start", WHOLE), ("span_end", WHOLE)]))


@dataclass(frozen=True, slots=True)
class Layout:
    """One table of findings: its columns with their Arrow types and how an item becomes a row."""

    table: str
    types: dict[str, pa.DataType]
    items: Callable[[Reading], Sequence[Any]]
    row: Callable[[Any], tuple[Any, ...]]

    def arrow(self, readings: Iterable[Reading]) -> pa.Table:
        """Lay the findings of many readings out as one Arrow table, in order."""
        rows = [
            (reading.document, ordinal, *self.row(item))
            for reading in readings
            for ordinal, item in enumerate(self.items(reading))
        ]
        return table({"document": TEXT, "ordinal": WHOLE, **self.types}, rows)


def table(types: dict[str, pa.DataType], rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Make an Arrow table of ``types`` from tuples in the same order."""
    columns = zip(*rows, strict=True) if rows else [()] * len(types)
    return pa.table({name: pa.array(column, kind) for (name, kind), column in zip(types.items(), columns, strict=True)})


def spans(parts: Iterable[Span]) -> list[dict[str, int]]:
    """Return spans of one document as structs."""
    return [{"span_start": part.start, "span_end": part.end} for part in parts]


def _date(when: PartialDate | None) -> tuple[Any, Any, str | None]:
    return (None, None, None) if when is None else (when.first, when.last, when.granularity.value)


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)


def _sentence(s: Sentence) -> tuple[Any, ...]:
    return (*_ends(s.span), s.index, s.paragraph)


def _mention(m: Mention) -> tuple[Any, ...]:
    actors = [actor.id for actor in m.actors]
    return (m.id, *_ends(m.span), *_ends(m.head), m.kind.value, m.codes, actors, m.antecedent, m.why or None)


def _time(t: TimeMention) -> tuple[Any, ...]:
    return (*_ends(t.span), *_date(t.date), t.why or None)


def _statement(s: Statement) -> tuple[Any, ...]:
    return (
        *(s.id, *_ends(s.source), *_ends(s.cue), spans(s.content), *_ends(s.sentence), s.speaker, s.form.value),
        *(s.stance.value, s.source_mention, s.parent, s.why or None, s.probability),
    )


def _event(e: Event) -> tuple[Any, ...]:
    return (
        *(e.id, *_ends(e.trigger), *_ends(e.sentence), e.type.value, e.mode, e.source, e.target, e.factuality.value),
        *(*_date(e.date), e.statement, e.source_mentions, e.target_mentions),
        *(e.frame or None, e.why or None, e.probability),
    )


def _relation(r: RelationClaim) -> tuple[Any, ...]:
    return (
        *(r.id, *_ends(r.evidence), *_ends(r.sentence), r.dyad, r.direction.value, r.factuality.value),
        *(*_date(r.date), r.statement, r.frame or None, r.why or None, r.probability),
    )


def _cause(c: CausalClaim) -> tuple[Any, ...]:
    return (
        *(c.id, *_ends(c.cause), *_ends(c.effect), *_ends(c.sentence), *_ends(c.signal)),
        *(c.statement, c.frame or None, c.why or None, c.probability),
    )


def _span(name: str) -> dict[str, pa.DataType]:
    return {f"{name}_start": WHOLE, f"{name}_end": WHOLE}


_DATE = {"valid_first": DAY, "valid_last": DAY, "granularity": TEXT}
_WHY = {"frame": TEXT, "why": TEXT, "probability": REAL}

LAYOUTS: tuple[Layout, ...] = (
    Layout("sentences", {**_span("span"), "sentence": WHOLE, "paragraph": WHOLE}, lambda r: r.sentences, _sentence),
    Layout(
        "mentions",
        {"id": TEXT, **_span("span"), **_span("head"), "kind": TEXT, "codes": TEXTS, "actors": TEXTS}
        | {"antecedent": TEXT, "why": TEXT},
        lambda r: r.mentions,
        _mention,
    ),
    Layout("times", {**_span("span"), **_DATE, "why": TEXT}, lambda r: r.times, _time),
    Layout(
        "statements",
        {"id": TEXT, **_span("source"), **_span("cue"), "content": SPANS, **_span("sentence"), "speaker": TEXT}
        | {"form": TEXT, "stance": TEXT, "source_mention": TEXT, "parent": TEXT, "why": TEXT, "probability": REAL},
        lambda r: r.statements,
        _statement,
    ),
    Layout(
        "events",
        {"id": TEXT, **_span("trigger"), **_span("sentence"), "type": TEXT, "mode": TEXT, "source": TEXTS}
        | {"target": TEXTS, "factuality": TEXT, **_DATE, "statement": TEXT, "source_mentions": TEXTS}
        | {"target_mentions": TEXTS, **_WHY},
        lambda r: r.events,
        _event,
    ),
    Layout(
        "relation_claims",
        {"id": TEXT, **_span("evidence"), **_span("sentence"), "dyad": TEXTS, "direction": TEXT, "factuality": TEXT}
        | {**_DATE, "statement": TEXT, **_WHY},
        lambda r: r.relations,
        _relation,
    ),
    Layout(
        "causal_claims",
        {"id": TEXT, **_span("cause"), **_span("effect"), **_span("sentence"), **_span("signal"), "statement": TEXT}
        | _WHY,
        lambda r: r.causes,
        _cause,
    ),
)

ACTOR = {"id": TEXT, "code": TEXT, "kind": TEXT, "sector": TEXT, "name": TEXT, "office": TEXT}


def actors(readings: Iterable[Reading]) -> pa.Table:
    """Lay the distinct actors of many readings out as one Arrow table."""
    distinct: dict[str, Actor] = {
        actor.id: actor for reading in readings for mention in reading.mentions for actor in mention.actors
    }
    rows = [(key, a.code, a.kind.value, a.sector.value, a.name, a.office) for key, a in distinct.items()]
    return table(ACTOR, rows)


def all_spans(reading: Reading) -> Iterable[Span]:
    """Yield every span of a reading."""
    for sentence in reading.sentences:
        yield sentence.span
    for mention in reading.mentions:
        yield from (mention.span, mention.head)
    for time in reading.times:
        yield time.span
    for s in reading.statements:
        yield from (s.source, s.cue, *s.content, s.sentence)
    for e in reading.events:
        yield from (e.trigger, e.sentence)
    for r in reading.relations:
        yield from (r.evidence, r.sentence)
    for c in reading.causes:
        yield from (c.cause, c.effect, c.sentence, *([c.signal] if c.signal else []))
