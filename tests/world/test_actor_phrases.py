"""Phrases alone name country, sector, person and office."""

from datetime import date

import pytest

from detente.world.actor_phrases import resolve_phrase
from detente.world.plover import sectors


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Portugal", "PRT", None),
        ("the Norwegians", "NOR", None),
        ("the IMF", "IGO", None),
        ("the European Parliament", "EUR", "LEG"),
        ("Peru's interior ministry", "PER", "GOV"),
        ("Kenyan riot police", "KEN", "COP"),
        ("members of the Danish navy", "DNK", "MIL"),
        ("a group of Syrian refugees", "SYR", "REF"),
        ("Lyon police station", "FRA", "COP"),
        ("Sweden's ambassador to Chile", "SWE", "GOV"),
        ("spokesman for the Kremlin", "RUS", "GOV"),
        ("police spokesman", None, "COP"),
        ("rebel commander", None, "REB"),
        ("Minister of Finance General Zork Blorp", None, "GOV"),
        ("a former Finnish minister", "FIN", "ELI"),
        ("a retired admiral", None, "ELI"),
        ("former soldiers", None, "MIL"),
        ("Boko Haram gunmen", "NGA", "REB"),
        ("Knesset members", "ISR", "LEG"),
        ("Northern Cyprus", "CYP", "PRE"),
        ("Iran-backed militias", None, "PRM"),
        ("BBC reporters", "GBR", "JRN"),
        ("Iraqi Kurds", "IRQ", None),
        ("Rotterdam", "NLD", "CVL"),
        ("Dutch tulips", "NLD", "UNK"),
        ("they", None, "UNK"),
        ("Sergei Lavrov", "RUS", "GOV"),
    ],
)
def test_country_and_sector(phrase: str, country: str | None, sector: str | None) -> None:
    found = resolve_phrase(phrase)
    assert found is not None
    assert (found.country, found.sector) == (country, sector)


@pytest.mark.parametrize(
    ("name", "day", "country", "sector"),
    [
        ("Angela Merkel", date(2010, 5, 1), "DEU", "GOV"),
        ("Angela Merkel", date(2023, 5, 1), "DEU", "ELI"),
        ("Mario Draghi", date(2015, 5, 1), "EUR", "GOV"),
        ("Mario Draghi", date(2021, 9, 1), "ITA", "GOV"),
        ("Boris Johnson", date(2013, 5, 1), "GBR", "GOV"),
        ("Taliban", date(2015, 5, 1), "AFG", "REB"),
        ("Taliban", date(2022, 5, 1), "AFG", "GOV"),
        ("Pope Francis", date(2020, 5, 1), None, "REL"),
    ],
)
def test_readings_are_dated(name: str, day: date, country: str | None, sector: str) -> None:
    found = resolve_phrase(name, day)
    assert found is not None
    assert (found.country, found.sector) == (country, sector)


def test_without_a_day_only_those_long_gone_are_former() -> None:
    assert [r.sector for n in ("Angela Merkel", "Jacques Chirac") if (r := resolve_phrase(n))] == ["GOV", "ELI"]


@pytest.mark.parametrize(
    "phrase", ["Jordan Zuckowski", "Adam Curtis Brownlow", "Emil Quxley Cook", "Mechanism", "was, expected", ""]
)
def test_unknown_names_stay_unknown(phrase: str) -> None:
    assert resolve_phrase(phrase) is None


@pytest.mark.parametrize(("misspelled", "country"), [("Dehli police", "IND"), ("Portugual", "PRT"), ("Germnay", "DEU")])
def test_slips_of_the_pen(misspelled: str, country: str) -> None:
    found = resolve_phrase(misspelled)
    assert found is not None
    assert found.country == country


def test_what_is_left_without_the_country() -> None:
    rests = [found.rest for phrase in ("a Thai frigate", "Great Britain") if (found := resolve_phrase(phrase))]
    assert rests == ["frigate", ""]


def test_a_code_stands_for_itself() -> None:
    found = resolve_phrase("jud")
    assert found is not None
    assert found.sector == "JUD"
    assert "JUD" in sectors()
