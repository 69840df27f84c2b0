"""Titles name offices, words name sectors."""

from datetime import date

import pytest

from detente.model.codes import Sector
from detente.world import OfficeKind, holders, sector_of, title_of
from detente.world.offices import title_phrases


@pytest.mark.parametrize(
    ("phrase", "code", "kind"),
    [
        ("Foreign Minister", None, OfficeKind.FOREIGN_MINISTER),
        ("foreign secretary", "GBR", OfficeKind.FOREIGN_MINISTER),
        ("foreign secretary", "IND", OfficeKind.DEPUTY_MINISTER),
        ("Secretary of State", "USA", OfficeKind.FOREIGN_MINISTER),
        ("Secretary of State", None, OfficeKind.FOREIGN_MINISTER),
        ("secretary of state", "GBR", OfficeKind.MINISTER),
        ("chancellor", "DEU", OfficeKind.HEAD_OF_GOVERNMENT),
        ("envoy", None, OfficeKind.ENVOY),
        ("Chief Cabinet Secretary", "JPN", OfficeKind.SPOKESPERSON),
    ],
)
def test_titles(phrase: str, code: str | None, kind: OfficeKind) -> None:
    found = title_of(phrase, code)
    assert found is not None
    assert (found.kind, found.governs) == (kind, True)


def test_private_titles_do_not_govern() -> None:
    professor = title_of("professor")
    assert professor is not None
    assert (professor.kind, professor.governs, professor.sector) == (None, False, Sector.EDUCATION)
    assert title_of("carpenter") is None
    assert title_of("chief cabinet secretary", "FRA") is None


def test_a_title_leads_to_its_holder() -> None:
    title = title_of("foreign minister")
    assert title is not None
    assert title.kind is not None
    assert holders("RUS", title.kind, date(2024, 1, 1))[0].person == "Sergei Lavrov"


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("the Belgian riot police", Sector.POLICE),
        ("Foreign Ministry", Sector.GOVERNMENT),
        ("troops", Sector.MILITARY),
        ("lawmakers", Sector.LEGISLATURE),
        ("companies", Sector.BUSINESS),
        ("gunmen", Sector.REBELS),
        ("state news agency", Sector.MEDIA),
        ("former prime minister", Sector.ELITE),
        ("savages", None),
    ],
)
def test_sectors(phrase: str, sector: Sector | None) -> None:
    assert sector_of(phrase) is sector


def test_longest_titles_come_first() -> None:
    lengths = [len(phrase.split()) for phrase in title_phrases()]
    assert lengths == sorted(lengths, reverse=True)
