"""Invariants of the types that pass between rooms."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model.codes import EventType, Factuality, QuadClass
from detente.model.ids import content_id
from detente.model.reading import Event, RelationClaim
from detente.model.span import Span
from detente.model.when import Granularity, PartialDate


@given(st.text(), st.data())
def test_span_quotes_its_characters(text, data):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert Span("d", start, end).of(text) == text[start:end]


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_span_refuses_empty_and_reversed(start, end):
    with pytest.raises(ValueError, match="empty or reversed"):
        Span("d", start, end)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_partial_date_round_trip(day):
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        when = PartialDate.parse(text)
        assert str(when) == text
        assert when.first <= day <= when.last


def test_partial_date_granularity():
    assert PartialDate.parse("2024").granularity is Granularity.YEAR
    assert PartialDate.parse("2024-02").last == date(2024, 2, 29)
    with pytest.raises(ValueError, match="allowed: YYYY"):
        PartialDate.parse("last week")
    with pytest.raises(ValueError, match="lacks a month"):
        PartialDate(2024, None, 3)


def test_every_type_has_a_quad_class():
    assert {event_type.quad for event_type in EventType} == set(QuadClass)
    assert EventType.SANCTION.quad is QuadClass.MATERIAL_CONFLICT
    assert [quad.number for quad in QuadClass] == [1, 2, 3, 4]


def test_ids_tell_none_from_empty_and_kinds_apart():
    assert content_id("a", None) != content_id("a", "")
    assert content_id("a", "x", "y") != content_id("a", "xy")
    assert content_id("a", "x") == content_id("a", "x")
    assert content_id("a", "x") != content_id("b", "x")


def _event(source, target):
    return Event(Span("d", 0, 1), Span("d", 0, 2), EventType.CONSULT, source, target, Factuality.FACT)


def test_event_dyads():
    assert _event(("JPN", "RUS"), ("JPN", "RUS")).dyads == (("JPN", "RUS"), ("RUS", "JPN"))
    assert _event(("JPN",), ("CHN", "RUS")).dyads == (("JPN", "CHN"), ("JPN", "RUS"))
    with pytest.raises(ValueError, match="source and a target"):
        _event((), ("RUS",))


def test_relation_claim_wants_a_sorted_dyad():
    from detente.model.codes import Direction

    with pytest.raises(ValueError, match="alphabetical"):
        RelationClaim(Span("d", 0, 1), Span("d", 0, 2), ("RUS", "JPN"), Direction.BETTER, Factuality.FACT)
