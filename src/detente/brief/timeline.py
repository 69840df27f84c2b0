"""The timeline chart: records and a Vega-Lite file in, SVG out."""

import json
import re
from collections import Counter
from datetime import date
from importlib import resources
from typing import Any

import vl_convert

from detente.brief.model import Act, Brief
from detente.model.codes import Factuality
from detente.model.when import Granularity
from detente.world import name_of

LANES = 7


def specification(brief: Brief) -> dict[str, Any] | None:
    """Return the Vega-Lite specification with its data, or None when fewer than two acts are dated to a month."""
    lanes: Counter[tuple[str, str]] = Counter()
    rows = [_row(act, brief, lanes) for act in brief.acts if _month_known(act)]
    if len(rows) < 2:
        return None
    path = resources.files("detente.brief") / "charts" / "timeline.vl.json"
    spec: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    a, b = brief.names
    spec["encoding"]["shape"]["scale"]["domain"] = [f"{a} → {b}", f"{b} → {a}", "mutual"]
    spec["data"]["values"] = rows
    return spec


def svg(brief: Brief) -> str | None:
    """Return the chart as inline SVG whose marks link to the evidence, or None when there is too little to draw."""
    spec = specification(brief)
    if spec is None:
        return None
    # The renderer puts a base address before links within the page.
    return re.sub(r'xlink:href="[^"#]*#', 'xlink:href="#', str(vl_convert.vegalite_to_svg(spec)))


def _month_known(act: Act) -> bool:
    return act.when is not None and act.when.granularity is not Granularity.YEAR


def _row(act: Act, brief: Brief, lanes: Counter[tuple[str, str]]) -> dict[str, Any]:
    assert act.when is not None
    channel = "words" if act.quad.is_verbal else "deeds"
    middle: date = act.when.first if act.when.day else act.when.first.replace(day=15)
    lane = lanes[channel, middle.isoformat()[:7]]
    lanes[channel, middle.isoformat()[:7]] += 1
    a, b = brief.pair
    forward, backward = a in act.source and b in act.target, b in act.source and a in act.target
    direction = "mutual" if forward and backward else f"{name_of(a)} → {name_of(b)}"
    if backward and not forward:
        direction = f"{name_of(b)} → {name_of(a)}"
    return {
        "date": middle.isoformat(),
        "channel": channel,
        "lane": (lane % LANES + 1) // 2 * (1 if lane % 2 else -1),
        "tone": "cooperation" if act.quad.is_cooperative else "conflict",
        "direction": direction,
        "sure": 1.0 if act.factuality is Factuality.FACT else 0.3,
        "href": f"#e{act.evidence[0]}",
        "text": f"{act.when}: {act.text}",
    }
