"""States, past and present, with the codes and names of each."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.model.errors import UsageError
from detente.world.tables import day, holds, parts, rows


@dataclass(frozen=True, slots=True)
class State:
    """A state, a government that acts like one (TWN, PSE, XKX, HKG), or one that has ended (SUN, YUG, DDR …).

    ``code`` is the ISO 3166-1 alpha-3 code (3166-3 for ended states), ``cow`` the letters and ``cow_number`` the
    number of the Correlates of War list, ``gw`` the Gleditsch & Ward number. ``valid_from`` is None for states older
    than 1946. ``recorded_as`` is the actor code that readings use: ``RUS`` for the Soviet Union, else ``code``.
    ``capital_spellings`` starts with ``capital`` and goes on with other spellings ("Kyiv", "Kiev").
    """

    code: str
    cow: str | None
    cow_number: int | None
    gw: int | None
    iso2: str | None
    iso_numeric: int | None
    name: str
    official: str
    adjectives: tuple[str, ...]
    inhabitants: tuple[str, ...]
    capital: str | None
    capital_spellings: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    recorded_as: str
    variants: tuple[str, ...]

    @property
    def demonyms(self) -> tuple[str, ...]:
        """Adjectives, then the words for inhabitants that differ from them."""
        return tuple(dict.fromkeys(self.adjectives + self.inhabitants))

    @property
    def successor(self) -> str | None:
        """The first successor, None for a state that goes on."""
        return self.successors[0] if self.successors else None

    @property
    def is_historical(self) -> bool:
        """Whether the state has ended."""
        return self.valid_to is not None

    def exists_at(self, as_of: date) -> bool:
        """Tell whether the state exists on that day."""
        return holds(self.valid_from, self.valid_to, as_of)


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _state(row: list[str]) -> State:
    code, cow, cow_number, gw, iso2, numeric, name, official, adjectives, inhabitants, capital = row[:11]
    since, until, successors, recorded_as, variants = row[11:]
    return State(
        code=code,
        cow=cow or None,
        cow_number=_number(cow_number),
        gw=_number(gw),
        iso2=iso2 or None,
        iso_numeric=_number(numeric),
        name=name,
        official=official,
        adjectives=parts(adjectives),
        inhabitants=parts(inhabitants),
        capital=next(iter(parts(capital)), None),
        capital_spellings=parts(capital),
        valid_from=day(since),
        valid_to=day(until),
        successors=parts(successors),
        recorded_as=recorded_as or code,
        variants=parts(variants),
    )


@cache
def states() -> tuple[State, ...]:
    """Return all states, those that have ended last."""
    return tuple(_state(row) for row in rows("states.csv"))


@cache
def _by_code() -> dict[str, State]:
    return {state.code: state for state in states()}


def find_state(code: str) -> State | None:
    """Return the state with that ISO alpha-3 code, None if there is none."""
    return _by_code().get(code)


def state_of(code: str) -> State:
    """Return the state with that ISO alpha-3 code.

    Raises:
        UsageError: No state has the code.
    """
    state = find_state(code)
    if state is None:
        raise UsageError(f"no state has the code {code!r}; allowed: ISO 3166 alpha-3 codes such as JPN")
    return state
