"""The section on how the claims weigh: with few voices it abstains, and it leads to every voice."""

from datetime import date

from detente.brief import brief, to_html, to_markdown


def test_few_voices_give_no_probability(record):
    written = brief(record, ("JPN", "RUS"), date(2026, 2, 20))
    (line,) = written.weighing
    assert "2 independent voices (needs 4)" in line.text
    assert "%" not in line.text
    assert len(line.evidence) == 2
    quotes = {e.number: e.quote for e in written.evidence}
    assert any("moving closer to Moscow" in quotes[n] for n in line.evidence)
    for text in (to_markdown(written), to_html(written)):
        assert "How the claims weigh" in text


def test_without_claims_there_is_no_section(record):
    written = brief(record, ("JPN", "RUS"), date(2026, 1, 1))
    assert written.weighing == ()
    assert "How the claims weigh" not in to_markdown(written)
