"""Mentions of several states, of armed groups, and of those whom others are for or against."""

from datetime import date

import pytest

from detente.model.actor import Mention
from detente.model.document import Document
from detente.reading.mentions import RuleMentions
from detente.reading.page import Parser

PARSER = Parser()


def found(text: str) -> dict[str, Mention]:
    document = Document(Document.id_of(text, date(2025, 3, 3), None, None), text, published=date(2025, 3, 3))
    return {text[m.span.start : m.span.end]: m for m in RuleMentions().find(PARSER.parse(document))}


@pytest.mark.parametrize(
    ("text", "phrase", "codes"),
    [
        ("Sweden congratulated the Baltic governments.", "Baltic governments", ("EST", "LTU", "LVA")),
        ("China welcomed talks between the two Koreas.", "two Koreas", ("KOR", "PRK")),
        ("Saudi envoys held peace talks with the rebel leadership in Sanaa.", "the rebel leadership", ("XXX",)),
        ("Armed gangs shut the airport of Port-au-Prince.", "Armed gangs", ("XXX",)),
        ("Moscow accused the Europeans of interfering.", "Europeans", ("EUR",)),
        ("The Congolese government met Rwanda's envoys.", "The Congolese government", ("COD",)),
        ("On Saturday Trump threatened Canada with tariffs.", "Trump", ("USA",)),
        ("China and Japan met. Two diplomats said that it went badly.", "Two diplomats", ("XXX",)),
        ("China and Japan met. The two diplomats shook hands.", "The two diplomats", ("CHN", "JPN")),
        ("Parliament rejected the ban. The Union may bring it forward.", "The Union", ("EUR",)),
    ],
)
def test_codes(text: str, phrase: str, codes: tuple[str, ...]) -> None:
    assert found(text)[phrase].codes == codes


def test_a_cause_is_no_owner() -> None:
    mention = found("Anti-Chinese crowds burned factories in Vietnam.").get("Anti-Chinese crowds")
    assert mention is None or "CHN" not in mention.codes


def test_the_secretary_general_belongs_to_his_organisation() -> None:
    text = "The United Nations met in New York. The secretary-general, addressing the Russian president, was ignored."
    assert found(text)["The secretary-general"].codes == ("UNO",)
