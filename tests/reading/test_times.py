"""Time expressions against the publishing date, on sentences written for this test."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.document import Document
from detente.model.when import PartialDate
from detente.reading.date_shifts import moved, shift_months
from detente.reading.page import Parser
from detente.reading.times import RuleTimes

PUBLISHED = date(2026, 2, 18)  # a Wednesday


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def read(parser: Parser, text: str, published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    page = parser.parse(Document(id="d", text=text, published=published))
    return [(text[t.span.start : t.span.end], str(t.date)) for t in RuleTimes().find(page)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan protested on Tuesday.", [("Tuesday", "2026-02-17")]),
        ("Japan protested on Wednesday morning.", [("Wednesday", "2026-02-18")]),
        ("The envoys will meet on Friday.", [("Friday", "2026-02-20")]),
        ("The minister said on Friday that he was ready.", [("Friday", "2026-02-13")]),
        ("Poland will close the border on Wednesday.", [("Wednesday", "2026-02-18")]),
        ("The envoys are due in Geneva on Saturday.", [("Saturday", "2026-02-21")]),
        ("Ties are fraying, fifty-four years after they were restored.", [("fifty-four years after", "1972")]),
        ("Last Thursday the envoy left.", [("Last Thursday", "2026-02-12")]),
        ("He met his colleague yesterday.", [("yesterday", "2026-02-17")]),
        ("China imposed an embargo in January 2026.", [("January 2026", "2026-01")]),
        ("China imposed an embargo in March.", [("March", "2025-03")]),
        ("China will lift the embargo in March.", [("March", "2026-03")]),
        ("They may sign a treaty in May.", [("May", "2026-05")]),
        (
            "The treaty of 1972 was signed on 29 September 1972.",
            [("1972", "1972"), ("29 September 1972", "1972-09-29")],
        ),
        ("It was signed on September 29, 1972.", [("September 29, 1972", "1972-09-29")]),
        ("Talks began last month.", [("last month", "2026-01")]),
        ("Talks began last December.", [("last December", "2025-12")]),
        ("Talks began last year and failed two years ago.", [("last year", "2025"), ("two years ago", "2024")]),
        ("Talks began last summer.", [("last summer", "2025")]),
        ("In the 1980s relations were bad.", [("1980s", "None")]),
        (
            "Turkey struck on Monday, two days after a pilot was killed.",
            [("Monday", "2026-02-16"), ("two days after", "2026-02-14")],
        ),
        (
            "Iraq invaded on August 2, 1990 and annexed it six days later.",
            [("August 2, 1990", "1990-08-02"), ("six days later", "1990-08-08")],
        ),
        (
            "In October 2024 they agreed, and two days later they met.",
            [("October 2024", "2024-10"), ("two days later", "2024-10")],
        ),
        ("Some 2000 soldiers may march.", []),
        ("Russia sold 1990 tanks.", []),
    ],
)
def test_expressions(parser: Parser, text: str, expected: list[tuple[str, str]]) -> None:
    assert read(parser, text) == expected


def test_without_publishing_date_only_full_dates_are_known(parser: Parser) -> None:
    found = read(parser, "On Tuesday they recalled the treaty of 12 August 1978, signed in March.", None)
    assert found == [("Tuesday", "None"), ("12 August 1978", "1978-08-12"), ("March", "1978-03")]


def test_impossible_day_is_unresolved(parser: Parser) -> None:
    assert read(parser, "It happened on 31 June 2020.") == [("31 June 2020", "None")]


@settings(max_examples=60)
@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(-400, 400))
def test_month_shifts_are_reversible(year: int, month: int, by: int) -> None:
    assert shift_months(*shift_months(year, month, by), -by) == (year, month)


@settings(max_examples=60)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-300, 300))
def test_days_move_back_and_forth(day: date, by: int) -> None:
    there = moved(PartialDate.of(day), "day", by)
    assert there is not None
    assert moved(there, "day", -by) == PartialDate.of(day)
