"""Codes single sentences: who does what to whom, domestic and unnamed parties included.

The pair coder judges every pair that the syntax admits; of the pairs around one act with one source the likeliest stays
(``sentence_choice.py``). An event that the reader's frames find between the same two lends its mode and factuality when
it is of the same type.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.codes import EventType, Factuality
from detente.model.reading import Event, Reading
from detente.reading.factuality import factuality_of
from detente.reading.learned.pairs import PairCoder
from detente.reading.learned.sentence_actors import PartyActor, SentenceActors
from detente.reading.learned.sentence_choice import Judged, chosen, probabilities
from detente.reading.learned.sentence_parties import Pair, Slot, pairs_of, phrase
from detente.reading.page import Page
from detente.reading.stages import Findings

_MUTUAL = frozenset({EventType.CONSULT, EventType.COOPERATE, EventType.AGREE})
Characters = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SentenceEvent:
    """An event between the parties of one sentence; ``probability`` that it is told there."""

    type: EventType
    mode: str | None
    source: tuple[PartyActor, ...]
    target: tuple[PartyActor, ...]
    factuality: Factuality
    probability: float


@dataclass
class SentenceCoder:
    """Codes the sentences of a page, given what a reader found on it."""

    coder: PairCoder = field(default_factory=PairCoder)

    def code(self, page: Page, reading: Reading) -> tuple[SentenceEvent, ...]:
        """Return the events of each sentence, the surest first."""
        actors = SentenceActors(page, Findings(reading.mentions, reading.times, reading.statements))
        found: list[SentenceEvent] = []
        for tokens in page.sentence_tokens:
            judged, frames = self.judge(page, reading, tokens)
            kept = chosen(judged, probabilities(judged))
            found.extend(_distinct(_event(j, p, frames.get(j.pair), actors, page) for j, p in kept))
        return tuple(found)

    def judge(self, page: Page, reading: Reading, tokens: Tokens) -> tuple[list[Judged], dict[Pair, Event]]:
        """Return the pairs of a sentence with the coder's answers, and the events of frames between them."""
        pairs = pairs_of(tokens)
        frames = _frames(reading, pairs)
        text, start = page.document.text[tokens.start_char : tokens.end_char], tokens.start_char
        shares = self.coder.code([(text, _cover(p.source, start), _cover(p.target, start)) for p in pairs])
        return [Judged(p, s, p in frames) for p, s in zip(pairs, shares, strict=True)], frames


def _cover(heads: tuple[Token, ...], offset: int) -> Characters:
    """Return the characters from the first of coordinated phrases to the last, counted from ``offset``."""
    spans = [phrase(h) for h in heads]
    return min(s for s, _ in spans) - offset, max(e for _, e in spans) - offset


def _frames(reading: Reading, pairs: list[Pair]) -> dict[Pair, Event]:
    """Return for each pair the event of a frame between the same two parties."""
    spans = {m.id: (m.span.start, m.span.end) for m in reading.mentions}
    found: dict[Pair, Event] = {}
    for event in reading.events:
        sides = [[spans[i] for i in ids if i in spans] for ids in (event.source_mentions, event.target_mentions)]
        for pair in pairs:
            if all(
                any(_meet(phrase(h), s) for h in heads for s in side)
                for heads, side in zip((pair.source, pair.target), sides, strict=True)
            ):
                found.setdefault(pair, event)
    return found


def _meet(one: Characters, other: Characters) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _event(
    judged: Judged, probability: float, frame: Event | None, actors: SentenceActors, page: Page
) -> SentenceEvent:
    pair, kind = judged.pair, judged.type
    source, target = actors.of(pair.source, pair.trigger), actors.of(pair.target, pair.trigger)
    source, target = actors.settled(source, target), actors.settled(target, source)
    if pair.slot is Slot.TOGETHER and kind in _MUTUAL:
        source = target = (*source, *target)
    agrees = frame is not None and frame.type is kind
    return SentenceEvent(
        type=kind,
        mode=frame.mode if frame is not None and agrees else None,
        source=source,
        target=target,
        factuality=frame.factuality if frame is not None and agrees else factuality_of(pair.trigger, page),
        probability=probability,
    )


def _distinct(events: Iterable[SentenceEvent]) -> list[SentenceEvent]:
    """Drop what is told of an actor by itself, and events of one type between the same actors in other words."""
    kept: dict[tuple[object, ...], SentenceEvent] = {}
    for event in events:
        sides = [tuple((a.country, a.sector or a.text) for a in side) for side in (event.source, event.target)]
        same_words = {a.start for a in event.source} == {a.start for a in event.target}
        if not same_words or len(event.source) > 1:
            kept.setdefault((event.type, *sides), event)
    return list(kept.values())
