"""Actors of event data sets mean the actors that they should, as of the date."""

import csv
import gzip
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from detente.model.codes import Sector
from detente.model.errors import UsageError
from detente.world.codes import is_code
from detente.world.crosswalk import EventActor, actor_state, event_actor, knows
from detente.world.schemes import cameo, weis
from detente.world.tables import rows

DATA = Path(os.environ.get("DETENTE_DATA", Path(__file__).parents[3] / "shared")) / "data"


@pytest.mark.parametrize(
    ("text", "scheme", "day", "expected"),
    [
        ("RUSGOV", "cameo", date(2010, 1, 1), "RUS"),
        ("USAMIL", "cameo", date(2010, 1, 1), "USA"),
        ("USRGOV", "cameo", date(1985, 1, 1), "RUS"),
        ("PALPLO", "cameo", date(1993, 9, 13), "PSE"),
        ("GMW", "cameo", date(1985, 1, 1), "DEU"),
        ("GME", "cameo", date(1985, 1, 1), "DDR"),
        ("ROM", "cameo", date(1995, 1, 1), "ROU"),
        ("YUG", "cameo", date(1991, 1, 1), "YUG"),
        ("YUG", "cameo", date(1999, 1, 1), "SRB"),
        ("SYRREB", "cameo", date(2012, 1, 1), "SYR"),
        ("LBNREBHEZ", "cameo", date(2006, 7, 12), "LBN"),
        ("IGOUNO", "cameo", date(1992, 1, 1), None),
        ("KUR", "cameo", date(1992, 1, 1), None),
        ("UNK", "keds", date(1992, 1, 1), "GBR"),
        ("UKR", "keds", date(1992, 1, 1), "UKR"),
        ("KOS", "keds", date(1992, 1, 1), "KOR"),
        ("KSV", "keds", date(1998, 1, 1), "XKX"),
        ("AUS", "keds", date(1992, 1, 1), "AUT"),
        ("AUL", "keds", date(1992, 1, 1), "AUS"),
        ("SLO", "keds", date(1992, 1, 1), "SVN"),
        ("YUGCRO", "keds", date(1991, 8, 1), "HRV"),
        ("BOSSER", "keds", date(1993, 1, 1), "BIH"),
        ("ETHALB", "keds", date(1998, 1, 1), None),
        ("CHE", "keds", date(1995, 1, 1), None),
        ("UKG", "cow", date(1992, 1, 1), "GBR"),
        ("GMY", "cow", date(1992, 1, 1), "DEU"),
        ("Russian Federation", "icews", date(2014, 1, 1), "RUS"),
        ("South Korea", "icews", date(2014, 1, 1), "KOR"),
        ("Occupied Palestinian Territory", "icews", date(2014, 1, 1), "PSE"),
        ("the former Yugoslav Republic of Macedonia", "icews", date(2014, 1, 1), "MKD"),
        ("Military (Ukraine)", "icews", date(2014, 1, 1), "UKR"),
        ("Benjamin Netanyahu", "icews", date(2014, 1, 1), "ISR"),
        ("Congo", "icews", date(2014, 1, 1), "COG"),
        ("Boko Haram", "icews", date(2014, 1, 1), None),
        ("NA", "icews", date(2014, 1, 1), None),
    ],
)
def test_actor_state(text: str, scheme: str, day: date, expected: str | None) -> None:
    assert actor_state(text, scheme, day) == expected


def test_sectors_and_organisations_are_kept() -> None:
    assert event_actor("USAMIL", "cameo").sector is Sector.MILITARY
    assert event_actor("GBRMED", "cameo").sector is Sector.MEDIA
    assert event_actor("IGOUNO", "cameo").code == "UNO"
    assert event_actor("EEC", "keds").code == "EUR"
    assert event_actor("IRQREB", "cameo") == EventActor("IRQ", Sector.REBELS)
    assert event_actor("LBNREBHEZ", "cameo").sector is Sector.REBELS


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(UsageError, match="allowed: cameo"):
        actor_state("USA", "weird")


def test_every_actor_of_the_table_may_bear_its_code() -> None:
    for scheme, code, actor, _ in rows("event_actors.csv"):
        assert not actor or is_code(actor), (scheme, code, actor)


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("balkans_weis", "keds"),
        ("casia_weis", "keds"),
        ("gulf_weis", "keds"),
        ("levant_cameo", "cameo"),
        ("turkey_cameo", "cameo"),
    ],
)
def test_the_keds_files_are_covered(name: str, scheme: str) -> None:
    path = DATA / "relations" / "keds" / f"{name}.csv.gz"
    if not path.exists():
        pytest.skip(f"{path} is not here; set DETENTE_DATA")
    actors: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            actors.update((row["source"], row["target"]))
            codes[row["code"]] += 1
    unknown = {actor: count for actor, count in actors.items() if not knows(actor, scheme)}
    assert sum(unknown.values()) < 0.003 * sum(actors.values()), sorted(unknown.items(), key=lambda x: -x[1])[:10]
    look_up = weis if scheme == "keds" else cameo
    assert [code for code in codes if look_up(code) is None] == []


@pytest.mark.data
def test_the_countries_of_an_icews_file_are_covered() -> None:
    path = DATA / "relations" / "icews_sample_2018" / "events.2018.sample.tab"
    if not path.exists():
        pytest.skip(f"{path} is not here; set DETENTE_DATA")
    with path.open(encoding="utf-8", errors="replace") as lines:
        reader = csv.DictReader(lines, delimiter="\t")
        names = {row[column] for row in reader for column in ("Source Country", "Target Country")}
    unknown = {name for name in names if actor_state(name, "icews", date(2018, 6, 1)) is None}
    assert unknown <= {"NA", "", "Western Sahara"}
