"""The pair coder: what a marked source does to a marked target in one sentence (PLOVER types, or none).

A second MiniLM, int8, that reads the sentence with four marks in it (Baldini Soares et al. 2019).
"""

from collections.abc import Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from detente.model.errors import ReaderError
from detente.reading.learned.arrays import Floats, softmax
from detente.reading.learned.encoder import session
from detente.reading.learned.windows import load_tokenizer

MARKS = (1, 2, 3, 4)
"""Word pieces that open and close the source, open and close the target (unused in MiniLM's vocabulary)."""
MAX_TOKENS = 160
VOCABULARY, UNKNOWN = 29612, 100
"""MiniLM's later word pieces are single signs inside words, which the shipped embedding leaves out."""
FILE = "pairs.onnx"
Characters = tuple[int, int]


def marked_ids(tokenizer: Tokenizer, text: str, source: Characters | None, target: Characters | None) -> list[int]:
    """Return the word pieces of a sentence with marks around two stretches of characters.

    A side that is None is marked at the beginning of the sentence, empty. A sentence that is too long is cut to the
    pieces around the marks.
    """
    encoding = tokenizer.encode(text)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)[1:-1]
    put: list[tuple[int, int]] = []
    empty: list[int] = []
    for side, opening, closing in ((source, *MARKS[:2]), (target, *MARKS[2:])):
        inside = (offsets[:, 0] < side[1]) & (offsets[:, 1] > side[0]) if side else np.zeros(0, dtype=bool)
        hit = np.flatnonzero(inside)
        if len(hit):
            put += [(int(hit[0]) + 1, opening), (int(hit[-1]) + 2, closing)]
        else:
            empty += [opening, closing]
    ids = [i if i < VOCABULARY else UNKNOWN for i in encoding.ids]
    for place, mark in sorted(put, key=lambda p: (-p[0], p[1] not in MARKS[::2])):
        ids.insert(place, mark)
    ids[1:1] = empty
    if len(ids) <= MAX_TOKENS:
        return ids
    places = [n for n, piece in enumerate(ids) if piece in MARKS]
    low = max(1, min(min(places) - 10, len(ids) - MAX_TOKENS + 1))
    return [ids[0], *ids[low : low + MAX_TOKENS - 2], ids[-1]]


class PairCoder:
    """Codes marked sentences; loads on first use and pickles by the folder of its weights."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(str(resources.files("detente.reading.learned") / "weights"))
        if not (self.folder / FILE).exists():
            raise ReaderError(f"{self.folder} lacks {FILE}; reinstall Detente, or choose --reader rules")

    def __getstate__(self) -> Path:
        return self.folder

    def __setstate__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer()

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return session(self.folder / FILE)

    def code(self, marked: Sequence[tuple[str, Characters | None, Characters | None]]) -> Floats:
        """Return the probabilities of the sixteen types and none, (sentences, 17), of text, source and target."""
        rows = []
        for text, source, target in marked:
            ids = np.array([marked_ids(self._tokenizer, text, source, target)], dtype=np.int64)
            rows.append(softmax(self._session.run(None, {"ids": ids})[0])[0])
        return np.stack(rows) if rows else np.zeros((0, 17))
