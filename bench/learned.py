"""Score the learned layers on the development parts of the public sets.

    python bench/learned.py [TASK…]      (default: attribution factuality causality pairs actors)

The rows are those that training leaves out: PolNeAR's and UDS-IH2's dev parts, every tenth row of the Causal News
Corpus, every fifth of PLV. Needs the data sets under ``$DETENTE_DATA`` (default ``../shared``).
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from detente.evaluation.tasks import TaskResult, actors, attribution, causality, factuality, pairs

DATA = Path(os.environ.get("DETENTE_DATA", "../shared")) / "data"
BENCHES: dict[str, Callable[[], TaskResult]] = {
    "attribution": lambda: attribution(DATA / "attribution" / "polnear_dev.jsonl.gz"),
    "factuality": lambda: factuality(DATA / "factuality" / "uds_ih2" / "dev.jsonl.gz"),
    "causality": lambda: causality(DATA / "causality" / "train_subtask2_grouped.csv", rows=slice(None, None, 10)),
    "pairs": lambda: pairs(DATA / "events" / "plv_train.tsv", rows=slice(None, None, 5), none=False),
    "actors": lambda: actors(DATA / "events" / "actor_assertions_dev.tsv"),
}


def main() -> None:
    """Run, print."""
    if not DATA.exists():
        sys.exit(f"{DATA} does not exist; set DETENTE_DATA to the folder of the data sets")
    for name in sys.argv[1:] or BENCHES:
        started = time.process_time()
        result = BENCHES[name]()
        figures = "  ".join(f"{k} {v:.3f}" for k, v in result.figures.items())
        print(f"{name:12s} {len(result.lines):5d} rows  {figures}  {time.process_time() - started:.1f} CPU-seconds")


main()
