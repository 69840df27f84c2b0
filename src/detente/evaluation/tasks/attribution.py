"""Attribution relations of whole documents (the format of PolNeAR as ``{"id", "text", "relations"}`` lines)."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from detente.evaluation.tasks.attribution_scores import Counts, Relation, count, scores
from detente.evaluation.tasks.files import Json, TaskResult, json_lines
from detente.model.document import Document
from detente.reading.learned.arrays import Floats, spans_of
from detente.reading.learned.encoder import EncodedWindow, Encoder, Range
from detente.reading.page import Page, Parser

Spans = list[list[int]]
_LEAN = 0.2
"""How much it bears on what is said as seen from a cue whether the words are said by anybody."""
_QUOTES = (("“", "”"), ('"', '"'), ("''", "''"), ("‘", "’"))


def attribution(path: Path, encoder: Encoder | None = None) -> TaskResult:
    """Predict the attribution relations of each document by the layers trained on PolNeAR (Newell et al. 2018).

    Args:
        path: JSON lines, plain or gzipped, with ``id`` and ``text``; ``relations`` are used for the figures alone.
        encoder: The encoder; the package's own by default.

    Returns:
        Lines ``{"id", "relations": [{"source": [[start, end]…], "cue": […], "content": […]}]}`` with character
        offsets, and exact F1 of spans, Who50 and all-exact F1 when the file has gold relations.
    """
    encoder, parser = encoder or Encoder(), Parser()
    lines: list[Json] = []
    counts: list[Counts] = []
    for item in json_lines(path, "id", "text"):
        text = item["text"]
        page = parser.parse(Document(Document.id_of(text, None, None, None), text, name=item["id"]))
        relations = [r for window in encoder.of(page) for r in _relations(encoder, window, page)]
        lines.append({"id": item["id"], "relations": relations})
        if "relations" in item:
            counts.append(counted(item, lines[-1]))
    return TaskResult(tuple(lines), scores(counts) if counts else {})


def counted(item: Json, line: Json) -> Counts:
    """Count the matches of one document's gold and predicted relations."""
    gold, found = ([_spans(r) for r in side["relations"]] for side in (item, line))
    return count(item["text"], gold, found)


def _relations(encoder: Encoder, window: EncodedWindow, page: Page) -> Iterator[Json]:
    cues = [(a, b) for _, a, b in spans_of(encoder.tags(window, "cue.p"))]
    if not cues:
        return
    seen_from_cues = _leaned(encoder.seen_from(window, "attribution.p", cues), encoder.tags(window, "content.p"))
    for cue, seen in zip(cues, seen_from_cues, strict=True):
        found = spans_of(seen)
        source, content = ([(a, b) for kind, a, b in found if kind == wanted] for wanted in (0, 1))
        if content:
            parts = {part: _characters(window, spans, page) for part, spans in _named(source, [cue], content)}
            yield parts | {"content": [_closed(span, page.document.text) for span in parts["content"]]}


def _leaned(seen: Floats, said: Floats) -> Floats:
    """Return the tags as seen from cues (cues, pieces, 5), leaning a little on whether anybody said the words.

    Args:
        seen: Outside, begin and inside of a source, begin and inside of a content.
        said: (pieces, 3) that words are outside, begin, or inside of any content.
    """
    weight = np.maximum(said, 1e-3) ** _LEAN
    found = seen * weight[:, [0, 0, 0, 1, 2]]
    return np.asarray(found / found.sum(-1, keepdims=True))


def _closed(span: list[int], text: str) -> list[int]:
    """Return a content with the closing mark of a quotation that it opens, where that stands right after it."""
    start, end = span
    for opening, closing in _QUOTES:
        opened = text.count(opening, start, end)
        left = opened % 2 if opening == closing else opened - text.count(closing, start, end)
        after = next((b + closing for b in ("", ".", ",", "?", "!") if text.startswith(b + closing, end)), "")
        if left > 0:
            end += len(after)
    return [start, end]


def _named(source: list[Range], cue: list[Range], content: list[Range]) -> list[tuple[str, list[Range]]]:
    return [("source", source), ("cue", cue), ("content", content)]


def _characters(window: EncodedWindow, spans: list[Range], page: Page) -> Spans:
    return [list(window.characters(pieces, page.document.text)) for pieces in spans]


def _spans(relation: Json) -> Relation:
    return {role: [(a, b) for a, b in relation[role]] for role in ("source", "cue", "content")}
