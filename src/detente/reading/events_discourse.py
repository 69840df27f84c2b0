"""Parties that a clause leaves out: whoever the text so far makes unmistakable, or nobody.

Each actor that stands in the text near an act, or that acted upon or was acted upon by the party at hand, gains
weight; distance in sentences takes it away. The heaviest is the party meant if it clearly outweighs the next.
"""

import re
from collections import defaultdict
from collections.abc import Mapping

from spacy.tokens import Token

from detente.model.actor import STATELESS, Mention
from detente.model.codes import MentionKind
from detente.model.span import Span
from detente.reading.events_parties import Party
from detente.reading.page import Page
from detente.reading.stages import Findings

_REACH = 8
_EVENT_WEIGHT, _EVENT_FADE = 3.0, 0.75
_MENTION_FADE = 0.55
_BEFORE, _AFTER = 3.0, 1.0
_MARGIN = 1.4
_FLOOR = 0.3
_DATELINE = re.compile(r"[A-Z][A-Z.'’ ]+(?:[/,] ?[A-Z][A-Z.'’ ]+)*(?:, [A-Z][a-z]+\.? \d{1,2})? ?(?:—|–|-) ")


def without_datelines(page: Page, findings: Findings) -> Findings:
    """Return the findings without the places at the head of a report ("GENEVA, May 3 — "), which act in nothing."""
    heads: list[Span] = []
    for sentence in page.sentences:
        if match := _DATELINE.match(page.document.text, sentence.span.start):
            heads.append(Span(page.document.id, match.start(), match.end()))
    if not heads:
        return findings
    kept = tuple(m for m in findings.mentions if not any(head.contains(m.span) for head in heads))
    return Findings(kept, findings.times, findings.statements)


class Discourse:
    """Remembers who stood in each sentence and who acted upon whom."""

    def __init__(self, page: Page, findings: Findings) -> None:
        self._mentions: list[list[Mention]] = [[] for _ in page.sentences]
        starts = [s.span.start for s in page.sentences]
        index = 0
        for mention in sorted(findings.mentions, key=lambda m: m.span.start):
            while index + 1 < len(starts) and starts[index + 1] <= mention.span.start:
                index += 1
            if mention.kind is not MentionKind.PLACE and mention.actors:
                self._mentions[index].append(mention)
        self._acts: list[tuple[int, frozenset[str], frozenset[str]]] = []

    def note(self, sentence: int, source: frozenset[str], target: frozenset[str]) -> None:
        """Remember a coded event."""
        self._acts.append((sentence, source, target))

    def counterpart(self, codes: frozenset[str], trigger: Token, sentence: int) -> Party | None:
        """Return the unmistakable other party of an act by or upon ``codes``, or None."""
        weights: defaultdict[frozenset[str], float] = defaultdict(float)
        for index, source, target in reversed(self._acts):
            distance = sentence - index
            if distance > _REACH:
                break
            for one, other in ((source, target), (target, source)):
                if codes & one and (left := other - codes - {STATELESS}):
                    weights[left] += _EVENT_WEIGHT * _EVENT_FADE**distance
        for distance in range(min(_REACH, sentence) + 1):
            for mention in self._mentions[sentence - distance]:
                left = frozenset(mention.codes) - codes - {STATELESS}
                if left:
                    weights[left] += self._weight(mention, trigger, distance)
        return self._unmistakable(weights)

    def pair(self, sentence: int) -> Party | None:
        """Return the two whose acts toward one another the text is about just now, or None."""
        weights: defaultdict[frozenset[str], float] = defaultdict(float)
        for index, source, target in reversed(self._acts):
            if sentence - index > _REACH:
                break
            both = (source | target) - {STATELESS}
            if len(both) > 1:
                weights[both] += _EVENT_WEIGHT * _EVENT_FADE ** (sentence - index)
        return self._unmistakable(weights)

    @staticmethod
    def _weight(mention: Mention, trigger: Token, distance: int) -> float:
        if distance:
            return float(_MENTION_FADE**distance)
        return _BEFORE if mention.span.start < trigger.idx else _AFTER

    @staticmethod
    def _unmistakable(weights: Mapping[frozenset[str], float]) -> Party | None:
        ranked = sorted(weights.items(), key=lambda item: (-item[1], sorted(item[0])))[:2]
        if not ranked or ranked[0][1] < _FLOOR:
            return None
        if len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]:
            return None
        return Party(ranked[0][0], (), "the text before")
