"""What speaks for and against a reading of an act, as numbers for the arbiter (``docs/models.md``)."""

from collections.abc import Sequence

import numpy as np

from detente.model.actor import STATELESS
from detente.model.codes import EventType
from detente.reading.learned.acts import TYPES, Act, Part
from detente.reading.learned.arrays import Floats
from detente.reading.learned.proposals import Proposal
from detente.reading.page import Page
from detente.reading.stages import Findings

QUADS = tuple(dict.fromkeys(t.quad for t in EventType))
_NOBODY = Part(0.0, 0.0, 0.0, False, ())
NAMES = (
    "weight", "tagged", "coded", "coded_sides", "coded_type", "coded_whole", "coded_count", "implied",
    "type", "type_margin", "type_rank", "quad", "quad_margin", "fact", "planned", "possible", "denied",
    "source_log", "source_least", "source_rest", "target_log", "target_least", "target_rest", "both_least",
    "mutual", "sources", "targets", "stateless", "source_here", "target_here", "source_share", "target_share",
    "source_title", "target_title", "codes_here", "codes", "in_statement", "verb", "noun", "root", "clausal",
    "depth", "length", "acts_here", "stronger_here", "above", "pieces",
    *(t.value for t in TYPES),
)  # fmt: skip
"""The features in the order of the columns."""


class Describer:
    """Describes the readings of the acts of one page."""

    def __init__(self, page: Page, findings: Findings, acts: Sequence[Act]) -> None:
        self._findings, self._text = findings, page.document.text
        self._by_sentence: dict[int, list[Act]] = {}
        for act in acts:
            self._by_sentence.setdefault(act.sentence.index, []).append(act)
        counts: dict[str, int] = {}
        for mention in findings.mentions:
            for code in mention.codes:
                counts[code] = counts.get(code, 0) + 1
        most = max(counts.values(), default=1)
        self._share = {code: n / most for code, n in counts.items()}
        head = page.sentences[0].span.end if page.sentences else 0
        self._first = {c for m in findings.mentions if m.head.start < head for c in m.codes}

    def rows(self, proposals: Sequence[Proposal]) -> Floats:
        """Return (proposals, features), all of one act."""
        act = proposals[0].act
        shared = self._of_act(act)
        return np.array([self._of(p, shared) for p in proposals], dtype=np.float32)

    def _of_act(self, act: Act) -> dict[str, float]:
        token, others = act.token, [a for a in self._by_sentence[act.sentence.index] if a is not act]
        ancestors = {t.i for t in token.ancestors}
        here = [c for c, p in act.parts.items() if p.here]
        return {
            "weight": act.weight,
            "tagged": act.tagged,
            "coded": bool(act.coded),
            "coded_count": len(act.coded),
            **dict(zip(("fact", "planned", "possible", "denied"), map(float, act.facts), strict=True)),
            "codes_here": len(here),
            "codes": len(act.parts),
            "in_statement": self._findings.statement_around(act.span) is not None,
            "verb": token.pos_ == "VERB",
            "noun": token.pos_ == "NOUN",
            "root": token.dep_ == "ROOT",
            "clausal": token.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl"),
            "depth": len(ancestors),
            "length": len(act.sentence.span.of(self._text).split()),
            "acts_here": sum(a.weight >= 0.5 for a in others),
            "stronger_here": max((a.weight for a in others), default=0.0),
            "above": max((a.weight for a in others if a.token.i in ancestors), default=0.0),
            "pieces": act.pieces[1] - act.pieces[0],
        }

    def _of(self, p: Proposal, shared: dict[str, float]) -> list[float]:
        own = {**shared, **self._agreement(p), **_types(p), **_sides(p), **self._salience(p), p.type.value: 1.0}
        return [float(own.get(name, 0.0)) for name in NAMES]

    @staticmethod
    def _agreement(p: Proposal) -> dict[str, float]:
        sides = [(frozenset(e.source), frozenset(e.target)) for e in p.act.coded]
        same = (p.source, p.target) in sides
        kind = any(e.type is p.type for e in p.act.coded)
        whole = any(e.type is p.type and s == (p.source, p.target) for e, s in zip(p.act.coded, sides, strict=True))
        return {"coded_sides": same, "coded_type": kind, "coded_whole": whole, "implied": p.implied}

    def _salience(self, p: Proposal) -> dict[str, float]:
        return {
            "source_share": min((self._share.get(c, 0.0) for c in p.source), default=0.0),
            "target_share": min((self._share.get(c, 0.0) for c in p.target), default=0.0),
            "source_title": bool(p.source & self._first),
            "target_title": bool(p.target & self._first),
            "stateless": STATELESS in p.source | p.target,
        }


def _types(p: Proposal) -> dict[str, float]:
    types = p.act.types
    own = float(types[TYPES.index(p.type)])
    quads = {q: sum(float(v) for v, t in zip(types, TYPES, strict=True) if t.quad is q) for q in QUADS}
    return {
        "type": own,
        "type_margin": own - float(types.max()),
        "type_rank": int((types > own).sum()),
        "quad": quads[p.type.quad],
        "quad_margin": quads[p.type.quad] - max(quads.values()),
    }


def _sides(p: Proposal) -> dict[str, float]:
    parts = p.act.parts
    inside = {side: [parts.get(c, _NOBODY) for c in codes] for side, codes in (("s", p.source), ("t", p.target))}
    source, target = [q.acts for q in inside["s"]], [q.suffers for q in inside["t"]]
    rest = [q for c, q in parts.items() if c not in p.source | p.target]
    left = [q for c, q in parts.items() if c not in p.source]
    beside = [q for c, q in parts.items() if c not in p.target]
    return {
        "source_log": sum(_log(v) for v in source) + sum(_log(1 - q.acts) for q in left),
        "target_log": sum(_log(v) for v in target) + sum(_log(1 - q.suffers) for q in beside),
        "source_least": min(source),
        "target_least": min(target),
        "source_rest": max((q.acts for q in rest), default=0.0),
        "target_rest": max((q.suffers for q in rest), default=0.0),
        "both_least": min(q.both for q in inside["s"] + inside["t"]),
        "mutual": p.mutual,
        "sources": len(p.source),
        "targets": len(p.target),
        "source_here": all(q.here for q in inside["s"]),
        "target_here": all(q.here for q in inside["t"]),
    }


def _log(share: float) -> float:
    return float(np.log(max(share, 1e-3)))
