"""Reading the record: documents, readings, findings about a pair, as of a day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from detente.model.codes import Factuality
from detente.model.document import Copy, Document
from detente.model.errors import UsageError
from detente.model.reading import CausalClaim, Event, Reading, RelationClaim, Statement
from detente.model.run import Refusal, Run
from detente.model.span import Span
from detente.record import rebuild
from detente.record.base import Connected, marks
from detente.record.rebuild import CAUSE, EVENT, RELATION, SENTENCE, STATEMENT, TIME, Shape
from detente.record.rows import Finding, Held

Pair = tuple[str, str]

FRAMES = (
    *("documents", "sentences", "mentions", "times", "statements", "events", "relation_claims", "causal_claims"),
    "coded_events",
)
"""Tables with a known time, served by ``Querying.frame`` as their corrected views."""

_BY_KEY = (
    "id = $key",
    "$key <> '' AND (starts_with(id, $key) OR starts_with(id, 'document-' || $key) "
    "OR name = $key OR origin = $key OR url = $key)",
    "$key <> '' AND (ends_with(origin, '/' || $key) "
    "OR id IN (SELECT document FROM copies WHERE origin = $key OR url = $key OR ends_with(origin, '/' || $key)))",
)
"""How a person may name a document, the surest way first: what fits no way is tried the next."""

_COPIES = "(SELECT count(*) FROM copies c WHERE c.document = {key} AND ($as_of IS NULL OR c.published <= $as_of))"
_KNOWN = "($as_of IS NULL OR known <= $as_of)"


def _names(start: str, end: str) -> str:
    """SQL: the codes that the mentions within a stretch of the row ``f`` name; places act for nobody."""
    return (
        "(SELECT flatten(list(m.codes)) FROM mentions m WHERE m.document = f.document AND m.kind <> 'place' "
        f"AND m.span_start >= {start} AND m.span_end <= {end})"
    )


class Querying(Connected):
    """Questions to the record; every ``as_of`` is a day at whose end one asks, ``None`` for everything held.

    With an ``as_of``, a report without a publishing date is left out: it cannot be said to have been known.
    """

    def documents(self, as_of: date | None = None) -> list[Held]:
        """List the documents in the order of publication, undated ones last."""
        rows = self._rows(
            "SELECT d.id, name, title, publisher, published, language, url, origin, length(text), "
            f"{_COPIES.format(key='d.id')}, r.reader, r.version, d.run "
            f"FROM current_documents d LEFT JOIN readings r ON r.document = d.id WHERE {_KNOWN} "
            "ORDER BY published NULLS LAST, d.seq",
            {"as_of": as_of},
        )
        return [Held(*row) for row in rows]

    def document_id(self, key: str) -> str:
        """Return the id of the document with this id, unique beginning of an id, name, origin, its end, or URL.

        The end of an origin is a file name such as ``article.txt``; a copy's origin leads to its story.

        Raises:
            UsageError: None or several fit; the message lists some of them.
        """
        found = next((ids for where in _BY_KEY if (ids := self._ids(where, key, 6))), [])
        if len(found) == 1:
            return found[0]
        what = "fits several documents" if found else "is no document of the record"
        such = ", ".join(found or self._ids("true", key, 5)) or "none, since the record holds no document"
        raise UsageError(f"{key!r} {what}; allowed: an id, its beginning, a name, file, origin or URL, such as {such}")

    def _ids(self, where: str, key: str, limit: int) -> list[str]:
        sql = f"SELECT id FROM current_documents WHERE $key IS NOT NULL AND {where} ORDER BY seq LIMIT {limit}"
        rows = self._rows(sql, {"key": key})
        return [str(found) for (found,) in rows]

    def document(self, key: str) -> Document:
        """Return a document, its title, publisher, date and language as corrected (see ``document_id`` for ``key``)."""
        document = self.document_id(key)
        (row,) = self._rows(
            "SELECT id, text, title, publisher, published, language, url, origin, name, furniture "
            "FROM current_documents WHERE id = ?",
            [document],
        )
        marked = [Span(document, part["span_start"], part["span_end"]) for part in row[-1]]
        return Document(*(*row[:-1], tuple(marked)))

    def copies_of(self, document: str) -> list[Copy]:
        """Return the further appearances of a story."""
        rows = self._rows(
            "SELECT id, document, kind, similarity, title, publisher, published, url, origin FROM copies "
            "WHERE document = ? ORDER BY seq",
            [document],
        )
        return [Copy(*row) for row in rows]

    def reading(self, key: str) -> Reading | None:
        """Return the present reading as the reader left it, without corrections; ``None`` if it was never read."""
        document = self.document_id(key)
        read = self._rows("SELECT reader, version FROM readings WHERE document = ?", [document])
        if not read:
            return None
        mentions = self._rows(
            f"SELECT {rebuild.MENTION_COLUMNS} FROM mentions WHERE document = ? ORDER BY ordinal", [document]
        )
        ids = sorted({actor for row in mentions for actor in row[5]})
        actors = {
            key: rebuild.actor(row)
            for key, *row in self._rows(
                f"SELECT id, code, kind, sector, name, office FROM actors WHERE id IN ({marks(ids) or 'NULL'})", ids
            )
        }
        return Reading(
            document=document,
            reader=read[0][0],
            version=read[0][1],
            sentences=self._all("sentences", SENTENCE, document),
            mentions=tuple(rebuild.mention(document, row, actors) for row in mentions),
            times=self._all("times", TIME, document),
            statements=self._all("statements", STATEMENT, document),
            events=self._all("events", EVENT, document),
            relations=self._all("relation_claims", RELATION, document),
            causes=self._all("causal_claims", CAUSE, document),
        )

    def events(
        self,
        pair: Pair | None = None,
        as_of: date | None = None,
        *,
        document: str | None = None,
        factuality: Sequence[Factuality] = tuple(Factuality),
    ) -> list[Finding[Event]]:
        """Return events between two actors (either may act), or all, by valid date, undated ones last."""
        among = "list_contains(f.source, $a) AND list_contains(f.target, $b)"
        mirrored = among.replace("$a", "$c").replace("$b", "$a").replace("$c", "$b")
        where = f"(({among}) OR ({mirrored})) AND list_contains($factuality, factuality)"
        values = {"factuality": [value.value for value in factuality]}
        if pair is None:
            where = "list_contains($factuality, factuality)"
        return self._findings("events", EVENT, where, pair, as_of, document, values)

    def statements(
        self,
        pair: Pair | None = None,
        as_of: date | None = None,
        *,
        document: str | None = None,
        speaker: str | None = None,
    ) -> list[Finding[Statement]]:
        """Return statements that name both of a pair, one of them perhaps as the speaker, or all."""
        named = _names("f.content[1].span_start", "f.content[-1].span_end")
        where = f"list_has_all(list_append(coalesce({named}, []), f.speaker), [$a, $b])" if pair else "true"
        values = {}
        if speaker is not None:
            where, values = f"{where} AND f.speaker = $speaker", {"speaker": speaker}
        return self._findings("statements", STATEMENT, where, pair, as_of, document, values)

    def relation_claims(
        self, pair: Pair | None = None, as_of: date | None = None, *, document: str | None = None
    ) -> list[Finding[RelationClaim]]:
        """Return claims about the relation of a pair, or all."""
        where = "list_has_all(f.dyad, [$a, $b])" if pair else "true"
        return self._findings("relation_claims", RELATION, where, pair, as_of, document, {})

    def causal_claims(
        self, pair: Pair | None = None, as_of: date | None = None, *, document: str | None = None
    ) -> list[Finding[CausalClaim]]:
        """Return causal claims whose sentence names both of a pair, or all."""
        named = _names("f.sentence_start", "f.sentence_end")
        where = f"list_has_all(coalesce({named}, []), [$a, $b])" if pair else "true"
        return self._findings("causal_claims", CAUSE, where, pair, as_of, document, {})

    def frame(self, table: str, as_of: date | None = None) -> pa.Table:
        """Return one of ``FRAMES`` with corrections applied and its ``known`` column, as an Arrow table."""
        if table not in FRAMES:
            raise UsageError(f"no table {table!r}; allowed: {', '.join(FRAMES)}")
        return self.query(f"SELECT * FROM current_{table} WHERE {_KNOWN}", {"as_of": as_of})

    def acts(
        self,
        as_of: date | None = None,
        *,
        pair: Pair | None = None,
        factuality: Sequence[Factuality] = (Factuality.FACT,),
    ) -> pa.Table:
        """Return acts, one row per directed dyad, out of reports and event data (``docs/record.md``)."""
        where = "list_contains($factuality, factuality)"
        values: dict[str, Any] = {"as_of": as_of, "factuality": [value.value for value in factuality]}
        if pair is not None:
            where += " AND ((source = $a AND target = $b) OR (source = $b AND target = $a))"
            values |= {"a": pair[0], "b": pair[1]}
        return self.query(f"SELECT * FROM acts_as_of(CAST($as_of AS DATE)) WHERE {where}", values)

    def runs(self) -> list[Run]:
        """Return all runs in the order in which they began; one cut off counts the readings that it wrote."""
        refused: dict[str, list[Refusal]] = {}
        for run, *what in self._rows("SELECT run, place, what, allowed FROM refusals ORDER BY run, ordinal"):
            refused.setdefault(run, []).append(Refusal(*what))
        rows = self._rows(
            "SELECT id, started, finished, verb, reader, version, settings, "
            "coalesce(read, (SELECT count(*) FROM readings x WHERE x.run = r.id)), "
            "coalesce(copies, (SELECT count(*) FROM copies x WHERE x.run = r.id)), coalesce(skipped, 0), "
            "coalesce(interrupted, true) FROM runs r ORDER BY seq"
        )
        return [_run(row, refused.get(row[0], ())) for row in rows]

    def _all(self, table: str, shape: Shape, document: str) -> tuple[Any, ...]:
        rows = self._rows(f"SELECT {shape.columns} FROM {table} WHERE document = ? ORDER BY ordinal", [document])
        return tuple(shape.build(document, row) for row in rows)

    def _findings(
        self,
        table: str,
        shape: Shape,
        where: str,
        pair: Pair | None,
        as_of: date | None,
        document: str | None,
        values: dict[str, Any],
    ) -> list[Finding[Any]]:
        values = {"as_of": as_of, **values}
        if pair is not None:
            values |= {"a": pair[0], "b": pair[1]}
        if document is not None:
            where, values = f"{where} AND f.document = $document", {**values, "document": self.document_id(document)}
        dated = "valid_first NULLS LAST, " if "valid_first" in shape.columns else ""
        order = "ordinal" if document is not None else f"{dated}known NULLS LAST, f.document, ordinal"
        rows = self._rows(
            f"SELECT id, f.document, title, publisher, known, {_COPIES.format(key='f.document')}, corrections, "
            f"{shape.columns} FROM current_{table} f WHERE {where} AND {_KNOWN} ORDER BY {order}",
            values,
        )
        return [
            Finding(key, shape.build(doc, row), doc, title, publisher, known, copies, tuple(corrections))
            for key, doc, title, publisher, known, copies, corrections, *row in rows
        ]


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _run(row: tuple[Any, ...], refusals: Sequence[Refusal]) -> Run:
    key, started, finished, verb, reader, version, settings, read, copies, skipped, interrupted = row
    return Run(
        id=key,
        started=_utc(started),
        finished=None if finished is None else _utc(finished),
        verb=verb,
        reader=reader,
        version=version,
        settings=settings,
        read=read,
        copies=copies,
        skipped=skipped,
        refusals=tuple(refusals),
        interrupted=interrupted,
    )
