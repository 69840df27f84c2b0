"""The arbiter: gradient-boosted trees that say how probably a reading of an act is right.

Trained by ``training/arbiter.py`` on dispatches that neither the encoder nor the authors of the frames had seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime

from detente.model.errors import ReaderError
from detente.reading.learned.arrays import Floats
from detente.reading.learned.encoder import session
from detente.reading.learned.proposals import Proposal

FILES = {"strict": "arbiter_strict.onnx", "dyad": "arbiter_dyad.onnx"}


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A reading with the probabilities that type and both sides are right, and that quad class and a pair are."""

    proposal: Proposal
    strict: float
    dyad: float

    @property
    def worth(self) -> float:
        """What the choice among readings goes by."""
        return (2 * self.strict + self.dyad) / 3


class Arbiter:
    """Judges the readings of acts by their features; loads on first use and pickles by the folder of its weights."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        missing = [name for name in FILES.values() if not (folder / name).exists()]
        if missing:
            raise ReaderError(f"{folder} lacks {', '.join(missing)}; reinstall Detente, or choose --reader rules")

    def __getstate__(self) -> Path:
        return self.folder

    def __setstate__(self, folder: Path) -> None:
        self.folder = folder

    def judge(self, proposals: Sequence[Proposal], rows: Floats) -> list[Judged]:
        """Return the proposals with their probabilities; ``rows`` is (proposals, features)."""
        if not len(rows):
            return []
        strict, dyad = (self._shares(name, rows) for name in FILES)
        return [Judged(p, float(s), float(d)) for p, s, d in zip(proposals, strict, dyad, strict=True)]

    def _shares(self, name: str, rows: Floats) -> Floats:
        return np.asarray(self._sessions[name].run(None, {"rows": rows})[1])[:, 1]

    @cached_property
    def _sessions(self) -> dict[str, onnxruntime.InferenceSession]:
        return {name: session(self.folder / file) for name, file in FILES.items()}
