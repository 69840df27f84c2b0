"""The event coder over hand-made mentions, on sentences written for this test."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.model.actor import Actor, Mention, TimeMention
from detente.model.codes import ActorKind, EventType, Factuality, Form, MentionKind, Stance
from detente.model.document import Document
from detente.model.reading import Event, Statement
from detente.model.span import Span
from detente.model.when import PartialDate
from detente.reading.events import RuleEvents
from detente.reading.frames import frame_index, index_of
from detente.reading.page import Page, Parser
from detente.reading.stages import Findings

CODES = {"Norway": "NOR", "Norwegian": "NOR", "Oslo": "NOR", "Chile": "CHL", "Chilean": "CHL", "Santiago": "CHL"}
CODES |= {"Vietnam": "VNM", "Vietnamese": "VNM", "Hanoi": "VNM", "Kenya": "KEN", "Kenyan": "KEN"}


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def mentions_on(page: Page, codes: dict[str, str]) -> tuple[Mention, ...]:
    found = []
    for token in page.doc:
        if token.text in codes:
            span = page.span_between(token, token)
            found.append(Mention(span, span, MentionKind.NAME, (Actor(codes[token.text], ActorKind.STATE),)))
    return tuple(found)


def code(parser: Parser, text: str, codes: dict[str, str] = CODES) -> tuple[Event, ...]:
    page = parser.parse(Document(id="d", text=text, published=date(2026, 2, 18)))
    return RuleEvents().find(page, Findings(mentions_on(page, codes)))


def short(events: tuple[Event, ...]) -> list[str]:
    return [f"{e.type} {'+'.join(e.source)}>{'+'.join(e.target)}" for e in events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who does it, to whom: active, passive, nouns
        ("Norway imposed sanctions on Chile.", ["SANCTION NOR>CHL"]),
        ("Sanctions were imposed on Chile by Norway.", ["SANCTION NOR>CHL"]),
        ("Oslo's embargo on Chile stays in place.", ["SANCTION NOR>CHL"]),
        ("The Norwegian invasion of Chile shocked the region.", ["ASSAULT NOR>CHL"]),
        ("The Chilean tanker was seized by Norway.", ["COERCE NOR>CHL"]),
        ("Norway expelled the Chilean ambassador.", ["SANCTION NOR>CHL"]),
        ("Norway recalled its ambassador from Chile.", ["SANCTION NOR>CHL"]),
        ("Norway raised tariffs on Chilean goods.", ["SANCTION NOR>CHL"]),
        ("Norway broke off relations with Chile.", ["SANCTION NOR>CHL"]),
        ("Norway shot down a Chilean drone.", ["ASSAULT NOR>CHL"]),
        ("Norway lodged a protest with Chile.", ["ACCUSE NOR>CHL"]),
        ("Norway accused Chile of spying on Vietnam.", ["ACCUSE NOR>CHL", "COERCE CHL>VNM"]),
        ("Norway delivered medicine to Chile.", ["AID NOR>CHL"]),
        ("Norway lifted its ban on Chilean wine.", ["RETREAT NOR>CHL"]),
        ("Norway released three Chilean sailors.", ["RETREAT NOR>CHL"]),
        ("Norway praised Chile.", ["SUPPORT NOR>CHL"]),
        ("Norway threatened Chile with sanctions.", ["THREATEN NOR>CHL"]),
        ("Norway refused to sell Chile submarines.", ["REJECT NOR>CHL"]),
        ("Norwegian students marched against Chile.", ["PROTEST NOR>CHL"]),
        ("Norway sent warships against Chile.", ["MOBILIZE NOR>CHL"]),
        # several parties and mutual acts
        ("Norway and Kenya condemned Chile.", ["ACCUSE KEN+NOR>CHL"]),
        ("Norway expelled Chilean and Vietnamese diplomats.", ["SANCTION NOR>CHL+VNM"]),
        ("Norway met Chile in Kenya.", ["CONSULT CHL+NOR>CHL+NOR"]),
        ("Norway signed a treaty with Chile.", ["SUPPORT CHL+NOR>CHL+NOR"]),
        ("Talks between Norway and Chile failed.", ["CONSULT CHL+NOR>CHL+NOR"]),
        ("Norway, Chile and Vietnam agreed to fish less.", ["AGREE CHL+NOR+VNM>CHL+NOR+VNM"]),
        # clauses
        ("Norway, which condemned Chile in May, now praises it.", ["ACCUSE NOR>CHL", "SUPPORT NOR>CHL"]),
        ("Norway condemned Chile and imposed sanctions on Vietnam.", ["ACCUSE NOR>CHL", "SANCTION NOR>VNM"]),
        ("Norway decided to impose sanctions on Chile.", ["SANCTION NOR>CHL"]),
        ("The treaty that Norway signed with Chile is old.", ["SUPPORT CHL+NOR>CHL+NOR"]),
        # seller to buyer
        ("Chile bought submarines from Norway.", ["COOPERATE NOR>CHL"]),
        # what is asked, promised, threatened or lifted is not coded on its own
        ("Norway urged Chile to release the sailors.", ["REQUEST NOR>CHL"]),
        ("Norway demanded that Chile withdraw its troops.", ["REQUEST NOR>CHL"]),
        ("Norway threatened to expel the Chilean ambassador.", ["THREATEN NOR>CHL"]),
        ("Norway promised Chile to send weapons.", ["AGREE NOR>CHL"]),
        ("Norway agreed to lift its embargo on Chile.", ["CONCEDE NOR>CHL"]),
        # a party from the text before
        ("Norway accused Chile of lying. Oslo recalled its ambassador.", ["ACCUSE NOR>CHL", "SANCTION NOR>CHL"]),
        # hard negatives: nothing between the two
        ("Norway and Chile share a love of salmon.", []),
        ("Rain fell in Norway and in Chile.", []),
        ("Norway is larger than Chile.", []),
        ("Norway declined to comment on Chile.", []),
        ("Norway closed its own schools.", []),
    ],
)
def test_codes(parser: Parser, text: str, expected: list[str]) -> None:
    assert short(code(parser, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway will impose sanctions on Chile.", Factuality.PLANNED),
        ("Norway may impose sanctions on Chile.", Factuality.POSSIBLE),
        ("Norway has not imposed sanctions on Chile.", Factuality.DENIED),
        ("Norway threatened Chile with sanctions.", Factuality.FACT),
        ("Norway will never accept the Chilean claim.", Factuality.FACT),
    ],
)
def test_factuality(parser: Parser, text: str, expected: Factuality) -> None:
    assert [e.factuality for e in code(parser, text)] == [expected]


def test_a_party_is_not_taken_from_a_dateline(parser: Parser) -> None:
    events = code(parser, "SANTIAGO, Feb 3 — Norway condemned Vietnam.", CODES | {"SANTIAGO": "CHL"})
    assert short(events) == ["ACCUSE NOR>VNM"]


def test_date_and_statement(parser: Parser) -> None:
    text = "Norway expelled a Chilean diplomat on Monday, and Hanoi said that Kenya had praised Vietnam."
    page = parser.parse(Document(id="d", text=text))
    at = text.index("Monday")
    monday = TimeMention(Span("d", at, at + len("Monday")), PartialDate(2026, 2, 16))
    inner = Span("d", text.index("Kenya"), len(text) - 1)
    cue, source = text.index("said"), text.index("Hanoi")
    statement = Statement(
        Span("d", source, source + 5), Span("d", cue, cue + 4), (inner,), page.sentences[0].span, "VNM", Form.INDIRECT,
        Stance.ASSERT,
    )  # fmt: skip
    first, second = RuleEvents().find(page, Findings(mentions_on(page, CODES), (monday,), (statement,)))
    assert (first.type, str(first.date), first.statement) == (EventType.SANCTION, "2026-02-16", None)
    assert (second.type, second.date, second.statement) == (EventType.SUPPORT, None, statement.id)


def test_why_tells_frame_and_slots(parser: Parser) -> None:
    (event,) = code(parser, "Norway imposed sanctions on Chile.")
    assert event.frame == "impose a measure"
    assert event.why == "imposed (impose a measure): source NOR by subj, target CHL by on"
    assert len(event.source_mentions) == len(event.target_mentions) == 1


TEMPLATES = (
    "{a} imposed sanctions on {b} in May.",
    "{a} accused {b} of arming the rebels and recalled its ambassador.",
    "Talks between {a} and {b} may resume in June.",
    "{a} has not released the sailors whom it took from {b}.",
)
NAMES = st.sampled_from(["Norway", "Chile", "Japan", "Vietnam", "Kenya", "Finland", "Peru", "Mongolia"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(template=st.sampled_from(TEMPLATES), a=NAMES, b=NAMES)
def test_names_do_not_change_the_code(parser: Parser, template: str, a: str, b: str) -> None:
    if a == b:
        return
    standard = code(parser, template.format(a="Norway", b="Chile"), {"Norway": "AAA", "Chile": "BBB"})
    swapped = code(parser, template.format(a=a, b=b), {a: "AAA", b: "BBB"})
    assert short(swapped) == short(standard)
    assert [e.factuality for e in swapped] == [e.factuality for e in standard]


def test_every_type_has_frames_and_every_frame_a_name_of_its_own() -> None:
    index = frame_index()
    frames = {f for table in (index.verbs, index.nouns) for found in table.values() for f in found}
    assert {f.type for f in frames} == set(EventType)
    names = [f.name for f in frames]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[frame]]\nname = "x"\ntype = "ACCUSE"\nverbs = "sue"\ncolour = "red"', "frame 'x': colour not understood"),
        ('[[frame]]\nname = "x"\ntype = "ACCUSE"', "verbs or nouns"),
        ('[[frame]]\nname = "x"\ntype = "ACCUSE"\nverbs = "@none"', "word class '@none' is unknown"),
    ],
)
def test_a_faulty_frame_is_named(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        index_of(text)
