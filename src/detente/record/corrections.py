"""What people put right: an append-only overlay on what was read, kept when documents are read again."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum

import duckdb

from detente.model.codes import Direction, EventType, Factuality, Form, Stance
from detente.model.errors import UsageError
from detente.model.span import Span
from detente.model.when import PartialDate
from detente.record.anchoring import ANCHORS, Place, places
from detente.record.base import Connected
from detente.record.rows import Correction

_CODE = re.compile(r"[A-Z]{3}")
Check = Callable[[str], str]
"""Takes a value and returns it in the record's form, or raises ``ValueError`` saying what would be allowed."""


def _one_of(kind: type[StrEnum]) -> Check:
    def check(value: str) -> str:
        try:
            return kind(value).value
        except ValueError as error:
            raise ValueError(", ".join(member.value for member in kind)) from error

    return check


def _code(value: str) -> str:
    if not _CODE.fullmatch(value.strip()):
        raise ValueError("an actor code of three capitals, such as JPN, EUR or XXX")
    return value.strip()


def _codes(value: str) -> str:
    found = sorted({part.strip() for part in value.split(",")})
    if not all(map(_CODE.fullmatch, found)):
        raise ValueError("actor codes of three capitals with commas between them, such as CHN,RUS")
    return ",".join(found)


def _partial(value: str) -> str:
    try:
        return str(PartialDate.parse(value))
    except ValueError as error:
        raise ValueError("YYYY, YYYY-MM or YYYY-MM-DD, or nothing for an unknown date") from error


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ValueError("YYYY-MM-DD, or nothing for an unknown date") from error


def _words(value: str) -> str:
    if not value.strip():
        raise ValueError("some text, or nothing (None) for unknown")
    return value.strip()


def _truth(value: str) -> str:
    if value not in ("true", "false"):
        raise ValueError("true, false")
    return value


FIELDS: dict[str, dict[str, Check]] = {
    "documents": {"title": _words, "publisher": _words, "published": _day, "language": _words, "rejected": _truth},
    "statements": {
        **{"speaker": _code, "form": _one_of(Form), "stance": _one_of(Stance)},
        "rejected": _truth,
    },
    "events": {
        **{"type": _one_of(EventType), "mode": _words, "source": _codes, "target": _codes},
        **{"factuality": _one_of(Factuality), "date": _partial, "rejected": _truth},
    },
    "relation_claims": {
        **{"direction": _one_of(Direction), "factuality": _one_of(Factuality), "date": _partial},
        "rejected": _truth,
    },
    "causal_claims": {"rejected": _truth},
}
"""Which fields of which table people may correct; ``rejected`` takes a row out of every view."""

MAY_BE_UNKNOWN = {"title", "publisher", "published", "language", "mode", "date"}


class Correcting(Connected):
    """Corrections by people."""

    def correct(self, table: str, key: str, field: str, value: str | None, who: str, note: str | None = None) -> int:
        """Record that a person corrects one field of one row, and return the correction's number.

        Args:
            table: One of ``FIELDS``.
            key: The row's id; for a document its id.
            field: One of the table's fields in ``FIELDS``; ``rejected`` says that the row should not be there.
            value: The right value; ``None`` for "unknown" where that is possible. Codes: ``"CHN,RUS"``.
            who: The person.
            note: Why.

        Raises:
            UsageError: No such table, row, field or value; the message says what there is.
        """
        checked = _checked(table, field, value)
        if not who.strip():
            raise UsageError("a correction needs the name of who makes it")
        with self._transaction(f"correct {field} of {key}") as connection:
            document, place = _row(connection, table, key)
            ((seq,),) = connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM corrections").fetchall()
            made = datetime.now(UTC).replace(tzinfo=None)
            start, end, identity = (place.start, place.end, place.identity) if place else (None, None, None)
            connection.execute(
                "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [seq, table, key, document, start, end, identity, field, checked, who.strip(), made, note],
            )
            connection.execute("INSERT INTO correction_targets VALUES (?, ?)", [seq, key])
        return int(seq)

    def corrections(self) -> list[Correction]:
        """Return all corrections in the order in which they were made, with the row that each applies to now."""
        rows = self._rows(
            "SELECT c.seq, table_name, c.target, t.target, document, span_start, span_end, field, value, who, made, "
            "note FROM corrections c LEFT JOIN correction_targets t ON t.seq = c.seq ORDER BY c.seq"
        )
        return [
            Correction(
                *(seq, table, target, now, document, None if start is None else Span(document, start, end)),
                *(field, value, who, made.replace(tzinfo=UTC), note),
            )
            for seq, table, target, now, document, start, end, field, value, who, made, note in rows
        ]


def _checked(table: str, field: str, value: str | None) -> str | None:
    if table not in FIELDS:
        raise UsageError(f"table {table!r} cannot be corrected; allowed: {', '.join(FIELDS)}")
    check = FIELDS[table].get(field)
    if check is None:
        raise UsageError(f"field {field!r} of {table} cannot be corrected; allowed: {', '.join(FIELDS[table])}")
    if value is None:
        if field not in MAY_BE_UNKNOWN:
            raise UsageError(
                f"{field} of {table} cannot be unknown; reject the row instead (field rejected, value true)"
            )
        return None
    try:
        return check(value)
    except ValueError as error:
        raise UsageError(f"{field} of {table} cannot be {value!r}; allowed: {error}") from error


def _row(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> tuple[str, Place | None]:
    column = "id" if table == "documents" else "document"
    found = connection.execute(f"SELECT {column} FROM {table} WHERE id = ? LIMIT 1", [key]).fetchall()
    if not found:
        raise UsageError(f"{table} of the record has no row {key!r}; allowed: an id as the record's queries give it")
    document = str(found[0][0])
    if table not in ANCHORS:
        return document, None
    return document, next(place for place in places(connection, table, document) if place.id == key)
