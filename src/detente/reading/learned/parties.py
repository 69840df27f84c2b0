"""From the parts that a model gives to mentions to the two sides of an act."""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.model.actor import STATELESS, Mention
from detente.model.codes import Sector
from detente.model.reading import Sentence
from detente.reading.learned.arrays import Floats

_PRIVATE = frozenset({Sector.BUSINESS, Sector.MEDIA, Sector.EDUCATION, Sector.ELITE, Sector.NGO, Sector.MEDICAL})


@dataclass(frozen=True, slots=True)
class Sides:
    """Actor codes of source and target with the mentions that gave them; either may be empty."""

    source: frozenset[str]
    target: frozenset[str]
    source_mentions: tuple[Mention, ...]
    target_mentions: tuple[Mention, ...]
    mutual: bool


def sides_of(heads: Sequence[tuple[Mention, int]], parts: Floats, sentence: Sentence) -> Sides:
    """Return the sides of an act.

    Args:
        heads: Mentions with the piece at which their part is read.
        parts: (pieces, 4): no part, source, target, both.
        sentence: The act's sentence; its mentions come before those of the text before it.
    """
    able = [(m, parts[piece]) for m, piece in heads if _may_act(m)]
    inside = [(m, p) for m, p in able if sentence.span.contains(m.head)]
    before = [(m, p) for m, p in able if not sentence.span.contains(m.head)]
    sources, targets = _chosen(inside, before, (1, 3)), _chosen(inside, before, (2, 3))
    both = [m for m, p in inside if int(p.argmax()) == 3]
    source, target = _codes(sources), _codes(targets)
    if both and (source & target):
        source = target = source | target
        return Sides(source, target, tuple(sources), tuple(targets), True)
    if source != target:
        target -= source
    return Sides(source, target, tuple(sources), tuple(targets), source == target and bool(source))


def _chosen(
    inside: list[tuple[Mention, Floats]], before: list[tuple[Mention, Floats]], kinds: tuple[int, int]
) -> list[Mention]:
    for mentions in (inside, before):
        found = [m for m, p in mentions if p[list(kinds)].sum() >= 0.5]
        if found:
            return found
    return []


def _codes(mentions: list[Mention]) -> frozenset[str]:
    return frozenset(code for m in mentions for code in m.codes)


def _may_act(mention: Mention) -> bool:
    """Private persons and companies of no state act for nobody."""
    return not all(a.code == STATELESS and a.sector in _PRIVATE for a in mention.actors)
