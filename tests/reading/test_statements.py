"""Statements: who says what, how, and where it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.codes import Form, Stance
from detente.model.document import Document
from detente.model.reading import Statement
from detente.reading.page import Page, Parser
from detente.reading.stages import Findings
from detente.reading.statements import RuleStatements

PARSER = Parser()


def page_of(text: str) -> Page:
    return PARSER.parse(Document(id="d", text=text))


def read(text: str) -> list[tuple[str, str, str]]:
    return [_words(text, s) for s in _statements(text)]


def _statements(text: str) -> tuple[Statement, ...]:
    return RuleStatements().find(page_of(text), Findings())


def _words(text: str, s: Statement) -> tuple[str, str, str]:
    return s.source.of(text), s.cue.of(text), text[s.content[0].start : s.content[-1].end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ministry said that the embargo would stay in force.",
            ("The ministry", "said", "the embargo would stay in force"),
        ),
        (
            "Relations are improving, said Ito, a lecturer in Kyoto.",
            ("Ito", "said", "Relations are improving"),
        ),
        (
            "According to a Turkish official, the talks broke down on Monday.",
            ("a Turkish official", "According to", "the talks broke down on Monday"),
        ),
        (
            "Seoul accused Tokyo of rewriting history.",
            ("Seoul", "accused", "Tokyo of rewriting history"),
        ),
        (
            "The foreign minister called the plan a bluff.",
            ("The foreign minister", "called", "the plan a bluff"),
        ),
        (
            "Warsaw urged Minsk to release the prisoners.",
            ("Warsaw", "urged", "Minsk to release the prisoners"),
        ),
        (
            "Beijing denied any involvement in the attack.",
            ("Beijing", "denied", "any involvement in the attack"),
        ),
    ],
)
def test_reads_source_cue_and_content(text: str, expected: tuple[str, str, str]):
    assert expected in read(text)


def test_quotation_over_sentences_repeats_source_and_cue_and_widens_the_sentence():
    text = 'The talks ended. "We will return," the ambassador said. "Nobody should doubt that."'
    first, second = _statements(text)
    assert _words(text, first) == ("the ambassador", "said", "We will return")
    assert _words(text, second) == ("the ambassador", "said", "Nobody should doubt that")
    assert second.sentence.of(text).startswith('"We will return')
    assert first.form is second.form is Form.DIRECT


def test_a_quotation_goes_on_from_the_report_just_before_it():
    text = 'Ties are recovering, says Floor Wiersma of an institute in Leiden. "But nobody will buy a chip so easily."'
    assert read(text)[1] == ("Floor Wiersma", "says", "But nobody will buy a chip so easily")


def test_a_name_in_apposition_names_the_source():
    text = "Libya's envoy, Ahmed Own, denied both charges."
    assert read(text) == [("Ahmed Own", "denied", "both charges")]


def test_a_quotation_in_the_next_paragraph_needs_its_own_speaker():
    text = '"We will return," the ambassador said.\n\n"The end of the affair is near."'
    assert len(_statements(text)) == 1


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The minister said that the talks had failed.", Stance.ASSERT),
        ("The minister said that the talks might fail.", Stance.HEDGE),
        ("The minister said that the talks would resume.", Stance.PREDICT),
        ("The minister said that the talks had not failed.", Stance.DENY),
        ("The minister denied that the talks had failed.", Stance.DENY),
        ("The minister demanded that the talks be resumed.", Stance.CALL),
    ],
)
def test_stance_comes_from_the_cue_and_the_words_of_the_content(text: str, stance: Stance):
    assert [s.stance for s in _statements(text)] == [stance]


def test_a_statement_inside_another_has_it_as_parent():
    text = "A diplomat said that Washington had urged both neighbours to settle the dispute."
    by_cue = {s.cue.of(text): s for s in _statements(text)}
    assert by_cue["urged"].parent == by_cue["said"].id
    assert by_cue["said"].parent is None


@pytest.mark.parametrize(
    "text",
    [
        "The ship reached the harbour on Tuesday.",
        "The minister refused to say whether the ship had sailed.",
        "The minister may say that the ship has sailed.",
        "The figures say little.",
    ],
)
def test_nothing_said_gives_nothing(text: str):
    assert read(text) == []


def test_forms():
    text = "The envoy said the plan was “dead on arrival” in Kyiv."
    assert [s.form for s in _statements(text)] == [Form.MIXED]


PIECES = st.sampled_from(
    [
        "The ministry said ",
        "“We will not go,” ",
        '"It is over. ',
        "according to officials, ",
        "Tokyo accused Seoul of ",
        "lying; ",
        "he added. ",
        "In Rome the envoy, who left, repeated ",
        "the minister is blunt: ",
        "Ito called the plan ",
        "\n\n",
        "in the view of Paris ",
        "that the “plan” ",
        "failed. ",
        "” ",
        '"',
        "— ",
        "a claim that ",
        "which Rome denies, ",
        "🙂 ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_every_span_quotes_the_text(text: str):
    for s in _statements(text):
        for span in (s.source, s.cue, *s.content, s.sentence):
            assert span.of(text).strip() == span.of(text) != ""
        assert s.sentence.contains(s.cue)
        assert all(s.sentence.contains(part) for part in s.content)
        assert list(s.content) == sorted(s.content)
        assert s.why
