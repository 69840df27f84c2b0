"""Scores of readings against gold dispatches: precision, recall, F1 and attribute accuracies.

``event.strict``     same type, source list and target list
``event.dyad``       same quad class and a shared pair of states (either direction when one of the two is mutual)
``event.found``      any event on a shared pair of states
``statement.who``    half the words of content and of source in common;  ``statement.said``: of content
``relation.strict``  same pair and direction;  ``relation.pair``: same pair
``cause.strict``     half the words of cause and of effect in common
Attributes (factuality, date, speaker, stance, form, attribution) are accuracies over the strictly matched items.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.evaluation.matching import Json, jaccard, match, match_causes
from detente.model.codes import EventType


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of one measure: items in gold, items predicted, items matched."""

    gold: int
    predicted: int
    matched: int

    @property
    def precision(self) -> float:
        """Share of predicted items that match; 0 when none was predicted."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold items that are matched; 0 when there are none."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.gold + self.predicted
        return 2 * self.matched / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of the compared items have the right attribute."""

    right: int
    of: int

    @property
    def accuracy(self) -> float | None:
        """Share that is right; None when nothing was compared."""
        return self.right / self.of if self.of else None


@dataclass(slots=True)
class Scorer:
    """Adds up dispatches one by one."""

    _gold: Counter[str] = field(default_factory=Counter)
    _predicted: Counter[str] = field(default_factory=Counter)
    _matched: Counter[str] = field(default_factory=Counter)
    _right: Counter[str] = field(default_factory=Counter)
    _of: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, gold: Json, predicted: Json) -> None:
        """Count one dispatch; both objects are in the gold format, ``gold`` with its ``text``."""
        text = gold["text"]
        self._events(text, gold, predicted)
        for part, measures in _CLAIM_MEASURES.items():
            for name, score in measures.items():
                pairs = match(text, gold[part], predicted[part], score)
                self._count(name, gold[part], predicted[part], pairs)
                for attribute in _ATTRIBUTES.get(name, ()):
                    label = f"{name.split('.')[0]}.{attribute}"
                    self._attribute(label, ((g[attribute] == p[attribute]) for g, p in pairs))
        self._count(
            "cause.strict", gold["causes"], predicted["causes"], match_causes(gold["causes"], predicted["causes"])
        )

    def _events(self, text: str, gold: Json, predicted: Json) -> None:
        for name, score in _EVENT_MEASURES.items():
            self._count(
                name, gold["events"], predicted["events"], match(text, gold["events"], predicted["events"], score)
            )
        pairs = match(text, gold["events"], predicted["events"], _strict)
        self._attribute("event.factuality", (g["factuality"] == p["factuality"] for g, p in pairs))
        hard = [(g, p) for g, p in pairs if g["factuality"] != "fact"]
        self._attribute("event.factuality (gold not fact)", (g["factuality"] == p["factuality"] for g, p in hard))
        self._attribute("event.date", (g["date"] == p["date"] for g, p in pairs if g["date"] or p["date"]))
        said, heard = ({s["id"]: s for s in o["statements"]} for o in (gold, predicted))
        linked = [(said.get(g["statement"]), heard.get(p["statement"])) for g, p in pairs]
        self._attribute("event.attribution", (bool(g and p and _who(g, p)) for g, p in linked if g or p))
        found = {id(g) for g, _ in pairs}
        self.misses += [
            f"{gold['id']} missed {e['type']} {'+'.join(e['source'])} → {'+'.join(e['target'])}: "
            f"{e['trigger']} | {e['sentence'][:110]}"
            for e in gold["events"]
            if id(e) not in found
        ]

    def _count(self, name: str, gold: list[Json], predicted: list[Json], pairs: list[tuple[Json, Json]]) -> None:
        self._gold[name] += len(gold)
        self._predicted[name] += len(predicted)
        self._matched[name] += len(pairs)

    def _attribute(self, name: str, rights: Iterable[bool]) -> None:
        for right in rights:
            self._of[name] += 1
            self._right[name] += right

    def summary(self) -> dict[str, dict[str, float | int | None]]:
        """Measure or attribute → its figures, ready for JSON."""
        figures: dict[str, dict[str, float | int | None]] = {
            name: {"f1": a.f1, "precision": a.precision, "recall": a.recall, "gold": a.gold, "predicted": a.predicted}
            for name, a in self.agreements.items()
        }
        for name, share in self.accuracies.items():
            figures[name] = {"accuracy": share.accuracy, "of": share.of}
        return figures

    @property
    def agreements(self) -> dict[str, Agreement]:
        """Measure → counts, in the order of the module's description."""
        return {name: Agreement(self._gold[name], self._predicted[name], self._matched[name]) for name in self._gold}

    @property
    def accuracies(self) -> dict[str, Accuracy]:
        """Attribute → counts."""
        return {name: Accuracy(self._right[name], self._of[name]) for name in self._of}


def _pairs(event: Json, both: bool) -> set[tuple[str, str]]:
    pairs = {(s, t) for s in event["source"] for t in event["target"] if s != t}
    return pairs | {(t, s) for s, t in pairs} if both else pairs


def _strict(g: Json, p: Json) -> float:
    same = g["type"] == p["type"] and all(sorted(g[side]) == sorted(p[side]) for side in ("source", "target"))
    return 1 + jaccard(g.get("trigger"), p.get("trigger")) if same else 0.0


def _found(g: Json, p: Json) -> float:
    mutual = any(e["source"] == e["target"] for e in (g, p))
    return float(bool(_pairs(g, mutual) & _pairs(p, mutual)))


def _dyad(g: Json, p: Json) -> float:
    return _found(g, p) if EventType(g["type"]).quad == EventType(p["type"]).quad else 0.0


def _said(g: Json, p: Json) -> float:
    content = jaccard(g["content"], p["content"])
    return 1 + content if content >= 0.5 else 0.0


def _who(g: Json, p: Json) -> float:
    source = jaccard(g["source"], p["source"])
    return _said(g, p) + source if source >= 0.5 and _said(g, p) else 0.0


def _pair(g: Json, p: Json) -> float:
    return float(sorted(g["dyad"]) == sorted(p["dyad"]))


def _moved(g: Json, p: Json) -> float:
    return _pair(g, p) if g["direction"] == p["direction"] else 0.0


_EVENT_MEASURES = {"event.strict": _strict, "event.dyad": _dyad, "event.found": _found}
_CLAIM_MEASURES = {
    "statements": {"statement.who": _who, "statement.said": _said},
    "relations": {"relation.strict": _moved, "relation.pair": _pair},
}
_ATTRIBUTES = {"statement.who": ("speaker", "stance", "form"), "relation.strict": ("factuality",)}
