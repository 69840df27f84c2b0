"""Factuality of the word that names an act, on sentences written for this test."""

import pytest

from detente.model.codes import Factuality
from detente.model.document import Document
from detente.reading.factuality import factuality_of
from detente.reading.factuality_words import lexicon
from detente.reading.page import Page, Parser

FACT, PLANNED, POSSIBLE, DENIED = Factuality.FACT, Factuality.PLANNED, Factuality.POSSIBLE, Factuality.DENIED


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def read(parser: Parser, text: str, word: str) -> Factuality:
    page: Page = parser.parse(Document(id="d", text=text))
    token = next(t for t in page.doc if t.text == word)
    return factuality_of(token, page)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Norway expelled two diplomats on Monday.", "expelled", FACT),
        ("The ministry said that Norway had expelled two diplomats.", "expelled", FACT),
        ("Norway managed to close the port.", "close", FACT),
        ("Not only did Norway close the port, it also froze the accounts.", "close", FACT),
        ("Norway did not fail to answer the note.", "answer", FACT),
        ("Norway sued Chile in May; Chile denies the charge.", "sued", FACT),
        ("Norway demanded that Chile stop shelling the island.", "shelling", FACT),
        ("Norway condemned the attack, but did not name Chile.", "attack", FACT),
        ("Norway will expel two diplomats.", "expel", PLANNED),
        ("Norway is to close the port in May.", "close", PLANNED),
        ("Norway plans to sign a treaty with Chile.", "sign", PLANNED),
        ("The minister announced that Norway would close the port.", "close", PLANNED),
        ("The president will visit Chile and sign a treaty.", "sign", PLANNED),
        ("The planned visit to Chile was discussed.", "visit", PLANNED),
        ("Direct flights between Norway and Chile are to resume in May.", "flights", PLANNED),
        ("Norway ordered its navy to seize the tanker.", "seize", PLANNED),
        ("Norway may send troops to the island.", "send", POSSIBLE),
        ("Norway may not send troops to the island.", "send", POSSIBLE),
        ("Norway is said to have sold drones to Chile.", "sold", POSSIBLE),
        ("Norway has reportedly sold drones to Chile.", "sold", POSSIBLE),
        ("Norway is considering new sanctions against Chile.", "sanctions", POSSIBLE),
        ("Norway has not ruled out new sanctions against Chile.", "sanctions", POSSIBLE),
        ("If Norway closes the port, Chile will protest.", "closes", POSSIBLE),
        ("Observers suspect that Norway bombed the bridge.", "bombed", POSSIBLE),
        ("Did Norway apologise to Chile?", "apologise", POSSIBLE),
        ("Norway has not expelled any diplomats.", "expelled", DENIED),
        ("Norway will never close the port.", "close", DENIED),
        ("Norway cannot send weapons to Chile.", "send", DENIED),
        ("Nor has Norway agreed to send a minister.", "agreed", DENIED),
        ("Norway failed to sign the treaty.", "sign", DENIED),
        ("Norway denied that it had bombed the bridge.", "bombed", DENIED),
        ("Norway denied any attack by its forces.", "attack", DENIED),
        ("Chile doubts that Norway will close the port.", "close", DENIED),
        ("Nobody in Norway has asked Chile to leave.", "asked", DENIED),
        ("Norway has yet to sign the treaty.", "sign", DENIED),
        ("Norway has suspended nothing.", "suspended", DENIED),
        ("Norway has no intention of signing the treaty.", "signing", DENIED),
        ("Norway left without signing the treaty.", "signing", DENIED),
        ("Norway denied a report that it had sold drones to Chile.", "sold", DENIED),
    ],
)
def test_value(parser: Parser, text: str, word: str, expected: Factuality) -> None:
    assert read(parser, text, word) is expected


@pytest.mark.parametrize(("one", "other"), [("Norway", "Chile"), ("Chile", "Vietnam"), ("Norway", "the ministry")])
def test_the_actor_does_not_matter(parser: Parser, one: str, other: str) -> None:
    text = "Diplomats said that {} may close the port and has not signed the treaty."
    for word in ("close", "signed"):
        assert read(parser, text.format(one), word) is read(parser, text.format(other), word)


def test_lexicon_words_are_lower_case_and_its_implicatives_deny() -> None:
    words = lexicon()
    assert all(word == word.lower() for word in words.embedders)
    assert all(Factuality.DENIED in words.embedders[lemma] for lemma in words.implicatives)
