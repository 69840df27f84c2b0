"""How long after its onset a shift would have been spoken of: the same detector on what had happened by then."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from detente.relations.periods import end_of
from detente.relations.series import PairSeries
from detente.relations.shifts import Shift, find_shifts

NEAR_DAYS = 60


@dataclass(frozen=True, slots=True)
class Delay:
    """When a shift would first have been spoken of; None if not within the time looked at."""

    shift: Shift
    spoken: date | None
    days: int | None


def delay_of(series: PairSeries, shift: Shift, budget: float = 0.4, periods: int = 26) -> Delay:
    """Replay the detector at the end of each of the ``periods`` periods from the shift on.

    It has spoken when, with the acts of the days up to then, it reports a shift in the same direction within 60 days
    of this one. Acts count from the day on which they happened; to replay what was *known*, count series anew with
    ``Selection(as_of=...)``.
    """
    onset = int(np.searchsorted(series.starts, np.datetime64(shift.when, "D")))
    for last in range(onset, min(onset + periods, len(series.starts))):
        moment = end_of(series.starts[last], series.period)
        seen = find_shifts(series.cut(None, moment), budget)
        for other in seen.shifts:
            if other.direction is shift.direction and abs((other.when - shift.when).days) <= NEAR_DAYS:
                return Delay(shift, moment, (moment - shift.when).days)
    return Delay(shift, None, None)
