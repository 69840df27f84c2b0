"""Wedges: A courts B while at odds with C, although B and C are friends; and whether B and C cool afterwards.

What is found is a candidate with its numbers, never a verdict on what A wants. Beside each stands how often B and C
cool anyway, over all their windows: a wedge that works no oftener than that is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from detente.relations.pairs import PairTotals
from detente.relations.periods import as_date, end_of
from detente.relations.shares import Difference, difference
from detente.relations.triads import SignedTie, tie_of


@dataclass(frozen=True, slots=True)
class WedgeCandidate:
    """One window in which the pattern holds.

    Attributes:
        driver: A, who courts.
        courted: B.
        rival: C.
        since: First day of the window.
        until: Its last day.
        courtship: Change of A–B's log-odds of cooperation against the window before.
        odds: The tie A–C in the window, negative.
        friendship: The tie B–C in the window, positive.
        cooling: Change of B–C's log-odds in the window after; below zero is cooler. None when it is not over yet, or
            has too few acts.
        base_rate: Share of all windows of B–C after which its log-odds fell.
        windows: How many windows that share is over.
    """

    driver: str
    courted: str
    rival: str
    since: date
    until: date
    courtship: Difference
    odds: SignedTie
    friendship: SignedTie
    cooling: Difference | None
    base_rate: float
    windows: int


def find_wedges(
    totals: PairTotals, triads: Sequence[tuple[str, str, str]], window: int = 12, least_acts: int = 10
) -> tuple[WedgeCandidate, ...]:
    """Look for the pattern in each triad, whoever of the three plays which part.

    Args:
        totals: Acts of all pairs per period.
        triads: Actor codes.
        window: Periods of one window; windows do not overlap and end with the last period.
        least_acts: Fewest acts of a pair in a window for it to be judged.
    """
    found = [
        candidate
        for triad in triads
        for a, b, c in permutations(triad)
        for candidate in _of(totals, a, b, c, window, least_acts)
    ]
    return tuple(sorted(found, key=lambda w: (-w.courtship.probability, w.since, w.driver)))


def _of(totals: PairTotals, a: str, b: str, c: str, window: int, least: int) -> list[WedgeCandidate]:
    pieces = [totals.of(*pair) for pair in ((a, b), (a, c), (b, c))]
    if any(piece is None for piece in pieces):
        return []
    ab, ac, bc = (
        _ties(pair, piece, window, least) for pair, piece in zip(((a, b), (a, c), (b, c)), pieces, strict=True)
    )
    firsts = _firsts(len(totals.starts), window)
    falls = [_change(bc, i, least) for i in range(1, len(bc))]
    known = [fall for fall in falls if fall is not None]
    base = float(np.mean([fall.value < 0 for fall in known])) if known else 0.0
    found = []
    for i in range(1, len(firsts)):
        courtship = _change(ab, i, least)
        if courtship is None or courtship.low <= 0 or ac[i].sign != -1 or bc[i].sign != 1:
            continue
        last = min(firsts[i] + window, len(totals.starts)) - 1
        since, until = as_date(totals.starts[firsts[i]]), end_of(totals.starts[last], totals.period)
        cooling = _change(bc, i + 1, least) if i + 1 < len(bc) else None
        found.append(WedgeCandidate(a, b, c, since, until, courtship, ac[i], bc[i], cooling, base, len(known)))
    return found


def _firsts(length: int, window: int) -> list[int]:
    return list(range(length % window, length - window + 1, window))


def _ties(pair: tuple[str, str], counts: NDArray[np.int32] | None, window: int, least: int) -> list[SignedTie]:
    if counts is None:
        return []
    return [tie_of(pair, counts[first : first + window], least) for first in _firsts(len(counts), window)]


def _change(ties: list[SignedTie], index: int, least: int) -> Difference | None:
    before, after = ties[index - 1], ties[index]
    if min(before.share.total, after.share.total) < least:
        return None
    return difference(after.share, before.share)
