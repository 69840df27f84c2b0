"""Actor mentions, on sentences written for this test; offices are named, no words put into anybody's mouth."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.actor import Mention
from detente.model.codes import MentionKind, Sector
from detente.model.document import Document
from detente.reading.mentions import RuleMentions
from detente.reading.name_origin import likeliest
from detente.reading.page import Parser

PUBLISHED = date(2026, 2, 18)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def read(parser: Parser, text: str, published: date | None = PUBLISHED) -> dict[str, Mention]:
    """Return the longest mention that starts with each wording; of one wording the last."""
    page = parser.parse(Document(id="d", text=text, published=published))
    return {m.span.of(text): m for m in RuleMentions().find(page)}


@pytest.mark.parametrize(
    ("text", "wording", "code", "kind"),
    [
        ("Japan protested.", "Japan", "JPN", MentionKind.NAME),
        ("Tokyo has warned Beijing.", "Tokyo", "JPN", MentionKind.METONYM),
        ("The two delegations met in Moscow.", "Moscow", "RUS", MentionKind.PLACE),
        ("The minister flew to Beijing.", "Beijing", "CHN", MentionKind.PLACE),
        ("Relations with Beijing are tense.", "Beijing", "CHN", MentionKind.METONYM),
        ("BRUSSELS — Japan protested.", "BRUSSELS", "BEL", MentionKind.PLACE),
        ("Brussels has imposed tariffs.", "Brussels", "EUR", MentionKind.METONYM),
        ("The Chinese foreign ministry rejected it.", "The Chinese foreign ministry", "CHN", MentionKind.NOMINAL),
        ("Iraqi soldiers crossed the border.", "Iraqi soldiers", "IRQ", MentionKind.NOMINAL),
        ("Europe needs Russian gas.", "Russian", "RUS", MentionKind.DEMONYM),
        ("They spoke with soldiers from Iraq.", "soldiers", "IRQ", MentionKind.NOMINAL),
        ("The foreign ministry in Tokyo protested.", "The foreign ministry", "JPN", MentionKind.NOMINAL),
        ("In Kyiv the president's office complained.", "the president's office", "UKR", MentionKind.NOMINAL),
        ("Diplomatic sources confirmed it.", "Diplomatic sources", "XXX", MentionKind.NOMINAL),
        ("A Western diplomat in Hanoi doubted it.", "A Western diplomat", "XXX", MentionKind.TITLE),
    ],
)
def test_actor_and_kind(parser: Parser, text: str, wording: str, code: str, kind: MentionKind) -> None:
    mention = read(parser, text)[wording]
    assert (mention.codes, mention.kind) == ((code,), kind)


def test_two_states_in_one_compound(parser: Parser) -> None:
    found = read(parser, "Sino-Japanese relations and U.S.-Russian talks froze, and Japan-China ties with them.")
    assert found["Sino-Japanese"].codes == ("CHN", "JPN")
    assert found["U.S.-Russian"].codes == ("RUS", "USA")
    assert found["Japan-China"].codes == ("CHN", "JPN")


def test_listed_person_bears_the_office_of_the_day(parser: Parser) -> None:
    text = "Shinzo Abe spoke about the treaty."
    in_office = read(parser, text, date(2016, 5, 1))["Shinzo Abe"].actors[0]
    later = read(parser, text, date(2021, 5, 1))["Shinzo Abe"].actors[0]
    assert (in_office.code, in_office.office) == ("JPN", "prime minister")
    assert (later.code, later.office) == ("JPN", None)


def test_unknown_person_belongs_where_the_title_or_the_apposition_says(parser: Parser) -> None:
    found = read(
        parser,
        "Turkish economist Haluk Ersoy disagreed. Meera Chandra, a professor at a Madrid institute, agreed. "
        "Later Ersoy said that he was not convinced.",
    )
    assert found["Turkish economist Haluk Ersoy"].codes == ("TUR",)
    assert found["Turkish economist Haluk Ersoy"].actors[0].sector is Sector.EDUCATION
    assert found["Meera Chandra"].codes == ("ESP",)
    assert found["Ersoy"].codes == ("TUR",)
    assert found["he"].codes == ("TUR",)


def test_unknown_surname_of_a_listed_person_is_another_person(parser: Parser) -> None:
    found = read(parser, "Pakistan's information minister, Attaullah Tarar, called the report baseless.")
    assert found["Attaullah Tarar"].codes == ("PAK",)
    assert "Tarar" not in found


def test_expert_without_a_state_stays_stateless(parser: Parser) -> None:
    found = read(parser, "Japan and Russia talked. Liora Venn, an economist, said that nothing would come of it.")
    assert found["Liora Venn"].codes == ("XXX",)


def test_pronouns_follow_the_subject(parser: Parser) -> None:
    found = read(parser, "Turkey summoned the Greek ambassador. It accused its neighbour of provocations.")
    assert found["It"].codes == ("TUR",)
    assert found["its"].codes == ("TUR",)
    assert found["its neighbour"].codes == ("GRC",)


def test_they_take_up_what_is_coordinated(parser: Parser) -> None:
    found = read(parser, "Egypt and Bahrain cut relations with Qatar. They closed their airspace.")
    assert found["They"].codes == ("BHR", "EGY")


def test_two_countries_are_the_two_in_focus(parser: Parser) -> None:
    found = read(parser, "Japan and China signed a treaty. The two countries had quarrelled for years.")
    assert found["The two countries"].codes == ("CHN", "JPN")


def test_bare_body_belongs_to_the_state_in_focus(parser: Parser) -> None:
    found = read(parser, "Serbia protested on Monday. The government recalled its envoy.")
    assert found["The government"].codes == ("SRB",)
    assert found["its envoy"].codes == ("SRB",)


def test_first_person_is_the_speaker(parser: Parser) -> None:
    found = read(parser, 'Japan hesitated. "We are ready for talks," the Chinese foreign minister said.')
    assert found["We"].codes == ("CHN",)


def test_name_before_a_verb_may_is_no_month_and_it_may_be_nobody(parser: Parser) -> None:
    found = read(parser, "It is clear that Norway may help.")
    assert "It" not in found
    assert found["Norway"].codes == ("NOR",)


def test_antecedents_are_earlier_mentions(parser: Parser) -> None:
    text = "Turkey summoned the Greek ambassador. It accused him of spying. The ambassador denied it."
    page = parser.parse(Document(id="d", text=text, published=PUBLISHED))
    mentions = RuleMentions().find(page)
    starts = {m.id: m.span.start for m in mentions}
    taken_up = [m for m in mentions if m.antecedent is not None]
    assert taken_up
    assert all(starts[m.antecedent] < m.span.start for m in taken_up if m.antecedent is not None)


def test_name_origin_weighs_the_name_against_the_text() -> None:
    assert likeliest("Viktor Lapshin", {"RUS": 1.0, "CHN": 1.0, "KOR": 1.0}) == "RUS"
    assert likeliest("Moon Sang-hyun", {"RUS": 1.0, "KOR": 1.0}) == "KOR"
    assert likeliest("Anybody", {}) is None


PIECES = (
    "Japan Tokyo the president Russian its they Putin said that and in Moscow , . “ we ” both sides of Beijing "
    "minister Haluk Ersoy professor to Kim's U.S.-Russian - Sino his"
)
WORDS = st.lists(st.sampled_from(tuple(PIECES.split())), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_spans_lie_in_the_text_and_hold_their_heads(parser: Parser, words: list[str]) -> None:
    text = " ".join(words)
    page = parser.parse(Document(id="d", text=text, published=PUBLISHED))
    for mention in RuleMentions().find(page):
        assert mention.actors
        assert mention.span.contains(mention.head)
        assert mention.span.of(text).strip() == mention.span.of(text)
