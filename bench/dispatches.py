"""Read gold dispatches with a reader and score the readings.

    python bench/dispatches.py [--errors N] [--reader rules|learned] [FILE…]

Without a file, every dev_*.jsonl under $DETENTE_DATA/gold is read.

``PREDICTED=file.jsonl`` in the environment keeps the readings in the gold format.
"""

import json
import os
import sys
import time
from pathlib import Path

from detente.evaluation.dispatches import load, to_gold
from detente.evaluation.scoring import Scorer
from detente.reading.learned import learned_reader
from detente.reading.rules import rule_reader


def main() -> None:
    """Read, score, print."""
    shared = Path(os.environ.get("DETENTE_DATA", "../shared"))
    args = sys.argv[1:]
    errors = int(args.pop(args.index("--errors") + 1)) if "--errors" in args else 0
    chosen = args.pop(args.index("--reader") + 1) if "--reader" in args else "rules"
    files = [Path(a) for a in args if not a.startswith("--")] or sorted((shared / "gold").glob("dev_*.jsonl"))
    reader = {"rules": rule_reader, "learned": learned_reader}[chosen]()
    scorer, predicted = Scorer(), []
    pairs = [pair for file in files for pair in load(file)]
    _ = reader.parser.nlp
    started = time.process_time()
    for (document, gold), reading in zip(pairs, reader.read_all(d for d, _ in pairs), strict=True):
        predicted.append(to_gold(document, reading))
        scorer.add(gold, predicted[-1])
    seconds = time.process_time() - started
    for name, a in scorer.agreements.items():
        print(
            f"{name:34s} F1 {a.f1:.3f}  P {a.precision:.3f}  R {a.recall:.3f}  gold {a.gold}  predicted {a.predicted}"
        )
    for name, accuracy in scorer.accuracies.items():
        print(f"{name:34s} {accuracy.accuracy or 0:.3f}  of {accuracy.of}")
    print(f"{len(pairs) / seconds:.1f} documents per CPU-second")
    print(*scorer.misses[:errors], sep="\n")
    if out := os.environ.get("PREDICTED"):
        Path(out).write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in predicted), encoding="utf-8")


if __name__ == "__main__":
    main()
