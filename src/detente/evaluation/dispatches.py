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
from detente.model.reading import CausalClaim, Event, Reading, RelationClaim, Statement
from detente.model.span import Span
from detente.sources.furniture import furniture_ranges

Json = dict[str, Any]
Refs = dict[str | None, str]
"""Statement id → its number in the gold format."""


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
    refs: Refs = {s.id: f"s{n}" for n, s in enumerate(reading.statements, 1)}
    return {
        "id": document.name or document.id,
        "events": [_event(f"e{n}", e, text, refs) for n, e in enumerate(reading.events, 1)],
        "statements": [_statement(s, text, refs) for s in reading.statements],
        "relations": [_relation(f"r{n}", r, text, refs) for n, r in enumerate(reading.relations, 1)],
        "causes": [_cause(f"c{n}", c, text, refs) for n, c in enumerate(reading.causes, 1)],
    }


def _event(key: str, event: Event, text: str, refs: Refs) -> Json:
    return {
        "id": key,
        "trigger": event.trigger.of(text),
        "sentence": event.sentence.of(text),
        "type": event.type.value,
        "source": list(event.source),
        "target": list(event.target),
        "date": str(event.date) if event.date else None,
        "factuality": event.factuality.value,
        "statement": refs.get(event.statement),
    }


def _statement(statement: Statement, text: str, refs: Refs) -> Json:
    """Write a statement; of a discontinuous content the longest part, as the guidelines ask for."""
    return {
        "id": refs[statement.id],
        "source": statement.source.of(text),
        "speaker": statement.speaker,
        "cue": statement.cue.of(text),
        "content": max((part.of(text) for part in statement.content), key=len),
        "form": statement.form.value,
        "sentence": statement.sentence.of(text),
        "stance": statement.stance.value,
    }


def _relation(key: str, claim: RelationClaim, text: str, refs: Refs) -> Json:
    return {
        "id": key,
        "evidence": claim.evidence.of(text),
        "dyad": list(claim.dyad),
        "direction": claim.direction.value,
        "factuality": claim.factuality.value,
        "date": str(claim.date) if claim.date else None,
        "statement": refs.get(claim.statement),
        "sentence": claim.sentence.of(text),
    }


def _cause(key: str, claim: CausalClaim, text: str, refs: Refs) -> Json:
    return {
        "id": key,
        "cause": claim.cause.of(text),
        "effect": claim.effect.of(text),
        "signal": claim.signal.of(text) if claim.signal else "",
        "statement": refs.get(claim.statement),
    }
