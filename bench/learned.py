"""Score the learned layers on the development parts of the public sets, with 95 % intervals by bootstrap over rows.

    python bench/learned.py [TASK…]      (default: attribution factuality causality actors)

The rows are those that training leaves out: PolNeAR's and UDS-IH2's dev parts, every tenth row of the Causal News
Corpus. The pair coder that ships was trained on every row of PLV at hand; ``training/pairs.py --fold`` scores it on
rows left out. Needs the data sets under ``$DETENTE_DATA`` (default ``../shared``).
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from detente.evaluation.tasks import TaskResult, actors, attribution, causality, factuality
from detente.evaluation.tasks.attribution import counted
from detente.evaluation.tasks.attribution_scores import scores
from detente.evaluation.tasks.causality import figures as causal_figures
from detente.evaluation.tasks.factuality import figures as factuality_figures
from detente.evaluation.tasks.files import json_lines, table_rows

DATA = Path(os.environ.get("DETENTE_DATA", "../shared")) / "data"
POLNEAR = DATA / "attribution" / "polnear_dev.jsonl.gz"
UDS = DATA / "factuality" / "uds_ih2" / "dev.jsonl.gz"
CAUSAL = DATA / "causality" / "train_subtask2_grouped.csv"
TENTH = slice(None, None, 10)
Figures = Callable[[Sequence[Any]], dict[str, float]]


def interval(units: Sequence[Any], figures: Figures, draws: int = 300) -> dict[str, tuple[float, float]]:
    """Return the 2.5th and 97.5th percentiles of each figure over resampled units."""
    chance = np.random.default_rng(7)
    drawn = [figures([units[i] for i in chance.integers(0, len(units), len(units))]) for _ in range(draws)]
    low, high = ({k: float(np.percentile([d[k] for d in drawn], q)) for k in drawn[0]} for q in (2.5, 97.5))
    return {k: (low[k], high[k]) for k in low}


def _rows(figures: Callable[[list[Any], list[Any]], dict[str, float]]) -> Figures:
    return lambda units: figures([u[0] for u in units], [u[1] for u in units])


def _attribution() -> tuple[TaskResult, Sequence[Any], Figures]:
    result = attribution(POLNEAR)
    counts = [counted(i, line) for i, line in zip(json_lines(POLNEAR), result.lines, strict=True)]
    return result, counts, scores


def _factuality() -> tuple[TaskResult, Sequence[Any], Figures]:
    result = factuality(UDS)
    return result, list(zip(json_lines(UDS), result.lines, strict=True)), _rows(factuality_figures)


def _causality() -> tuple[TaskResult, Sequence[Any], Figures]:
    result = causality(CAUSAL, rows=TENTH)
    items = list(table_rows(CAUSAL))[TENTH]
    return result, list(zip(items, result.lines, strict=True)), _rows(causal_figures)


def _actors() -> tuple[TaskResult, Sequence[Any], Figures]:
    return actors(DATA / "events" / "actor_assertions_dev.tsv"), (), lambda units: {}


BENCHES = {
    "attribution": _attribution,
    "factuality": _factuality,
    "causality": _causality,
    "actors": _actors,
}


def main() -> None:
    """Run, print."""
    if not DATA.exists():
        sys.exit(f"{DATA} does not exist; set DETENTE_DATA to the folder of the data sets")
    for name in sys.argv[1:] or BENCHES:
        started = time.process_time()
        result, units, figures = BENCHES[name]()
        seconds = time.process_time() - started
        print(f"{name}: {len(result.lines)} rows in {seconds:.1f} CPU-seconds")
        ranges = interval(units, figures) if units else {}
        for figure, value in result.figures.items():
            low, high = ranges.get(figure, (float("nan"), float("nan")))
            print(f"  {figure:20s} {value:.3f}  [{low:.3f}, {high:.3f}]")


main()
