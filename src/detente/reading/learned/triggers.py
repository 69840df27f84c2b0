"""The words that name acts, as the model tags them, each with its type, factuality and the parts of other pieces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.model.codes import EventType
from detente.model.span import Span
from detente.reading.learned.arrays import Floats, spans_of
from detente.reading.learned.encoder import EncodedWindow, Encoder, Range
from detente.reading.page import Page

TYPES = tuple(EventType)


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A tagged trigger."""

    window: EncodedWindow
    pieces: Range
    span: Span
    type: EventType
    probability: float
    """That the words name an act, times that of the type among acts."""
    facts: Floats
    """(4,) probabilities in the order of ``Factuality``."""
    parts: Floats
    """(pieces, 4) for every piece of the window: no part, source, target, both."""


def triggers_of(encoder: Encoder, page: Page, least: float, taken: Sequence[Span]) -> Iterator[Trigger]:
    """Yield the triggers of a page in text order.

    Args:
        encoder: The encoder.
        page: The page.
        least: Triggers whose words and type are less probable are left out.
        taken: Stretches whose words are spoken for; triggers that touch them are left out.
    """
    for window in encoder.of(page):
        tags = encoder.tags(window, "trigger.d")
        merged = np.stack([tags[:, 0], tags[:, 1::2].sum(-1), tags[:, 2::2].sum(-1)], -1)
        named = [(a, b) for _, a, b in spans_of(merged)]
        if not named:
            continue
        kinds = np.stack([tags[a:b, 1::2].sum(0) + tags[a:b, 2::2].sum(0) for a, b in named])
        types = (kinds / kinds.sum(-1, keepdims=True) + encoder.classes(window, "type.d", named)) / 2
        shares = types.max(-1) * [1 - merged[a:b, 0].min() for a, b in named]
        spans = [window.span(pieces, page) for pieces in named]
        chosen = [
            (pieces, TYPES[int(kind)], float(share), span)
            for pieces, kind, share, span in zip(named, types.argmax(-1), shares, spans, strict=True)
            if share >= least and not any(span.overlaps(t) for t in taken)
        ]
        if chosen:
            anchors = [pieces for pieces, *_ in chosen]
            facts, parts = encoder.classes(window, "fact.d", anchors), encoder.seen_from(window, "event.d", anchors)
            for (pieces, kind, share, span), fact, part in zip(chosen, facts, parts, strict=True):
                yield Trigger(window, pieces, span, kind, share, fact, part)
