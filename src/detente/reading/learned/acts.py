"""The words that may name acts: those that the model tags and those that a frame coded, with the model's view."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from detente.model.codes import EventType
from detente.model.reading import Event, Sentence
from detente.model.span import Span
from detente.reading.learned.arrays import Floats, spans_of
from detente.reading.learned.cast import Part, Scene, parts_of, players
from detente.reading.learned.encoder import EncodedWindow, Encoder, Range
from detente.reading.page import Page
from detente.reading.stages import Findings

TYPES = tuple(EventType)


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
    kinds: Floats
    """(17,) that the words name no act, or one of each type, by who there is to act."""
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
    tokens = [page.root_of(span) for _, span, _, _ in named]
    sentences = [page.sentence_of(token) for token in tokens]
    scene = Scene(window, findings)
    casts = [scene.upto(sentence) for sentence in sentences]
    seen = [players(cast, sentence) for cast, sentence in zip(casts, sentences, strict=True)]
    parts, kinds = encoder.cast(window, anchors, seen)
    tagged_as = np.stack([tags[a:b, 1::2].sum(0) + tags[a:b, 2::2].sum(0) for a, b in anchors])
    classes = encoder.classes(window, anchors)
    said = (tagged_as, classes["type.d"], kinds[:, 1:])
    types = np.stack([_whole(shares) for shares in said]).mean(0)
    facts = classes["fact.d"]
    for n, (pieces, span, coded, tagged) in enumerate(named):
        weight = 1 - float(tags[pieces[0] : pieces[1], 0].min())
        own = parts_of(casts[n], parts[n], sentences[n])
        yield Act(
            window, pieces, span, tokens[n], sentences[n], weight, tagged, types[n], kinds[n], facts[n], own, coded
        )


def _whole(shares: Floats) -> Floats:
    """Scale rows so that each adds up to one."""
    found: Floats = (shares + 1e-6) / (shares + 1e-6).sum(-1, keepdims=True)
    return found
