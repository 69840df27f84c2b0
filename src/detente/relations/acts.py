"""What the relations room needs of the record: a query over ``acts_as_of``, one row per event and directed dyad.

Rules that hold for every measure of this room:

- Only facts with a quad class count; what is planned, possible or denied does not.
- An act that several reports tell of (same source, target, type and date) counts once. This is the field's one-a-day
  filter (Schrodt & Gerner, *Analyzing International Event Data*, 2000, ch. 2). Rows of event data sets have been
  freed of duplicates when they were loaded, and count as they are.
- States that COW numbers as one count as one (``lineage``).
- An act whose date is not known as finely as the period needs is left out and counted as undated, never moved to
  the first day of its month or to the day of the report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from detente.model.codes import QuadClass
from detente.relations.lineage import heir_sql, lineage

QUADS = tuple(QuadClass)
READ = "read"
"""The ``origin`` of acts that Detente read itself; others bear the name of their data set."""


class ActStore(Protocol):
    """A record: it can run a query over its table macro ``acts_as_of(day or NULL)``.

    The macro's rows have at least ``origin``, ``source``, ``target``, ``type``, ``quad``, ``factuality``,
    ``valid_first``, ``valid_last`` and ``goldstein``.
    """

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> pa.Table:
        """Run a SELECT and return an Arrow table."""
        ...


class TableStore:
    """An ``ActStore`` over a DuckDB table of coded events that is not in a record.

    Args:
        connection: The connection; a macro ``acts_as_of`` is made in it.
        table: Name of a table or view with ``source``, ``target``, ``day`` and ``quad`` (the name of a quad class),
            and, where known, ``known`` and ``goldstein``.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        self._connection = connection
        names = {name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}
        missing = sorted({"source", "target", "day", "quad"} - names)
        if missing:
            raise ValueError(f"{table} lacks {', '.join(missing)}; it has {', '.join(sorted(names))}")
        known = "coalesce(known, day)" if "known" in names else "day"
        goldstein = "goldstein" if "goldstein" in names else "NULL::DOUBLE AS goldstein"
        connection.execute(
            f"CREATE OR REPLACE TEMP MACRO acts_as_of(d) AS TABLE SELECT '{table}' AS origin, source, target,"
            f" NULL::VARCHAR AS type, quad, 'fact' AS factuality, day AS valid_first, day AS valid_last, {goldstein}"
            f" FROM {table} WHERE d IS NULL OR ({known} <= d AND day <= d)"
        )

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> pa.Table:
        """Run a SELECT and return an Arrow table."""
        return self._connection.sql(sql, params=parameters or None).to_arrow_table()


_QUAD_INDEX = "CASE quad " + " ".join(f"WHEN '{q.value}' THEN {i}" for i, q in enumerate(QUADS)) + " END"

_COLUMNS = f"{heir_sql('source')} AS source, {heir_sql('target')} AS target, {_QUAD_INDEX} AS quad"

ACTS = f"""
SELECT source, target, valid_first, valid_last, quad, goldstein FROM (
    SELECT {_COLUMNS}, valid_first, valid_last, any_value(goldstein) AS goldstein, type
    FROM acts_as_of(CAST($as_of AS DATE))
    WHERE origin = '{READ}' AND factuality = 'fact' AND quad IS NOT NULL AND {{where}}
    GROUP BY ALL
    UNION ALL
    SELECT {_COLUMNS}, valid_first, valid_last, goldstein, NULL
    FROM acts_as_of(CAST($as_of AS DATE))
    WHERE origin <> '{READ}' AND factuality = 'fact' AND quad IS NOT NULL AND {{where}}
) WHERE source <> target
"""
"""Acts by the rules above; ``quad`` is 0 to 3."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which acts a measure looks at.

    Attributes:
        since: First day of the acts.
        until: Last day of the acts.
        as_of: Use only what was known at the end of this day.
        origins: ``"read"`` and names of data sets; None for all. Two data sets that report the same world count it
            twice: name one.
    """

    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    origins: tuple[str, ...] | None = None

    def query(self, among: Sequence[str] | None = None) -> tuple[str, dict[str, Any]]:
        """Return SQL that yields the acts, and its named parameters.

        Args:
            among: Only acts both of whose parties have one of these codes; None for all actors.
        """
        parameters: dict[str, Any] = {"as_of": self.as_of}
        conditions = ["source <> target"]
        if among is not None:
            # IN over constants reaches the zone maps of a sorted table; list_contains would read every row.
            codes = [code for party in among for code in lineage(party)]
            slots = ", ".join(f"$party{i}" for i in range(len(codes)))
            conditions.append(f"source IN ({slots}) AND target IN ({slots})")
            parameters.update({f"party{i}": code for i, code in enumerate(codes)})
        if self.since is not None:
            conditions.append("(valid_last IS NULL OR valid_last >= $since)")
            parameters["since"] = self.since
        if self.until is not None:
            conditions.append("(valid_first IS NULL OR valid_first <= $until)")
            parameters["until"] = self.until
        if self.origins is not None:
            conditions.append("list_contains($origins, origin)")
            parameters["origins"] = list(self.origins)
        return ACTS.format(where=" AND ".join(conditions)), parameters
