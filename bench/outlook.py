"""The published protocol over a benchmark folder, with the peers' rows beside it.

Usage: python bench/outlook.py icews14 [--split test] [--multi-step] [--kind logit|boosted] [--threads 2]
"""

import argparse
import csv
import os
import resource
import time
from pathlib import Path

from detente.outlook.benchmark import run_benchmark
from detente.outlook.quads import load_benchmark
from detente.outlook.settings import Settings

DATA = Path(os.environ.get("DETENTE_DATA", "../shared")) / "data" / "outlook"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="name below the data folder, or a path")
    parser.add_argument("--split", default="test", choices=["valid", "test"])
    parser.add_argument("--multi-step", action="store_true")
    parser.add_argument("--kind", default="boosted", choices=["logit", "boosted"])
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    folder = Path(options.folder) if Path(options.folder).is_dir() else DATA / options.folder
    benchmark = load_benchmark(folder)
    boosted = options.kind == "boosted"
    settings = Settings(boosted=boosted, learned=boosted, threads=options.threads)
    started = time.perf_counter()
    outcome = run_benchmark(benchmark, settings, options.split, options.multi_step)
    seconds, memory = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    step = "multi-step" if options.multi_step else "single-step"
    peers(folder.name.upper(), step)
    print(f"detente {options.kind} | {options.split} | {step} | {outcome.all}")
    print(f"  seen before {outcome.seen}\n  new {outcome.new}")
    print(f"  top-1 calibration error {outcome.calibration:.4f}")
    print(f"  {seconds:.0f} s wall, {time.process_time():.0f} s CPU, peak {memory:.2f} GiB")


def peers(dataset: str, setting: str) -> None:
    """Print the published rows of the same data and setting with MRR, best first."""
    path = DATA / "published_results.csv"
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["dataset"] == dataset and row["setting"] == setting]
    for row in sorted((row for row in rows if row["MRR"]), key=lambda row: -float(row["MRR"]))[:12]:
        shown = (row["method"], row["split"], row["MRR"], row["H1"], row["H10"], row["status"])
        print(" | ".join(cell or "-" for cell in shown))


if __name__ == "__main__":
    main()
