"""Which row of the present reading a person's correction belongs to, after a new reader version gave new ids.

A correction names the row it was made on. When a document is read again, that row may be there under the same id;
if not, the correction goes to the row of the same table whose words overlap those that were corrected most. A
rejection ("this is no event") says something of one finding only, so it moves to a row that claims the same thing.
A correction that finds no row stays in the record and applies to nothing until some reading has such a row again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from detente.record.base import marks


@dataclass(frozen=True, slots=True)
class Anchored:
    """A table whose rows people correct: where its words stand and what else tells its rows apart (SQL)."""

    start: str
    end: str
    identity: str


ANCHORS: dict[str, Anchored] = {
    "events": Anchored(
        "trigger_start",
        "trigger_end",
        "concat_ws('|', type, array_to_string(source, ','), array_to_string(target, ','))",
    ),
    "statements": Anchored("content[1].span_start", "content[-1].span_end", "speaker"),
    "relation_claims": Anchored(
        "evidence_start", "evidence_end", "concat_ws('|', array_to_string(dyad, ','), direction)"
    ),
    "causal_claims": Anchored("least(cause_start, effect_start)", "greatest(cause_end, effect_end)", "'cause'"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A row's id, its words, and what it claims."""

    id: str
    start: int
    end: int
    identity: str


def match(place: Place, is_rejection: bool, rows: Sequence[Place]) -> str | None:
    """Return the id of the row that ``place`` has become, ``None`` if there is none.

    The same id comes first, then the greatest overlap of characters relative to both lengths (Jaccard), then the
    earlier and shorter span.
    """
    best: tuple[float, int, int, str] | None = None
    for row in rows:
        if row.id == place.id:
            return row.id
        shared = min(row.end, place.end) - max(row.start, place.start)
        if shared <= 0 or (is_rejection and row.identity != place.identity):
            continue
        overlap = shared / (max(row.end, place.end) - min(row.start, place.start))
        candidate = (-overlap, row.start, row.end, row.id)
        best = candidate if best is None or candidate < best else best
    return None if best is None else best[3]


def places(connection: duckdb.DuckDBPyConnection, table: str, document: str) -> list[Place]:
    """Return the places of all rows that a table holds of one document."""
    anchor = ANCHORS[table]
    rows = connection.execute(
        f"SELECT id, {anchor.start}, {anchor.end}, {anchor.identity} FROM {table} WHERE document = ?", [document]
    ).fetchall()
    return [Place(*row) for row in rows]


def anchor_again(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> None:
    """Find the rows that the corrections of these documents apply to now."""
    corrections = connection.execute(
        "SELECT seq, table_name, document, target, span_start, span_end, identity, field FROM corrections "
        f"WHERE table_name <> 'documents' AND document IN ({marks(documents)})",
        documents,
    ).fetchall()
    for seq, table, document, *place, field in corrections:
        row = match(Place(*place), field == "rejected", places(connection, table, document))
        connection.execute("DELETE FROM correction_targets WHERE seq = ?", [seq])
        if row is not None:
            connection.execute("INSERT INTO correction_targets VALUES (?, ?)", [seq, row])
