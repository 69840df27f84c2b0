"""Tag sequences and classifiers over pooled spans."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.learned.arrays import softmax, spans_of
from detente.reading.learned.windows import LEAD_TOKENS, MAX_TOKENS, cut


def _one_hot(tags: list[int], classes: int) -> np.ndarray:
    return np.eye(classes)[tags]


def test_reads_spans_of_two_kinds() -> None:
    tags = [0, 1, 2, 0, 3, 4, 4, 1, 0, 0]
    assert spans_of(_one_hot(tags, 5)) == [(0, 1, 3), (1, 4, 7), (0, 7, 8)]


def test_an_inside_tag_needs_a_beginning_of_its_kind() -> None:
    probabilities = _one_hot([0, 2, 2, 0, 0], 5) * 0.6 + _one_hot([0, 1, 2, 0, 0], 5) * 0.4
    assert spans_of(probabilities) == [(0, 1, 3)]


@given(st.lists(st.integers(0, 6), min_size=3, max_size=40), st.randoms(use_true_random=False))
def test_spans_are_in_order_and_never_overlap(tags: list[int], chance) -> None:
    noise = np.array([[chance.random() for _ in range(7)] for _ in tags])
    found = spans_of(softmax(3 * _one_hot(tags, 7) + noise))
    ends = [0, *(end for _, _, end in found)]
    assert all(before <= start < end for before, (_, start, end) in zip(ends, found, strict=False))
    assert all(start >= 1 and end <= len(tags) - 1 for _, start, end in found)


def _formed(tags: tuple[int, ...]) -> bool:
    """Tell whether every inside follows the begin or the inside of its kind."""
    pairs = zip((0, *tags), tags, strict=False)
    return all(tag % 2 or not tag or before in (tag - 1, tag) for before, tag in pairs)


def _spans(tags: tuple[int, ...]) -> list[tuple[int, int, int]]:
    starts = [n for n, tag in enumerate(tags) if tag % 2]
    ends = [next((k for k in range(n + 1, len(tags)) if tags[k] != tags[n] + 1), len(tags)) for n in starts]
    return [((tags[n] - 1) // 2, n + 1, end + 1) for n, end in zip(starts, ends, strict=True)]


@given(st.integers(0, 2**32 - 1), st.integers(1, 2), st.integers(1, 5))
def test_the_spans_are_those_of_the_best_well_formed_sequence(seed, kinds, pieces):
    shares = np.random.default_rng(seed).dirichlet(np.ones(1 + 2 * kinds), pieces + 2)
    score = np.log(np.maximum(shares[1:-1], 1e-4))
    sequences = filter(_formed, product(range(1 + 2 * kinds), repeat=pieces))
    best = max(sequences, key=lambda tags: sum(score[n, tag] for n, tag in enumerate(tags)))
    assert spans_of(shares) == _spans(best)


@given(st.lists(st.integers(1, 500), max_size=40))
def test_windows_cover_every_sentence_once_with_a_lead_in_before(lengths: list[int]) -> None:
    windows = list(cut(lengths))
    assert [i for _, first, last in windows for i in range(first, last)] == list(range(len(lengths)))
    for lead, first, last in windows:
        assert 0 <= lead <= first < last
        assert sum(lengths[lead:first]) <= LEAD_TOKENS
        assert last == first + 1 or sum(lengths[lead:last]) <= MAX_TOKENS - 2
