"""Actors of event data sets: CAMEO and KEDS codes, COW letters and ICEWS names to actor codes as of a date."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.model.codes import Sector
from detente.model.errors import UsageError
from detente.world.codes import find_code
from detente.world.organisations import find_organisation
from detente.world.persons import persons_named
from detente.world.states import find_state, states
from detente.world.tables import rows

SCHEMES = ("cameo", "keds", "cow", "iso", "icews")


@dataclass(frozen=True, slots=True)
class EventActor:
    """The actor that a data set's code means; ``code`` is None for actors of no state and no coded organisation."""

    code: str | None
    sector: Sector


_UNKNOWN = EventActor(None, Sector.UNKNOWN)
_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")

# CAMEO roles; MED is the media there, while PLOVER's MED is medical.
_ROLES = {
    "GOV": Sector.GOVERNMENT,
    "EXE": Sector.GOVERNMENT,
    "MIL": Sector.MILITARY,
    "LEG": Sector.LEGISLATURE,
    "JUD": Sector.JUDICIARY,
    "COP": Sector.POLICE,
    "SPY": Sector.INTELLIGENCE,
    "OPP": Sector.OPPOSITION,
    "PTY": Sector.PARTY,
    "REB": Sector.REBELS,
    "INS": Sector.REBELS,
    "UAF": Sector.REBELS,
    "SEP": Sector.UNARMED_SEPARATISTS,
    "CVL": Sector.CIVILIANS,
    "CIV": Sector.CIVILIANS,
    "REF": Sector.CIVILIANS,
    "BUS": Sector.BUSINESS,
    "MNC": Sector.BUSINESS,
    "MED": Sector.MEDIA,
    "JRN": Sector.MEDIA,
    "EDU": Sector.EDUCATION,
    "HLH": Sector.MEDICAL,
    "LAB": Sector.LABOUR,
    "REL": Sector.RELIGION,
    "CRM": Sector.CRIMINAL,
    "ELI": Sector.ELITE,
    "NGO": Sector.NGO,
    "IGO": Sector.INTERGOVERNMENTAL,
}


@cache
def _table(scheme: str) -> dict[str, str | None]:
    return {code: actor or None for kind, code, actor, _ in rows("event_actors.csv") if kind == scheme}


@cache
def _cow() -> dict[str, str]:
    found: dict[str, str] = {}
    for state in states():
        if state.cow:
            found.setdefault(state.cow, state.recorded_as)
    return found


def knows(code: str, scheme: str) -> bool:
    """Tell whether the crosswalk has an answer for a code, be it that it is no state."""
    cleaned = code.strip().upper()
    return any(part in _table(scheme) or find_state(part) for part in (cleaned, cleaned[:3]))


def event_actor(code_or_name: str, scheme: str, as_of: date | None = None) -> EventActor:
    """Return the actor that a data set means: the state or organisation of its first letters, whatever its sector.

    Args:
        code_or_name: ``RUSGOV``, ``UNK``, ``Russian Federation``, ``Military (Ukraine)``, ``Benjamin Netanyahu``.
        scheme: ``"cameo"``, ``"keds"`` (WEIS-coded KEDS files), ``"cow"`` (COW and Polity letters), ``"iso"`` or
            ``"icews"`` (names).
        as_of: The event's day; it decides between states that share a name or code.

    Raises:
        UsageError: The scheme is not known.
    """
    text = code_or_name.strip()
    if scheme not in SCHEMES:
        raise UsageError(f"actor scheme {scheme!r} is not known; allowed: {', '.join(SCHEMES)}")
    if scheme == "icews":
        return _named(text, as_of)
    if scheme == "cow":
        return EventActor(_dated(_cow().get(text.upper()), as_of), Sector.GOVERNMENT)
    return _coded(text.upper(), scheme, as_of)


def actor_state(code_or_name: str, scheme: str, as_of: date | None = None) -> str | None:
    """Return the ISO code of the state under which an actor of a data set counts, None for all that is no state.

    Arguments and rule as for ``event_actor``: rebels count under their state, as in the country columns of ICEWS and
    GDELT; their sector tells them apart.
    """
    code = event_actor(code_or_name, scheme, as_of).code
    return code if code is not None and find_state(code) else None


def _coded(code: str, scheme: str, as_of: date | None) -> EventActor:
    table = _table(scheme)
    for length in range(len(code), 2, -1):
        if code[:length] in table:
            return _with_role(table[code[:length]], code[length:], as_of)
    if code in table:
        return _with_role(table[code], "", as_of)
    head = code[:3]
    if state := find_state(head):
        return _with_role(state.recorded_as, code[3:], as_of)
    if scheme == "keds" and head in _cow():
        return _with_role(_cow()[head], code[3:], as_of)
    return _UNKNOWN


def _with_role(code: str | None, role: str, as_of: date | None) -> EventActor:
    if code is None:
        return _UNKNOWN
    default = Sector.GOVERNMENT if find_state(code) else Sector.INTERGOVERNMENTAL
    return EventActor(_dated(code, as_of), _ROLES.get(role[:3], default if not role else Sector.UNKNOWN))


def _dated(code: str | None, as_of: date | None) -> str | None:
    """Replace a state that had ended by its legal successor: ``YUG`` is ``SRB`` from 1992-04-27."""
    state = find_state(code) if code else None
    if state is None or as_of is None or not state.is_historical or state.exists_at(as_of):
        return code
    if state.code == "YUG":
        return "SRB"
    return state.successors[0] if len(state.successors) == 1 else code


def _named(name: str, as_of: date | None) -> EventActor:
    if name in _table("icews"):
        return EventActor(_table("icews")[name], Sector.GOVERNMENT)
    match = _BRACKETS.search(name)
    if match and match.group(1) in _table("icews"):
        return EventActor(_table("icews")[match.group(1)], Sector.UNKNOWN)
    for text in (name, match.group(1) if match else ""):
        code = find_code(text, as_of) if len(text) > 2 else None
        if code:
            organisation = find_organisation(code)
            gold = organisation.gold_code if organisation else code
            return EventActor(gold if gold != "XXX" else None, Sector.GOVERNMENT if not match else Sector.UNKNOWN)
    if found := persons_named(name, as_of):
        best = found[0]
        return EventActor(best.actor_code if best.actor_code != "XXX" else None, best.kind.sector)
    return _UNKNOWN
