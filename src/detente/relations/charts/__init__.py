"""Charts: Vega-Lite files, filled with the rows of a measure, and drawn as SVG, PNG or a page of their own.

Colours are Okabe & Ito's (2008), told apart by colour-blind readers; words stand above the line and deeds below.
"""

import html
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import vl_convert

from detente.model.codes import Direction
from detente.relations.charts.files import Spec, chart_file, iso
from detente.relations.charts.influence import influence_chart
from detente.relations.charts.network import network_chart
from detente.relations.charts.precedents import precedents_chart
from detente.relations.charts.triad import triad_chart
from detente.relations.gap import Gap
from detente.relations.periods import as_date, end_of
from detente.relations.series import PairSeries
from detente.relations.shifts import Shift
from detente.relations.smoothing import smooth_counts
from detente.relations.tenures import Tenure

__all__ = [
    "Spec",
    "gap_chart",
    "influence_chart",
    "network_chart",
    "pair_chart",
    "precedents_chart",
    "to_html",
    "to_png",
    "to_svg",
    "triad_chart",
]

KINDS = ("cooperative words", "cooperative deeds", "hostile words", "hostile deeds")
"""In the order of ``QuadClass``."""
SHADES = ("#f4f4f4", "#e4e4e4")
NAMED_FROM = 0.08
"""Share of the chart's width from which on a leader's name is written; shorter terms show it on hover."""
LETTER = 0.0075
"""Share of the chart's width that a letter of a name takes; names that would meet stand in two rows."""


def pair_chart(series: PairSeries, shifts: Sequence[Shift] = (), tenures: Sequence[Tenure] = ()) -> Spec:
    """Return the chart of a pair: bars of acts, shifts as bands with their interval, leaders' terms shaded.

    Where there is enough evidence for a trend, the smoothed rates of all words and all deeds are drawn as bands with
    their 90 % interval.
    """
    spec = chart_file("pair.vl.json")
    spec["datasets"] = {
        "acts": _acts(series),
        "rates": _rates(series),
        "shifts": [_shift(shift) for shift in shifts],
        "terms": _terms(series, tenures),
    }
    return spec


def gap_chart(gaps: Sequence[Gap]) -> Spec:
    """Return the chart of gaps over time with their intervals; windows with too little evidence leave a hole."""
    spec = chart_file("gap.vl.json")
    spec["datasets"] = {
        "gaps": [
            {
                "until": iso(g.until),
                "label": f"{g.since} to {g.until}",
                "gap": g.gap.value,
                "low": g.gap.low,
                "high": g.gap.high,
                "words": f"{g.words.cooperative} of {g.words.total}",
                "deeds": f"{g.deeds.cooperative} of {g.deeds.total}",
            }
            for g in gaps
            if g.gap is not None
        ]
    }
    return spec


def to_svg(spec: Spec) -> str:
    """Draw a specification as SVG."""
    return str(vl_convert.vegalite_to_svg(spec))


def to_png(spec: Spec, scale: float = 2.0) -> bytes:
    """Draw a specification as PNG."""
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale))


def to_html(spec: Spec, title: str) -> str:
    """Return a page that needs no network, with the chart and its tooltips."""
    page = str(vl_convert.vegalite_to_html(spec, bundle=True))
    return page.replace("<head>", f"<head><title>{html.escape(title)}</title>", 1)


def _acts(series: PairSeries) -> list[Spec]:
    rows: list[Spec] = []
    for start, counts in zip(series.starts, series.total, strict=True):
        last = end_of(start, series.period)
        span = {"start": iso(as_date(start)), "end": iso(last + timedelta(days=1))}
        reached = {1: 0, -1: 0}
        for column, kind in enumerate(KINDS):
            acts, way = int(counts[column]), 1 if column in (0, 2) else -1
            if acts:
                heights = {"from": reached[way], "to": reached[way] + way * acts}
                rows.append({**span, **heights, "label": f"{as_date(start)} to {last}", "kind": kind, "acts": acts})
                reached[way] += way * acts
    return rows


def _rates(series: PairSeries) -> list[Spec]:
    if not series.trend_verdict().enough:
        return []
    smoothed = smooth_counts(np.stack([series.words.sum(axis=1), series.deeds.sum(axis=1)], axis=1))
    rows: list[Spec] = []
    for column, (group, way) in enumerate((("words", 1), ("deeds", -1))):
        for t, start in enumerate(series.starts):
            first, last = as_date(start), end_of(start, series.period)
            rate, low, high = (float(part[t, column]) for part in (smoothed.rate, smoothed.low, smoothed.high))
            rows.append(
                {
                    "middle": iso(first + (last - first) / 2),
                    "group": group,
                    "rate": way * rate,
                    "low": way * low,
                    "high": way * high,
                    "label": f"{first} to {last}",
                    "shown": f"{rate:.1f} {group} a {series.period} (90 % {low:.1f}–{high:.1f})",
                }
            )
    return rows


def _shift(shift: Shift) -> Spec:
    return {
        "low": iso(shift.low),
        "high": iso(shift.high),
        "at": iso(shift.when),
        "when": str(shift.when),
        "what": f"for the {shift.direction.value}",
        "sign": "▲" if shift.direction is Direction.BETTER else "▼",
        "interval": f"{shift.low} to {shift.high}",
        "chance": f"{shift.probability:.0%}",
        "channel": shift.channel.value,
    }


def _terms(series: PairSeries, tenures: Sequence[Tenure]) -> list[Spec]:
    if not len(series.starts):
        return []
    first, last = as_date(series.starts[0]), end_of(series.starts[-1], series.period)
    rows: list[Spec] = []
    written = [first, first]
    for tenure in tenures:
        since, until = max(tenure.since, first), min(tenure.until or last, last)
        if since >= until:
            continue
        width = (last - first) * (LETTER * len(tenure.person))
        row = next((n for n, end in enumerate(written) if since >= end), None)
        label = tenure.person if row is not None and (until - since).days > NAMED_FROM * (last - first).days else ""
        if row is not None and label:
            written[row] = since + width
        ends = {"since": iso(since), "until": iso(until), "from": str(tenure.since), "to": str(tenure.until or "")}
        shade = SHADES[len(rows) % 2]
        rows.append(
            {**ends, "person": tenure.person, "office": tenure.office, "shade": shade, "label": label, "row": row}
        )
    return rows
