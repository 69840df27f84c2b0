"""Which noun phrases of a sentence may be source and target of one act, and what the pair coder reads of them."""

import pytest

from detente.model.document import Document
from detente.reading.learned.pairs import MARKS, MAX_TOKENS, PairCoder, marked_ids
from detente.reading.learned.sentence_parties import Slot, pairs_of, phrase
from detente.reading.learned.windows import load_tokenizer
from detente.reading.page import Page, Parser

PARSER = Parser()


def page_of(text: str) -> Page:
    return PARSER.parse(Document(Document.id_of(text, None, None, None), text))


def words(text: str) -> list[tuple[str, str, Slot]]:
    pairs = [p for tokens in page_of(text).sentence_tokens for p in pairs_of(tokens)]
    return [(_text(text, p.source[0]), _text(text, p.target[0]), p.slot) for p in pairs]


def _text(text: str, head: object) -> str:
    start, end = phrase(head)  # type: ignore[arg-type]
    return text[start:end]


def test_subject_and_object() -> None:
    assert ("Police", "protesters", Slot.OBJECT) in words("Police arrested protesters on Friday.")


def test_the_agent_of_a_passive_comes_first() -> None:
    found = words("The minister was criticised by lawmakers.")
    assert ("lawmakers", "The minister", Slot.OBJECT) in found


def test_whose_request_is_rejected() -> None:
    found = {(s, t) for s, t, _ in words("Germany rejected a request from Poland.")}
    assert ("Germany", "Poland") in found


def test_days_are_no_parties() -> None:
    assert all("Friday" not in pair[:2] for pair in words("The court on Friday convicted the editor."))


def test_no_pair_twice_and_none_with_itself() -> None:
    found = words("Kenya and Uganda accused the rebels of attacking villages near the border with Sudan.")
    assert len({pair[:2] for pair in found}) == len(found)
    assert all(source != target for source, target, _ in found)


@pytest.mark.parametrize(("source", "target"), [((0, 5), (14, 20)), ((14, 20), (0, 5)), (None, (0, 5))])
def test_four_marks_in_order_around_both(source: tuple[int, int] | None, target: tuple[int, int]) -> None:
    ids = marked_ids(load_tokenizer(), "Japan accused Russia.", source, target)
    places = [ids.index(mark) for mark in MARKS]
    assert [ids.count(mark) for mark in MARKS] == [1, 1, 1, 1]
    assert places[0] < places[1]
    assert places[2] < places[3]


def test_a_long_sentence_keeps_its_marks() -> None:
    text = "and so on " * 200 + "Japan accused Russia."
    start = text.index("Japan")
    ids = marked_ids(load_tokenizer(), text, (start, start + 5), (start + 14, start + 20))
    assert len(ids) == MAX_TOKENS
    assert set(MARKS) <= set(ids)


def test_direction_and_kind_are_read_from_the_marks() -> None:
    text = "The president was accused of corruption by prosecutors."
    shares = PairCoder().code([(text, (43, 54), (0, 13)), (text, (0, 13), (43, 54))])
    assert shares.shape == (2, 17)
    assert shares.sum(1) == pytest.approx([1, 1], abs=1e-5)
    assert shares[0].argmax() == 8  # ACCUSE
    assert shares[1, 16] > shares[0, 16]  # the other way round it is rather no event
