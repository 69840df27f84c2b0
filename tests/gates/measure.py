"""The readers' figures on the bundled corpus, and the floors below which they must not fall.

The rules never saw the corpus; the learned reader's encoder was trained on it, so that its floors guard against a
fall and tell nothing of its accuracy (``docs/models.md`` does).

python tests/gates/measure.py            prints the figures beside the floors
python tests/gates/measure.py --raise    raises floors to the present figures, less the margin; lowers none
"""

import hashlib
import json
import sys
from pathlib import Path

from detente.evaluation.dispatches import load, to_gold
from detente.evaluation.scoring import Scorer
from detente.reading.learned import learned_reader
from detente.reading.rules import rule_reader

CORPUS = Path(__file__).parents[1] / "corpus" / "dispatches.jsonl"
FLOORS = Path(__file__).parent / "floors.json"
GATED = (
    *("event.strict", "event.dyad", "event.factuality", "event.date"),
    *("statement.who", "statement.speaker", "relation.strict", "cause.strict"),
)
READERS = {"rules": rule_reader, "learned": learned_reader}
MARGIN = 0.005
"""How far a floor stays below the figure that raised it: rounding of another machine, not quality."""


def corpus_hash() -> str:
    """Return the hash of the corpus; floors hold for this text only."""
    return hashlib.sha256(CORPUS.read_bytes()).hexdigest()[:16]


def figures(name: str) -> dict[str, float]:
    """Return measure → F1, attribute → accuracy of a reader over the bundled corpus."""
    pairs, scorer, reader = list(load(CORPUS)), Scorer(), READERS[name]()
    for (document, gold), reading in zip(pairs, reader.read_all(d for d, _ in pairs), strict=True):
        scorer.add(gold, to_gold(document, reading))
    found = {name: agreement.f1 for name, agreement in scorer.agreements.items()}
    found |= {name: a.accuracy for name, a in scorer.accuracies.items() if a.accuracy is not None}
    return {name: found[name] for name in GATED}


def floors() -> tuple[str, dict[str, dict[str, float]]]:
    """Return the hash of the corpus that the floors were measured on, and the floors of each reader."""
    kept = json.loads(FLOORS.read_text(encoding="utf-8"))
    return kept["corpus"], kept["floors"]


def raised(now: dict[str, float], before: dict[str, float]) -> dict[str, float]:
    """Return floors none of which is lower than before."""
    return {name: max(before.get(name, 0.0), round(value - MARGIN, 3)) for name, value in sorted(now.items())}


def main() -> None:
    """Print, and raise when asked to."""
    corpus, before = floors() if FLOORS.exists() else (corpus_hash(), {})
    if "--raise" in sys.argv and corpus != corpus_hash():
        sys.exit("the corpus has changed: delete floors.json, and say in the commit why the old floors do not hold")
    kept = {}
    for reader in READERS:
        now, own = figures(reader), before.get(reader, {})
        for name, value in sorted(now.items()):
            sys.stdout.write(f"{reader:8s} {name:20s} {value:.3f}   floor {own.get(name, 0):.3f}\n")
        kept[reader] = raised(now, own)
    if "--raise" in sys.argv:
        FLOORS.write_text(json.dumps({"corpus": corpus, "floors": kept}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
