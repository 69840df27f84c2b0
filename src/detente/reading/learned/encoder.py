"""The shared encoder: one pass over a document serves every learned stage.

MiniLM-L6 (Wang et al. 2020) fine-tuned here, int8, run by ONNX Runtime; ``docs/models.md`` tells how it was trained.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from detente.model.errors import ReaderError
from detente.model.span import Span
from detente.reading.learned.arrays import Floats, softmax
from detente.reading.learned.windows import cut, load_tokenizer
from detente.reading.page import Page, blanked

Range = tuple[int, int]
"""Half-open range of word pieces of a window."""

Player = tuple[int, int]
"""A mention as an act's cast sees it: the first piece of its head; 1 if it stands in the act's sentence, else 0."""
Casting = tuple[list[Floats], Floats]
MOST_MENTIONS = 40
"""Mentions that are seen with an act, the last of them up to the end of its sentence."""

REACH = {"attribution.p": 160, "attribution.d": 96, "causal.c": 160, "causal.d": 160}
"""Word pieces that an anchored layer sees around its anchor; by the guidelines a content stays in its sentence."""
SURE = 30.0
"""Added to a logit to settle it."""
_KEPT = "detente_windows"
_FILES = (
    "encoder.onnx", *(f"anchored.{name}.onnx" for name in REACH),
    "cast.onnx", "classes.onnx", "links.onnx", "layers.json", "tokenizer.json",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class EncodedWindow:
    """The word pieces of a window with what the encoder made of them."""

    offsets: npt.NDArray[np.int64]
    """(pieces, 2) character offsets in the document's text; (0, 0) for the two special pieces."""
    hidden: Floats
    """(pieces, 384)."""
    logits: Floats
    """(pieces, classes of all token layers); pieces of the lead-in are outside of everything."""

    own: int = 0
    """Character at which its own sentences begin; those before are its lead-in."""

    def owns(self, start: int) -> bool:
        """Tell whether a character lies in the window's own sentences."""
        return self.own <= start < int(self.offsets[-2, 1])

    def range_of(self, start: int, end: int) -> Range | None:
        """Return the pieces that cover characters ``start:end``, or None when the window has none of them."""
        inner = self.offsets[1:-1]
        if not len(inner) or end <= inner[0, 0] or start >= inner[-1, 1]:
            return None
        hit = np.flatnonzero((inner[:, 0] < end) & (inner[:, 1] > start))
        return (int(hit[0]) + 1, int(hit[-1]) + 2) if len(hit) else None

    def characters(self, pieces: Range, text: str) -> Range:
        """Return the character range of a range of pieces, widened to whole words."""
        start, end = int(self.offsets[pieces[0], 0]), int(self.offsets[pieces[1] - 1, 1])
        while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        return start, end

    def span(self, pieces: Range, page: Page) -> Span:
        """Return the document span of a range of pieces."""
        return Span(page.document.id, *self.characters(pieces, page.document.text))


