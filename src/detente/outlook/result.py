"""What the outlook says of a pair: typed, with floors, checks, reasons and marks of what is hypothetical."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.model.codes import EventType, QuadClass
from detente.outlook.explain import Explanation
from detente.outlook.hypothetical import Assumption
from detente.outlook.pairs import Check


class Standing(StrEnum):
    """How far a forecast can be relied on."""

    MODEL = "better than the floors on held-out days"
    BASE_RATE = "no better than the base rate"


@dataclass(frozen=True, slots=True)
class KindForecast:
    """At least one act of a kind between the pair within the horizon.

    Attributes:
        quad, type: What it is about; one of them is set.
        probability: Calibrated; the base rate itself where the standing is ``BASE_RATE``.
        low, high: 90 % interval of how often such forecasts came true on held-out days.
        expected: Expected number of acts.
        base_rate, ewma: The floors: the share of all pairs, and the pair's recent pace kept up (EWMA-Poisson).
        check: Brier scores of model and floors on held-out days.
        odds: Strongest contributions to the log odds before calibration, (feature, contribution).
    """

    quad: QuadClass | None
    type: EventType | None
    probability: float
    low: float
    high: float
    expected: float
    base_rate: float
    ewma: float
    standing: Standing
    check: Check
    odds: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class ActForecast:
    """One concrete act: who does what to whom within the horizon, and why.

    ``recurrency`` is the floor: how likely the act is if this very act merely kept its recent pace.
    """

    source: str
    type: EventType
    target: str
    probability: float
    expected: float
    recurrency: float
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class ShiftForecast:
    """The chance that the balance of cooperation and conflict leaves where it has been.

    A shift is a change of the conflict share of a pair's acts within the horizon, against the ninety days before, by
    at least ``size``, with at least ``least`` acts in both stretches. ``ewma`` does not apply; the floor is the base
    rate.
    """

    probability: float
    base_rate: float
    size: float
    least: int
    standing: Standing
    check: Check


@dataclass(frozen=True, slots=True)
class Outlook:
    """The outlook for a pair: what the ``horizon`` days after ``as_of`` may bring.

    Attributes:
        pair: The two actors as asked for.
        known_acts: Acts between the two that were known.
        quads, types: Forecasts per quad class and PLOVER type.
        shift: ``None`` where the record is too thin.
        acts: Most likely concrete acts between the two, likeliest first.
        assumed: Hypothetical acts that were added; if any, everything here is hypothetical, and ``without`` holds the
            outlook of the same day without them.
        notes: What could not be said, and why.
        model, version: What made it.
    """

    pair: tuple[str, str]
    as_of: date
    horizon: int
    known_acts: int
    quads: tuple[KindForecast, ...]
    types: tuple[KindForecast, ...]
    shift: ShiftForecast | None
    acts: tuple[ActForecast, ...]
    assumed: tuple[Assumption, ...]
    without: "Outlook | None"
    notes: tuple[str, ...]
    model: str
    version: str

    @property
    def hypothetical(self) -> bool:
        """Whether acts were assumed."""
        return bool(self.assumed)

    @property
    def changes(self) -> tuple[tuple[str, float, float], ...]:
        """What the assumption changes: (kind, probability without, probability with), largest change first."""
        if self.without is None:
            return ()
        before = {_name(each): each.probability for each in (*self.without.quads, *self.without.types)}
        rows = [(_name(each), before[_name(each)], each.probability) for each in (*self.quads, *self.types)]
        return tuple(sorted((row for row in rows if row[1] != row[2]), key=lambda row: -abs(row[2] - row[1])))


def _name(forecast: KindForecast) -> str:
    return str(forecast.quad or forecast.type)
