"""Codes of the event schemes CAMEO and WEIS, crosswalked to PLOVER and scaled after Goldstein."""

from dataclasses import dataclass
from functools import cache

from detente.model.codes import EventType, QuadClass
from detente.world.tables import parts, rows


@dataclass(frozen=True, slots=True)
class SchemeCode:
    """One event code.

    ``type``, ``mode`` and ``quad`` are its PLOVER counterpart, None where there is none (comments; CAMEO's appeals,
    which the published crosswalk leaves out). ``root_quad`` is the quad class that event data sets print for the
    code's root, which differs for yielding: CAMEO counts it as material cooperation. ``goldstein`` is the value of
    the primary table (-10 to 10), ``goldstein_other`` that of the second table in circulation.
    """

    scheme: str
    code: str
    name: str | None
    type: EventType | None
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float | None
    goldstein_other: float | None
    root_quad: QuadClass | None

    @property
    def quad(self) -> QuadClass | None:
        """Quad class of the PLOVER type."""
        return self.type.quad if self.type else None

    @property
    def root(self) -> str:
        """The first two digits."""
        return self.code[:2]

    @property
    def has_disputed_value(self) -> bool:
        """Whether the two Goldstein tables give different values."""
        return None not in (self.goldstein, self.goldstein_other) and self.goldstein != self.goldstein_other


_VERBAL_COOPERATION, _MATERIAL_COOPERATION, _VERBAL_CONFLICT, _MATERIAL_CONFLICT = QuadClass


def _cameo_quad(code: str) -> QuadClass:
    root = int(code[:2])
    if root <= 5:
        return _VERBAL_COOPERATION
    if root <= 8:
        return _MATERIAL_COOPERATION
    return _VERBAL_CONFLICT if root <= 13 else _MATERIAL_CONFLICT


def _value(cell: str) -> float | None:
    return float(cell) if cell else None


@cache
def _cameo() -> dict[str, SchemeCode]:
    return {
        code: SchemeCode(
            "CAMEO",
            code,
            name or None,
            EventType(event_type) if event_type else None,
            mode or None,
            parts(contexts),
            _value(primary),
            _value(other),
            _cameo_quad(code),
        )
        for code, name, event_type, mode, contexts, primary, other in rows("cameo.csv")
    }


@cache
def _weis() -> dict[str, SchemeCode]:
    found = {}
    for code, name, kind, mode, goldstein in rows("weis.csv"):
        event_type = EventType(kind) if kind else None
        quad = event_type.quad if event_type else None
        found[code] = SchemeCode("WEIS", code, name, event_type, mode or None, (), _value(goldstein), None, quad)
    return found


def cameo_codes() -> tuple[SchemeCode, ...]:
    """Return every CAMEO code in order."""
    return tuple(_cameo().values())


def weis_codes() -> tuple[SchemeCode, ...]:
    """Return every WEIS code in order."""
    return tuple(_weis().values())


def cameo(code: str) -> SchemeCode | None:
    """Return a CAMEO code; one that the codebook lacks falls back to its parent (``0330`` to ``033``), else None.

    Leading zeros that a spreadsheet dropped cannot be told from roots and are not restored.
    """
    return _nearest(_cameo(), code)


def weis(code: str) -> SchemeCode | None:
    """Return a WEIS code; an unknown one falls back to its cue category (``189`` to ``180``), else None."""
    return _weis().get(code) or _weis().get(code[:2] + "0")


def _nearest(table: dict[str, SchemeCode], code: str) -> SchemeCode | None:
    cleaned = code.strip().rstrip("]")
    while len(cleaned) >= 2:
        if found := table.get(cleaned):
            return found
        cleaned = cleaned[:-1]
    return None
