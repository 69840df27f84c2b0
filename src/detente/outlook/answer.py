"""Answers: the outlook for a pair from a fitted record, as it stands or with hypothetical acts."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from detente.model.codes import EventType, QuadClass
from detente.model.errors import UsageError
from detente.outlook.acts import TYPES, Acts, ActSource
from detente.outlook.explain import explain_object
from detente.outlook.fitted import HORIZONS, MODEL, Fitted, fit_outlook, moved
from detente.outlook.hypothetical import Assumption, with_assumptions
from detente.outlook.pairs import KindModel, floor_probability
from detente.outlook.panel import FEATURES, KINDS, Moment, Panel
from detente.outlook.result import ActForecast, KindForecast, Outlook, ShiftForecast, Standing
from detente.outlook.shift import SHIFT, SHIFT_LEAST, SHIFT_SIZE, shift_features
from detente.outlook.tables import HALF_LIVES

THIN = 10
"""Acts of a pair below which nothing is said beyond the base rate."""
_MOST_ACTS, _MOST_ODDS = 6, 5
_PACE = 3
"""Column of the 21-day half-life."""


def outlook(
    record: ActSource,
    a: str,
    b: str,
    horizon: int = 30,
    as_of: date | None = None,
    assume: Sequence[str | Assumption] = (),
    fitted: Fitted | None = None,
    boosted: bool = False,
) -> Outlook:
    """Say what the ``horizon`` days after ``as_of`` may bring between two actors.

    Args:
        record: The record, or anything that answers queries over ``acts_as_of``.
        a: Code of one actor as the record has it ("JPN").
        b: Code of the other.
        horizon: 7, 30 or 90 days.
        as_of: Only what was known at the end of this day counts; ``None`` for all that the record holds.
        assume: Hypothetical acts, "CHN SANCTION JPN 2026-12-01"; the outlook then starts at the latest of them.
        fitted: A fit made before, of this record and day; without it the record is fitted now.
        boosted: Whether to fit the boosted models rather than the explainable ones.

    Raises:
        UsageError: The horizon, an actor or an assumption is not understood, or the record holds no dated acts.
    """
    if horizon not in HORIZONS:
        raise UsageError(f"horizon of {horizon} days; allowed: {', '.join(map(str, HORIZONS))}")
    fitted = fit_outlook(record, as_of, boosted, (horizon,)) if fitted is None else fitted
    assumed = tuple(Assumption.parse(each) if isinstance(each, str) else each for each in assume)
    if not assumed:
        return answer(fitted, a, b, horizon)
    day = max(fitted.day, max(each.day.toordinal() for each in assumed))
    acts = with_assumptions(fitted.acts, assumed)
    plain = fitted if day == fitted.day else moved(fitted, fitted.acts, day)
    changed = moved(fitted, acts, day)
    return answer(changed, a, b, horizon, assumed, answer(plain, a, b, horizon))


def answer(
    fitted: Fitted,
    a: str,
    b: str,
    horizon: int,
    assumed: tuple[Assumption, ...] = (),
    without: Outlook | None = None,
) -> Outlook:
    """Answer for a pair from a fit; see ``outlook``."""
    ids = _ids(fitted.acts, a, b)
    panel = Panel.of(fitted.acts, np.array([sorted(ids)], np.int32))
    (moment,) = panel.moments(np.array([fitted.day]))
    models = {model.kind: model for model in fitted.pairs.get(horizon, ())}
    forecasts = [_kind(models[kind], moment, horizon) for kind in KINDS if kind in models]
    shift = _shift(models[SHIFT], moment) if SHIFT in models else None
    return Outlook(
        pair=(a, b),
        as_of=date.fromordinal(fitted.day),
        horizon=horizon,
        known_acts=int(moment.seen[0]),
        quads=tuple(each for each in forecasts if each.quad is not None),
        types=tuple(each for each in forecasts if each.type is not None),
        shift=shift,
        acts=_acts(fitted, ids, horizon, forecasts),
        assumed=assumed,
        without=without,
        notes=fitted.notes,
        model=MODEL,
        version=fitted.version,
    )


def _ids(acts: Acts, a: str, b: str) -> tuple[int, int]:
    if a == b:
        raise UsageError(f"outlook of {a} with itself; name two actors")
    missing = [code for code in (a, b) if code not in acts.codes]
    if missing:
        some = ", ".join(acts.codes[:12])
        raise UsageError(f"the record holds no dated act of {' or '.join(missing)}; it holds acts of {some} …")
    return acts.codes.index(a), acts.codes.index(b)


def _kind(model: KindModel, moment: Moment, horizon: int) -> KindForecast:
    index = KINDS.index(model.kind)
    x = moment.features[:, index]
    relies = model.check.better and int(moment.seen[0]) >= THIN
    probability = float(model.probability(x)[0]) if relies else model.base_rate
    low, high = model.interval(probability)
    adds = model.logistic.contributions(x)[0]
    strongest = np.argsort(-np.abs(adds))[:_MOST_ODDS]
    is_quad = index < len(QuadClass)
    return KindForecast(
        quad=QuadClass(model.kind) if is_quad else None,
        type=None if is_quad else EventType(model.kind),
        probability=probability,
        low=low,
        high=high,
        expected=float(model.expected(x)[0]),
        base_rate=model.base_rate,
        ewma=float(floor_probability(moment, index, horizon)[0]),
        standing=Standing.MODEL if relies else Standing.BASE_RATE,
        check=model.check,
        odds=tuple((FEATURES[i], float(adds[i])) for i in strongest),
    )


def _shift(model: KindModel, moment: Moment) -> ShiftForecast:
    relies = model.check.model < model.check.base_rate and int(moment.seen[0]) >= THIN
    probability = float(model.probability(shift_features(moment))[0]) if relies else model.base_rate
    standing = Standing.MODEL if relies else Standing.BASE_RATE
    return ShiftForecast(probability, model.base_rate, SHIFT_SIZE, SHIFT_LEAST, standing, model.check)


def _acts(fitted: Fitted, ids: tuple[int, int], horizon: int, forecasts: list[KindForecast]) -> tuple[ActForecast, ...]:
    """Split the expected number of acts of each type between the two directions, and rank them.

    A direction's part goes by how often its source does such acts lately, times the probability that the other would
    be the object.
    """
    forecaster, codes = fitted.forecaster, fitted.acts.codes
    if forecaster is None:
        return ()
    history, expected = forecaster.view, {each.type: each.expected for each in forecasts if each.type is not None}
    # The calibrated chance of a type, as a rate, is split like its number: no direction is likelier than the type.
    rates = {
        each.type: -float(np.log1p(-min(each.probability, 1 - 1e-9))) for each in forecasts if each.type is not None
    }
    likely = sorted(expected, key=lambda kind: -expected[kind])[:_MOST_ACTS]
    found = []
    for kind in likely:
        relation = TYPES.index(kind)
        sides = []
        for s, o in (ids, ids[::-1]):
            why = explain_object(forecaster, fitted.acts, s, relation, o, fitted.day + 1)
            column = tuple(np.array([value], np.int32) for value in (s, relation, o))
            pace = history.tables["subject_relation"].decayed[history.find("subject_relation", *column), _PACE]
            own = history.tables["triple"].decayed[history.find("triple", *column), _PACE]
            per_day = float(np.log(2) / HALF_LIVES[_PACE] * own[0])
            sides.append((s, o, (float(pace[0]) + 0.05) * why.share, per_day, why))
        whole = sum(side[2] for side in sides)
        for s, o, part, per_day, why in sides:
            portion = part / max(whole, 1e-12)
            number = expected[kind] * portion
            chance, floor = (float(-np.expm1(-rate)) for rate in (rates[kind] * portion, per_day * horizon))
            found.append(ActForecast(codes[s], kind, codes[o], chance, number, floor, why))
    return tuple(sorted(found, key=lambda each: -each.probability)[:_MOST_ACTS])
