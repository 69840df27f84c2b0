"""The events of single sentences: ``{"id", "text", "date"}`` lines in, types, parties and factuality out."""

from datetime import date
from pathlib import Path

from detente.evaluation.tasks.files import Json, TaskResult, json_lines
from detente.model.document import Document
from detente.reading.learned import learned_reader
from detente.reading.learned.sentence_actors import PartyActor
from detente.reading.learned.sentence_coder import SentenceCoder, SentenceEvent
from detente.reading.reader import StagedReader


def sentences(path: Path, reader: StagedReader | None = None, coder: SentenceCoder | None = None) -> TaskResult:
    """Code each sentence as a report of its own, published on ``date``; domestic and unnamed parties count.

    Args:
        path: JSON lines, plain or gzipped, with ``id`` and ``text``; ``date`` (ISO) may be missing.
        reader: Finds mentions and the events of frames; the learned reader by default.
        coder: Codes the sentence given those; the package's own by default.

    Returns:
        Lines ``{"id", "events": [{"type", "mode", "source": [{"text", "country", "sector"}], "target": […],
        "factuality"}]}``, the surest event first. ``country`` is a state or organisation code, None where nothing
        tells; ``sector`` is a PLOVER code, None for a state as a whole. No figures, as the format carries no gold.
    """
    reader, coder = reader or learned_reader(), coder or SentenceCoder()
    items = list(json_lines(path, "id", "text"))
    pages = reader.parser.parse_all(_document(item) for item in items)
    lines = [
        {"id": item["id"], "events": [_event(e) for e in coder.code(page, reader.read_page(page))]}
        for item, page in zip(items, pages, strict=True)
    ]
    return TaskResult(tuple(lines), {})


def _document(item: Json) -> Document:
    published = date.fromisoformat(item["date"]) if item.get("date") else None
    text = item["text"]
    return Document(Document.id_of(text, published, None, item["id"]), text, published=published, name=item["id"])


def _event(event: SentenceEvent) -> Json:
    return {
        "type": event.type.value,
        "mode": event.mode,
        "source": [_actor(a) for a in event.source],
        "target": [_actor(a) for a in event.target],
        "factuality": event.factuality.value,
    }


def _actor(actor: PartyActor) -> Json:
    return {"text": actor.text, "country": actor.country, "sector": actor.sector}
