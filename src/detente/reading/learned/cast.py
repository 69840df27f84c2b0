"""Who is seen with an act: the mentions of its window up to the end of its sentence, and the part that each has."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from detente.model.actor import STATELESS, Mention
from detente.model.reading import Sentence
from detente.reading.events_parties import PRIVATE
from detente.reading.learned.arrays import Floats
from detente.reading.learned.encoder import MOST_MENTIONS, EncodedWindow, Player
from detente.reading.stages import Findings


@dataclass(frozen=True, slots=True)
class Part:
    """How likely an actor is the source of an act alone, its target alone, or both, at its best mention for each."""

    source: float
    target: float
    both: float
    here: bool
    """Whether it is mentioned in the act's sentence."""
    mentions: tuple[Mention, ...]

    @property
    def acts(self) -> float:
        """That it acts."""
        return min(1.0, self.source + self.both)

    @property
    def suffers(self) -> float:
        """That it is acted upon."""
        return min(1.0, self.target + self.both)


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention as one of the actors that it names."""

    mention: Mention
    code: str
    piece: int
    may_act: bool


class Scene:
    """The mentions of a window in text order."""

    def __init__(self, window: EncodedWindow, findings: Findings) -> None:
        heads = sorted(mention_heads(window, findings), key=lambda h: h[1])
        self._seen = [Seen(m, code, piece, may_act(m)) for m, piece in heads for code in m.codes]
        self._starts = [seen.mention.head.start for seen in self._seen]

    def upto(self, sentence: Sentence) -> list[Seen]:
        """Return the last ``MOST_MENTIONS`` of them up to the end of a sentence."""
        end = bisect_left(self._starts, sentence.span.end)
        return self._seen[max(0, end - MOST_MENTIONS) : end]


def players(cast: Sequence[Seen], sentence: Sentence) -> list[Player]:
    """Return mentions as the network sees them from an act in a sentence."""
    return [(seen.piece, int(seen.mention.head.start >= sentence.span.start)) for seen in cast]


def parts_of(cast: Sequence[Seen], shares: Floats, sentence: Sentence) -> dict[str, Part]:
    """Return the actors' parts by code: of all mentions of one the greatest share of each part.

    Args:
        cast: The mentions.
        shares: (mentions, 4) of no part, source, target, both.
        sentence: The act's.
    """
    best: dict[str, list[float]] = {}
    mentions: dict[str, list[Mention]] = {}
    for seen, own in zip(cast, shares.tolist(), strict=True):
        if not seen.may_act:
            continue
        if seen.code not in best:
            best[seen.code], mentions[seen.code] = own, [seen.mention]
            continue
        best[seen.code] = [*map(max, best[seen.code], own)]
        mentions[seen.code].append(seen.mention)
    start, found = sentence.span.start, {}
    for code, (_, source, target, both) in best.items():
        named = mentions[code]  # in text order: the last one tells whether any stands in the sentence
        found[code] = Part(source, target, both, named[-1].head.start >= start, tuple(named))
    return found


def mention_heads(window: EncodedWindow, findings: Findings) -> list[tuple[Mention, int]]:
    """Return the mentions of a window that name an actor, each with the first piece of its head."""
    heads = []
    for mention in findings.mentions:
        found = window.range_of(mention.head.start, mention.head.end) if mention.actors else None
        if found:
            heads.append((mention, found[0]))
    return heads


def may_act(mention: Mention) -> bool:
    """Private persons and companies of no state act for nobody."""
    return not all(a.code == STATELESS and a.sector in PRIVATE for a in mention.actors)
