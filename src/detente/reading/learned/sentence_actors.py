"""Country and PLOVER sector of a party of a sentence, taken from its mention, its words, or the scene.

A party that names no state ("police", "protesters") belongs to the state in which the sentence is set.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Token

from detente.model.actor import STATELESS, Mention
from detente.model.codes import MentionKind
from detente.reading.learned.sentence_parties import phrase
from detente.reading.page import Page
from detente.reading.stages import Findings
from detente.reading.syntax import ancestors_within
from detente.world import find_state
from detente.world.actor_phrases import resolve_phrase

_PLACES = frozenset({"in", "at", "near", "through", "across", "outside", "inside", "around"})
_WHOLE = frozenset({MentionKind.NAME, MentionKind.DEMONYM, MentionKind.METONYM, MentionKind.PLACE})


@dataclass(frozen=True, slots=True)
class PartyActor:
    """One actor of a side; ``sector`` is None for a state as a whole, both are None where nothing tells.

    ``common`` when the words name nobody in particular ("police", "three gunmen").
    """

    text: str
    country: str | None
    sector: str | None
    start: int
    end: int
    common: bool = False


class SentenceActors:
    """Resolves the parties of one page."""

    def __init__(self, page: Page, findings: Findings) -> None:
        self._page, self._findings = page, findings
        self._by_id = {m.id: m for m in findings.mentions}

    def of(self, heads: tuple[Token, ...], trigger: Token) -> tuple[PartyActor, ...]:
        """Return the actors of coordinated noun phrases around an act."""
        return tuple(actor for head in heads for actor in self._of_head(head, trigger))

    def settled(self, one: tuple[PartyActor, ...], other: tuple[PartyActor, ...]) -> tuple[PartyActor, ...]:
        """Give actors without a country that of the other side, where they are common nouns and it has just one."""
        codes = {a.country for a in other if a.country is not None and find_state(a.country)}
        if len(codes) != 1:
            return one
        code = next(iter(codes))
        return tuple(replace(a, country=code) if a.country is None and a.common else a for a in one)

    def _of_head(self, head: Token, trigger: Token) -> list[PartyActor]:
        start, end = phrase(head)
        text = self._page.document.text[start:end]
        mention = self._findings.mention_at(head)
        named = self._antecedent(mention) if mention is not None and mention.kind is MentionKind.PRONOUN else mention
        if named is not None and named is not mention:
            start, end, text = named.span.start, named.span.end, named.span.of(self._page.document.text)
        read = resolve_phrase(text, self._published)
        country, sector = (read.country, read.sector) if read else (None, None)
        codes: list[str | None] = [c for c in (named.codes if named else ()) if c != STATELESS] or (
            [country] if country else []
        )
        if named is not None and read is None and named.kind not in _WHOLE:
            sector = named.actors[0].sector.value
        common = _is_common(head) or (read is not None and read.agent is not None and read.name is None)
        unlisted = named is not None and named.kind is MentionKind.PERSON
        if not codes and (common or unlisted):
            codes = self._scene(trigger)
        return [PartyActor(text, code, sector, start, end, common) for code in codes or [None]]

    @property
    def _published(self) -> date | None:
        return self._page.document.published

    def _antecedent(self, mention: Mention) -> Mention:
        for _ in range(5):
            before = self._by_id.get(mention.antecedent or "")
            if before is None:
                break
            mention = before
        return mention

    def _scene(self, trigger: Token) -> list[str | None]:
        """Return the state in which an act is set: the place beside it, or the one state that its sentence names."""
        for above in (trigger, *ancestors_within(trigger, 3)):
            for token in above.subtree:
                if token.dep_ == "pobj" and token.head.lower_ in _PLACES:
                    code = self._state_at(token)
                    if code is not None:
                        return [code]
        named = Counter(c for t in trigger.sent if (c := self._state_at(t)) is not None)
        return [next(iter(named))] if len(named) == 1 else []

    def _state_at(self, token: Token) -> str | None:
        mention = self._findings.mention_at(token)
        codes = [c for c in (mention.codes if mention else ()) if find_state(c)]
        return codes[0] if len(codes) == 1 else None


def _is_common(head: Token) -> bool:
    """Tell whether a noun phrase names nobody: "police", "the town", "three gunmen"."""
    return head.pos_ == "NOUN" and not any(c.pos_ == "PROPN" for c in head.lefts)
