"""The words that name acts, as the model tags them, each with its type, factuality and the parts of other pieces."""

from collections.abc import Iterator
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


def triggers_of(encoder: Encoder, page: Page) -> Iterator[Trigger]:
    """Yield the triggers of a page in text order."""
    for window in encoder.of(page):
        tags = encoder.tags(window, "trigger.d")
        merged = np.stack([tags[:, 0], tags[:, 1::2].sum(-1), tags[:, 2::2].sum(-1)], -1)
        named = [(a, b) for _, a, b in spans_of(merged)]
        if not named:
            continue
        types = encoder.classes(window, "type.d", named)
        facts = encoder.classes(window, "fact.d", named)
        parts = encoder.seen_from(window, "event.d", named)
        for n, (a, b) in enumerate(named):
            kinds = tags[a:b, 1::2].sum(0) + tags[a:b, 2::2].sum(0)
            mixed = (kinds / kinds.sum() + types[n]) / 2
            best = int(mixed.argmax())
            probability = float(1 - merged[a:b, 0].min()) * float(mixed[best])
            yield Trigger(window, (a, b), window.span((a, b), page), TYPES[best], probability, facts[n], parts[n])
