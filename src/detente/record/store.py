"""Writing: runs, documents with their readings, copies; each batch whole or not at all."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import uuid4

import duckdb
import pyarrow as pa

from detente.model.document import Copy
from detente.model.entry import Entry
from detente.model.errors import RecordError
from detente.model.ids import content_id
from detente.model.reading import Reading
from detente.model.run import Counts, Refusal
from detente.record import columns
from detente.record.anchoring import anchor_again
from detente.record.base import Connected, append, marks
from detente.record.columns import DAY, LAYOUTS, REAL, SPANS, TEXT

_DOCUMENT = {
    **{"seq": pa.int64(), "id": TEXT, "name": TEXT, "title": TEXT, "publisher": TEXT, "published": DAY},
    **{"language": TEXT, "url": TEXT, "origin": TEXT, "text": TEXT, "furniture": SPANS, "signature": pa.binary()},
    "run": TEXT,
}
_COPY = {
    **{"seq": pa.int64(), "id": TEXT, "document": TEXT, "kind": TEXT, "similarity": REAL, "title": TEXT},
    **{"publisher": TEXT, "published": DAY, "url": TEXT, "origin": TEXT, "run": TEXT},
}
_READING = {"document": TEXT, "reader": TEXT, "version": TEXT, "run": TEXT}
_REFUSAL = {"run": TEXT, "ordinal": columns.WHOLE, "place": TEXT, "what": TEXT, "allowed": TEXT}


class Storing(Connected):
    """The record as the pipeline's ``Store``."""

    def begin_run(self, verb: str, reader: str, version: str, settings: str) -> str:
        """Open a run and return its id; ``settings`` is the JSON of what shapes the result."""
        started = _now()
        run = content_id("run", started.isoformat(), verb, reader, version, settings, uuid4())
        with self._transaction(f"begin the run of {verb!r}") as connection:
            connection.execute(
                "INSERT INTO runs (seq, id, started, verb, reader, version, settings) "
                "SELECT coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ?, ? FROM runs",
                [run, started, verb, reader, version, settings],
            )
        return run

    def end_run(self, run: str, counts: Counts, refusals: Sequence[Refusal], interrupted: bool) -> None:
        """Close the run with its counts and what was refused."""
        with self._transaction(f"end the run {run}") as connection:
            held = connection.execute(
                "UPDATE runs SET finished = ?, read = ?, copies = ?, skipped = ?, interrupted = ? "
                "WHERE id = ? RETURNING id",
                [_now(), counts.read, counts.copies, counts.skipped, interrupted, run],
            ).fetchall()
            if not held:
                raise RecordError(f"{self.path}: no run {run!r} to end; begin_run gives the id")
            rows = [(run, n, r.where, r.what, r.allowed) for n, r in enumerate(refusals)]
            append(connection, "refusals", columns.table(_REFUSAL, rows))

    def has_reading(self, document: str, reader: str, version: str) -> bool:
        """Tell whether this reader version has read the document with this id."""
        found = self._rows(
            "SELECT 1 FROM readings WHERE document = ? AND reader = ? AND version = ? LIMIT 1",
            [document, reader, version],
        )
        return bool(found)

    def signatures(self) -> Iterator[tuple[str, bytes]]:
        """Yield (document id, signature) of every story held, in the order in which they were first written."""
        for key, signature in self._stream("SELECT id, signature FROM documents ORDER BY seq"):
            yield key, bytes(signature)

    def text(self, document: str) -> str | None:
        """Return the text of a story held, ``None`` if there is none."""
        rows = self._rows("SELECT text FROM documents WHERE id = ?", [document])
        return rows[0][0] if rows else None

    def named(self, name: str) -> Sequence[str]:
        """Return the ids of the stories held whose ``Document.name`` is ``name``."""
        return [key for (key,) in self._rows("SELECT id FROM documents WHERE name = ? ORDER BY seq", [name])]

    def write(self, run: str, entries: Sequence[Entry], copies: Sequence[Copy]) -> None:
        """Write readings and copies in one transaction: all of them are held afterwards, or none.

        A document held already stays as it is. A reading by the reader and version of the one held changes nothing;
        any other reading takes the place of the one held, and corrections move to its rows (``anchoring``).

        Raises:
            RecordError: The record cannot be written, or a span lies outside its document's text.
        """
        for entry in entries:
            self._check(entry)
        with self._transaction(f"write a batch of {len(entries)} reports and {len(copies)} copies") as connection:
            batch = {entry.document.id: entry for entry in reversed(entries)}  # the first of the same id counts
            ordered = [batch[key] for key in dict.fromkeys(entry.document.id for entry in entries)]
            _write_documents(connection, run, ordered)
            _write_readings(connection, run, [entry.reading for entry in ordered])
            self._write_copies(connection, run, copies)

    def _write_copies(self, connection: duckdb.DuckDBPyConnection, run: str, copies: Sequence[Copy]) -> None:
        distinct = {copy.id: copy for copy in reversed(copies)}
        held = _held(connection, "copies", list(distinct))
        new = [distinct[key] for key in dict.fromkeys(copy.id for copy in copies) if key not in held]
        stories = list({copy.document for copy in new})
        if missing := sorted(set(stories) - _held(connection, "documents", stories)):
            raise RecordError(
                f"{self.path}: copies of {', '.join(missing)} without that story; write the story first or with them"
            )
        first = _next(connection, "copies")
        rows = [
            (first + n, c.id, c.document, c.kind, c.similarity, c.title, c.publisher, c.published, c.url, c.origin, run)
            for n, c in enumerate(new)
        ]
        append(connection, "copies", columns.table(_COPY, rows))

    def _check(self, entry: Entry) -> None:
        document, reading = entry.document, entry.reading
        if reading.document != document.id:
            raise RecordError(f"{self.path}: reading of {reading.document} handed in with document {document.id}")
        length = len(document.text)
        for span in (*document.furniture, *columns.all_spans(reading)):
            if span.document != document.id or span.end > length:
                raise RecordError(
                    f"{self.path}: span {span.start}:{span.end} of {span.document} in the reading of {document.id} "
                    f"by {reading.reader} {reading.version} quotes no text; allowed: 0 to {length} of that document"
                )


