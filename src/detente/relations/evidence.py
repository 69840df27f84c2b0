"""Whether there is enough evidence to speak: thresholds kept as data, and a verdict that says why not."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Verdict:
    """``enough`` and the reason in one sentence, which names the threshold that was missed."""

    enough: bool
    why: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least evidence for each kind of answer (``thresholds.toml``)."""

    series_acts: int
    series_active_periods: int
    trend_acts: int
    trend_active_periods: int
    trend_span_days: int
    gap_verbal: int
    gap_material: int
    term_acts: int
    term_days: int


@cache
def thresholds() -> Thresholds:
    """Return the thresholds that ship with the project."""
    table = tomllib.loads(files("detente.relations").joinpath("thresholds.toml").read_text("utf-8"))
    return Thresholds(**{f"{part}_{name}": value for part, values in table.items() for name, value in values.items()})


def enough_for_series(counts: NDArray[np.int64], limits: Thresholds | None = None) -> Verdict:
    """Judge whether ``counts`` (acts per period, shape (T,)) can be shown as a series."""
    limits = limits or thresholds()
    acts, active = int(counts.sum()), int((counts > 0).sum())
    if acts < limits.series_acts:
        return Verdict(False, f"too little evidence: {_acts(acts)}; a series needs {limits.series_acts}")
    if active < limits.series_active_periods:
        return Verdict(
            False, f"too little evidence: all in {active} period; a series needs {limits.series_active_periods}"
        )
    return Verdict(True, f"{_acts(acts)} in {active} periods")


def enough_for_trend(counts: NDArray[np.int64], span_days: int, limits: Thresholds | None = None) -> Verdict:
    """Judge whether ``counts`` over ``span_days`` days allow to speak of trends, terms and shifts."""
    limits = limits or thresholds()
    acts, active = int(counts.sum()), int((counts > 0).sum())
    missed = [
        f"{has} {what} (needs {need})"
        for has, need, what in (
            (acts, limits.trend_acts, "acts"),
            (active, limits.trend_active_periods, "periods with acts"),
            (span_days, limits.trend_span_days, "days from first to last act"),
        )
        if has < need
    ]
    if missed:
        return Verdict(False, "too little evidence for a trend: " + ", ".join(missed))
    return Verdict(True, f"{_acts(acts)} in {active} periods over {span_days} days")


def _acts(count: int) -> str:
    return "1 act" if count == 1 else f"{count} acts"
