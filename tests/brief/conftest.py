"""A record with two small reports about Japan and Russia, read by hand."""

from datetime import date
from typing import Any

import pytest

from detente.model.actor import Actor, Mention
from detente.model.codes import ActorKind, Direction, EventType, Factuality, Form, MentionKind, Stance
from detente.model.document import Document
from detente.model.entry import Entry
from detente.model.reading import CausalClaim, Event, Reading, RelationClaim, Sentence, Statement
from detente.model.run import Counts
from detente.model.span import Span
from detente.model.when import PartialDate
from detente.record import Record

FIRST = (
    "An expert says that Tokyo is moving closer to Moscow because of Washington's course. "
    "Japan imposed sanctions on Russia in March 2022. Tokyo praised the Russian offer in January 2026."
)
SECOND = "The ministry in Tokyo denies any thaw with <Moscow>. Japan may send an envoy to Russia."


def _document(text, publisher, published):
    return Document(Document.id_of(text, published, publisher, None), text, publisher=publisher, published=published)


def _span(document, words, start=0):
    place = document.text.index(words, start)
    return Span(document.id, place, place + len(words))


def _sentences(document):
    parts = [p if p.endswith(".") else f"{p}." for p in document.text.split(". ")]
    return tuple(Sentence(_span(document, part), n, 0) for n, part in enumerate(parts))


def _event(document, trigger, kind, factuality=Factuality.FACT, when=None, statement=None):
    span = _span(document, trigger)
    sentence = next(s.span for s in _sentences(document) if s.span.contains(span))
    date_ = PartialDate.parse(when) if when else None
    return Event(span, sentence, kind, ("JPN",), ("RUS",), factuality, date=date_, statement=statement, frame="hand")


def _mention(document, name, code):
    span = _span(document, name)
    return Mention(span, span, MentionKind.METONYM, (Actor(code, ActorKind.STATE),))


def first_reading():
    d = _document(FIRST, "Kisaragi Press", date(2026, 2, 1))
    sentences = _sentences(d)
    content = (_span(d, "Tokyo is moving closer to Moscow"),)
    source, cue = _span(d, "An expert"), _span(d, "says")
    statement = Statement(source, cue, content, sentences[0].span, "JPN", Form.INDIRECT, Stance.HEDGE)
    claim = RelationClaim(
        *(_span(d, "moving closer to Moscow"), sentences[0].span, ("JPN", "RUS"), Direction.BETTER),
        *(Factuality.POSSIBLE, None, statement.id),
    )
    cause = CausalClaim(_span(d, "Washington's course"), _span(d, "Tokyo is moving closer"), sentences[0].span)
    events = (
        _event(d, "imposed sanctions", EventType.SANCTION, when="2022-03"),
        _event(d, "praised", EventType.SUPPORT, when="2026-01"),
    )
    found: dict[str, Any] = {"statements": (statement,), "events": events, "relations": (claim,), "causes": (cause,)}
    return d, Reading(
        d.id, "hand", "1", sentences, (_mention(d, "Tokyo", "JPN"), _mention(d, "Moscow", "RUS")), **found
    )


def second_reading():
    d = _document(SECOND, "Harbour Wire", date(2026, 2, 3))
    sentences = _sentences(d)
    content = (_span(d, "any thaw with <Moscow>"),)
    source, cue = _span(d, "The ministry in Tokyo"), _span(d, "denies")
    statement = Statement(source, cue, content, sentences[0].span, "JPN", Form.INDIRECT, Stance.DENY)
    claim = RelationClaim(
        *(_span(d, "thaw"), sentences[0].span, ("JPN", "RUS"), Direction.BETTER, Factuality.DENIED, None, statement.id)
    )
    events = (_event(d, "send an envoy", EventType.CONSULT, Factuality.POSSIBLE),)
    return d, Reading(d.id, "hand", "1", sentences, statements=(statement,), events=events, relations=(claim,))


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "affairs.duckdb") as store:
        run = store.begin_run("read", "hand", "1", "{}")
        entries = [Entry(d, r, d.id.encode()) for d, r in (first_reading(), second_reading())]
        store.write(run, entries, [])
        store.end_run(run, Counts(read=2), (), False)
        yield store
