"""Why the forecaster expects an act: named contributions, the rules that speak, and the past acts behind them."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from detente.model.codes import EventType
from detente.model.errors import UsageError
from detente.outlook.acts import TYPES, Acts
from detente.outlook.features import features
from detente.outlook.forecaster import Forecaster
from detente.outlook.queries import Queries
from detente.outlook.rules import gather
from detente.outlook.tables import NEVER

_MOST_RULES, _MOST_REASONS, _MOST_ACTS = 5, 6, 8


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one named feature adds to the log odds of the act, against the average candidate."""

    feature: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class SpokenRule:
    """A past act from which, so often, the forecast act followed.

    ``hits`` of ``tries``: how often the object of such a past act, at such an age, was the object of the new act;
    ``inverse`` tells that in the past act the object acted on the subject.
    """

    past: EventType
    inverse: bool
    then: EventType
    last_days_ago: int
    confidence: float
    hits: int
    tries: int

    def __str__(self) -> str:
        past = f"{self.past.value} in return" if self.inverse else self.past.value
        return (
            f"{past} → {self.then.value}, last {self.last_days_ago} days ago, "
            f"confidence {self.confidence:.2f}, {self.hits} of {self.tries} times"
        )


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act of the record that speaks for a forecast."""

    day: date
    source: str
    type: EventType
    target: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one directed act is expected, strongest reasons first; ``share`` is P(object | subject, act)."""

    share: float
    contributions: tuple[Contribution, ...]
    rules: tuple[SpokenRule, ...]
    acts: tuple[PastAct, ...]


def explain_object(forecaster: Forecaster, acts: Acts, s: int, r: int, o: int, day: int) -> Explanation:
    """Explain why ``o`` would be the object when ``s`` does ``r`` on ``day``.

    The share and the contributions are those of the conditional logit, which is what can be read off; a boosted
    forecaster ranks by it as well, together with its trees.
    """
    if forecaster.logit is None:
        raise UsageError("outlook: the forecaster is not fitted yet; call fit first")
    column = np.array([s], np.int32)
    query = Queries(day, column, np.array([r], np.int32), np.zeros(0, np.int32), np.zeros(2, np.int64))
    scene, first, candidates = forecaster.candidates(forecaster.state(), query)
    if o not in candidates[0]:
        candidates = np.append(candidates, [[np.int32(o)]], axis=1)
    names, x = features(scene, candidates, np.take_along_axis(first, candidates, axis=1))
    score = forecaster.logit.score(x)[0].astype(np.float64)
    weight = np.exp(score - score.max())
    at = int(np.flatnonzero(candidates[0] == o)[0])
    mean = np.average(x[0], axis=0, weights=weight / weight.sum())
    adds = (x[0, at] - mean) / forecaster.logit.scale * forecaster.logit.weight
    strongest = np.argsort(-np.abs(adds))[:_MOST_REASONS]
    contributions = tuple(Contribution(names[i], float(x[0, at, i]), float(adds[i])) for i in strongest)
    rules = _rules(forecaster, s, r, o, day)
    return Explanation(float(weight[at] / weight.sum()), contributions, rules, _acts(acts, s, o, rules))


def _rules(forecaster: Forecaster, s: int, r: int, o: int, day: int) -> tuple[SpokenRule, ...]:
    history, half = forecaster.view, len(TYPES)
    evidence = gather(history, np.array([s], np.int32), day)
    between = history.triple_object[evidence.triple] == o
    triples, buckets = evidence.triple[between], evidence.bucket[between]
    past = history.triple_relation[triples]
    confidence = forecaster.rules.confidences()[r, past, buckets]
    found = []
    for index in np.argsort(-confidence, kind="stable")[:_MOST_RULES]:
        cell = (r, past[index], buckets[index])
        last = int(history.tables["triple"].last[triples[index]])
        if last == NEVER:
            continue
        found.append(
            SpokenRule(
                *(TYPES[past[index] % half], bool(past[index] >= half), TYPES[r % half], day - last),
                *(float(confidence[index]), int(forecaster.rules.hits[cell]), int(forecaster.rules.tries[cell])),
            )
        )
    return tuple(found)


def _acts(acts: Acts, s: int, o: int, rules: tuple[SpokenRule, ...]) -> tuple[PastAct, ...]:
    forward = {TYPES.index(rule.past) for rule in rules if not rule.inverse}
    backward = {TYPES.index(rule.past) for rule in rules if rule.inverse}
    ahead = (acts.source == s) & (acts.target == o) & np.isin(acts.type, list(forward))
    back = (acts.source == o) & (acts.target == s) & np.isin(acts.type, list(backward))
    chosen = np.flatnonzero(ahead | back)
    latest = chosen[np.argsort(-acts.day[chosen], kind="stable")][:_MOST_ACTS]
    return tuple(
        PastAct(
            date.fromordinal(int(acts.day[i])),
            acts.codes[acts.source[i]],
            TYPES[acts.type[i]],
            acts.codes[acts.target[i]],
        )
        for i in latest
    )
