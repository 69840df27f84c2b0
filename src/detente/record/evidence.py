"""A span as evidence: the quote, highlighted in its sentence, and the report that it stands in."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from detente.model.errors import RecordError
from detente.model.span import Span
from detente.record.base import Connected
from detente.record.columns import TEXT, WHOLE, table
from detente.record.rows import Evidence

_SQL = """
    SELECT a.ordinal, d.id, least(a.span_start, min(s.span_start)), greatest(a.span_end, max(s.span_end)),
        any_value(d.text), any_value(d.title), any_value(d.publisher), any_value(d.published), any_value(d.url),
        (SELECT count(*) FROM copies c WHERE c.document = d.id)
    FROM asked_spans a
    JOIN current_documents d ON d.id = a.document
    LEFT JOIN sentences s ON s.document = a.document AND s.span_start < a.span_end AND s.span_end > a.span_start
    GROUP BY a.ordinal, d.id, a.span_start, a.span_end
"""


class Witnessing(Connected):
    """Evidence for spans."""

    def evidence(self, span: Span) -> Evidence:
        """Return one span as evidence; raise ``RecordError`` if the record holds no such words."""
        return self.evidence_of([span])[0]

    def evidence_of(self, spans: Sequence[Span]) -> list[Evidence]:
        """Return many spans as evidence, in the order given, with one query."""
        asked = table(
            {"ordinal": WHOLE, "document": TEXT, "span_start": WHOLE, "span_end": WHOLE},
            [(n, span.document, span.start, span.end) for n, span in enumerate(spans)],
        )
        found = {row[0]: row[1:] for row in self._over(asked)}
        return [self._one(span, found.get(n)) for n, span in enumerate(spans)]

    def _over(self, asked: pa.Table) -> list[tuple[Any, ...]]:
        with self._told("read"), self._connection.cursor() as cursor:
            cursor.register("asked_spans", asked)
            return cursor.execute(_SQL).fetchall()

    def _one(self, span: Span, row: tuple[Any, ...] | None) -> Evidence:
        if row is None or span.end > len(row[3]):
            raise RecordError(
                f"{self.path}: no words at {span.start}:{span.end} of {span.document}; ask for a span read"
            )
        document, first, last, text, title, publisher, published, url, copies = row
        return Evidence(
            span=span,
            quote=span.of(text),
            sentence=text[first:last],
            sentence_span=Span(document, first, last),
            highlight=(span.start - first, span.end - first),
            title=title,
            publisher=publisher,
            published=published,
            url=url,
            copies=copies,
        )
