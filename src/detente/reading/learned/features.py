"""What speaks for and against a reading of an act, as numbers for the arbiter (``docs/models.md``)."""

from collections.abc import Mapping, Sequence
from math import log

import numpy as np

from detente.model.actor import STATELESS
from detente.model.codes import EventType
from detente.reading.learned.acts import TYPES, Act
from detente.reading.learned.arrays import Floats
from detente.reading.learned.cast import Part
from detente.reading.learned.proposals import Proposal
from detente.reading.page import Page
from detente.reading.stages import Findings

QUADS = tuple(dict.fromkeys(t.quad for t in EventType))
_NOBODY = Part(0.0, 0.0, 0.0, False, ())
NAMES = (
    "weight", "tagged", "coded", "coded_sides", "coded_type", "coded_whole", "coded_count", "implied",
    "cast", "cast_type", "type", "type_margin", "type_rank", "quad", "quad_margin", "fact",
    "planned", "possible", "denied",
    "source_log", "source_least", "source_rest", "target_log", "target_least", "target_rest", "both_least",
    "mutual", "sources", "targets", "stateless", "source_here", "target_here", "source_share", "target_share",
    "source_title", "target_title", "codes_here", "codes", "in_statement", "verb", "noun", "root", "clausal",
    "depth", "length", "acts_here", "stronger_here", "above", "pieces",
    *(t.value for t in TYPES),
)  # fmt: skip
"""The features in the order of the columns."""
_COLUMNS = {name: n for n, name in enumerate(NAMES)}


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
        view, rows = _View(act), np.zeros((len(proposals), len(NAMES)), dtype=np.float32)
        _put(rows, self._of_act(act))
        for row, proposal in zip(rows, proposals, strict=True):
            _put(row, self._of(proposal, view))
        return rows

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

    def _of(self, p: Proposal, view: "_View") -> dict[str, float]:
        own = {**self._agreement(p), **view.of_type(p.type), **view.of_sides(p), **self._salience(p)}
        return own | {p.type.value: 1.0}

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


class _View:
    """What the model holds of one act, added up once for all its readings."""

    def __init__(self, act: Act) -> None:
        self._types, self._kinds, self._parts = act.types.tolist(), act.kinds.tolist(), act.parts
        self._top = max(self._types)
        self._quads = dict.fromkeys(QUADS, 0.0)
        for share, kind in zip(self._types, TYPES, strict=True):
            self._quads[kind.quad] += share
        self._top_quad = max(self._quads.values())
        self._ranked = (
            sorted(((part.acts, c) for c, part in act.parts.items()), reverse=True),
            sorted(((part.suffers, c) for c, part in act.parts.items()), reverse=True),
        )
        self._acts = {c: (_log(p.acts), _log(1 - p.acts)) for c, p in act.parts.items()}
        self._suffers = {c: (_log(p.suffers), _log(1 - p.suffers)) for c, p in act.parts.items()}

    def of_type(self, kind: EventType) -> dict[str, float]:
        place = TYPES.index(kind)
        own, quad = self._types[place], self._quads[kind.quad]
        return {
            "cast": 1 - self._kinds[0],
            "cast_type": self._kinds[1 + place],
            "type": own,
            "type_margin": own - self._top,
            "type_rank": sum(share > own for share in self._types),
            "quad": quad,
            "quad_margin": quad - self._top_quad,
        }

    def of_sides(self, p: Proposal) -> dict[str, float]:
        sources = [self._parts.get(c, _NOBODY) for c in p.source]
        targets = [self._parts.get(c, _NOBODY) for c in p.target]
        named = p.source | p.target
        rest = [next((share for share, c in ranked if c not in named), 0.0) for ranked in self._ranked]
        return {
            "source_log": _log_share(self._acts, p.source),
            "target_log": _log_share(self._suffers, p.target),
            "source_least": min(part.acts for part in sources),
            "target_least": min(part.suffers for part in targets),
            "source_rest": rest[0],
            "target_rest": rest[1],
            "both_least": min(part.both for part in sources + targets),
            "mutual": p.mutual,
            "sources": len(sources),
            "targets": len(targets),
            "source_here": all(part.here for part in sources),
            "target_here": all(part.here for part in targets),
        }


def _put(rows: Floats, values: Mapping[str, float]) -> None:
    """Set the columns of some features in one row or in all."""
    rows[..., [_COLUMNS[name] for name in values]] = list(values.values())


def _log_share(logs: Mapping[str, tuple[float, float]], chosen: frozenset[str]) -> float:
    """Return the log of how probably the chosen ones, and none beside them, have a part."""
    return sum(logs[c][0] if c in logs else _LEAST for c in chosen) + sum(
        without for c, (_, without) in logs.items() if c not in chosen
    )


def _log(share: float) -> float:
    return log(max(share, 1e-3))


_LEAST = _log(0.0)
