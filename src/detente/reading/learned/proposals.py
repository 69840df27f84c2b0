"""The readings that an act may have: type and parties from the model, from the frames, and crosswise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from detente.model.codes import EventType
from detente.model.reading import Event
from detente.reading.events_discourse import Discourse
from detente.reading.learned.acts import TYPES, Act
from detente.reading.learned.cast import Part

Sides = tuple[frozenset[str], frozenset[str]]
"""Codes of source and target; equal for a mutual act."""

_MOST_SIDES = 6


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """One reading of an act."""

    act: Act
    type: EventType
    source: frozenset[str]
    target: frozenset[str]
    coded: Event | None
    """The frame's event with these sides, or else with any, whose explanation goes with it."""
    implied: bool
    """Whether the discourse supplied a party that neither model nor frame saw."""

    @property
    def mutual(self) -> bool:
        """Whether all parties act and are acted upon."""
        return self.source == self.target


def proposals_of(act: Act, discourse: Discourse) -> Iterator[Proposal]:
    """Yield the readings of an act that are worth weighing; each has parties on both sides."""
    sides: dict[Sides, bool] = {}
    for event in act.coded:
        sides.setdefault((frozenset(event.source), frozenset(event.target)), False)
    for found in _model_sides(act.parts):
        sides.setdefault(found, False)
    for found in _completed(act, discourse):
        sides.setdefault(found, True)
    ranked = [TYPES[i] for i in np.argsort(-act.types, kind="stable")[:3] if act.types[i] >= 0.1]
    types = dict.fromkeys([e.type for e in act.coded] + ranked)
    for (source, target), implied in list(sides.items())[:_MOST_SIDES]:
        if not source or not target or (source == target and len(source) == 1):
            continue
        for kind in types:
            yield Proposal(act, kind, source, target, _nearest(act, source, target), implied)


def _nearest(act: Act, source: frozenset[str], target: frozenset[str]) -> Event | None:
    same = [e for e in act.coded if frozenset(e.source) == source and frozenset(e.target) == target]
    return next(iter([*same, *act.coded]), None)


def _model_sides(parts: Mapping[str, Part]) -> Iterator[Sides]:
    """Yield the sides that the model's parts give: all above one half, the likeliest one each, and the mutual ones."""
    for least in (0.5, 0.3):
        sources = frozenset(c for c, p in parts.items() if p.acts >= least)
        targets = frozenset(c for c, p in parts.items() if p.suffers >= least)
        both = frozenset(c for c, p in parts.items() if p.both >= least)
        if len(both) > 1:
            yield both, both
        yield sources, targets - sources if targets - sources else targets
    if len(parts) > 1:
        first = max(parts, key=lambda c: parts[c].acts)
        second = max((c for c in parts if c != first), key=lambda c: parts[c].suffers)
        yield frozenset({first}), frozenset({second})
        joined = sorted(parts, key=lambda c: -parts[c].both)[:2]
        if parts[joined[1]].both >= 0.2:
            yield frozenset(joined), frozenset(joined)


def _completed(act: Act, discourse: Discourse) -> Iterator[Sides]:
    """Yield sides whose missing party the text before supplies."""
    if not act.parts:
        return
    source = frozenset(c for c, p in act.parts.items() if p.acts >= 0.4 and p.here)
    target = frozenset(c for c, p in act.parts.items() if p.suffers >= 0.4 and p.here) - source
    if source and not target:
        found = discourse.counterpart(source, act.token, act.sentence.index)
        if found is not None:
            yield source, found.codes
            yield source | found.codes, source | found.codes
    if target and not source:
        found = discourse.counterpart(target, act.token, act.sentence.index)
        if found is not None:
            yield found.codes, target
