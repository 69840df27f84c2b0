"""The learned date decision, on sentences written for this test."""

import re
from datetime import date

import pytest

from detente.model.actor import Actor, Mention
from detente.model.codes import ActorKind, EventType, MentionKind
from detente.model.document import Document
from detente.reading.events import RuleEvents
from detente.reading.events_date_choice import DateChooser, best, shipped_weights
from detente.reading.events_date_features import Act, Candidates
from detente.reading.events_dates import Dates
from detente.reading.page import Page, Parser
from detente.reading.stages import Findings
from detente.reading.times import RuleTimes

CODES = {"Norway": "NOR", "Oslo": "NOR", "Chile": "CHL", "Santiago": "CHL", "Vietnam": "VNM", "Kenya": "KEN"}


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def page_of(parser: Parser, text: str, published: date | None = date(2026, 2, 18)) -> Page:
    return parser.parse(Document(id="d", text=text, published=published))


def dates(parser: Parser, text: str) -> dict[str, str | None]:
    """Trigger → date of each event."""
    page = page_of(parser, text)
    mentions = []
    for match in re.finditer("|".join(CODES), text):
        token = page.doc.char_span(*match.span())
        assert token is not None
        span = page.span(token)
        actor = Actor(CODES[match.group()], ActorKind.STATE)
        mentions.append(Mention(span, span, MentionKind.NAME, (actor,)))
    events = RuleEvents().find(page, Findings(tuple(mentions), RuleTimes().find(page)))
    return {e.trigger.of(text): str(e.date) if e.date else None for e in events}


def candidates(page: Page) -> Candidates:
    times = RuleTimes().find(page)
    return Candidates(page, times, Dates(page, times))


def act(page: Page, word: str, kind: EventType = EventType.ACCUSE) -> Act:
    token = next(t for t in page.doc if t.text == word)
    return Act(token, page.sentence_of(token).index, kind, real=True, said=False)


def test_a_coordinated_main_clause_shares_the_day(parser: Parser) -> None:
    found = dates(parser, "On Monday Norway bombed Chile, and Vietnam condemned Norway.")
    assert found == {"bombed": "2026-02-16", "condemned": "2026-02-16"}


def test_words_spoken_right_after_a_fresh_day_belong_to_it(parser: Parser) -> None:
    found = dates(parser, "Norway bombed Chile on Tuesday. Vietnam condemned Norway.")
    assert found["condemned"] == "2026-02-17"


def test_an_old_year_is_not_carried_over_to_what_is_so_today(parser: Parser) -> None:
    found = dates(parser, "Norway and Chile signed a treaty in 1994. Kenya sells grain to Norway.")
    assert found["sells"] is None


def test_no_date_is_always_a_candidate(parser: Parser) -> None:
    page = page_of(parser, "Norway accused Chile.")
    found = candidates(page).of(act(page, "accused"))
    assert [c.date for c in found] == [None]


def test_candidates_reach_back_and_to_the_head(parser: Parser) -> None:
    filler = "It rained. " * 6
    page = page_of(parser, f"Chile spoke on Monday. {filler}Trade grew in 2024. Norway accused Chile.")
    found = {str(c.date): c.features for c in candidates(page).of(act(page, "accused"))}
    assert set(found) == {"None", "2026-02-16", "2024"}
    assert "back main 1" in found["2024"]
    assert "lead far" in found["2026-02-16"]


def test_without_a_publishing_date_only_full_dates_are_candidates(parser: Parser) -> None:
    page = page_of(parser, "Norway accused Chile on Monday, as in March 2024.", published=None)
    assert {str(c.date) for c in candidates(page).of(act(page, "accused"))} == {"None", "2024-03"}


def test_weights_decide(parser: Parser) -> None:
    page = page_of(parser, "Norway accused Chile on Monday.")
    choice = act(page, "accused")
    assert DateChooser(candidates(page), {"none": 5}).of(choice) is None
    assert str(DateChooser(candidates(page), {"rule": 5}).of(choice)) == "2026-02-16"


def test_equal_scores_leave_the_act_undated(parser: Parser) -> None:
    page = page_of(parser, "Norway accused Chile on Monday.")
    assert best(candidates(page).of(act(page, "accused")), {}).date is None


def test_shipped_weights_trust_the_clause(parser: Parser) -> None:
    weights = shipped_weights()
    assert weights["rule"] > 0 > weights["back aside"]
