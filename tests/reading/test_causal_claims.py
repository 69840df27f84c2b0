"""Causal claims: what is said to have led to what, and by which words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.document import Document
from detente.model.reading import CausalClaim
from detente.reading.causal_claims import RuleCauses
from detente.reading.page import Parser
from detente.reading.stages import Findings
from detente.reading.statements import RuleStatements

PARSER = Parser()


def _claims(text: str) -> tuple[CausalClaim, ...]:
    page = PARSER.parse(Document(id="d", text=text))
    statements = RuleStatements().find(page, Findings())
    return RuleCauses().find(page, Findings(statements=statements))


def read(text: str) -> list[tuple[str, str]]:
    return [(c.cause.of(text), c.effect.of(text)) for c in _claims(text)]


@pytest.mark.parametrize(
    ("text", "cause", "effect"),
    [
        (
            "Estonia recalled its ambassador because three fighters had crossed the border.",
            "three fighters had crossed the border",
            "Estonia recalled its ambassador",
        ),
        ("The border was closed because of the exercise.", "the exercise", "The border was closed"),
        ("The embargo led to a shortage of bread.", "The embargo", "a shortage of bread"),
        ("The rift was caused by a dispute about fish.", "a dispute about fish", "The rift"),
        ("The crisis stems from the tariffs of last year.", "the tariffs of last year", "The crisis"),
        ("The embargo prompted Seoul to look for other suppliers.", "The embargo", "Seoul to look for other suppliers"),
    ],
)
def test_reads_cause_and_effect(text: str, cause: str, effect: str):
    assert (cause, effect) in read(text)


def test_a_connective_takes_its_cause_from_the_sentence_before():
    text = "Ottawa expelled the attaché. In response, Delhi closed a consulate."
    assert read(text) == [("Ottawa expelled the attaché", "Delhi closed a consulate")]


def test_the_reason_is_points_back_to_the_sentence_before():
    text = "Relations have soured. The reason is the tariff on steel."
    assert ("the tariff on steel", "Relations have soured") in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister left after the talks ended.",
        "Relations have been frozen since January 2023.",
        "If the talks fail, the embargo will stay.",
        "The president opened the conference in Geneva.",
    ],
)
def test_time_and_conditions_are_no_causes(text: str):
    assert read(text) == []


def test_a_claim_inside_a_statement_names_it():
    text = "The ministry said that the border was closed because of the exercise."
    (claim,) = _claims(text)
    assert claim.statement is not None
    assert claim.signal is not None
    assert claim.signal.of(text) == "because of"


PIECES = st.sampled_from(
    [
        "Because the talks failed, ",
        "Tokyo acted ",
        "because of ",
        "the reason is ",
        "which led to ",
        "a war. ",
        "the embargo ",
        "was caused by ",
        "“in response to” ",
        "; over ",
        "\n\n",
        "due to ",
        "drove Seoul into ",
        "anger, ",
        "blamed Rome for ",
        "as a result of ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_every_span_quotes_the_text_and_cause_and_effect_are_apart(text: str):
    for claim in _claims(text):
        assert claim.cause.of(text).strip()
        assert claim.effect.of(text).strip()
        assert not claim.cause.overlaps(claim.effect)
        assert claim.sentence.contains(claim.cause)
        assert claim.sentence.contains(claim.effect)
        assert claim.why
