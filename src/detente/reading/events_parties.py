"""From a noun phrase to the actors that it denotes: its own, its modifiers', or those of an "of" or "from" phrase."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.model.actor import STATELESS, Mention
from detente.model.codes import MentionKind, Sector
from detente.reading.page import Page
from detente.reading.stages import Findings
from detente.reading.syntax import antecedent_of, conjuncts, is_relative, objects_of_prepositions

PRIVATE = frozenset({Sector.BUSINESS, Sector.MEDIA, Sector.EDUCATION, Sector.ELITE, Sector.NGO, Sector.MEDICAL})
"""Sectors that act for no state."""
_OWNED = frozenset({"of", "from", "in", "at", "by", "among", "aboard", "against", "near", "under", "for"})
_SPEAKING = frozenset({"we", "us", "our", "ours"})
_MODIFIERS = ("poss", "amod", "nmod", "compound", "appos", "nummod")


@dataclass(frozen=True, slots=True)
class Party:
    """Actor codes with the mentions that gave them and the slot in which they stood."""

    codes: frozenset[str]
    mentions: tuple[Mention, ...]
    slot: str

    def without(self, codes: frozenset[str]) -> "Party | None":
        """Return the party without some codes, or None when nothing is left."""
        left = self.codes - codes
        if not left:
            return None
        return Party(left, tuple(m for m in self.mentions if set(m.codes) & left), self.slot)

    @property
    def words(self) -> str:
        """The codes and the slot, for the explanation of an event."""
        return f"{'+'.join(sorted(self.codes))} by {self.slot}"


def party_of(mentions: Iterable[Mention], slot: str) -> Party | None:
    """Join mentions to one party; None when they name no actor."""
    found = tuple(dict.fromkeys(mentions))
    codes = frozenset(code for mention in found for code in mention.codes)
    return Party(codes, found, slot) if codes else None


class Denotation:
    """Finds the actors of noun phrases on one page."""

    def __init__(self, page: Page, findings: Findings) -> None:
        self._page = page
        self._findings = findings

    def mention(self, token: Token) -> Mention | None:
        """Return the actor mention at a token, places included."""
        return self._findings.mention_at(token)

    def coordinated(self, mention: Mention) -> list[Mention]:
        """Return the mentions joined to one by "and", "or" or a comma, as the heads of its list."""
        head = self._page.tokens_in(mention.head).root
        while head.dep_ == "conj":
            head = head.head
        found = [self._findings.mention_at(t) for t in conjuncts(head)]
        return [m for m in found if m is not None]

    def of(self, noun: Token, *, acting: bool = False, depth: int = 0) -> list[Mention]:
        """Return the mentions that a noun phrase denotes, conjuncts included.

        ``acting`` refuses what cannot act for a state: places and private persons or companies.
        """
        found: list[Mention] = []
        for head in conjuncts(noun):
            found.extend(self._of_head(head, acting, depth))
        return found

    def _of_head(self, head: Token, acting: bool, depth: int) -> list[Mention]:
        own = self._findings.mention_at(head)
        if own is not None:
            if not self._admits(own, acting):
                return []
            return [own, *self._shared(head, own)] if head.tag_ in ("NNS", "NNPS") else [own]
        if head.lower_ in _SPEAKING:
            return self._speaker(head)
        if is_relative(head) and depth < 4:
            antecedent = antecedent_of(head)
            return self.of(antecedent, acting=acting, depth=depth + 1) if antecedent is not None else []
        for dep in _MODIFIERS:
            found = [m for child in head.children if child.dep_ == dep for m in self._of_modifier(child, acting, depth)]
            if found:
                return found
        if depth < 4:
            for _, child in objects_of_prepositions(head, _OWNED):
                found = self.of(child, acting=acting, depth=depth + 1)
                if found:
                    return found
        return []

    def _speaker(self, pronoun: Token) -> list[Mention]:
        """Return who says "we" or "our": the source of the statement in which the word stands."""
        statement = self._findings.statement_around(self._page.span_between(pronoun, pronoun))
        if statement is None or statement.speaker == STATELESS:
            return []
        return [m for m in self._findings.mentions if m.id == statement.source_mention and statement.speaker in m.codes]

    def _shared(self, plural: Token, own: Mention) -> list[Mention]:
        """Return the further owners of a plural: "leaders of Britain, France and Italy", "Indian and Thai envoys"."""
        owners = [c for c in plural.children if c.dep_ in ("amod", "poss", "compound", "nmod")]
        owners += [c for _, c in objects_of_prepositions(plural, frozenset({"of", "from"}))]
        found = [self._findings.mention_at(t) for owner in owners for t in conjuncts(owner)]
        return [m for m in found if m is not None and m is not own and self._admits(m, acting=True)]

    def _of_modifier(self, child: Token, acting: bool, depth: int) -> Iterator[Mention]:
        for token in conjuncts(child):
            mention = self._findings.mention_at(token)
            if mention is not None:
                if self._admits(mention, acting):
                    yield mention
            elif token.lower_ in _SPEAKING:
                yield from self._speaker(token)
            elif is_relative(token) and depth < 4 and (antecedent := antecedent_of(token)) is not None:
                yield from self.of(antecedent, acting=acting, depth=depth + 1)
            elif token.dep_ in ("poss", "compound", "appos", "nmod") and depth < 4:
                yield from self._of_head(token, acting, depth + 1)

    @staticmethod
    def _admits(mention: Mention, acting: bool) -> bool:
        if not mention.actors:
            return False
        if all(a.code == STATELESS and a.sector in PRIVATE for a in mention.actors):
            return False
        if not acting:
            return True
        return mention.kind is not MentionKind.PLACE and not all(a.sector in PRIVATE for a in mention.actors)

    def within(self, token: Token, *, acting: bool = False) -> list[Mention]:
        """Return the mentions in a token's subtree, nearest the top first, relative and adverbial clauses left out."""
        found: list[Mention] = []
        level = [token]
        while level:
            for t in level:
                mention = self._findings.mention_at(t)
                if mention is not None and mention not in found and self._admits(mention, acting):
                    found.append(mention)
            level = [c for t in level for c in t.children if c.dep_ not in ("relcl", "advcl", "punct", "det", "case")]
        return found
