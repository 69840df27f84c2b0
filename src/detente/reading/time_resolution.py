"""What a time expression means, seen from the publishing date and from the date last spoken of.

Finer than what the words support is never returned: "last week" gives a month, "two years ago" a year, a decade none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from detente.model.when import PartialDate
from detente.reading.date_shifts import moved, shift_months
from detente.reading.time_patterns import Expression, time_words


@dataclass(frozen=True, slots=True)
class TimeContext:
    """From where an expression is seen.

    ``anchor`` is the date last spoken of, ``local`` the same if it stands in the same sentence. ``year`` is the year
    of an explicit date just before, when that lies behind the publishing year. ``ahead`` tells that the clause lies
    in the future of the report.
    """

    published: date | None
    anchor: PartialDate | None
    local: PartialDate | None
    year: int | None
    ahead: bool


Resolver = Callable[[dict[str, str], TimeContext], PartialDate | None]


def resolve(expression: Expression, context: TimeContext) -> PartialDate | None:
    """Return the date that an expression means, ``None`` when the context does not settle it."""
    try:
        return _RESOLVERS[expression.shape](expression.words, context)
    except (ValueError, OverflowError):  # 31 June, 30 February, a year before the calendar
        return None


def _month(words: dict[str, str]) -> int:
    return time_words().months[words["month"]]


def _iso(words: dict[str, str], _: TimeContext) -> PartialDate | None:
    return PartialDate.parse(words["iso"])


def _explicit(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    """Resolve a day of a month, or a month, with or without its year."""
    month, day = _month(words), int(words["day"]) if "day" in words else None
    if "year" in words:
        return PartialDate(int(words["year"]), month, day)
    if context.year is not None and not context.ahead:
        return PartialDate(context.year, month, day)
    if context.published is None:
        return None
    now = (context.published.month, context.published.day if day else 0)
    then = (month, day or 0)
    later = then < now if context.ahead else False
    earlier = then > now if not context.ahead else False
    return PartialDate(context.published.year + later - earlier, month, day)


def _month_which(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    year = _which_year(words["which"].lower(), context)
    return PartialDate(year, _month(words)) if year is not None else None


def _which_year(which: str, context: TimeContext) -> int | None:
    anchor = context.anchor.year if context.anchor else None
    if which in ("same", "that"):
        return anchor
    if which in ("following", "previous"):
        return None if anchor is None else anchor + (1 if which == "following" else -1)
    if context.published is None:
        return None
    return context.published.year + {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)


def _which_month(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    which, month, published = words["which"].lower(), _month(words), context.published
    if which in ("following", "previous", "same", "that"):
        if context.anchor is None:
            return None
        passed = context.anchor.month is not None and context.anchor.month >= month
        return PartialDate(context.anchor.year + (which == "following" and passed) - (which == "previous"), month)
    if published is None:
        return None
    if which in ("next", "coming"):
        return PartialDate(published.year + (month <= published.month), month)
    if which == "this":
        return PartialDate(published.year, month)
    return PartialDate(published.year - (month >= published.month), month)


def _weekday(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    """Resolve a day of the week: the last one up to the publishing day, or the next one when the clause lies ahead."""
    published, which = context.published, words.get("which", "").lower()
    if which in ("following", "same", "that", "previous"):
        return _weekday_by_anchor(words, context, which)
    if published is None:
        return None
    back = (published.weekday() - time_words().weekdays[words["weekday"]]) % 7
    if which in ("next", "coming") or (context.ahead and which != "last" and back):
        return PartialDate.of(published + timedelta(days=7 - back))
    if which in ("last", "past") and back == 0:
        back = 7
    return PartialDate.of(published - timedelta(days=back))


def _weekday_by_anchor(words: dict[str, str], context: TimeContext, which: str) -> PartialDate | None:
    if context.anchor is None or context.anchor.day is None:
        return None
    start = context.anchor.first
    ahead = (time_words().weekdays[words["weekday"]] - start.weekday()) % 7
    if which == "previous":
        return PartialDate.of(start - timedelta(days=7 - ahead))
    return PartialDate.of(start + timedelta(days=ahead or (7 if which == "following" else 0)))


def _weekday_week(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    if context.published is None:
        return None
    monday = context.published - timedelta(days=context.published.weekday())
    weeks = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
    week = weeks.get(words["which"].lower(), 0)
    return PartialDate.of(monday + timedelta(days=7 * week + time_words().weekdays[words["weekday"]]))


def _season_year(words: dict[str, str], _: TimeContext) -> PartialDate | None:
    return PartialDate(int(words["year"]))


def _which_season(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    """Resolve a season to its year; a winter belongs to two and stays unresolved."""
    which, season, published = words["which"].lower(), words["season"], context.published
    if season == "winter":
        return None
    if which in ("same", "that", "following", "previous"):
        year = _which_year(which if which in ("same", "that") else "same", context)
        return PartialDate(year) if year is not None else None
    if published is None:
        return None
    ends = {"spring": 5, "summer": 8}.get(season, 11)
    if which in ("next", "coming"):
        return PartialDate(published.year + (published.month >= ends - 2))
    return PartialDate(published.year - (which in ("last", "past") and published.month <= ends))


def _unresolved(_: dict[str, str], __: TimeContext) -> PartialDate | None:
    return None


def _count(words: dict[str, str]) -> int | None:
    numbers, text = time_words().numbers, words.get("number", "").lower()
    if text.isdigit():
        return int(text)
    parts = [numbers.get(part) for part in text.split("-")]
    return sum(part for part in parts if part) if all(parts) and parts else None


def _ago(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    count = _count(words)
    if context.published is None or count is None:
        return None
    if words["unit"] == "year":
        return PartialDate(context.published.year - count)
    return moved(PartialDate.of(context.published), words["unit"], -count)


def _offset(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    """Resolve "three days later"; in "on Monday, three days after X" the expression dates X."""
    count, side = _count(words), words["side"]
    if count is None:
        return None
    if words.get("bound") is not None:
        start = context.local or _start_of_bound(words["unit"], context)
        return moved(start, words["unit"], count if side == "before" else -count) if start else None
    start = context.anchor
    if start is None and side in ("earlier", "before", "previously") and context.published is not None:
        start = PartialDate.of(context.published)
    if start is None:
        return None
    return moved(start, words["unit"], count if side in ("later", "after", "afterward", "afterwards") else -count)


def _start_of_bound(unit: str, context: TimeContext) -> PartialDate | None:
    """Return from where "N units after X" counts when its clause has no date: now for years, else the last date."""
    if unit in ("year", "month"):
        return PartialDate.of(context.published) if context.published else None
    return context.anchor


def _day_side(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    return _offset(words | {"number": "1"}, context)


def _neighbour(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    if context.anchor is None:
        return None
    by = 1 if words["which"] in ("next", "following") else -1
    return moved(context.anchor, _part(words["unit"]), by)


def _part(unit: str) -> str:
    """Return the calendar unit of a part of a day or of a year."""
    if unit in ("morning", "afternoon", "evening", "night"):
        return "day"
    return "year" if unit in ("spring", "summer", "autumn", "winter") else unit


def _that(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    anchor, unit = context.anchor, _part(words["unit"])
    if anchor is None:
        return None
    if unit == "year":
        return PartialDate(anchor.year)
    if unit == "day":
        return anchor
    return PartialDate(anchor.year, anchor.month) if anchor.month else None


def _period(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    """Resolve "last week", "this month", "next year"; weeks are known to their month only."""
    which, unit, published = words["which"].lower(), words["unit"], context.published
    if published is None:
        return None
    by = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "year":
        return PartialDate(published.year + by)
    if unit == "month":
        return PartialDate(*shift_months(published.year, published.month, by))
    if unit in ("week", "weekend"):
        day = published - timedelta(days=published.weekday()) + timedelta(days=7 * by + (3 if unit == "week" else 5))
        if unit == "weekend" and day > published and not context.ahead:
            day -= timedelta(days=7)
        return PartialDate(day.year, day.month)
    return PartialDate.of(published + timedelta(days=by))


def _weekend(_: dict[str, str], context: TimeContext) -> PartialDate | None:
    return _period({"which": "this", "unit": "weekend"}, context)


def _end_of(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    if words["unit"] == "year" and context.local is not None and not context.ahead:
        return PartialDate(context.local.year)
    return _period({"which": "this", "unit": words["unit"]}, context)


def _today(words: dict[str, str], context: TimeContext) -> PartialDate | None:
    if context.published is None:
        return None
    by = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    return PartialDate.of(context.published + timedelta(days=by.get(words["today"].lower(), 0)))


def _year(words: dict[str, str], _: TimeContext) -> PartialDate | None:
    return PartialDate(int(words["year"]))


_RESOLVERS: dict[str, Resolver] = {
    "iso": _iso,
    "date": _explicit,
    "day_month": _explicit,
    "month_year": _explicit,
    "month_which": _month_which,
    "which_month": _which_month,
    "weekday_week": _weekday_week,
    "which_weekday": _weekday,
    "weekday": _weekday,
    "season_year": _season_year,
    "which_season": _which_season,
    "decade": _unresolved,
    "ago": _ago,
    "offset": _offset,
    "day_side": _day_side,
    "neighbour": _neighbour,
    "that": _that,
    "period": _period,
    "weekend": _weekend,
    "end_of": _end_of,
    "today": _today,
    "month": _explicit,
    "year": _year,
}
