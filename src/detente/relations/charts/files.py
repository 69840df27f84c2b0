"""The Vega-Lite files of this folder, and how days are written into them."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

Spec = dict[str, Any]
"""A Vega-Lite specification; an outside format, so a dictionary."""

WARM, COOL, OPEN = "#0072B2", "#D55E00", "#999999"
"""Okabe & Ito's blue, vermilion and grey: friendly or warmer, hostile or cooler, not to be told."""


def chart_file(name: str) -> Spec:
    """Return one of the specifications, without data."""
    spec = json.loads(files("detente.relations.charts").joinpath(name).read_text(encoding="utf-8"))
    assert isinstance(spec, dict)
    return spec


def iso(day: date | None) -> str | None:
    """Return a day as Vega reads it in local time; a bare date would be taken as UTC and slip by a day."""
    return None if day is None else f"{day.isoformat()}T00:00:00"
