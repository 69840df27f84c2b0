"""States and organisations: codes unique, intervals sane, names resolve back."""

from datetime import date

import pytest

from detente.model.errors import UsageError
from detente.world import demonym_of, find_state, name_of, organisations, resolve_code, state_of, states


def test_codes_are_unique_across_states_and_organisations() -> None:
    codes = [state.code for state in states()] + [organisation.code for organisation in organisations()]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 3 and code.upper() == code for code in codes)


@pytest.mark.parametrize("field", ["iso2", "iso_numeric", "gw", "name"])
def test_a_code_of_another_list_names_one_living_state(field: str) -> None:
    living = [getattr(state, field) for state in states() if not state.is_historical]
    known = [value for value in living if value is not None]
    assert len(known) == len(set(known))
    assert len(known) > 190


def test_intervals_are_in_order_and_ended_states_have_successors() -> None:
    for state in states():
        if state.valid_from and state.valid_to:
            assert state.valid_from < state.valid_to, state.code
        assert state.is_historical == bool(state.successors), state.code
        assert all(find_state(code) for code in (*state.successors, state.recorded_as)), state.code


def test_every_living_state_has_demonyms_and_a_capital() -> None:
    lacking = {state.code for state in states() if not state.is_historical and not (state.demonyms and state.capital)}
    assert lacking == {"HKG"}


def test_names_and_official_names_resolve_back() -> None:
    for state in states():
        if state.recorded_as == state.code:
            assert resolve_code(state.code) == state.code
            assert resolve_code(state.name, state.valid_to) == state.code
            assert resolve_code(state.official.lower(), state.valid_to) == state.code
    for organisation in organisations():
        assert resolve_code(organisation.code) == organisation.code
        assert resolve_code(organisation.name) == organisation.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("jpn", "JPN"),
        ("Burma", "MMR"),
        ("Türkiye", "TUR"),
        ("cote d'ivoire", "CIV"),
        ("USSR", "RUS"),
        ("SUN", "RUS"),
        ("AUS", "AUS"),
        ("AUL", "AUS"),
        ("UKG", "GBR"),
        ("nato", "NAT"),
        ("the Netherlands", "NLD"),
        ("actors of no state", "XXX"),
    ],
)
def test_what_people_type_is_understood(text: str, code: str) -> None:
    assert resolve_code(text) == code


def test_an_unknown_name_is_refused_with_near_names() -> None:
    with pytest.raises(UsageError, match=r"Jappan.*Japan \(JPN\)"):
        resolve_code("Jappan")


def test_display_names() -> None:
    assert name_of("JPN") == "Japan"
    assert name_of("NAT") == "NATO"
    assert name_of("XXX") == "actors of no state"
    assert demonym_of("DNK") == "Danish"
    assert demonym_of("NAT") == "NATO"


def test_members_are_known_codes_and_dated() -> None:
    for organisation in organisations():
        for member in organisation.members:
            assert find_state(member.code), (organisation.code, member.code)
            if member.since and member.until:
                assert member.since < member.until
    union = next(o for o in organisations() if o.code == "EUR")
    assert len(union.members_at(date(2019, 1, 1))) == 28
    assert len(union.members_at(date(2021, 1, 1))) == 27
    alliance = next(o for o in organisations() if o.code == "NAT")
    assert len(alliance.members_at(date(2024, 4, 1))) == 32
    assert "FIN" not in alliance.members_at(date(2022, 5, 1))


def test_state_of_refuses_unknown_codes() -> None:
    with pytest.raises(UsageError, match="ZZZ"):
        state_of("ZZZ")
