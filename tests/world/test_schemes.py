"""PLOVER, CAMEO and WEIS as data: complete, consistent, and with the known traps settled."""

import pytest

from detente.model.codes import EventType, QuadClass
from detente.world.plover import contexts, definition_of, is_mode
from detente.world.schemes import SchemeCode, cameo, cameo_codes, weis, weis_codes


@pytest.mark.parametrize("event_type", list(EventType))
def test_every_type_is_defined(event_type: EventType) -> None:
    found = definition_of(event_type)
    assert found.definition.endswith(".")
    assert found.quad is event_type.quad
    assert (found.score >= 0) == (found.quad.is_cooperative or event_type is EventType.REQUEST)
    names = [mode.name for mode in found.modes]
    assert len(names) == len(set(names))


def test_contexts_are_unique() -> None:
    names = [context.name for context in contexts()]
    assert len(names) == len(set(names)) == 37


def code(text: str) -> SchemeCode:
    found = cameo(text)
    assert found is not None
    return found


def test_cameo_is_complete_and_its_modes_exist() -> None:
    assert {entry.root for entry in cameo_codes()} == {f"{root:02d}" for root in range(1, 21)}
    for entry in cameo_codes():
        assert (entry.type is None) == (entry.root in ("01", "02")), entry
        assert entry.goldstein is not None or entry.goldstein_other is not None, entry
        for value in (entry.goldstein, entry.goldstein_other):
            assert value is None or -10 <= value <= 10
        if entry.mode and entry.type:
            assert is_mode(entry.type, entry.mode), entry
        assert set(entry.contexts) <= {context.name for context in contexts()}


def test_traps_of_the_published_tables() -> None:
    assert code("163").type is EventType.SANCTION
    assert code("163").quad is QuadClass.MATERIAL_CONFLICT
    disputed = {entry.code for entry in cameo_codes() if entry.has_disputed_value}
    assert disputed == {"016", "124", "1241", "1246", "163", "164", "166"}
    assert (code("016").goldstein, code("016").goldstein_other) == (-5.0, 3.4)
    assert code("081").quad is QuadClass.VERBAL_COOPERATION
    assert code("081").root_quad is QuadClass.MATERIAL_COOPERATION


def test_codes_beyond_the_codebook_fall_back_to_their_parent() -> None:
    assert code("0330").code == "033"
    assert code("0841]").code == "0841"
    assert cameo("99") is None
    fallback = weis("189")
    assert fallback is not None
    assert fallback.code == "180"


@pytest.mark.parametrize(
    ("text", "event_type", "goldstein"),
    [
        ("223", EventType.ASSAULT, -10.0),
        ("072", EventType.AID, 8.3),
        ("031", EventType.CONSULT, 1.0),
        ("121", EventType.ACCUSE, -2.2),
        ("023", None, -0.2),
        ("195", EventType.SANCTION, -7.0),
    ],
)
def test_weis_codes(text: str, event_type: EventType | None, goldstein: float) -> None:
    found = weis(text)
    assert found is not None
    assert (found.type, found.goldstein) == (event_type, goldstein)


def test_weis_agrees_in_sign_with_its_quad_class() -> None:
    """Cooperation is not scored negative nor conflict positive, requests and asylum aside."""
    for entry in weis_codes():
        if entry.goldstein is None or entry.type in (None, EventType.REQUEST) or entry.code == "063":
            continue
        assert (entry.goldstein > 0) == (entry.quad is not None and entry.quad.is_cooperative), entry
        assert entry.mode is None or (entry.type and is_mode(entry.type, entry.mode)), entry
