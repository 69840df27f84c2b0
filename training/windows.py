"""Training windows: tokenised stretches of text with whatever labels a data set has for them.

The reader cuts documents in the same way, so that a model sees at run time what it saw in training.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from detente.reading.learned.windows import MAX_TOKENS, cut, load_tokenizer

IGNORED = -100
"""Label of a token that a layer does not judge."""

__all__ = [
    "IGNORED",
    "MAX_TOKENS",
    "Anchor",
    "Window",
    "bio",
    "cut",
    "load_tokenizer",
    "make_window",
    "own",
    "tokens_of",
]


@dataclass(slots=True)
class Anchor:
    """A span of tokens (a cue, a trigger, a claim) with the tags of the other tokens as seen from it."""

    start: int
    end: int
    tags: np.ndarray | None
    """int8, one a token; None when the set does not say."""
    classes: dict[str, int] = field(default_factory=dict)
    """Class layer → class."""
    groups: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    """Actors: a tag, and the tokens at which one is mentioned; one of these has the tag, or all of them if it is 0."""
    kind: int = 0
    """Of what kind the anchor is as its cast tells; 0 is none, and then the actors have no parts."""
    since: int = 0
    """First token of the anchor's sentence."""
    ends: np.ndarray | None = None
    """(ends, tokens), float32, rows add up to 1: where spans begin and end as seen from the anchor, 0 for nowhere."""


@dataclass(slots=True)
class Window:
    """Word pieces of a stretch of text, with labels."""

    name: str
    ids: np.ndarray
    offsets: np.ndarray
    """(tokens, 2) character offsets in the source text; special tokens are (0, 0) and never labelled."""
    tags: dict[str, np.ndarray] = field(default_factory=dict)
    anchors: dict[str, list[Anchor]] = field(default_factory=dict)
    values: dict[str, np.ndarray] = field(default_factory=dict)
    """Regression layer → float32 a token, NaN where not judged."""
    own: tuple[int, int] = (0, 1 << 30)
    """Characters that the window reads; those before them are its lead-in."""

    def owns(self, start: int) -> bool:
        """Tell whether something that begins at a character is read in this window."""
        return self.own[0] <= start < self.own[1]


def own(window: Window, tags: np.ndarray) -> np.ndarray:
    """Return tags with those of the lead-in not judged."""
    lead = window.offsets[:, 0] < window.own[0]
    lead[[0, -1]] = True
    return np.where(lead, np.int8(IGNORED), tags)


def make_window(tokenizer: Tokenizer, name: str, text: str, base: int = 0) -> Window:
    """Tokenise a text that begins at character ``base`` of its document."""
    encoding = tokenizer.encode(text)
    offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
    offsets[1:-1] += base
    return Window(name, np.array(encoding.ids, dtype=np.int32), offsets)


def tokens_of(window: Window, start: int, end: int) -> tuple[int, int] | None:
    """Return the half-open token range that covers characters ``start:end``, or None when none does."""
    inner = window.offsets[1:-1]
    hit = np.flatnonzero((inner[:, 0] < end) & (inner[:, 1] > start))
    return (int(hit[0]) + 1, int(hit[-1]) + 2) if len(hit) else None


def bio(window: Window, spans: Iterable[tuple[int, int]], kinds: Iterable[int] | None = None) -> np.ndarray:
    """Return tags 0 outside, 1 + 2k at the beginning of and 2 + 2k inside a span of kind ``k``; longer spans first."""
    tags = np.zeros(len(window.ids), dtype=np.int8)
    tags[[0, -1]] = IGNORED
    spans = list(spans)
    kinds = [0] * len(spans) if kinds is None else list(kinds)
    for (start, end), kind in sorted(zip(spans, kinds, strict=True), key=lambda p: p[0][0] - p[0][1]):
        found = tokens_of(window, start, end)
        if found:
            tags[found[0]] = 1 + 2 * kind
            tags[found[0] + 1 : found[1]] = 2 + 2 * kind
    return tags


def data_folder() -> Path:
    """Return the folder with the training data, from ``DETENTE_DATA``."""
    import os

    return Path(os.environ.get("DETENTE_DATA", "../shared"))
