"""Fit the weights of the learned date decision (``detente.reading.events_date_choice``).

    python training/dates.py [--write] [FILE…]      (default: every dev_*.jsonl of $DETENTE_DATA/gold)

Each gold event is one choice among its candidates; a date that no candidate has is left out. The log likelihood with an
L2 penalty is maximised by L-BFGS. ``BIAS`` is then taken from the weight of "no date": an act rightly left undated
earns nothing in the accuracy over dated acts, so that a likely date is worth the risk. Prints the accuracy with each
file left out in turn, beside that of the clause rules alone, and with ``--write`` stores the weights of all files.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from detente.evaluation.dispatches import load
from detente.model.codes import EventType, Factuality
from detente.model.span import Span
from detente.model.when import PartialDate
from detente.reading.events_date_choice import best
from detente.reading.events_date_features import Act, Candidate, Candidates
from detente.reading.events_dates import Dates
from detente.reading.rules import rule_reader
from detente.reading.stages import Findings

PENALTY, LEAST, BIAS, SMALL = 8.0, 4, 0.4, 10
WEIGHTS = Path("src/detente/reading/data/event_dates.json")
NOTE = "Weights of the date decision; fitted by training/dates.py on composed dispatches. Licence: Apache-2.0."


@dataclass(frozen=True)
class Choice:
    """One gold event: its candidates, and the date that it has."""

    candidates: list[Candidate]
    date: PartialDate | None

    @property
    def right(self) -> int | None:
        """The position of the candidate with the gold date."""
        return next((n for n, c in enumerate(self.candidates) if c.date == self.date), None)


def choices(file: Path) -> list[Choice]:
    """Return the choices of one gold file."""
    reader, found = rule_reader(), []
    pairs = list(load(file))
    for page, (document, gold) in zip(reader.parser.parse_all(d for d, _ in pairs), pairs, strict=True):
        mentions, times = reader.mentions.find(page), reader.times.find(page)
        findings = Findings(mentions, times, reader.statements.find(page, Findings(mentions, times)))
        candidates = Candidates(page, times, Dates(page, times))
        for event in gold["events"]:
            start = document.text.find(event["trigger"], document.text.find(event["sentence"]))
            span = Span(document.id, start, start + len(event["trigger"]))
            trigger = page.tokens_in(span).root
            act = Act(
                trigger,
                page.sentence_of(trigger).index,
                EventType(event["type"]),
                real=event["factuality"] == Factuality.FACT,
                said=findings.statement_around(span) is not None,
            )
            date = PartialDate.parse(event["date"]) if event["date"] else None
            found.append(Choice(candidates.of(act), date))
    return found


def fit(data: list[Choice]) -> dict[str, int]:
    """Return the weights by feature, in thousandths."""
    used = [(c, c.right) for c in data if c.right is not None]
    counts = Counter(f for choice in data for c in choice.candidates for f in c.features)
    names = {f: n for n, f in enumerate(sorted(f for f in counts if counts[f] >= LEAST))}
    rows: list[int] = []
    columns: list[int] = []
    owner: list[int] = []
    right: list[int] = []
    for number, (choice, position) in enumerate(used):
        for n, candidate in enumerate(choice.candidates):
            known = [names[f] for f in candidate.features if f in names]
            rows += [len(owner)] * len(known)
            columns += known
            if n == position:
                right.append(len(owner))
            owner.append(number)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(owner), len(names)))
    owners = np.array(owner)
    starts = np.r_[0, np.flatnonzero(np.diff(owners)) + 1]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ w
        top = np.maximum.reduceat(scores, starts)
        raised = np.exp(scores - top[owners])
        total = np.add.reduceat(raised, starts)
        value = (np.log(total) + top).sum() - scores[right].sum() + PENALTY / 2 * w @ w
        slope = raised / total[owners]
        slope[right] -= 1
        return value, matrix.T @ slope + PENALTY * w

    solution = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    solution[names["none"]] -= BIAS
    weights = {f: round(1000 * float(solution[n])) for f, n in names.items()}
    return {f: w for f, w in weights.items() if abs(w) >= SMALL}


def hits(data: list[Choice], weights: Mapping[str, int] | None) -> np.ndarray:
    """Return (right, compared) over acts to which gold or the decision gives a date; rules alone without weights."""
    right = compared = 0
    for choice in data:
        if weights is None:
            date = next((c.date for c in choice.candidates if "rule" in c.features), None)
        else:
            date = best(choice.candidates, weights).date
        if date or choice.date:
            compared += 1
            right += date == choice.date
    return np.array([right, compared])


def main() -> None:
    """Cross-validate, and store the weights of all files on request."""
    shared = Path(os.environ.get("DETENTE_DATA", "../shared"))
    names = [a for a in sys.argv[1:] if a != "--write"]
    files = [Path(n) for n in names] or sorted((shared / "gold").glob("dev_*.jsonl"))
    parts = [choices(file) for file in files]
    learned, ruled = np.zeros(2), np.zeros(2)
    for left in range(len(parts)):
        weights = fit([c for n, part in enumerate(parts) if n != left for c in part])
        learned += hits(parts[left], weights)
        ruled += hits(parts[left], None)
    print(f"all gold acts, each file left out in turn: {learned[0] / learned[1]:.3f} of {learned[1]:.0f}")
    print(f"clause rules alone: {ruled[0] / ruled[1]:.3f} of {ruled[1]:.0f}")
    if "--write" in sys.argv:
        weights = fit([c for part in parts for c in part])
        WEIGHTS.write_text(
            json.dumps({"source": NOTE, "weights": weights}, indent=0, ensure_ascii=False) + "\n", "utf-8"
        )
        print(f"{len(weights)} weights in {WEIGHTS}")


if __name__ == "__main__":
    main()
