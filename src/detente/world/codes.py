"""Codes to names and back: what to print for a code, and which code a person means by what they type."""

import unicodedata
from datetime import date
from functools import cache, lru_cache

from detente.model.actor import STATELESS
from detente.model.errors import UsageError
from detente.world.organisations import find_organisation, organisations
from detente.world.states import State, find_state, states

STATELESS_NAME = "actors of no state"


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return ``text`` in lower case, with straight apostrophes and without diacritics."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_LETTERS).lower()


_LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ə": "a", "Ə": "A"})


def is_code(code: str) -> bool:
    """Tell whether an actor may bear ``code``."""
    return code == STATELESS or find_state(code) is not None or find_organisation(code) is not None


def name_of(code: str) -> str:
    """Return the short English name to print for an actor code; a code that nobody bears is returned as it is."""
    if code == STATELESS:
        return STATELESS_NAME
    found = find_state(code) or find_organisation(code)
    return found.name if found else code


def demonym_of(code: str) -> str:
    """Return the adjective for an actor ("Japanese"); the name where there is none ("NATO")."""
    state = find_state(code)
    return state.adjectives[0] if state and state.adjectives else name_of(code)


def resolve_code(text: str, as_of: date | None = None) -> str:
    """Return the actor code that a person means by a code, a name or an acronym.

    ISO alpha-3 comes before ISO alpha-2, names, and Correlates of War letters, so that ``AUS`` is Australia. Among
    states that once bore the name, the one that exists at ``as_of`` (or still exists) wins.

    Raises:
        UsageError: Nothing bears the name; the message lists the nearest names.
    """
    found = find_code(text, as_of)
    if found is None:
        raise UsageError(f"no state or organisation is called {text!r}; {_nearest(_key(text))}")
    return found


def find_code(text: str, as_of: date | None = None) -> str | None:
    """Return what ``resolve_code`` returns, None where it raises; quick, for names by the thousand."""
    key = _key(text)
    state = find_state(key.upper())
    if state and (as_of is None or state.exists_at(as_of)):
        return state.recorded_as
    candidates = _index().get(key, ())
    return next((c for c in candidates if _exists(c, as_of)), candidates[0]) if candidates else None


def _key(text: str) -> str:
    return fold(text.strip()).removeprefix("the ")


def _exists(code: str, as_of: date | None) -> bool:
    state = find_state(code)
    return state is None or (state.exists_at(as_of) if as_of else not state.is_historical)


def _nearest(key: str) -> str:
    import difflib  # only needed to word an error

    near = difflib.get_close_matches(key, [k for k in _index() if len(k) > 3], n=5, cutoff=0.6)
    codes = dict.fromkeys(_index()[k][0] for k in near)
    if not codes:
        return "allowed: an ISO 3166 alpha-3 code such as JPN, a name, or an organisation such as NATO"
    return "near it: " + ", ".join(f"{name_of(code)} ({code})" for code in codes)


def _add(index: dict[str, list[str]], keys: tuple[str | None, ...], code: str) -> None:
    for key in keys:
        known = index.setdefault(fold(key).removeprefix("the "), []) if key else []
        if key and code not in known:
            known.append(code)


@cache
def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {fold(STATELESS): [STATELESS], fold(STATELESS_NAME): [STATELESS]}
    everyone: tuple[State, ...] = states()
    for state in everyone:
        _add(index, (state.code,), state.recorded_as)
    for organisation in organisations():
        _add(index, (organisation.code, organisation.name, *organisation.acronyms), organisation.code)
    for state in everyone:
        _add(index, (state.iso2, state.name, state.official, *state.variants), state.recorded_as)
    for organisation in organisations():
        _add(index, organisation.phrases, organisation.code)
    for state in everyone:
        _add(index, (state.cow, *state.capital_spellings, *state.demonyms), state.recorded_as)
    return {key: tuple(codes) for key, codes in index.items()}
