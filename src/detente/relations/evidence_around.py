"""The acts around a shift: what happened in the weeks before and after, with the reports that tell of it."""

from datetime import date, timedelta

import pyarrow as pa

from detente.relations.acts import ActStore
from detente.relations.lineage import lineage


def acts_around(
    store: ActStore, pair: tuple[str, str], day: date, *, days: int = 28, as_of: date | None = None, most: int = 200
) -> pa.Table:
    """Return the facts between two actors within ``days`` of a day, conflict and the nearest first.

    Args:
        store: The record.
        pair: Actor codes.
        day: The shift's ``when``.
        days: How far to look to either side.
        as_of: Use only what was known at the end of this day.
        most: Rows at most.

    Returns:
        Columns ``id``, ``origin``, ``document`` (None for rows of event data), ``source``, ``target``, ``type``,
        ``quad``, ``valid_first``, ``valid_last``. Sentences and quotes are the record's, by ``id``.
    """
    one, other = (list(lineage(code)) for code in pair)
    return store.query(
        "SELECT id, origin, document, source, target, type, quad, valid_first, valid_last"
        " FROM acts_as_of(CAST($as_of AS DATE)) WHERE factuality = 'fact'"
        " AND ((list_contains($one, source) AND list_contains($other, target))"
        " OR (list_contains($other, source) AND list_contains($one, target)))"
        " AND valid_first >= $low AND valid_last <= $high"
        " ORDER BY quad LIKE '%conflict' DESC, abs(date_diff('day', valid_first, CAST($day AS DATE))), id"
        f" LIMIT {int(most)}",
        {
            "as_of": as_of,
            "one": one,
            "other": other,
            "day": day,
            "low": day - timedelta(days=days),
            "high": day + timedelta(days=days),
        },
    )
