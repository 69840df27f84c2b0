"""Parties that a clause leaves out: found in the same sentence or the text just before it, or not at all."""

from spacy.tokens import Token

from detente.model.actor import Mention
from detente.model.codes import MentionKind
from detente.reading.events_parties import Party
from detente.reading.page import Page
from detente.reading.stages import Findings

_REACH = 2


class Discourse:
    """Remembers who stood in each sentence and who acted upon whom."""

    def __init__(self, page: Page, findings: Findings) -> None:
        self._mentions: list[list[Mention]] = [[] for _ in page.sentences]
        starts = [s.span.start for s in page.sentences]
        index = 0
        for mention in sorted(findings.mentions, key=lambda m: m.span.start):
            while index + 1 < len(starts) and starts[index + 1] <= mention.span.start:
                index += 1
            if self._mentions and mention.kind is not MentionKind.PLACE and mention.actors:
                self._mentions[index].append(mention)
        self._dyads: list[tuple[int, frozenset[str], frozenset[str]]] = []

    def note(self, sentence: int, source: frozenset[str], target: frozenset[str]) -> None:
        """Remember a coded event."""
        self._dyads.append((sentence, source, target))

    def anyone(self, sentence: int) -> bool:
        """Tell whether an actor stands in a sentence."""
        return bool(self._mentions[sentence])

    def counterpart(self, codes: frozenset[str], trigger: Token, sentence: int) -> Party | None:
        """Return the unmistakable other party of an act by or upon ``codes``.

        First the only other actor named in the sentence, then the other party of the latest event with ``codes``
        at most two sentences back, then the only other actor of the sentence before.
        """
        own = self._others(sentence, codes)
        before = [m for m in own if m.span.start < trigger.idx]
        if (party := _sole(before, codes, "the sentence") or _sole(own, codes, "the sentence")) is not None:
            return party
        if own:
            return None
        for index, source, target in reversed(self._dyads):
            if sentence - index > _REACH:
                break
            for one, other in ((source, target), (target, source)):
                if codes <= one and (left := other - codes):
                    return Party(left, (), "the event before")
        if sentence > 0:
            return _sole(self._others(sentence - 1, codes), codes, "the sentence before")
        return None

    def _others(self, sentence: int, codes: frozenset[str]) -> list[Mention]:
        return [m for m in self._mentions[sentence] if set(m.codes) - codes]


def _sole(mentions: list[Mention], codes: frozenset[str], where: str) -> Party | None:
    left = frozenset(code for m in mentions for code in m.codes) - codes
    return Party(left, tuple(mentions), where) if len(left) == 1 else None
