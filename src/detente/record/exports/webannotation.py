"""W3C Web Annotation: each finding an annotation whose target is selected by position and by quote.

Sanderson, Ciccarese & Young, *Web Annotation Data Model*, W3C Recommendation 2017.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from detente.record.record import Record
from detente.record.views import script

Json = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters of prefix and suffix of a quote."""


def write_webannotation(record: Record, out_dir: Path, as_of: date | None) -> list[Path]:
    """Write ``annotations.jsonld``: one AnnotationPage with an annotation per statement, event and claim.

    The target's source is the text as the record holds it (``urn:detente:document-…``), because positions in it are
    not positions in the page; ``generator`` names the reader.
    """
    target = out_dir / "annotations.jsonld"
    with target.open("w", encoding="utf-8") as out:
        out.write(f'{{"@context": "{CONTEXT}", "id": "urn:detente:annotations", "type": "AnnotationPage", "items": [')
        separator = "\n"
        for annotation in _annotations(record, as_of):
            out.write(separator + msgspec.json.encode(annotation).decode())
            separator = ",\n"
        out.write("\n]}\n")
    return [target]


def _annotations(record: Record, as_of: date | None) -> Iterator[Json]:
    sql = "SELECT * EXCLUDE (mentions, times, copies) FROM whole_documents({as_of})"
    for document in record.stream_as_of(sql, as_of, script("export_documents.sql")):
        maker = {"type": "Software", "name": f"{document['reader']} {document['version']}"}
        for table, spans_of, fields in _BODIES:
            for finding in document[table]:
                body = {name: finding[name] for name in fields if finding[name] is not None}
                yield {
                    "id": f"urn:detente:{finding['id']}",
                    "type": "Annotation",
                    "motivation": "classifying",
                    "generator": maker,
                    "body": [
                        {
                            "type": "TextualBody",
                            "purpose": "tagging",
                            "value": table.removesuffix("s").replace("_", " "),
                        },
                        {
                            **{"type": "TextualBody", "purpose": "classifying", "format": "application/json"},
                            "value": msgspec.json.encode(body).decode(),
                        },
                    ],
                    "target": [_target(span, document) for span in spans_of(finding)],
                }


_BODIES: tuple[tuple[str, Callable[[Json], list[Json]], tuple[str, ...]], ...] = (
    ("statements", lambda s: s["content"], ("speaker", "source", "cue", "form", "stance", "parent")),
    ("events", lambda e: [e["trigger"]], ("type", "mode", "source", "target", "factuality", "date", "statement")),
    ("relation_claims", lambda r: [r["evidence"]], ("dyad", "direction", "factuality", "date", "statement")),
    ("causal_claims", lambda c: [c["cause"], c["effect"]], ("cause", "effect", "signal", "statement")),
)
"""Per table: the spans that a finding's annotation is about, and the fields of its body."""


def _target(span: Json, document: Json) -> Json:
    text, start, end = document["text"], span["start"], span["end"]
    quote = {
        "type": "TextQuoteSelector",
        "exact": span["quote"],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    source = {"id": f"urn:detente:{document['id']}", "type": "Text", "format": "text/plain"}
    if document["url"] is not None:
        source["via"] = document["url"]
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": source, "selector": [position, quote]}
