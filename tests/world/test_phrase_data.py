"""The tables of phrases hold codes that exist, and nouns once."""

import pytest

from detente.world import find_organisation, find_state
from detente.world.agents import agents_in, near_agent, singular
from detente.world.plover import sectors
from detente.world.tables import parts, rows


@pytest.mark.parametrize(
    "file", ["bodies.csv", "figures.csv", "peoples.csv", "countryinfo_names.csv", "phoenix_groups.csv"]
)
def test_countries_exist(file: str) -> None:
    codes = {row[0] for row in rows(file)} - {"", "IGO"}
    assert {code for code in codes if find_state(code) is None and find_organisation(code) is None} == set()


@pytest.mark.parametrize(
    ("file", "columns"),
    [("agents.csv", (0, 1)), ("phoenix_agents.csv", (0, 1)), ("bodies.csv", (1,)), ("figures.csv", (1,))],
)
def test_sectors_exist(file: str, columns: tuple[int, ...]) -> None:
    assert {row[column] for row in rows(file) for column in columns} - {""} <= set(sectors())


def test_phoenix_adds_to_our_own_nouns() -> None:
    own = {phrase for _, _, _, phrases in rows("agents.csv") for phrase in parts(phrases)}
    others = {phrase for _, _, phrases in rows("phoenix_agents.csv") for phrase in parts(phrases)}
    assert not own & others


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("armed trade union leaders", [("trade union leader", "LAB")]),
        ("gunmen", [("gunman", "UAF")]),
        ("ministries", [("ministry", "GOV")]),
        ("nothing here", []),
    ],
)
def test_longest_noun_wins(words: str, found: list[tuple[str, str]]) -> None:
    assert [(hit.agent.phrase, hit.agent.sector) for hit in agents_in(words.split())] == found


def test_one_form_for_singular_and_plural() -> None:
    pairs = [("ministry", "ministries"), ("policeman", "policemen"), ("boss", "bosses"), ("church", "churches")]
    assert all(singular(one) == singular(many) for one, many in pairs)


def test_near_nouns() -> None:
    near = near_agent("goverment")
    assert near is not None
    assert near.sector == "GOV"
    assert near_agent("cat") is None
