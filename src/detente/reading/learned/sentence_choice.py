"""Which of the pairs of a sentence have an event that is told there.

A logistic model over the pair coder's answer and the place of the pair in the parse; ``training/sentences.py`` fits it
on PLV's marked pairs against the other pairs of their sentences.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from spacy.tokens import Token

from detente.model.codes import EventType
from detente.reading.learned.arrays import Floats
from detente.reading.learned.sentence_parties import Pair, phrase
from detente.world.actor_phrases import PhraseActor, resolve_phrase

TYPES = tuple(EventType)
YIELD = (EventType.CONCEDE, EventType.RETREAT)
FILE = "sentence_pairs.json"
SURE = 0.4
"""Probability from which on a pair is kept."""
LEAST = 0.2
"""Probability that suffices for the best pair of a sentence that has no sure one."""
MOST = 4
"""Events of a sentence at most."""
FEATURES = (
    "some event, log odds", "best of the sentence", "depth", "framed",
    "source: state known", "source: nobody", "source: pronoun", "target: state known", "target: nobody",
    "target: pronoun",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with what the pair coder says; ``framed`` when the reader's frames found an event between the two."""

    pair: Pair
    shares: Floats
    """(17,): the types in order, and none."""
    framed: bool

    @property
    def some(self) -> float:
        """Probability of any event."""
        return min(max(1.0 - float(self.shares[len(TYPES)]), 1e-4), 1 - 1e-4)

    @property
    def type(self) -> EventType:
        """The likeliest type, CONCEDE and RETREAT weighed together as in PLV."""
        yielded = sum(float(self.shares[TYPES.index(t)]) for t in YIELD)
        best = max((t for t in TYPES if t not in YIELD), key=lambda t: self.shares[TYPES.index(t)])
        if self.shares[TYPES.index(best)] >= yielded:
            return best
        return max(YIELD, key=lambda t: self.shares[TYPES.index(t)])


def features(judged: Sequence[Judged]) -> list[list[float]]:
    """Return the values of ``FEATURES`` for each pair of one sentence."""
    best = max((j.some for j in judged), default=0.0)
    return [
        [
            math.log(j.some / (1 - j.some)),
            float(j.some >= best),
            float(min(_depth(j.pair.trigger), 4)),
            float(j.framed),
            *_side(j.pair.source[0]),
            *_side(j.pair.target[0]),
        ]
        for j in judged
    ]


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i:
        token, depth = token.head, depth + 1
    return depth


def _side(head: Token) -> tuple[float, float, float]:
    start, end = phrase(head)
    read = _read(head.doc.text[start:end])
    state = read is not None and read.country is not None
    nobody = read is None or (not state and read.sector in (None, "UNK"))
    return float(state), float(nobody), float(head.pos_ == "PRON")


@cache
def _read(text: str) -> PhraseActor | None:
    return resolve_phrase(text)


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    text = (resources.files("detente.reading.learned") / "weights" / FILE).read_text(encoding="utf-8")
    raw = json.loads(text)
    return raw["intercept"], tuple(raw["weights"][name] for name in FEATURES)


def probabilities(judged: Sequence[Judged]) -> list[float]:
    """Return for each pair of one sentence the probability that its event is told there."""
    intercept, weights = _weights()
    rows = features(judged)
    return [1 / (1 + math.exp(-intercept - sum(w * x for w, x in zip(weights, row, strict=True)))) for row in rows]


def chosen(judged: Sequence[Judged], scores: Sequence[float]) -> list[tuple[Judged, float]]:
    """Return the pairs that are kept with their probability, the surest first: one for each source and act."""
    kept: list[tuple[Judged, float]] = []
    for one, score in sorted(zip(judged, scores, strict=True), key=lambda p: -p[1]):
        if len(kept) == MOST or score < (SURE if kept else LEAST):
            break
        if not any(_rivals(one, other) for other, _ in kept):
            kept.append((one, score))
    return kept


def _rivals(one: Judged, other: Judged) -> bool:
    a, b = one.pair, other.pair
    if {a.source[0].i, a.target[0].i} == {b.source[0].i, b.target[0].i}:
        return True
    return a.source[0].i == b.source[0].i and (a.trigger.i == b.trigger.i or one.type is other.type)
