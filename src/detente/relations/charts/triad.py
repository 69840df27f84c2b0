"""The chart of three states: their ties window by window, balance above, wedge candidates below."""

from collections.abc import Sequence
from datetime import date

from detente.relations.charts.files import Spec, chart_file, iso
from detente.relations.triads import SignedTie, Triad
from detente.relations.wedge import WedgeCandidate

SIGNS = {1: "+ friendly", -1: "− hostile", None: "? cannot be told"}
BALANCE = {True: "balanced", False: "unbalanced", None: "open"}


Window = tuple[date, date, Triad]
"""First and last day of a window, and the triad in it."""


def triad_chart(windows: Sequence[Window], wedges: Sequence[WedgeCandidate] = ()) -> Spec:
    """Return the chart of windows in order of time."""
    spec = chart_file("triad.vl.json")
    spec["datasets"] = {
        "balance": [
            {**_days(since, until), "balance": BALANCE[one.is_balanced], "kind": one.kind or "a tie without a sign"}
            for since, until, one in windows
        ],
        "ties": [
            {**_days(since, until), **_tie(tie)} for since, until, one in windows for tie in one.ties if tie.share.total
        ],
        "wedges": [_wedge(wedge) for wedge in wedges],
    }
    if not wedges:
        spec["vconcat"].pop()
    return spec


def _days(since: date, until: date) -> Spec:
    middle = since + (until - since) / 2
    return {"since": iso(since), "until": iso(until), "middle": iso(middle), "label": f"{since} to {until}"}


def _tie(tie: SignedTie) -> Spec:
    share = {"share": tie.share.share, "low": tie.share.low, "high": tie.share.high, "acts": tie.share.total}
    return {"pair": "–".join(tie.pair), "sign": SIGNS[tie.sign], **share}


def _wedge(wedge: WedgeCandidate) -> Spec:
    cooling = wedge.cooling
    after = f"{cooling.value:+.2f} ({cooling.low:+.2f} to {cooling.high:+.2f})" if cooling else "not known"
    return {
        **_days(wedge.since, wedge.until),
        "what": f"{wedge.driver} courts {wedge.courted}, at odds with {wedge.rival}",
        "courtship": f"{wedge.courtship.value:+.2f} ({wedge.courtship.low:+.2f} to {wedge.courtship.high:+.2f})",
        "after": after,
        "base": f"{wedge.base_rate:.0%} of {wedge.windows} windows",
    }
