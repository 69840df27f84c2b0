"""The learned decision which date an act has: a conditional logit over named features of the candidates.

The score of a candidate is the sum of the weights of its features; the best one is taken (McFadden 1974, "Conditional
logit analysis of qualitative choice behavior"). The weights stand in ``data/event_dates.json`` and come from
``training/dates.py``.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from detente.model.when import PartialDate
from detente.reading.events_date_features import Act, Candidate, Candidates


@cache
def shipped_weights() -> Mapping[str, int]:
    """Return the weights by feature, in thousandths (read once); a feature without a weight bears on nothing."""
    raw = json.loads(files("detente.reading").joinpath("data/event_dates.json").read_text("utf-8"))
    return {str(name): int(weight) for name, weight in raw["weights"].items()}


def best(candidates: list[Candidate], weights: Mapping[str, int]) -> Candidate:
    """Return the candidate with the highest score; of equals the first."""
    return max(candidates, key=lambda c: sum(weights.get(feature, 0) for feature in c.features))


class DateChooser:
    """Dates the acts of one page."""

    def __init__(self, candidates: Candidates, weights: Mapping[str, int] | None = None) -> None:
        self._candidates = candidates
        self._weights = shipped_weights() if weights is None else weights

    def of(self, act: Act) -> PartialDate | None:
        """Return the date of an act, or None when the text most likely gives none."""
        return best(self._candidates.of(act), self._weights).date
