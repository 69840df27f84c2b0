"""What the brief says, what it rests on, and what it does not say."""

from datetime import date

import pytest

from detente.brief import brief
from detente.brief.model import Line
from detente.model.codes import Direction, Factuality, QuadClass

PAIR, DAY = ("JPN", "RUS"), date(2026, 2, 20)


@pytest.fixture
def written(record):
    return brief(record, PAIR, DAY)


def _lines(written):
    parts = (written.summary, written.words_and_deeds, written.reasons, written.voices, written.contradictions)
    return [line for part in (*parts, written.third_parties, written.open_questions) for line in part]


def test_it_abstains_first(written):
    assert not written.coverage.enough
    assert written.coverage.why.startswith("Too little evidence for a trend")
    assert written.coverage.documents == 2
    assert set(written.coverage.publishers) == {"Kisaragi Press", "Harbour Wire"}


def test_every_line_leads_to_a_sentence_of_a_report(written, record):
    numbers = {e.number for e in written.evidence}
    assert numbers == set(range(1, len(written.evidence) + 1))
    cited = [n for line in _lines(written) for n in line.evidence]
    cited += [n for row in (*written.claims, *written.acts) for n in row.evidence]
    assert cited
    assert set(cited) == numbers
    for e in written.evidence:
        assert e.quote == e.span.of(record.document(e.span.document).text)
        assert any(part.marked for part in e.parts)


def test_a_line_without_evidence_cannot_be_made():
    with pytest.raises(ValueError, match="without evidence"):
        Line("Relations are improving.", ())


def test_claims_name_who_and_how_sure(written):
    by_side = {c.factuality: c for c in written.claims}
    assert by_side[Factuality.POSSIBLE].who == "an expert (Japan)"
    assert by_side[Factuality.POSSIBLE].sure == "hedged"
    assert by_side[Factuality.DENIED].direction is Direction.BETTER
    assert all(c.about_pair for c in written.claims)


def test_those_who_deny_are_set_against_those_who_assert(written):
    (line,) = written.contradictions
    assert "An expert (Japan)" in line.text
    assert "deny it" in line.text
    assert len(line.evidence) == 2


def test_tally_counts_facts_only(written):
    counts = {t.source: dict(t.counts) for t in written.tallies}
    assert counts["JPN"][QuadClass.MATERIAL_CONFLICT] == 1
    assert counts["JPN"][QuadClass.VERBAL_COOPERATION] == 1
    assert sum(counts["RUS"].values()) == 0


def test_acts_stand_in_order_of_time_and_quote_the_report(written):
    assert [a.words for a in written.acts] == ["imposed sanctions", "praised", "send an envoy"]
    assert written.acts[0].text == "Japan sanctioned or cut ties with Russia"
    assert written.acts[2].text == "Japan may consult with Russia"


def test_what_is_announced_stays_open(written):
    assert [line.text for line in written.open_questions] == ["Japan may consult with Russia."]


def test_reasons_name_who_gives_them(written):
    (line,) = written.reasons
    assert line.text.startswith("“Washington's course” led to “Tokyo is moving closer”")


def test_nothing_known_before_the_reports(record):
    early = brief(record, PAIR, date(2020, 1, 1))
    assert early.coverage.documents == 0
    assert early.evidence == ()
    assert not early.claims
    assert not early.acts


def test_absences_say_what_was_searched(written):
    assert any("Russia itself says" in a.text for a in written.absences)
    assert all(a.searched == "2 reports searched" for a in written.absences)
