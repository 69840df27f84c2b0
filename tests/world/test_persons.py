"""Persons in office: dated look-ups, spellings, and terms that cut series."""

from datetime import date
from itertools import pairwise

import pytest

from detente.model.codes import MentionKind, Sector
from detente.world import OfficeKind, all_terms, gazetteer, holders, is_code, persons_named, terms


@pytest.mark.parametrize(
    ("code", "kind", "day", "person"),
    [
        ("RUS", "foreign minister", date(1995, 5, 1), "Andrei Kozyrev"),
        ("RUS", "foreign minister", date(1988, 5, 1), "Eduard Shevardnadze"),
        ("JPN", "head of government", date(2026, 1, 1), "Sanae Takaichi"),
        ("JPN", "foreign minister", date(2023, 1, 1), "Yoshimasa Hayashi"),
        ("USA", "head of government", date(2026, 1, 1), "Donald Trump"),
        ("USA", "head of state", date(2022, 3, 1), "Joe Biden"),
        ("USA", "foreign minister", date(2003, 2, 5), "Colin Powell"),
        ("USA", "defence minister", date(2020, 1, 3), "Mark Esper"),
        ("GBR", "head of government", date(1990, 11, 1), "Margaret Thatcher"),
        ("CHN", "foreign minister", date(2023, 3, 1), "Qin Gang"),
        ("DEU", "foreign minister", date(1990, 9, 12), "Hans-Dietrich Genscher"),
        ("KOR", "head of state", date(2025, 6, 10), "Lee Jae-myung"),
        ("UKR", "head of state", date(2024, 1, 1), "Volodymyr Zelensky"),
        ("NAT", "organisation head", date(2024, 12, 1), "Mark Rutte"),
        ("IAE", "organisation head", date(2003, 3, 1), "Mohamed ElBaradei"),
        ("UNO", "organisation head", date(1995, 3, 1), "Boutros Boutros-Ghali"),
        ("ISR", "head of government", date(1993, 9, 13), "Yitzhak Rabin"),
    ],
)
def test_who_held_the_office(code: str, kind: str, day: date, person: str) -> None:
    assert person in [term.person for term in holders(code, kind, day)]


@pytest.mark.parametrize(
    ("name", "day", "person", "office"),
    [
        ("Putin", date(2010, 1, 1), "Vladimir Putin", "prime minister"),
        ("Putin", date(2015, 1, 1), "Vladimir Putin", "president"),
        ("Abe", date(2015, 1, 1), "Shinzo Abe", "prime minister"),
        ("Abe", date(1985, 1, 1), "Shintaro Abe", "foreign minister"),
        ("George Bush", date(1990, 8, 8), "George H. W. Bush", "president"),
        ("George Bush", date(2003, 3, 19), "George W. Bush", "president"),
        ("Lee Jae Myung", date(2026, 1, 1), "Lee Jae-myung", "president"),
        ("Kim Jong-un", date(2020, 1, 1), "Kim Jong Un", "leader"),
        ("Bashar Assad", date(2012, 1, 1), "Bashar al-Assad", "president"),
        ("Zelenskyy", date(2023, 1, 1), "Volodymyr Zelensky", "president"),
        ("Sergey Lavrov", date(2023, 1, 1), "Sergei Lavrov", "foreign minister"),
        ("von der Leyen", date(2016, 1, 1), "Ursula von der Leyen", "defence minister"),
        ("von der Leyen", date(2022, 1, 1), "Ursula von der Leyen", "president of the European Commission"),
        ("Trump", date(2019, 4, 1), "Donald Trump", "president"),
    ],
)
def test_a_name_means_whom_it_meant_then(name: str, day: date, person: str, office: str) -> None:
    best = persons_named(name, day)[0]
    assert (best.person, best.office) == (person, office)


def test_former_holders_follow_those_in_office_and_later_ones_come_last() -> None:
    found = persons_named("Clinton", date(2010, 1, 1))
    assert [term.person for term in found][:2] == ["Hillary Clinton", "Bill Clinton"]
    assert persons_named("Nobody Whatever") == ()


def test_terms_cut_series_by_the_office_that_leads() -> None:
    people = [term.person for term in terms("JPN", None, date(2020, 1, 1), date(2026, 1, 1))]
    assert people == ["Shinzo Abe", "Yoshihide Suga", "Fumio Kishida", "Shigeru Ishiba", "Sanae Takaichi"]
    assert [term.person for term in terms("USA", OfficeKind.FOREIGN_MINISTER, date(2022, 1, 1))] == [
        "Antony Blinken",
        "Marco Rubio",
    ]


def test_terms_are_sane() -> None:
    for term in all_terms():
        assert is_code(term.code), term
        assert is_code(term.actor_code), term
        assert term.person.strip() == term.person
        assert term.surname, term
        assert 1925 <= term.start.year <= 2026, term
        if term.end:
            assert term.start.first <= term.end.last, term


def test_one_office_has_one_holder_at_a_time() -> None:
    """Ministers and heads of government follow one another; a handover may share its day."""
    single = {OfficeKind.HEAD_OF_GOVERNMENT, OfficeKind.FOREIGN_MINISTER, OfficeKind.DEFENCE_MINISTER}
    by_office: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
    for term in all_terms():
        if term.kind in single:
            end = term.end.first if term.end else date(2100, 1, 1)
            by_office.setdefault((term.code, term.office), []).append((term.start.last, end, term.person))
    clashes = []
    for office, spells in by_office.items():
        spells.sort()
        clashes += [(office, a[2], b[2]) for a, b in pairwise(spells) if b[0] < a[1]]
    assert clashes == []


def test_at_least_120_states_have_leaders_in_each_decade() -> None:
    for year in (1985, 1995, 2005, 2015, 2025):
        day = date(year, 6, 1)
        led = {term.actor_code for term in all_terms() if term.kind.rank <= 2 and term.holds_at(day)}
        assert len(led) >= 120, (year, len(led))


def test_persons_are_in_the_gazetteer() -> None:
    entry = gazetteer().look_up("Sergei Lavrov")[0]
    assert (entry.kind, entry.code, entry.is_surname) == (MentionKind.PERSON, "RUS", False)
    assert persons_named(entry.person or "", date(2010, 1, 1))[0].code == "RUS"
    surname = gazetteer().look_up("Lavrov")[0]
    assert surname.is_surname
    assert not surname.is_common
    assert all(entry.is_common for entry in gazetteer().look_up("May") if entry.kind is MentionKind.PERSON)
    assert gazetteer().look_up("Asim Munir")[0].sector is Sector.MILITARY
