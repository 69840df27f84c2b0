"""The shapes of English time expressions, as one regular expression whose alternatives are tried longest first."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The words of ``data/times.toml``."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    seasons: frozenset[str]
    before_month: frozenset[str]
    before_year: frozenset[str]
    counted: frozenset[str]
    future: frozenset[str]
    planning: frozenset[str]
    ahead: frozenset[str]
    scheduled: frozenset[str]


@cache
def time_words() -> TimeWords:
    """Return the shipped words (read once)."""
    raw: dict[str, Any] = tomllib.loads(files("detente.reading").joinpath("data/times.toml").read_text("utf-8"))
    return TimeWords(
        months={name: n for n, names in enumerate(raw["months"], 1) for name in names},
        weekdays={name: n for n, names in enumerate(raw["weekdays"]) for name in names},
        numbers=raw["numbers"],
        **{key: frozenset(raw[key]) for key in ("seasons", "before_month", "before_year", "counted")},
        **{key: frozenset(raw["tense"][key]) for key in ("future", "planning", "ahead", "scheduled")},
    )


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression as found: its characters, its shape, and the words of the shape by name."""

    start: int
    end: int
    shape: str
    words: dict[str, str]


def _alternatives(words: TimeWords) -> dict[str, str]:
    month = "(?P<month>" + "|".join(map(re.escape, sorted(words.months, key=len, reverse=True))) + r")(?!\w)"
    weekday = r"(?P<weekday>" + "|".join(words.weekdays) + r")\b"
    one_of = "|".join(sorted(words.numbers, key=len, reverse=True))
    number = rf"(?P<number>\d{{1,3}}|(?:{one_of})(?:-(?:{one_of}))?)"
    year = r"(?P<year>1[5-9]\d\d|20\d\d)\b"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,]\d)"
    unit = r"(?P<unit>hour|day|night|week|fortnight|month|year|decade|century)s?"
    season = r"(?P<season>" + "|".join(words.seasons) + r")\b"
    named = rf"(?:(?:{'|'.join(words.weekdays)}),? (?:the )?)?"
    which = r"(?P<which>(?i:last|past|next|this|coming|previous|following|same|that))"
    part = r"(?P<unit>day|night|morning|afternoon|evening|week|month|year|spring|summer|autumn|winter)\b"
    return {
        "iso": r"\b(?P<iso>(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?)\b",
        "date": rf"{named}{month} {day}(?:,? {year})?",
        "day_month": rf"\b{named}{day}(?: of)? {month}(?:,? {year})?",
        "month_year": rf"\b{month},?(?: of)? {year}",
        "month_which": rf"\b{month},? (?:of )?(?:the )?{which} year\b",
        "which_month": rf"\b{which} {month}",
        "weekday_week": rf"\b{weekday},? (?:of )?{which} week\b",
        "which_weekday": rf"\b{which} {weekday}",
        "weekday": rf"\b{weekday}",
        "season_year": rf"\b{season} (?:of )?{year}",
        "which_season": rf"\b{which} {season}",
        "decade": r"(?:\b(?P<decade>1[5-9]\d0|20\d0)|['’]\d0)['’]?s\b",
        "ago": rf"\b(?i:{number}) (?:and a half )?{unit} ago\b",
        "offset": rf"\b(?i:{number}|(?P<vague>several|a few|some)) (?:more )?{unit} "
        r"(?P<side>earlier|later|before|after|afterwards?|previously)\b",
        "day_side": r"\b[Tt]he (?P<unit>day|week|month|year|night) (?P<side>before|after)\b",
        "neighbour": rf"\b[Tt]he (?:very )?(?P<which>next|following|previous|preceding) {part}",
        "that": rf"\b(?:[Tt]hat (?:same )?|[Tt]he (?:very )?same |[Ll]ater the same |[Ll]ater that ){part}",
        "period": r"\b(?:(?i:earlier|later|late|early) )?(?P<which>(?i:last|past|this|next|coming)) "
        r"(?P<unit>night|week|weekend|month|year|morning|afternoon|evening)\b",
        "weekend": r"\b(?:over|at|on|during) (?P<weekend>the weekend)\b",
        "end_of": r"\bend of (?:the|this) (?P<unit>week|month|year)\b",
        "today": r"\b(?P<today>(?i:(?:the day before )?yesterday|today|(?:the day after )?tomorrow|tonight))\b",
        "month": rf"\b{month}",
        "year": rf"(?<![\d.,/$€£-]){year}(?![\d%]|[.,/]\d)",
    }


@cache
def _shapes() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    alternatives = _alternatives(time_words())
    unnamed = {name: re.sub(r"\(\?P<\w+>", "(?:", pattern) for name, pattern in alternatives.items()}
    either = "|".join(f"(?P<{name}>{pattern})" for name, pattern in unnamed.items())
    union = re.compile(rf"(?<![A-Za-z])(?=[\w'’])(?:{either})")  # none begins within a word: not tried there
    return union, {name: re.compile(pattern) for name, pattern in alternatives.items()}


def expressions(text: str) -> Iterator[Expression]:
    """Yield the time expressions of a text in order; they do not overlap."""
    union, patterns = _shapes()
    for found in union.finditer(text):
        shape = found.lastgroup
        assert shape is not None
        inner = patterns[shape].match(text, found.start())
        assert inner is not None
        words = {name: value for name, value in inner.groupdict().items() if value is not None}
        if _is_time(shape, found, text):
            yield Expression(found.start(), found.end(), shape, words)


def _is_time(shape: str, found: re.Match[str], text: str) -> bool:
    """Refuse a month's or a year's look-alike: the verb "may", a person called April, 2000 soldiers."""
    if shape not in ("month", "year"):
        return True
    words = time_words()
    before = re.search(r"([\w'’]+)[\s-]+$", text[max(0, found.start() - 16) : found.start()])
    word = before.group(1).lower() if before else ""
    if shape == "month":
        return word in words.before_month or word.endswith(("'s", "’s")) or word in words.months
    after = re.match(r" ([A-Za-z]+)", text[found.end() : found.end() + 16])
    if after and after.group(1) in words.counted - {"and"} and word not in ("in", "since"):
        return False
    return word in words.before_year or word.endswith(("'s", "’s")) or text[found.start() - 1 : found.start()] in "(–—"
