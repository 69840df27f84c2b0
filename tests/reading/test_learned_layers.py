"""Layers of the network that read a text as seen from a span: an act's cast, and the ends of causal spans."""

import numpy as np
import pytest

from detente.evaluation.tasks.causality import likeliest
from detente.model.document import Document
from detente.model.span import Span
from detente.reading.learned.causes import side_of
from detente.reading.learned.encoder import EncodedWindow, Encoder
from detente.reading.learned.relations import whole
from detente.reading.page import Parser

TEXT = "Japan expelled two Chinese diplomats because Beijing had seized a trawler. Berlin regretted it."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def window(encoder: Encoder) -> EncodedWindow:
    return encoder.of(Parser().parse(Document("d", TEXT)))[0]


def place(window: EncodedWindow, word: str) -> int:
    start = TEXT.index(word)
    found = window.range_of(start, start + len(word))
    assert found is not None
    return found[0]


def test_a_cast_tells_who_acted_and_who_was_acted_upon(encoder: Encoder, window: EncodedWindow) -> None:
    at = place(window, "expelled")
    players = [(place(window, word), 1) for word in ("Japan", "Chinese", "Beijing")]
    parts, kinds = encoder.cast(window, [(at, at + 1)], [players])
    assert parts[0].shape == (3, 4)
    assert parts[0].sum(-1) == pytest.approx(1, abs=1e-5)
    assert parts[0][0].argmax() == 1  # Japan is the source
    assert parts[0][1].argmax() == 2  # the Chinese are the target
    assert kinds[0].argmax() > 0


def test_words_that_name_no_act_are_told_from_acts(encoder: Encoder, window: EncodedWindow) -> None:
    at = [place(window, word) for word in ("expelled", "trawler")]
    players = [(place(window, "Japan"), 1), (place(window, "Beijing"), 1)]
    _, kinds = encoder.cast(window, [(a, a + 1) for a in at], [players, players])
    assert kinds[0, 0] < 0.5 < kinds[1, 0]


def test_a_cast_is_blind_to_empty_places(encoder: Encoder, window: EncodedWindow) -> None:
    at, japan, beijing = (place(window, word) for word in ("expelled", "Japan", "Beijing"))
    players = [(japan, 1), (beijing, 1)]
    alone, _ = encoder.cast(window, [(at, at + 1)], [players])
    beside, _ = encoder.cast(window, [(at, at + 1)] * 2, [players, [*players, (beijing, 1)]])
    assert beside[0] == pytest.approx(alone[0], abs=0.02)


def test_an_act_without_mentions_has_an_empty_cast(encoder: Encoder, window: EncodedWindow) -> None:
    at = place(window, "expelled")
    parts, kinds = encoder.cast(window, [(at, at + 1)], [[]])
    assert parts[0].shape == (0, 4)
    assert kinds.sum() == pytest.approx(1, abs=1e-5)


def test_ends_are_shares_over_the_pieces(encoder: Encoder, window: EncodedWindow) -> None:
    ends = encoder.ends(window, "causal.c", [(place(window, "Beijing"), place(window, "Beijing") + 1)])
    assert ends.shape == (1, len(window.offsets), 5)
    assert ends.sum(1) == pytest.approx(1, abs=1e-4)


def test_the_likeliest_span_lies_apart_from_the_other() -> None:
    ends = np.zeros((8, 2), dtype=np.float32)
    ends[2], ends[3], ends[5], ends[6] = (0.6, 0.1), (0.0, 0.6), (0.3, 0.0), (0.0, 0.3)
    assert likeliest(ends, None) == (2, 4)
    assert likeliest(ends, (3, 4)) == (5, 7)


def test_there_may_be_no_span() -> None:
    ends = np.zeros((4, 2), dtype=np.float32)
    ends[0], ends[2] = (0.9, 0.9), (0.1, 0.1)
    assert likeliest(ends, None) is None


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("a meeting in March and", "a meeting in March"),
        ("a meeting in", "a meeting"),
        ("the talks broke down", "the talks broke down"),
        ("the", None),
        ("Berlin", None),
    ],
)
def test_a_side_of_a_causal_claim_says_something_and_does_not_break_off(words: str, left: str | None) -> None:
    text = "After a meeting in March and in May the talks broke down. Berlin regretted it."
    page, start = Parser().parse(Document("d", text)), text.index(words)
    found = side_of(Span("d", start, start + len(words)), page)
    assert (found.of(text) if found else None) == left


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("relations with", "relations with Windhoek"),
        ("Relations between London and Moscow are", "Relations between London and Moscow are at their coldest"),
        ("has been", "has been undone"),
        ("A year of slow improvement", "A year of slow improvement"),
    ],
)
def test_evidence_goes_on_to_what_it_waits_for(words: str, left: str) -> None:
    text = (
        "A year of slow improvement has been undone. Relations between London and Moscow are at their coldest since "
        "the cold war. Zambia sold power again; relations with Windhoek were never in doubt."
    )
    start = text.index(words)
    page = Parser().parse(Document("d", text))
    assert whole(Span("d", start, start + len(words)), page).of(text) == left


def test_a_window_of_nothing_that_is_read_covers_no_characters(encoder: Encoder) -> None:
    empty = EncodedWindow(*encoder.encode(["\u200b"], [0])[0])
    assert len(empty.offsets) == 2  # the special pieces alone
    assert empty.range_of(0, 1) is None
