"""The gold dispatch format: JSON lines with a text and what a careful analyst reads out of it.

The format is an outer edge, so readings leave here as plain JSON-ready dictionaries.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from detente.model.document import Document
from detente.model.errors import InputRefusedError
from detente.model.reading import Reading
from detente.model.span import Span
from detente.sources.furniture import furniture_ranges

Json = dict[str, Any]


def load(path: Path) -> Iterator[tuple[Document, Json]]:
    """Yield each dispatch as a document and its gold object; raise ``InputRefusedError`` at the first bad line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                gold = json.loads(line)
                yield _document(gold, f"{path.name}:{number}"), gold
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise InputRefusedError(
                    f"{path}:{number}", f"not a gold dispatch ({error})", "one JSON object a line with id and text"
                ) from error


def _document(gold: Json, origin: str) -> Document:
    published = date.fromisoformat(gold["published"]) if gold.get("published") else None
    text, publisher, title = gold["text"], gold.get("publisher"), gold.get("title")
    key = Document.id_of(text, published, publisher, title)
    return Document(
        id=key,
        text=text,
        title=title,
        publisher=publisher,
        published=published,
        language="en",
        origin=origin,
        name=gold["id"],
        furniture=tuple(Span(key, start, end) for start, end in furniture_ranges(text)),
    )


def to_gold(document: Document, reading: Reading) -> Json:
    """Write a reading in the gold format; ids are numbered in text order."""
    text = document.text
    statements = {s.id: f"s{n}" for n, s in enumerate(reading.statements, 1)}

    def ref(statement: str | None) -> str | None:
        return statements.get(statement) if statement else None

    return {
        "id": document.name or document.id,
        "events": [
            {
                "id": f"e{n}",
                "trigger": e.trigger.of(text),
                "sentence": e.sentence.of(text),
                "type": e.type.value,
                "source": list(e.source),
                "target": list(e.target),
                "date": str(e.date) if e.date else None,
                "factuality": e.factuality.value,
                "statement": ref(e.statement),
            }
            for n, e in enumerate(reading.events, 1)
        ],
        "statements": [
            {
                "id": statements[s.id],
                "source": s.source.of(text),
                "speaker": s.speaker,
                "cue": s.cue.of(text),
                "content": max((part.of(text) for part in s.content), key=len),
                "form": s.form.value,
                "sentence": s.sentence.of(text),
                "stance": s.stance.value,
            }
            for s in reading.statements
        ],
        "relations": [
            {
                "id": f"r{n}",
                "evidence": r.evidence.of(text),
                "dyad": list(r.dyad),
                "direction": r.direction.value,
                "factuality": r.factuality.value,
                "date": str(r.date) if r.date else None,
                "statement": ref(r.statement),
                "sentence": r.sentence.of(text),
            }
            for n, r in enumerate(reading.relations, 1)
        ],
        "causes": [
            {
                "id": f"c{n}",
                "cause": c.cause.of(text),
                "effect": c.effect.of(text),
                "signal": c.signal.of(text) if c.signal else "",
                "statement": ref(c.statement),
            }
            for n, c in enumerate(reading.causes, 1)
        ],
    }
