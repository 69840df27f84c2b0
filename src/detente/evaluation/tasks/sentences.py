"""The events of single sentences: ``{"id", "text", "date"}`` lines in, types, parties and factuality out."""

from datetime import date
from pathlib import Path

from detente.evaluation.tasks.files import Json, TaskResult, json_lines
from detente.model.actor import Mention
from detente.model.document import Document
from detente.model.reading import Event, Reading
from detente.reading.learned import learned_reader
from detente.reading.reader import StagedReader


def sentences(path: Path, reader: StagedReader | None = None) -> TaskResult:
    """Code each sentence as a report of its own, published on ``date``.

    Args:
        path: JSON lines, plain or gzipped, with ``id`` and ``text``; ``date`` (ISO) may be missing.
        reader: The reader; the learned one by default.

    Returns:
        Lines ``{"id", "events": [{"type", "mode", "source": [{"text", "country", "sector"}], "target": […],
        "factuality"}]}``; no figures, as the format carries no gold.
    """
    reader = reader or learned_reader()
    items = list(json_lines(path, "id", "text"))
    readings = reader.read_all(_document(item) for item in items)
    lines = [
        {"id": item["id"], "events": [_event(e, r, item["text"]) for e in r.events]}
        for item, r in zip(items, readings, strict=True)
    ]
    return TaskResult(tuple(lines), {})


def _document(item: Json) -> Document:
    published = date.fromisoformat(item["date"]) if item.get("date") else None
    text = item["text"]
    return Document(Document.id_of(text, published, None, item["id"]), text, published=published, name=item["id"])


def _event(event: Event, reading: Reading, text: str) -> Json:
    mentions = {m.id: m for m in reading.mentions}
    return {
        "type": event.type.value,
        "mode": event.mode,
        "source": _side(event.source, [mentions[i] for i in event.source_mentions if i in mentions], text),
        "target": _side(event.target, [mentions[i] for i in event.target_mentions if i in mentions], text),
        "factuality": event.factuality.value,
    }


def _side(codes: tuple[str, ...], mentions: list[Mention], text: str) -> list[Json]:
    """Return an entry for each code of a side, with the mention and sector that gave it where one did."""
    out: list[Json] = []
    for code in codes:
        named = [(m, a) for m in mentions for a in m.actors if a.code == code]
        for mention, actor in named[:1]:
            out.append({"text": mention.span.of(text), "country": code, "sector": actor.sector.value})
        if not named:
            out.append({"text": None, "country": code, "sector": None})
    return out
