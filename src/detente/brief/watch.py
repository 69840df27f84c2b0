"""Since when the record watches the world: before that, silence says nothing and old deeds are only background."""

from datetime import date

from detente.record import Record

SHARE = 1 / 3
"""Least share of months with a report, from the first counted month to the day of the brief."""

_MONTHS = """
    SELECT DISTINCT date_trunc('month', known) AS month FROM current_documents WHERE known <= $as_of
    UNION SELECT DISTINCT date_trunc('month', day) FROM coded_events WHERE day <= $as_of
    ORDER BY month
"""


def watched_since(record: Record, as_of: date) -> date | None:
    """Return the first day of the earliest month from which on the record has been kept up, ``None`` if it is empty.

    Kept up means that at least a third of the months until ``as_of`` hold a report, or an event of a data set. A single
    old report does not make the years after it years of peace.
    """
    months = [row["month"] for row in record.query(_MONTHS, {"as_of": as_of}).to_pylist()]
    for place, month in enumerate(months):
        passed = (as_of.year - month.year) * 12 + as_of.month - month.month + 1
        if (len(months) - place) / passed >= SHARE:
            return date(month.year, month.month, 1)
    return None
