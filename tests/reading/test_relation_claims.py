"""Relation claims: which pair, which way, and how surely."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.codes import Direction, Factuality
from detente.model.document import Document
from detente.model.reading import RelationClaim
from detente.reading.mentions import RuleMentions
from detente.reading.page import Parser
from detente.reading.relation_claims import RuleRelations
from detente.reading.stages import Findings
from detente.reading.statements import RuleStatements

PARSER = Parser()


def _claims(text: str) -> tuple[RelationClaim, ...]:
    page = PARSER.parse(Document(id="d", text=text))
    mentions = RuleMentions().find(page)
    statements = RuleStatements().find(page, Findings(mentions))
    return RuleRelations().find(page, Findings(mentions, statements=statements))


def read(text: str) -> list[tuple[tuple[str, str], Direction]]:
    return [(c.dyad, c.direction) for c in _claims(text)]


JAPAN_CHINA, JAPAN_RUSSIA = ("CHN", "JPN"), ("JPN", "RUS")


@pytest.mark.parametrize(
    ("text", "pair", "direction"),
    [
        ("Relations between Japan and China have soured.", JAPAN_CHINA, Direction.WORSE),
        ("Relations between Japan and China remain frozen.", JAPAN_CHINA, Direction.STABLE),
        ("Relations between Japan and China are improving.", JAPAN_CHINA, Direction.BETTER),
        ("The embargo damaged Japan's relations with China.", JAPAN_CHINA, Direction.WORSE),
        ("There is a marked deterioration in relations between Japan and China.", JAPAN_CHINA, Direction.WORSE),
        ("Japan is adjusting its policy towards Russia.", JAPAN_RUSSIA, Direction.BETTER),
        ("Japan is hardening its line towards Russia.", JAPAN_RUSSIA, Direction.WORSE),
        ("Japan is edging closer to Russia.", JAPAN_RUSSIA, Direction.BETTER),
        ("Japan is moving away from Russia.", JAPAN_RUSSIA, Direction.WORSE),
        ("Japan has distanced itself from Russia.", JAPAN_RUSSIA, Direction.WORSE),
        ("Japan and Russia are drifting apart.", JAPAN_RUSSIA, Direction.WORSE),
        ("The quarrel between Japan and China ended.", JAPAN_CHINA, Direction.BETTER),
    ],
)
def test_reads_pair_and_direction(text: str, pair: tuple[str, str], direction: Direction):
    assert read(text) == [(pair, direction)]


def test_an_attempt_to_divide_two_partners_is_planned_and_about_them_alone():
    (claim,) = _claims("Washington wants to separate Russia from China.")
    assert (claim.dyad, claim.direction, claim.factuality) == (("CHN", "RUS"), Direction.WORSE, Factuality.PLANNED)


def test_a_hedge_makes_a_claim_possible():
    (claim,) = _claims("Relations between Japan and China may improve.")
    assert claim.factuality is Factuality.POSSIBLE


def test_bare_relations_and_a_pronoun_take_the_pair_spoken_of_before():
    text = "Relations between Japan and China had been warm. They soured in 2010. Then relations improved."
    assert [c.dyad for c in _claims(text)] == [JAPAN_CHINA] * 3
    assert [c.direction for c in _claims(text)] == [Direction.STABLE, Direction.WORSE, Direction.BETTER]


def test_a_claim_inside_a_statement_names_it():
    (claim,) = _claims("An official said that relations between Japan and China have soured.")
    assert claim.statement is not None


@pytest.mark.parametrize(
    "text",
    [
        "Japan and China signed an agreement on fish.",
        "The ship moved towards the harbour of Osaka.",
        "Public relations have become an industry.",
        "The alliance met in Brussels.",
    ],
)
def test_no_relation_gives_nothing(text: str):
    assert read(text) == []


PIECES = st.sampled_from(
    [
        "Relations between Japan and China ",
        "have soured. ",
        "“the thaw” ",
        "improved; ",
        "they worsened. ",
        "Tokyo's policy toward Moscow ",
        "is shifting. ",
        "\n\n",
        "to divide Russia and China ",
        "Iran is moving away from Iraq, ",
        "the friendship of India with France ",
        "a quarrel ",
        "with Turkey ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_every_claim_quotes_the_text_and_names_two_actors(text: str):
    for claim in _claims(text):
        assert claim.evidence.of(text).strip()
        assert claim.sentence.of(text).strip()
        assert claim.evidence.overlaps(claim.sentence)
        assert claim.dyad[0] < claim.dyad[1]
        assert claim.why
