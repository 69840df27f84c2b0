"""Train the arbiter on dispatches that neither the encoder nor the authors of the frames had seen.

python training/arbiter.py            # the held-out dispatches of training/written: five-fold figures, then the weights
"""

import argparse
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from detente.evaluation.matching import match
from detente.evaluation.scoring import _dyad, _strict
from detente.model.document import Document
from detente.reading.events import RuleEvents
from detente.reading.events_discourse import without_datelines
from detente.reading.learned.arbiter import FILES, Judged
from detente.reading.learned.encoder import Encoder
from detente.reading.learned.events import LearnedEvents, Weighed, weighed
from detente.reading.learned.features import NAMES
from detente.reading.learned.proposals import Proposal
from detente.reading.learned.statements import LearnedStatements
from detente.reading.mentions import RuleMentions
from detente.reading.page import Parser
from detente.reading.stages import Findings
from detente.reading.times import RuleTimes
from written import written

Json = dict[str, Any]
RISING = (
    "weight", "coded_sides", "coded_type", "coded_whole", "cast", "cast_type", "type", "type_margin",
    "quad", "quad_margin", "source_log", "source_least", "target_log", "target_least",
)  # fmt: skip
"""Features that can only speak for a reading."""


@dataclass
class Case:
    """One dispatch: gold events, and the readings of its candidate acts."""

    gold: Json
    acts: list[Weighed]


def cases(golds: Iterable[Json], folder: Path | None) -> list[Case]:
    """Read dispatches up to the readings of their acts."""
    encoder, parser, finder, times, frames = Encoder(folder), Parser(), RuleMentions(), RuleTimes(), RuleEvents()
    statements = LearnedStatements(encoder)
    found = []
    for gold in golds:
        published = date.fromisoformat(gold["published"])
        page = parser.parse(Document(gold["id"], gold["text"], gold["title"], published=published))
        first = Findings(finder.find(page), times.find(page))
        findings = Findings(first.mentions, first.times, statements.find(page, first))
        clean = without_datelines(page, findings)
        found.append(Case(gold, list(weighed(encoder, page, clean, frames.find(page, findings)))))
    return found


def as_json(p: Proposal, text: str) -> Json:
    """Return a reading in the gold format, as far as matching goes."""
    return {
        "type": p.type.value,
        "source": sorted(p.source),
        "target": sorted(p.target),
        "trigger": p.act.span.of(text),
        "sentence": p.act.sentence.span.of(text),
    }


def labels(case: Case) -> np.ndarray:
    """Return (proposals, 2): right in type and sides, right in quad class and a pair.

    A gold event counts for the acts whose words touch its trigger, or for all of its sentence if no act does.
    """
    text, out = case.gold["text"], []
    spans = [(_at(text, g), g) for g in case.gold["events"]]
    acts = [(w.act.span.start, w.act.span.end) for w in case.acts]
    touched = [any(a < end and start < b for a, b in acts) for (start, end), _ in spans]
    for weighed_act in case.acts:
        a, b = weighed_act.act.span.start, weighed_act.act.span.end
        near = [g for ((s, e), g), t in zip(spans, touched, strict=True) if (a < e and s < b) or not t]
        for proposal in weighed_act.proposals:
            item = as_json(proposal, text)
            here = [g for g in near if item["sentence"] in g["sentence"] or g["sentence"] in item["sentence"]]
            out.append((any(_strict(g, item) for g in here), any(_dyad(g, item) for g in here)))
    return np.array(out, dtype=int).reshape(-1, 2)


def _at(text: str, gold: Json) -> tuple[int, int]:
    if "at" in gold:
        return tuple(gold["at"])
    start = text.find(gold["sentence"])
    start = max(text.find(gold["trigger"], max(start, 0)), 0)
    return start, start + len(gold["trigger"])


def learner(seed: int) -> HistGradientBoostingClassifier:
    """Return the untrained trees."""
    return HistGradientBoostingClassifier(
        max_iter=180,
        learning_rate=0.06,
        max_leaf_nodes=12,
        min_samples_leaf=25,
        l2_regularization=2.0,
        monotonic_cst=[int(name in RISING) for name in NAMES],
        random_state=seed,
    )


def figures(cases: list[Case], shares: np.ndarray, least: float) -> dict[str, float]:
    """Return F1 strict and dyad of the readings that the stage would choose."""
    stage = object.__new__(LearnedEvents)
    object.__setattr__(stage, "least", least)
    counts = {"strict": 0, "dyad": 0}
    gold = predicted = at = 0
    for case in cases:
        judged = []
        for w in case.acts:
            for p in w.proposals:
                judged.append(Judged(p, *shares[at]))
                at += 1
        text = case.gold["text"]
        chosen = [as_json(j.proposal, text) for j in stage.chosen(judged)]
        gold, predicted = gold + len(case.gold["events"]), predicted + len(chosen)
        for name, how in (("strict", _strict), ("dyad", _dyad)):
            counts[name] += len(match(text, case.gold["events"], chosen, how))
    return {k: round(2 * n / (gold + predicted), 4) for k, n in counts.items()} | {"predicted": predicted, "gold": gold}


def with_plain_numbers(make: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap ``onnx.helper.make_attribute``, which refuses the NumPy integers and booleans of the trees."""

    def wrapped(key: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, list) and isinstance(value[0], int | np.integer | np.bool_):
            value = [int(v) for v in value]
        return make(key, value, *args, **kwargs)

    return wrapped


def main() -> None:
    """Train, report out-of-fold figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, help="folder of the encoder's weights; arbiter is written there too")
    parser.add_argument("--kept", type=Path, help="file to keep the read cases in")
    args = parser.parse_args()
    folder = args.weights or Encoder().folder
    found = cases(written(held_out=True), folder)
    if args.kept:
        args.kept.write_bytes(pickle.dumps([(c.gold, [w.rows for w in c.acts], labels(c)) for c in found]))
    rows = np.concatenate([w.rows for c in found for w in c.acts])
    wanted = np.concatenate([labels(c) for c in found])
    group = np.repeat(np.arange(len(found)), [sum(len(w.rows) for w in c.acts) for c in found])
    print(len(found), "dispatches", len(rows), "readings", wanted.mean(0).round(3), "right")
    shares = np.zeros(wanted.shape)
    for train, test in GroupKFold(5, shuffle=True, random_state=7).split(rows, groups=group):
        for k in (0, 1):
            shares[test, k] = learner(7).fit(rows[train], wanted[train, k]).predict_proba(rows[test])[:, 1]
    for least in np.arange(0.16, 0.45, 0.04):
        print(round(float(least), 2), figures(found, shares, float(least)))
    onnx.helper.make_attribute = with_plain_numbers(onnx.helper.make_attribute)
    for k, name in enumerate(FILES):
        model = learner(7).fit(rows, wanted[:, k])
        graph = to_onnx(
            model,
            initial_types=[("rows", FloatTensorType([None, len(NAMES)]))],
            options={"zipmap": False},
            target_opset={"": 18, "ai.onnx.ml": 3},
        )
        (folder / FILES[name]).write_bytes(graph.SerializeToString())


if __name__ == "__main__":
    main()
