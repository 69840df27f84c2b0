"""Regions of the world by state, for splitting scores."""

import csv
from functools import cache
from importlib.resources import files

ELSEWHERE = "no state"
"""Region of organisations and of actors without a state."""
ACROSS = "between regions"
"""Region of a pair whose states lie in different ones."""


@cache
def _regions() -> dict[str, str]:
    text = files("detente.outlook").joinpath("data", "regions.csv").read_text("utf-8")
    reader = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    next(reader)
    return {code: region for code, region in reader}


def region_of_pair(a: str, b: str) -> str:
    """Return the region that both states lie in, ``ACROSS`` if they differ, ``ELSEWHERE`` if one is no state."""
    regions = {_regions().get(code, ELSEWHERE) for code in (a, b)}
    if ELSEWHERE in regions:
        return ELSEWHERE
    return regions.pop() if len(regions) == 1 else ACROSS
