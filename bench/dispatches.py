"""Read gold dispatches with a reader and score them with the published scorer.

python bench/dispatches.py [--errors N] [FILE…]      (default: every dev_*.jsonl under $DETENTE_DATA/gold)
"""

import importlib.util
import json
import os
import sys
import time
from pathlib import Path

from detente.evaluation.dispatches import load, to_gold
from detente.reading.rules import rule_reader


def main() -> None:
    """Read, score, print."""
    shared = Path(os.environ.get("DETENTE_DATA", "../shared"))
    args = sys.argv[1:]
    errors = int(args.pop(args.index("--errors") + 1)) if "--errors" in args else 0
    files = [Path(a) for a in args if a != "--errors"] or sorted((shared / "gold").glob("dev_*.jsonl"))
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    reader, gold, predicted = rule_reader(), {}, {}
    pairs = [pair for file in files for pair in load(file)]
    _ = reader.parser.nlp
    started = time.process_time()
    for (document, wanted), reading in zip(pairs, reader.read_all(d for d, _ in pairs), strict=True):
        gold[wanted["id"]], predicted[wanted["id"]] = wanted, to_gold(document, reading)
    seconds = time.process_time() - started
    result, shown = scorer.score(gold, predicted, errors)
    for name, values in result.items():
        print(f"{name:34s}", "  ".join(f"{key} {value}" for key, value in values.items()))
    print(f"{len(pairs) / seconds:.1f} documents per CPU-second")
    print(*shown, sep="\n")
    if out := os.environ.get("PREDICTED"):
        Path(out).write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in predicted.values()))


main()
