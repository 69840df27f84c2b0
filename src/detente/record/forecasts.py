"""Forecasts as they were made; they are added and never changed, so that they can be scored later."""

from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

import pyarrow as pa

from detente.model.codes import EventType, QuadClass
from detente.record.base import Connected, append, marks
from detente.record.columns import DAY, REAL, TEXT, WHOLE, table
from detente.record.rows import StoredForecast

_FORECAST = {
    **{"id": TEXT, "made": pa.timestamp("us"), "known": DAY, "horizon": WHOLE, "source": TEXT, "target": TEXT},
    **{"type": TEXT, "quad": TEXT, "probability": REAL, "model": TEXT, "version": TEXT},
    **{"hypothetical": pa.bool_(), "payload": TEXT},
}


class Forecasting(Connected):
    """The table of forecasts."""

    def write_forecasts(self, forecasts: Sequence[StoredForecast]) -> int:
        """Add forecasts in one transaction and return how many were new; an id held already stays as it is."""
        distinct = {forecast.id: forecast for forecast in reversed(forecasts)}
        with self._transaction(f"write {len(forecasts)} forecasts") as connection:
            keys = list(distinct)
            found = connection.execute(
                f"SELECT id FROM forecasts WHERE id IN ({marks(keys) or 'NULL'})", keys
            ).fetchall()
            held = {key for (key,) in found}
            rows = [_row(distinct[key]) for key in dict.fromkeys(f.id for f in forecasts) if key not in held]
            append(connection, "forecasts", table(_FORECAST, rows))
        return len(rows)

    def forecasts(self, pair: tuple[str, str] | None = None, as_of: date | None = None) -> list[StoredForecast]:
        """Return forecasts about a pair, in either direction, or all, made from what was known by ``as_of``."""
        where = "true"
        values: dict[str, Any] = {"as_of": as_of}
        if pair is not None:
            where = "((source = $a AND target = $b) OR (source = $b AND target = $a))"
            values |= {"a": pair[0], "b": pair[1]}
        rows = self._rows(
            f"SELECT {', '.join(_FORECAST)} FROM forecasts WHERE {where} AND ($as_of IS NULL OR known <= $as_of) "
            "ORDER BY known, made, id",
            values,
        )
        return [
            StoredForecast(
                *(row[0], row[1].replace(tzinfo=UTC), *row[2:6]),
                *(row[6] and EventType(row[6]), row[7] and QuadClass(row[7]), *row[8:]),
            )
            for row in rows
        ]


def _row(f: StoredForecast) -> tuple[object, ...]:
    return (
        *(f.id, f.made.astimezone(UTC).replace(tzinfo=None), f.known, f.horizon, f.source, f.target),
        *(f.type and f.type.value, f.quad and f.quad.value, f.probability, f.model, f.version, f.hypothetical),
        f.payload,
    )