class Encoder:
    """Runs the encoder and its heads; loads on first use and pickles by the folder of its weights."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(str(resources.files("detente.reading.learned") / "weights"))
        missing = [name for name in _FILES if not (self.folder / name).exists()]
        if missing:
            raise ReaderError(f"{self.folder} lacks {', '.join(missing)}; reinstall Detente, or choose --reader rules")

    def __getstate__(self) -> Path:
        return self.folder

    def __setstate__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The word-piece tokenizer."""
        return load_tokenizer()

    @cached_property
    def _layers(self) -> dict[str, Any]:
        layers: dict[str, Any] = json.loads((self.folder / "layers.json").read_text(encoding="utf-8"))
        return layers

    @cached_property
    def _slices(self) -> dict[str, slice]:
        found, start = {}, 0
        for name, size in self._layers["tags"].items():
            found[name] = slice(start, start + size)
            start += size
        for name in self._layers["values"]:
            found[name] = slice(start, start + 1)
            start += 1
        return found

    @cached_property
    def _outside(self) -> list[int]:
        """The columns of the logits that say that a piece is outside, one a token layer."""
        return [self._slices[name].start for name in self._layers["tags"]]

    @cached_property
    def _encoder(self) -> onnxruntime.InferenceSession:
        return session(self.folder / "encoder.onnx")

    @cached_property
    def _anchored(self) -> dict[str, onnxruntime.InferenceSession]:
        return {name: session(self.folder / f"anchored.{name}.onnx") for name in REACH}

    @cached_property
    def _classes(self) -> onnxruntime.InferenceSession:
        return session(self.folder / "classes.onnx")

    @cached_property
    def _cast(self) -> onnxruntime.InferenceSession:
        return session(self.folder / "cast.onnx")

    @cached_property
    def _links(self) -> onnxruntime.InferenceSession:
        return session(self.folder / "links.onnx")

    def of(self, page: Page) -> tuple[EncodedWindow, ...]:
        """Return the encoded windows of a page in text order; they are kept with the page's parse."""
        kept: tuple[Path, tuple[EncodedWindow, ...]] | None = page.doc.user_data.get(_KEPT)
        if kept is None or kept[0] != self.folder:
            kept = self.folder, tuple(self._encoded(page))
            page.doc.user_data[_KEPT] = kept
        return kept[1]

    def _encoded(self, page: Page) -> Iterator[EncodedWindow]:
        text, spans = blanked(page.document), [s.span for s in page.sentences]
        pieces = self.tokenizer.encode_batch([s.of(text) for s in spans], add_special_tokens=False)
        ranges = list(cut([len(p.ids) for p in pieces]))
        bounds = [(spans[lead].start, spans[last - 1].end) for lead, _, last in ranges]
        encoded = self.encode([text[a:b] for a, b in bounds], [a for a, _ in bounds])
        for (_, first, _), (offsets, hidden, logits) in zip(ranges, encoded, strict=True):
            lead_in = int(np.searchsorted(offsets[1:-1, 0], spans[first].start))
            logits[1 : lead_in + 1, self._outside] += SURE
            yield EncodedWindow(offsets, hidden, logits, spans[first].start)

    def encode(self, texts: Sequence[str], bases: Sequence[int]) -> list[tuple[npt.NDArray[np.int64], Floats, Floats]]:
        """Return offsets, hidden vectors and logits of texts that begin at characters ``bases``, in order.

        Each text is run by itself: on one core that is faster than padded batches, and what is read of a text does
        not hang on its neighbours (the int8 scales are those of the whole input).
        """
        found = []
        for encoding, base in zip(self.tokenizer.encode_batch(list(texts)), bases, strict=True):
            ids = np.array([encoding.ids], dtype=np.int64)
            hidden, logits = self._encoder.run(None, {"ids": ids})
            offsets = np.array(encoding.offsets, dtype=np.int64)
            offsets[1:-1] += base
            found.append((offsets, hidden[0], logits[0]))
        return found

    def tags(self, window: EncodedWindow, layer: str) -> Floats:
        """Return the probabilities of a token layer, (pieces, classes)."""
        return softmax(window.logits[:, self._slices[layer]])

    def weight(self, page: Page, span: Span, layer: str) -> float:
        """Return how probable a token layer holds the likeliest piece of a span to be inside something."""
        found = 0.0
        for window in self.of(page):
            pieces = window.range_of(span.start, span.end)
            if pieces:
                logits = window.logits[pieces[0] : pieces[1], self._slices[layer]]
                found = max(found, float(1 - softmax(logits)[:, 0].min()))
        return found

    def values(self, window: EncodedWindow, layer: str) -> Floats:
        """Return the figures of a regression layer, (pieces,)."""
        return window.logits[:, self._slices[layer].start]

    def seen_from(self, window: EncodedWindow, layer: str, anchors: Sequence[Range]) -> Floats:
        """Return the probabilities of the pieces' tags as seen from each anchor, (anchors, pieces, classes).

        A layer sees ``REACH`` pieces around its anchor; those beyond are outside.
        """
        count, index, logits = self._seen(window, layer, anchors)
        found = np.zeros((len(anchors), count, logits.shape[2]), dtype=np.float32)
        found[:, :, 0] = 1.0
        found[np.arange(len(anchors))[:, None], index] = softmax(logits)
        return found

    def _seen(
        self, window: EncodedWindow, layer: str, anchors: Sequence[Range]
    ) -> tuple[int, npt.NDArray[np.int64], Floats]:
        """Return the number of pieces, the places that a layer sees, and its logits there."""
        count, sides = len(window.offsets), _sides(anchors)
        reach = min(count, REACH[layer])
        low = np.clip(sides["start"] - REACH[layer] // 2, 0, count - reach)
        index = low[:, None] + np.arange(reach)
        return count, index, self._anchored[layer].run(None, {"hidden": window.hidden, "index": index, **sides})[0]

    def classes(self, window: EncodedWindow, anchors: Sequence[Range]) -> dict[str, Floats]:
        """Return the class probabilities of spans by layer, (anchors, classes) each."""
        logits, found, start = self._classes.run(None, {"hidden": window.hidden, **_sides(anchors)})[0], {}, 0
        for layer, size in self._layers["classes"].items():
            found[layer] = softmax(logits[:, start : start + size])
            start += size
        return found

    def ends(self, window: EncodedWindow, layer: str, anchors: Sequence[Range]) -> Floats:
        """Return how probably a span begins or ends at each piece as seen from anchors, (anchors, pieces, ends)."""
        count, index, logits = self._seen(window, layer, anchors)
        found = np.zeros((len(anchors), count, logits.shape[2]), dtype=np.float32)
        found[np.arange(len(anchors))[:, None], index] = softmax(logits.transpose(0, 2, 1)).transpose(0, 2, 1)
        return found

    def cast(self, window: EncodedWindow, anchors: Sequence[Range], players: Sequence[Sequence[Player]]) -> Casting:
        """Return what part mentions have in what anchors name, and of what kind that is.

        Args:
            window: The encoded window.
            anchors: The words that may name acts.
            players: The mentions that each of them is seen with; training has seen ``MOST_MENTIONS`` at most.

        Returns:
            For each anchor (its mentions, parts) and (kinds,); the first kind is none.
        """
        most = max([1, *map(len, players)])
        rows = np.array([[*p, *[(-1, 0)] * (most - len(p))] for p in players], dtype=np.int64)
        feed = {"mention": np.ascontiguousarray(rows[:, :, 0]), "here": np.ascontiguousarray(rows[:, :, 1])}
        parts, kinds = self._cast.run(None, {"hidden": window.hidden, **feed, **_sides(anchors)})
        return [softmax(p[: len(own)]) for p, own in zip(parts, players, strict=True)], softmax(kinds)

    def links(self, window: EncodedWindow, anchors: Sequence[Range], mentions: Sequence[int]) -> Floats:
        """Return how probably mentions, by their pieces, are of the pair of a relation claim, (anchors, mentions)."""
        if not mentions:
            return np.zeros((len(anchors), 0), dtype=np.float32)
        feed = {"mention": np.array(mentions, dtype=np.int64), **_sides(anchors)}
        return softmax(self._links.run(None, {"hidden": window.hidden, **feed})[0])[:, :, 1]


def _sides(anchors: Sequence[Range]) -> dict[str, npt.NDArray[np.int64]]:
    start, end = (np.array(side, dtype=np.int64) for side in zip(*anchors, strict=True))
    return {"start": start, "end": end}


def session(path: Path) -> onnxruntime.InferenceSession:
    """Open a model for one thread; raise ``ReaderError`` when it cannot be loaded."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the fused node is slower than what it fuses
        )
    except Exception as error:
        raise ReaderError(f"{path} cannot be loaded ({error}); reinstall Detente, or choose --reader rules") from error
