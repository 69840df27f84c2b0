"""The chart of precedents: the present window against each earlier one, and what came after that one."""

from datetime import date

import numpy as np

from detente.model.codes import Direction
from detente.relations.charts.files import COOL, WARM, Spec, chart_file
from detente.relations.pairs import PairTotals
from detente.relations.precedents import NEXT, WINDOW, Precedents

SPAN = 3
"""Months over which the cooperative share is taken: one month of a pair has few acts."""


def precedents_chart(totals: PairTotals, found: Precedents) -> Spec:
    """Return a panel per precedent: cooperative share by month of the window, and the months after it."""
    spec = chart_file("precedents.vl.json")
    spec["title"]["text"] = f"{'–'.join(found.pair)} {found.since} to {found.until} (black) and its precedents"
    rows: list[Spec] = []
    now = _shares(totals, found.pair, found.since, 0) if found.since else []
    for rank, one in enumerate(found.found):
        warmed = one.direction is Direction.BETTER
        panel = f"{rank + 1}. {'–'.join(one.pair)}, {one.since:%Y-%m} to {one.until:%Y-%m}"
        panel += ": then warmed" if warmed else ": then cooled"
        shared = {"panel": panel, "rank": rank}
        rows += [{**shared, **row, "who": "now", "colour": "#000000"} for row in now]
        then = _shares(totals, one.pair, one.since, NEXT)
        rows += [{**shared, **row, "who": "then", "colour": WARM if warmed else COOL} for row in then]
    spec["datasets"] = {"months": rows}
    return spec


def _shares(totals: PairTotals, pair: tuple[str, str], since: date, after: int) -> list[Spec]:
    counts = totals.of(*pair)
    if counts is None:
        return []
    first = int(np.searchsorted(totals.starts, np.datetime64(since, "D")))
    rows = []
    for step, place in enumerate(range(first, min(first + WINDOW + after, len(totals.starts)))):
        near = counts[max(place - SPAN + 1, 0) : place + 1].sum(axis=0)
        acts = int(near.sum())
        share = (float(near[0] + near[1]) + 0.5) / (acts + 1.0)
        month = str(totals.starts[place].astype("datetime64[M]"))
        rows.append({"step": step - WINDOW + 1, "share": share, "acts": acts, "month": month})
    return rows
