"""The remembered parts of speech and lemmas are those that spaCy gives."""

import json
from itertools import islice
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from detente.reading.attributes import remember
from detente.reading.page import DEFAULT_PIPELINE

CORPUS = Path(__file__).parents[1] / "corpus" / "dispatches.jsonl"
ODD = [
    "They ain't leaving; we're gonna stay, I gotta say, and let's see what they got.",
    "There's no deal, and there are no talks. Y'all do know nothin' of what he'd have done.",
    "Two lines,\n\n \n odd  spaces ,  and\ttabs \n here.  \n",
    "It has it that it does. Do as you do, but do it because they do.",
]


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language]:
    own, plain = (spacy.load(DEFAULT_PIPELINE, exclude=["ner"]) for _ in range(2))
    remember(own)
    return own, plain


def readings(nlp: Language, text: str) -> list[tuple[str, ...]]:
    return [(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in nlp(text)]


def test_the_ruler_and_the_lemmatizer_are_replaced(pipelines):
    assert not {"attribute_ruler", "lemmatizer"} & set(pipelines[0].pipe_names)


def test_words_are_read_as_before_seen_first_or_again(pipelines):
    with CORPUS.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 8)] + ODD
    for text in texts * 2:
        assert readings(pipelines[0], text) == readings(pipelines[1], text)
