"""Marked sentences for the pair coder: PLV, the sentences written for training, the CAMEO quad sentences with roles."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from detente.evaluation.tasks.pairs import unmarked
from detente.model.codes import EventType
from detente.reading.learned.pairs import marked_ids
from windows import data_folder, load_tokenizer

TYPES = list(EventType)
NO_EVENT = len(TYPES)
Item = tuple[list[int], tuple[int, ...]]
"""Word pieces with marks, and the classes that are right."""
CAMEO_QUADS = {
    "0": (NO_EVENT,),
    "1": ("AGREE", "CONSULT", "SUPPORT"),
    "2": ("COOPERATE", "AID", "CONCEDE", "RETREAT", "ACCUSE"),
    "3": ("ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION", "COERCE"),
    "4": ("ASSAULT", "COERCE", "MOBILIZE", "PROTEST"),
}
"""CAMEO's quad classes by root codes 01-05, 06-09, 10-13 with 16, 14-20: the PLOVER types that they can be (the
crosswalk of 2021 makes 09 ACCUSE and 163 COERCE)."""


def plover(name: str) -> tuple[int, ...]:
    """Return the classes of a PLV root type; its YIELD is CONCEDE or RETREAT."""
    names = (EventType.CONCEDE, EventType.RETREAT) if name == "YIELD" else (EventType(name),)
    return tuple(TYPES.index(t) for t in names)


def marked_items(rows: Iterable[tuple[str, tuple[int, ...]]]) -> list[Item]:
    """Return marked sentences as word pieces with the classes that are right."""
    tokenizer, found = load_tokenizer(), []
    for marked, allowed in rows:
        text, spans = unmarked(marked)
        found.append((marked_ids(tokenizer, text, spans.get("s"), spans.get("t")), allowed))
    return found


def plv_rows() -> list[tuple[str, tuple[int, ...]]]:
    """Return the rows of PLV's training file."""
    path = data_folder() / "data" / "events" / "plv_train.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(r["marked_sentence"], plover(r["event_type"])) for r in rows]


def written_rows() -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the marked sentences written for training."""
    for path in sorted((Path(__file__).parent / "written").glob("pairs_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            marked, _, kind = line.rpartition("\t")
            kind = kind.strip()
            yield marked, (NO_EVENT,) if kind == "NONE" else (TYPES.index(EventType(kind)),)


def cameo_items() -> list[Item]:
    """Return the CAMEO quad sentences that also have roles (two sets of ConfliBERT), those of PLV left out."""
    folder, tokenizer, found = data_folder() / "data" / "events", load_tokenizer(), []
    lines = (folder / "cameo_quad_train.tsv").read_text("utf-8").splitlines()
    quads = {_squeezed(text): quad for text, _, quad in (line.rpartition("\t") for line in lines)}
    seen = {_squeezed(unmarked(marked)[0]) for marked, _ in plv_rows()}
    for block in (folder / "cameo_roles_train.conll").read_text("utf-8").split("\n\n"):
        words = [line.rpartition(" ")[::2] for line in block.splitlines() if line.strip()]
        text, key = " ".join(w for w, _ in words), _squeezed("".join(w for w, _ in words))
        sides = [_span(words, side) for side in "ST"]
        if key in quads and key not in seen and all(sides):
            allowed = tuple(TYPES.index(EventType(t)) if isinstance(t, str) else t for t in CAMEO_QUADS[quads[key]])
            found.append((marked_ids(tokenizer, text, *sides), allowed))
    return found


def _span(words: list[tuple[str, str]], side: str) -> tuple[int, int] | None:
    """Return the characters of the first stretch of a role in words joined by blanks."""
    places = [i for i, (_, tag) in enumerate(words) if tag[1:] == f"-{side}"]
    if not places:
        return None
    starts = np.cumsum([0] + [len(w) + 1 for w, _ in words]).tolist()
    last = [i for k, i in enumerate(places) if i == places[0] + k][-1]
    return starts[places[0]], starts[last + 1] - 1


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", text.lower())
