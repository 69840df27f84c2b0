"""The gazetteer: longest match, dates, capitals, and words cut as the tokenizer cuts them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model.codes import MentionKind, Sector
from detente.world import Entry, gazetteer, is_code, words_of


def only(phrase: str, as_of: date | None = None) -> list[Entry]:
    return [entry for entry in gazetteer().look_up(phrase) if entry.holds_at(as_of)]


@pytest.mark.parametrize(
    ("phrase", "kind", "code"),
    [
        ("U.S.", MentionKind.NAME, "USA"),
        ("the States", MentionKind.NAME, "USA"),
        ("Britain", MentionKind.NAME, "GBR"),
        ("South Korea", MentionKind.NAME, "KOR"),
        ("DPRK", MentionKind.NAME, "PRK"),
        ("Türkiye", MentionKind.NAME, "TUR"),
        ("Côte d’Ivoire", MentionKind.NAME, "CIV"),
        ("Congo", MentionKind.NAME, "COD"),
        ("Soviet", MentionKind.DEMONYM, "RUS"),
        ("Danes", MentionKind.DEMONYM, "DNK"),
        ("Tokyo", MentionKind.METONYM, "JPN"),
        ("Yaounde", MentionKind.METONYM, "CMR"),
        ("the Kremlin", MentionKind.METONYM, "RUS"),
        ("Quai d'Orsay", MentionKind.METONYM, "FRA"),
        ("Geneva", MentionKind.PLACE, "CHE"),
        ("Xinjiang", MentionKind.PLACE, "CHN"),
        ("UN Security Council", MentionKind.NAME, "UNO"),
        ("European Commission", MentionKind.NAME, "EUR"),
        ("ECOWAS", MentionKind.NAME, "XXX"),
        ("Hamas", MentionKind.METONYM, "XXX"),
    ],
)
def test_a_phrase_names_its_actor(phrase: str, kind: MentionKind, code: str) -> None:
    assert (kind, code) in [(entry.kind, entry.code) for entry in only(phrase)]


def test_capitals_may_be_places_and_residences_may_not() -> None:
    assert only("Tokyo")[0].is_place
    assert not only("the Kremlin")[0].is_place


def test_longest_phrase_comes_first() -> None:
    words = ["the", "south", "korean", "and", "south", "korea"]
    assert gazetteer().match(words, 4)[0].phrase == "South Korea"
    assert gazetteer().match(words, 1)[0].phrase == "South Korean"
    phrases = [entry.phrase for entry in gazetteer().match(["un", "security", "council"], 0)]
    assert phrases[0] == "UN Security Council"
    assert phrases[-1] == "UN"


def test_an_article_is_asked_for_where_the_bare_word_is_common() -> None:
    assert gazetteer().match(["diet"], 0) == []
    assert gazetteer().match(["the", "diet"], 1)[0].code == "JPN"


def test_capitals_of_the_text_decide() -> None:
    turkey = only("Turkey")[0]
    assert turkey.fits(["Turkey"])
    assert turkey.fits(["TURKEY"])
    assert not turkey.fits(["turkey"])
    us = only("US")[0]
    assert us.fits(["US"])
    assert not us.fits(["us"])
    assert not us.fits(["Us"])


def test_readings_are_dated() -> None:
    taliban = {year: only("Taliban", date(year, 6, 1))[0].code for year in (1995, 1999, 2010, 2024)}
    assert taliban == {1995: "XXX", 1999: "AFG", 2010: "XXX", 2024: "AFG"}
    assert only("Yugoslavia", date(1991, 1, 1))[0].code == "YUG"
    assert only("Yugoslavia", date(1999, 4, 1))[0].code == "SRB"


def test_every_entry_has_a_code_that_an_actor_may_bear() -> None:
    for entry in gazetteer():
        assert is_code(entry.code), entry
        assert entry.words, entry
        assert isinstance(entry.sector, Sector)
        if entry.valid_from and entry.valid_to:
            assert entry.valid_from < entry.valid_to, entry


def test_words_are_cut_as_the_tokenizer_cuts_them() -> None:
    spacy = pytest.importorskip("spacy")
    tokenizer = spacy.blank("en").tokenizer
    differing = [
        (entry.phrase, entry.words)
        for entry in gazetteer()
        if tuple(token.text for token in tokenizer(entry.phrase)) != entry.words
    ]
    assert differing == []


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=6), st.data())
def test_matching_never_fails_and_stays_within_the_sentence(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    lengths = [len(entry.words) for entry in gazetteer().match(words, start)]
    assert lengths == sorted(lengths, reverse=True)
    assert all(start + length <= len(words) for length in lengths)


@given(st.sampled_from(["Guinea-Bissau", "People's Republic", "U.S.", "N'Djamena", "Port-au-Prince"]))
def test_words_join_back_to_the_phrase(phrase: str) -> None:
    assert "".join(words_of(phrase)) == phrase.replace(" ", "")
