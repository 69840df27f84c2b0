"""Days cut into periods: days, ISO weeks from Monday, calendar months."""

from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.model.errors import UsageError

Days = NDArray[np.datetime64]


class Period(StrEnum):
    """How long one step of a series is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def per_year(self) -> float:
        """How many there are in a year."""
        return {Period.DAY: 365.25, Period.WEEK: 365.25 / 7, Period.MONTH: 12.0}[self]

    @property
    def days(self) -> float:
        """Its mean length in days."""
        return 365.25 / self.per_year

    @classmethod
    def of(cls, name: str) -> "Period":
        """Return the period with that name; raise ``UsageError`` for another."""
        try:
            return cls(name)
        except ValueError as error:
            raise UsageError(f"no period is called {name!r}; allowed: {', '.join(cls)}") from error


def start_of(day: date, period: Period) -> np.datetime64:
    """Return the first day of the period in which ``day`` lies."""
    moment: np.datetime64 = np.datetime64(day, "D")
    if period is Period.MONTH:
        moment = moment.astype("datetime64[M]").astype("datetime64[D]")
    elif period is Period.WEEK:
        moment = moment - np.timedelta64(day.weekday(), "D")
    return moment


def starts(first: date, last: date, period: Period) -> Days:
    """Return the first days (datetime64[D], shape (T,)) of the periods from that of ``first`` to that of ``last``."""
    low, high = start_of(first, period), start_of(last, period)
    if period is Period.MONTH:
        months = np.arange(low.astype("datetime64[M]"), high.astype("datetime64[M]") + 1)
        return months.astype("datetime64[D]")
    step = 7 if period is Period.WEEK else 1
    return np.arange(low, high + np.timedelta64(step, "D"), np.timedelta64(step, "D"))


def end_of(start: np.datetime64, period: Period) -> date:
    """Return the last day of the period that begins on ``start``."""
    if period is Period.MONTH:
        following: Any = (start.astype("datetime64[M]") + 1).astype("datetime64[D]")
    else:
        following = start + np.timedelta64(7 if period is Period.WEEK else 1, "D")
    return as_date(following - np.timedelta64(1, "D"))


def as_date(moment: np.datetime64) -> date:
    """Return a numpy day as a date."""
    value = moment.astype("datetime64[D]").item()
    assert isinstance(value, date)
    return value


def bucket_sql(column: str, period: Period) -> str:
    """Return SQL for the first day of the period of a DATE column (DuckDB's weeks begin on Monday too)."""
    return column if period is Period.DAY else f"CAST(date_trunc('{period}', {column}) AS DATE)"
