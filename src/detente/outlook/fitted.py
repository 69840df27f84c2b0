"""A forecaster fitted to a record as of a day: pair models per horizon, and the scorer of concrete acts."""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente.model.errors import UsageError
from detente.outlook.acts import Acts, ActSource, read_acts
from detente.outlook.forecaster import Forecaster
from detente.outlook.history import History
from detente.outlook.pairs import KindModel, fit_pairs
from detente.outlook.settings import VERSION, Settings

HORIZONS = (7, 30, 90)
"""Days ahead that the outlook speaks of."""
REPLAYED_DAYS = 540
"""Days before the origin from which rules and scorer learn; what was earlier is counted only."""
MODEL = "outlook"
"""Name under which forecasts are stored."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Everything that answers need, made from what was known by ``day`` (a proleptic ordinal).

    ``pairs`` holds the models of each horizon that the record is long enough for; ``forecaster`` is None when there
    are too few acts to rank concrete ones. ``notes`` says what is missing and why.
    """

    day: int
    acts: Acts
    pairs: dict[int, tuple[KindModel, ...]]
    forecaster: Forecaster | None
    boosted: bool
    notes: tuple[str, ...]

    @property
    def version(self) -> str:
        """Version of the method, and which scorer was used."""
        return f"{VERSION}-{'boosted' if self.boosted else 'logit'}"


def fit_outlook(
    record: ActSource, as_of: date | None = None, boosted: bool = False, horizons: Sequence[int] = HORIZONS
) -> Fitted:
    """Fit to what the record knew at the end of ``as_of`` (``None``: at its latest known day).

    Raises:
        UsageError: The record holds no dated acts.
    """
    acts = read_acts(record, as_of)
    if len(acts) == 0:
        raise UsageError("outlook: the record holds no dated acts; load event data or read reports first")
    return fit_acts(acts, int(acts.known[-1]) if as_of is None else as_of.toordinal(), boosted, horizons)


def fit_acts(acts: Acts, day: int, boosted: bool = False, horizons: Sequence[int] = HORIZONS) -> Fitted:
    """Fit to the acts known by ``day``."""
    acts, notes = acts.known_by(day), []
    models: dict[int, tuple[KindModel, ...]] = {}
    for horizon in horizons:
        try:
            models[horizon] = fit_pairs(acts, day, horizon, boosted=boosted)
        except UsageError as error:
            notes.append(f"{horizon} days: {error}")
    forecaster: Forecaster | None = None
    try:
        settings = Settings(boosted=boosted, learned=boosted, scorer_total=8_000)
        forecaster = Forecaster(acts.quads(), settings)
        forecaster.fit(day, day - REPLAYED_DAYS)
        forecaster.view.wait(day + 1)
    except UsageError as error:
        forecaster = None
        notes.append(f"concrete acts: {error}")
    return Fitted(day, acts, models, forecaster, boosted, tuple(notes))


def moved(fitted: Fitted, acts: Acts, day: int) -> Fitted:
    """Return the same models looking at other acts, known by ``day``: a later day, or with hypothetical ones."""
    forecaster = fitted.forecaster
    acts = acts.known_by(day)
    if forecaster is not None:
        quads = acts.quads()
        if quads.entities != forecaster.quads.entities:
            raise UsageError("outlook: an assumed act names an actor of whom the record holds no act")
        history = History(quads)
        history.close_until(day)
        history.wait(day + 1)
        forecaster = forecaster.over(history, day + 1)
    return Fitted(day, acts, fitted.pairs, forecaster, fitted.boosted, fitted.notes)


def save(fitted: Fitted, path: Path) -> None:
    """Write a fit to a file of the user's own cache."""
    with path.open("wb") as file:
        pickle.dump((VERSION, fitted), file, protocol=pickle.HIGHEST_PROTOCOL)


def load(path: Path) -> Fitted | None:
    """Read a fit written by ``save``, ``None`` if another version wrote it.

    The file must be one that this user's program wrote: it is a pickle, which can run code when read.
    """
    with path.open("rb") as file:
        version, fitted = pickle.load(file)
    if version != VERSION or not isinstance(fitted, Fitted):
        return None
    return fitted
