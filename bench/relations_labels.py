"""Labelled series to measure shifts on: dyads out of KEDS files, GDELT scores, the Turing change-point set.

A label is hit when an alarm in its direction lies within 60 days of it. Every alarm counts against the rate, those
that hit included; the dyad-years are those of the whole series of every labelled pair.
"""

import csv
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from detente.record import Record
from detente.relations.acts import Selection
from detente.relations.periods import Period
from detente.relations.series import PairSeries, pair_series
from detente.sources.events import format_named, load_events
from detente.world.crosswalk import actor_state

NEAR_DAYS = 60
KEDS = {"levant": "keds_cameo", "gulf": "keds_weis", "turkey": "keds_cameo", "balkans": "keds_weis"}
Alarm = tuple[date, bool]
"""Day, and whether it is for the better."""


@dataclass(frozen=True, slots=True)
class Label:
    """A dated shift of a pair."""

    dataset: str
    pair: tuple[str, str]
    day: date
    is_better: bool
    what: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many labels were hit, at how many alarms per dyad-year."""

    hits: int
    labels: int
    alarms_per_year: float
    missed: tuple[str, ...]

    def __str__(self) -> str:
        return f"recall {self.hits / self.labels:.2f} ({self.hits}/{self.labels}) at {self.alarms_per_year:.2f}/year"


def data_folder() -> Path:
    """Return the folder of the larger data sets (DETENTE_DATA, default ../shared) or stop with a message."""
    folder = Path(os.environ.get("DETENTE_DATA", "../shared")) / "data" / "relations"
    if not folder.is_dir():
        raise SystemExit(f"no data at {folder}; set DETENTE_DATA to the folder that holds data/relations")
    return folder


def labels(folder: Path) -> list[Label]:
    """Read the labelled shifts."""
    return _read(folder / "shift_labels" / "labels_dev.csv")


def own_dates() -> list[Label]:
    """Return well-known shifts of the same data sets, written down for the project; pairs are actor codes."""
    return _read(Path(__file__).with_name("own_dates.csv"))


def _read(path: Path) -> list[Label]:
    with path.open(encoding="utf-8") as handle:
        return [
            Label(r["dataset"], (r["a"], r["b"]), date.fromisoformat(r["date"]), r["direction"] == "+", r["what"])
            for r in csv.DictReader(handle)
        ]


def keds_series(folder: Path, found: Sequence[Label]) -> dict[tuple[str, tuple[str, str]], PairSeries]:
    """Load the KEDS files into a record of their own and count the labelled pairs per week."""
    series = {}
    with tempfile.TemporaryDirectory() as place, Record.open(Path(place) / "keds.duckdb") as record:
        for name, shape in KEDS.items():
            path = folder / "keds" / f"{name}_{shape.removeprefix('keds_')}.csv.gz"
            load_events(path, format_named(shape), record, dataset=name)
            ((first, last),) = (
                (r["a"], r["b"])
                for r in record.query(
                    f"SELECT min(day) AS a, max(day) AS b FROM coded_events WHERE dataset = '{name}'"
                ).to_pylist()
            )
            for label in found:
                if label.dataset == name:
                    a, b = (actor_state(code, "keds", label.day) or code for code in label.pair)
                    chosen = Selection(first, last, None, (name,))
                    series[name, label.pair] = pair_series(
                        record, a, b, period=Period.WEEK, selection=chosen, with_volume=False
                    )
    return series


def gdelt_scores(
    folder: Path, found: Sequence[Label]
) -> dict[tuple[str, str], tuple[NDArray[np.datetime64], NDArray[np.float64]]]:
    """Return days and scores of the labelled pairs; days on which nothing of the whole set was stored are missing."""
    path = folder / "gdelt_graph_2018_2024" / "dyad_day.parquet"
    with duckdb.connect() as connection:
        days = connection.execute(f"SELECT DISTINCT CAST(date AS DATE) AS d FROM '{path}' ORDER BY d").fetchnumpy()["d"]
        scores = {}
        for a, b in sorted({label.pair for label in found if label.dataset == "gdelt"}):
            table = connection.execute(
                f"SELECT CAST(date AS DATE) AS d, sum(score) AS s FROM '{path}'"
                " WHERE (a = ? AND b = ?) OR (a = ? AND b = ?) GROUP BY d",
                [a, b, b, a],
            ).fetchnumpy()
            values = np.zeros(len(days))
            values[np.searchsorted(days, table["d"])] = table["s"]
            scores[a, b] = (days.astype("datetime64[D]"), values)
    return scores


def score(
    found: Sequence[Label],
    keys: Sequence[tuple[str, tuple[str, str]]],
    years: float,
    detect: Callable[[tuple[str, tuple[str, str]]], Sequence[Alarm]],
) -> Score:
    """Run a detector over the labelled pairs and count."""
    hits, alarms, missed, wanted = 0, 0, [], 0
    for key in keys:
        heard = detect(key)
        alarms += len(heard)
        for label in found:
            if (label.dataset, label.pair) == key:
                wanted += 1
                hit = any(w == label.is_better and abs((d - label.day).days) <= NEAR_DAYS for d, w in heard)
                hits += hit
                missed += [] if hit else [f"{'–'.join(label.pair)} {label.day}"]
    return Score(hits, wanted, alarms / years, tuple(missed))


def turing_set(folder: Path) -> dict[str, tuple[NDArray[np.float64], list[list[int]]]]:
    """Return the stored univariate series of the Turing change-point set with the annotations of each person."""
    annotations = json.loads((folder / "tcpd" / "annotations.json").read_text())
    found = {}
    for path in sorted((folder / "tcpd" / "datasets").glob("*/*.json")):
        table = json.loads(path.read_text())
        if table.get("n_dim", 1) == 1 and path.stem in annotations:
            raw = [np.nan if v is None else v for v in table["series"][0]["raw"]]
            found[path.stem] = (np.array(raw, dtype=float), list(annotations[path.stem].values()))
    return found


def cover(annotations: Sequence[Sequence[int]], found: Sequence[int], length: int) -> float:
    """Return the segmentation cover, averaged over annotators (van den Burg & Williams 2020, eq. 8)."""
    ours = _segments(found, length)
    values = []
    for person in annotations:
        total = sum(
            (j - i) * max(max(0, min(j, q) - max(i, p)) / (max(j, q) - min(i, p)) for p, q in ours)
            for i, j in _segments(person, length)
        )
        values.append(total / length)
    return float(np.mean(values))


def f1(annotations: Sequence[Sequence[int]], found: Sequence[int], margin: int = 5) -> float:
    """Return F1 with a margin, index 0 counted as a change of everyone (van den Burg & Williams 2020, section 4.3)."""
    people = [{0, *person} for person in annotations]
    ours = {0, *found}
    precision = len(_true(set().union(*people), ours, margin)) / len(ours)
    recall = float(np.mean([len(_true(person, ours, margin)) / len(person) for person in people]))
    return 2 * precision * recall / (precision + recall)


def _true(wanted: set[int], found: set[int], margin: int) -> set[int]:
    left, true = set(found), set()
    for tau in sorted(wanted):
        near = sorted((abs(tau - x), x) for x in left if abs(tau - x) <= margin)
        if near:
            true.add(tau)
            left.remove(near[0][1])
    return true


def _segments(changes: Sequence[int], length: int) -> list[tuple[int, int]]:
    ends = [0, *sorted({c for c in changes if 0 < c < length}), length]
    return list(pairwise(ends))
