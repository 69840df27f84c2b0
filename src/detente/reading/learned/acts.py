"""The words that may name acts: those that the model tags and those that a frame coded, with the model's view."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from detente.model.actor import STATELESS, Mention
from detente.model.codes import EventType
from detente.model.reading import Event, Sentence
from detente.model.span import Span
from detente.reading.events_parties import PRIVATE
from detente.reading.learned.arrays import Floats, spans_of
from detente.reading.learned.encoder import EncodedWindow, Encoder, Range
from detente.reading.page import Page
from detente.reading.stages import Findings

TYPES = tuple(EventType)


@dataclass(frozen=True, slots=True)
class Part:
    """How likely an actor is the source of an act alone, its target alone, or both, at its best mention for each."""

    source: float
    target: float
    both: float
    here: bool
    """Whether it is mentioned in the act's sentence."""
    mentions: tuple[Mention, ...]

    @property
    def acts(self) -> float:
        """That it acts."""
        return min(1.0, self.source + self.both)

    @property
    def suffers(self) -> float:
        """That it is acted upon."""
        return min(1.0, self.target + self.both)


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """Words that may name an act."""

    window: EncodedWindow
    pieces: Range
    span: Span
    token: Token
    sentence: Sentence
    weight: float
    """That the words name an act."""
    tagged: bool
    """Whether the model's best tag sequence names them."""
    types: Floats
    """(16,) probabilities in the order of ``EventType``."""
    facts: Floats
    """(4,) probabilities in the order of ``Factuality``."""
    parts: dict[str, Part]
    """Actor code → its part, for those mentioned up to the end of the act's sentence."""
    coded: tuple[Event, ...]
    """What frames coded at these words."""


def acts_of(encoder: Encoder, page: Page, findings: Findings, coded: Sequence[Event], least: float) -> Iterator[Act]:
    """Yield the candidate acts of a page in text order.

    Args:
        encoder: The encoder.
        page: The page.
        findings: What the stages before found.
        coded: The events of the frames; each becomes part of one act.
        least: Words that the model holds less probable to name an act are candidates only where a frame coded them.
    """
    for window in encoder.of(page):
        inside = [e for e in coded if window.owns(e.trigger.start)]
        tags = encoder.tags(window, "trigger.d")
        named = _named(window, page, tags, inside, least)
        if named:
            yield from _read(encoder, page, findings, window, tags, named)


def _named(
    window: EncodedWindow, page: Page, tags: Floats, coded: Sequence[Event], least: float
) -> list[tuple[Range, Span, tuple[Event, ...], bool]]:
    """Return pieces and span of the candidates, the events coded there, and whether the model named them."""
    merged = np.stack([tags[:, 0], tags[:, 1::2].sum(-1), tags[:, 2::2].sum(-1)], -1)
    found = []
    left = list(coded)
    for _, a, b in spans_of(merged, least):
        span = window.span((a, b), page)
        here = tuple(e for e in left if e.trigger.overlaps(span))
        left = [e for e in left if e not in here]
        found.append(((a, b), span, here, bool(merged[a:b, 0].min() < 0.5)))
    for trigger in dict.fromkeys(e.trigger for e in left):
        pieces = window.range_of(trigger.start, trigger.end)
        if pieces:
            found.append((pieces, trigger, tuple(e for e in left if e.trigger == trigger), False))
    return sorted(found, key=lambda f: f[0])


def _read(
    encoder: Encoder,
    page: Page,
    findings: Findings,
    window: EncodedWindow,
    tags: Floats,
    named: list[tuple[Range, Span, tuple[Event, ...], bool]],
) -> Iterator[Act]:
    anchors = [pieces for pieces, *_ in named]
    kinds = np.stack([tags[a:b, 1::2].sum(0) + tags[a:b, 2::2].sum(0) for a, b in anchors]) + 1e-6
    types = (kinds / kinds.sum(-1, keepdims=True) + encoder.classes(window, "type.d", anchors)) / 2
    facts = encoder.classes(window, "fact.d", anchors)
    heads = mention_heads(window, findings)
    links = encoder.links(window, "event.d", anchors, [piece for _, piece in heads])
    for n, (pieces, span, coded, tagged) in enumerate(named):
        token = page.root_of(span)
        sentence = page.sentence_of(token)
        weight = 1 - float(tags[pieces[0] : pieces[1], 0].min())
        parts = _parts([m for m, _ in heads], links[n], sentence)
        yield Act(window, pieces, span, token, sentence, weight, tagged, types[n], facts[n], parts, coded)


def mention_heads(window: EncodedWindow, findings: Findings) -> list[tuple[Mention, int]]:
    """Return the mentions of a window that name an actor, each with the first piece of its head."""
    heads = []
    for mention in findings.mentions:
        found = window.range_of(mention.head.start, mention.head.end) if mention.actors else None
        if found:
            heads.append((mention, found[0]))
    return heads


def _parts(mentions: Sequence[Mention], links: Floats, sentence: Sentence) -> dict[str, Part]:
    best: dict[str, Floats] = {}
    by_code: dict[str, list[Mention]] = {}
    for mention, shares in zip(mentions, links, strict=True):
        if mention.head.start >= sentence.span.end or not may_act(mention):
            continue
        for code in mention.codes:
            best[code] = np.maximum(best[code], shares) if code in best else shares
            by_code.setdefault(code, []).append(mention)
    return {
        code: Part(
            float(shares[1]),
            float(shares[2]),
            float(shares[3]),
            any(sentence.span.contains(m.head) for m in by_code[code]),
            tuple(by_code[code]),
        )
        for code, shares in best.items()
    }


def may_act(mention: Mention) -> bool:
    """Private persons and companies of no state act for nobody."""
    return not all(a.code == STATELESS and a.sector in PRIVATE for a in mention.actors)
