"""Where gold dispatches lie: the bundled corpus, and the development sets found through DETENTE_DATA."""

import os
from pathlib import Path

from detente.evaluation.dispatches import Json, load
from detente.model.document import Document

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus" / "dispatches.jsonl"
Pairs = list[tuple[Document, Json]]


class DataMissingError(Exception):
    """A part's data are not on this machine; the message says which and how to name them."""


def data_folder(part: str) -> Path:
    """Return a folder below DETENTE_DATA (default ``../shared``), such as ``gold``; raise when it is not there."""
    folder = Path(os.environ.get("DETENTE_DATA", ROOT.parent / "shared")) / part
    if not folder.is_dir():
        raise DataMissingError(f"no folder {part!r} in the larger data sets; set DETENTE_DATA to where it lies")
    return folder


def corpus() -> Pairs:
    """Return the bundled dispatches with their gold readings."""
    return list(load(CORPUS))


def development(sets: str | None = None) -> Pairs:
    """Return the development dispatches; ``sets`` are letters such as ``"fijl"``, all by default."""
    pattern = f"dev_[{sets}].jsonl" if sets else "dev_*.jsonl"
    files = sorted(data_folder("gold").glob(pattern))
    if not files:
        raise DataMissingError(f"no {pattern} among the gold dispatches of DETENTE_DATA")
    return [pair for file in files for pair in load(file)]
