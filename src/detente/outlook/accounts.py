"""The running account: forecasts written to the record when they are made, and scored once their horizon is over."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Protocol

import numpy as np

from detente.model.ids import content_id
from detente.outlook.acts import NO_TYPE, QUAD_CLASSES, TYPES, Acts, ActSource, read_acts
from detente.outlook.result import KindForecast, Outlook
from detente.outlook.scores import ReliabilityBin, brier, calibration_error, log_score, reliability
from detente.record.rows import StoredForecast


class ForecastBook(ActSource, Protocol):
    """A record that keeps forecasts."""

    def write_forecasts(self, forecasts: Sequence[StoredForecast]) -> int:
        """Add forecasts and return how many were new."""
        ...

    def forecasts(self, pair: tuple[str, str] | None = None, as_of: date | None = None) -> list[StoredForecast]:
        """Return forecasts about a pair, or all."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """How the forecasts about one kind have done; ``kind`` is "all" for the sum."""

    kind: str
    n: int
    happened: float
    brier: float
    brier_base_rate: float
    log_score: float
    calibration_error: float
    bins: tuple[ReliabilityBin, ...]


@dataclass(frozen=True, slots=True)
class RunningAccount:
    """All that could be scored by ``as_of``, and what is still open or was hypothetical and never counts."""

    as_of: date
    accounts: tuple[Account, ...]
    open: int
    hypothetical: int


def stored_forecasts(outlook: Outlook, made: datetime | None = None) -> list[StoredForecast]:
    """Return the outlook's quad-class and type forecasts as rows for the record."""
    moment = made or datetime.now(UTC)
    rows = []
    for each in (*outlook.quads, *outlook.types):
        payload = json.dumps(_payload(outlook, each), sort_keys=True)
        kind = each.quad or each.type
        key = (outlook.model, outlook.version, outlook.as_of, outlook.horizon, *sorted(outlook.pair), kind)
        rows.append(
            StoredForecast(
                id=content_id("forecast", *key, *outlook.assumed),
                made=moment,
                known=outlook.as_of,
                horizon=outlook.horizon,
                source=min(outlook.pair),
                target=max(outlook.pair),
                type=each.type,
                quad=each.quad,
                probability=each.probability,
                model=outlook.model,
                version=outlook.version,
                hypothetical=outlook.hypothetical,
                payload=payload,
            )
        )
    return rows


def _payload(outlook: Outlook, each: KindForecast) -> dict[str, object]:
    return {
        "base_rate": each.base_rate,
        "ewma": each.ewma,
        "low": each.low,
        "high": each.high,
        "expected": each.expected,
        "standing": each.standing.value,
        "odds": [list(pair) for pair in each.odds],
        "assumed": [str(assumption) for assumption in outlook.assumed],
    }


def write_outlook(record: ForecastBook, outlook: Outlook) -> int:
    """Write an outlook's forecasts to the record and return how many were new."""
    return record.write_forecasts(stored_forecasts(outlook))


def score(record: ForecastBook, as_of: date | None = None) -> RunningAccount:
    """Score every forecast whose horizon was over at the end of ``as_of`` (``None``: the last day the record knows).

    A forecast came true if at least one act of its kind, in either direction, happened on the days after its
    ``known`` day up to its horizon, as known by ``as_of``. Hypothetical forecasts are counted, never scored.
    """
    acts = read_acts(record, as_of)
    today = as_of.toordinal() if as_of is not None else int(acts.known[-1]) if len(acts) else date.today().toordinal()
    kept = record.forecasts(None, as_of)
    real = [each for each in kept if not each.hypothetical]
    due = [each for each in real if each.known.toordinal() + each.horizon <= today]
    right = np.array([_happened(acts, each) for each in due], bool)
    kinds = np.array([str(each.quad or each.type) for each in due])
    probability = np.array([each.probability for each in due], np.float64)
    base = np.array([_base_rate(each) for each in due], np.float64)
    names = ["all", *dict.fromkeys(kinds.tolist())] if due else []
    accounts = []
    for name in names:
        at = np.ones(len(due), bool) if name == "all" else kinds == name
        bins = reliability(probability[at], right[at], bins=10)
        accounts.append(
            Account(
                *(name, int(at.sum()), float(right[at].mean()), brier(probability[at], right[at])),
                *(brier(base[at], right[at]), log_score(probability[at], right[at]), calibration_error(bins), bins),
            )
        )
    return RunningAccount(date.fromordinal(today), tuple(accounts), len(real) - len(due), len(kept) - len(real))


def _happened(acts: Acts, forecast: StoredForecast) -> bool:
    codes = acts.codes
    if forecast.source not in codes or forecast.target not in codes:
        return False
    a, b = codes.index(forecast.source), codes.index(forecast.target)
    first = forecast.known.toordinal()
    between = ((acts.source == a) & (acts.target == b)) | ((acts.source == b) & (acts.target == a))
    inside = (acts.day > first) & (acts.day <= first + forecast.horizon)
    if forecast.quad is not None:
        return bool((between & inside & (acts.quad == QUAD_CLASSES.index(forecast.quad))).any())
    kind = NO_TYPE if forecast.type is None else TYPES.index(forecast.type)
    return bool((between & inside & (acts.type == kind)).any())


def _base_rate(forecast: StoredForecast) -> float:
    payload = json.loads(forecast.payload or "{}")
    return float(payload.get("base_rate", 0.5))


def account_json(account: RunningAccount) -> str:
    """Return the account as JSON."""
    return json.dumps(asdict(account), default=str, indent=2)
