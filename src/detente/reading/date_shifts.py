"""Arithmetic on dates that are known to the day, the month or the year only."""

from datetime import timedelta

from detente.model.when import PartialDate

_DAYS = {"hour": 0, "day": 1, "night": 1, "week": 7, "fortnight": 14}
_NEAR = 14
"""A shift of at most this many days from a month is taken to stay in it."""


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """Return the (year, month) that lies ``by`` months later."""
    count = year * 12 + month - 1 + by
    return count // 12, count % 12 + 1


def moved(start: PartialDate, unit: str, by: int) -> PartialDate | None:
    """Return the date ``by`` units after ``start``, no finer than unit and start allow."""
    if unit == "year":
        return PartialDate(start.year + by, start.month if by == 1 and start.day is None else None)
    if unit == "month":
        if start.month is None:
            return None
        return PartialDate(*shift_months(start.year, start.month, by))
    if unit not in _DAYS or start.month is None:
        return None
    days = _DAYS[unit] * by
    if start.day is None:
        return start if abs(days) <= _NEAR else None
    day = PartialDate.of(start.first + timedelta(days=days))
    return day if unit in ("hour", "day", "night") else PartialDate(day.year, day.month)
