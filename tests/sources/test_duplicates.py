"""Copies: exact, near and shortened ones are found; other texts and updates are stories of their own."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.sources.duplicates import Likeness, StoryIndex, is_current, likeness, signature
from detente.sources.minhash import minhash

datasketch = pytest.importorskip("datasketch")
WORDS = [f"word{number}" for number in range(3000)]
FURNITURE = "\n\nSubscribe to our Telegram channel"


def text_of(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def altered(text: str, changes: int) -> str:
    words = text.split()
    for place in random.Random(changes).sample(range(len(words)), changes):
        words[place] = "changed"
    return " ".join(words)


def index_of(*texts: str) -> StoryIndex:
    index = StoryIndex()
    for number, text in enumerate(texts):
        index.add(f"d{number}", signature(text))
    return index


def test_same_words_are_an_exact_copy_whatever_their_case_marks_and_furniture():
    story = text_of(1)
    copy = story.upper().replace(" ", "\n", 3) + "!" + FURNITURE
    assert likeness(copy, story) == Likeness("exact", 1.0)
    assert signature(copy) == signature(story)
    assert index_of(story).find(signature(copy)) == ("d0",)


def test_similarity_is_the_jaccard_index_of_five_word_shingles():
    # 296 shingles each; one changed word in the middle alters five of them: 291 shared of 301.
    words = text_of(2).split()
    words[150] = "changed"
    found = likeness(" ".join(words), text_of(2))
    assert found is not None
    assert found.similarity == pytest.approx(max(291 / 301, 291 / 296))


def test_near_copies_are_found():
    stories = [text_of(seed) for seed in range(100)]
    index = index_of(*stories)
    for number, story in enumerate(stories):
        copy = altered(story, 6)
        found = likeness(copy, story)
        assert found is not None
        assert found.kind == "near"
        assert f"d{number}" in index.find(signature(copy))


def test_shortened_story_is_a_copy_and_its_update_is_not():
    full = text_of(3, 400)
    short = " ".join(full.split()[:280])
    assert likeness(short, full) == Likeness("near", 1.0)
    assert index_of(full).find(signature(short)) == ("d0",)
    assert likeness(full, short) is None


def test_other_texts_are_stories_of_their_own():
    index = index_of(*(text_of(seed) for seed in range(200)))
    assert all(index.find(signature(text_of(seed))) == () for seed in range(1000, 1100))
    assert likeness(text_of(1), text_of(2)) is None
    assert likeness("", text_of(2)) is None


def test_candidates_come_in_the_order_in_which_stories_came():
    story = text_of(4)
    near = altered(story, 3)
    assert index_of(near, text_of(5), story).find(signature(story)) == ("d0", "d2")


def test_loading_and_adding_give_the_same_index():
    signed = [(f"d{seed}", signature(text_of(seed, 40))) for seed in range(300)]
    loaded, added = StoryIndex(), StoryIndex()
    loaded.load(signed[:150])
    loaded.load(signed)
    for document, each in signed:
        added.add(document, each)
    assert len(loaded) == len(added) == 300
    assert all(loaded.find(each) == added.find(each) == (document,) for document, each in signed)


def test_index_stays_right_when_new_keys_are_merged(monkeypatch):
    monkeypatch.setattr("detente.sources.duplicates._MERGE_AT", 100)
    signed = [signature(text_of(seed, 40)) for seed in range(60)]
    index = index_of(*(text_of(seed, 40) for seed in range(60)))
    assert [index.find(each) for each in signed] == [(f"d{seed}",) for seed in range(60)]


def test_signature_does_not_change():
    """Records hold signatures: this value may only change together with the scheme's first byte."""
    signed = signature("Tokyo protested on Friday and Moscow has not answered.")
    assert is_current(signed)
    assert len(signed) == 529
    assert np.frombuffer(signed, dtype="<u4", offset=17)[:3].tolist() == [367738088, 49328667, 2647582387]


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**32 - 1), max_size=50), st.integers(1, 200))
def test_minhash_agrees_with_datasketch(numbers, repeat):
    hashes = [(number * step) % 2**32 for number in numbers for step in range(1, repeat)]
    reference = datasketch.MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=lambda number: number)
    reference.update_batch(hashes)
    assert minhash(np.array(hashes, dtype=np.uint32)).tolist() == reference.hashvalues.tolist()


def test_signature_of_another_scheme_is_refused():
    with pytest.raises(ValueError, match="scheme"):
        StoryIndex().add("d", b"\x00" * 529)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_likeness_is_bounded_and_every_text_is_an_exact_copy_of_itself(one, two):
    assert likeness(one, one) == Likeness("exact", 1.0)
    found = likeness(one, two)
    assert found is None or 0.8 <= found.similarity <= 1.0