def _write_documents(connection: duckdb.DuckDBPyConnection, run: str, entries: Sequence[Entry]) -> None:
    held = _held(connection, "documents", [entry.document.id for entry in entries])
    first = _next(connection, "documents")
    rows = [
        (
            *(first + n, d.id, d.name, d.title, d.publisher, d.published, d.language, d.url, d.origin, d.text),
            *(columns.spans(d.furniture), signature, run),
        )
        for n, (d, signature) in enumerate((e.document, e.signature) for e in entries if e.document.id not in held)
    ]
    append(connection, "documents", columns.table(_DOCUMENT, rows))


def _write_readings(connection: duckdb.DuckDBPyConnection, run: str, readings: Sequence[Reading]) -> None:
    keys = [reading.document for reading in readings]
    held = {
        document: (reader, version)
        for document, reader, version in connection.execute(
            f"SELECT document, reader, version FROM readings WHERE document IN ({marks(keys) or 'NULL'})", keys
        ).fetchall()
    }
    new = [r for r in readings if held.get(r.document) != (r.reader, r.version)]
    replaced = [r.document for r in new if r.document in held]
    if replaced:
        for table in ("readings", *(layout.table for layout in LAYOUTS)):
            connection.execute(f"DELETE FROM {table} WHERE document IN ({marks(replaced)})", replaced)
    append(connection, "readings", columns.table(_READING, [(r.document, r.reader, r.version, run) for r in new]))
    for layout in LAYOUTS:
        append(connection, layout.table, layout.arrow(new))
    _write_actors(connection, new)
    if replaced:
        anchor_again(connection, replaced)


def _write_actors(connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> None:
    found = columns.actors(readings)
    held = _held(connection, "actors", found.column("id").to_pylist())
    is_new = pa.array([key not in held for key in found.column("id").to_pylist()], pa.bool_())
    append(connection, "actors", found.filter(is_new))


def _held(connection: duckdb.DuckDBPyConnection, table: str, keys: Sequence[str]) -> set[str]:
    if not keys:
        return set()
    found = connection.execute(f"SELECT id FROM {table} WHERE id IN ({marks(keys)})", keys).fetchall()
    return {key for (key,) in found}


def _next(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    ((seq,),) = connection.execute(f"SELECT coalesce(max(seq), 0) + 1 FROM {table}").fetchall()
    return int(seq)


def _now() -> datetime:
    """Return the present moment in UTC without a zone, as the record's TIMESTAMP columns hold it."""
    return datetime.now(UTC).replace(tzinfo=None)
