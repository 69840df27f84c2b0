"""Which actors a relation claim is about: from the phrase itself, its clause, or the text before it."""

from collections import defaultdict
from itertools import combinations

from spacy.tokens import Token

from detente.model.actor import STATELESS
from detente.model.codes import MentionKind
from detente.reading.relation_claims_sign import Sign
from detente.reading.stages import Findings
from detente.reading.statements_source import source_of
from detente.reading.syntax import SUBJECTS, conjuncts, is_verbal

_BETWEEN = frozenset(
    ["between", "with", "to", "toward", "towards", "from", "of", "among", "for", "on", "against", "into", "and"]
)
_MODIFIERS = frozenset({"poss", "amod", "compound", "nmod", "appos"})
_DECAY = 0.75


class Parties:
    """Finds the actor codes of noun phrases and the pair that a page speaks about at a place."""

    def __init__(self, findings: Findings, sentence_starts: list[int]) -> None:
        self._findings = findings
        self._weights: list[dict[str, float]] = []
        self.last: tuple[str, str] | None = None
        self._tally(sentence_starts)

    def _tally(self, starts: list[int]) -> None:
        weights: defaultdict[str, float] = defaultdict(float)
        mentions = sorted(self._findings.mentions, key=lambda m: m.span.start)
        position = 0
        for index in range(len(starts)):
            end = starts[index + 1] if index + 1 < len(starts) else float("inf")
            for code in weights:
                weights[code] *= _DECAY
            while position < len(mentions) and mentions[position].span.start < end:
                for code in mentions[position].codes:
                    if code != STATELESS and mentions[position].kind is not MentionKind.PLACE:
                        weights[code] += 1
                position += 1
            self._weights.append(dict(weights))

    def of(self, noun: Token | None) -> frozenset[str]:
        """Return the codes that a noun phrase names: its own, those of its modifiers, or of its "of" phrase."""
        if noun is None:
            return frozenset()
        return frozenset(code for head in conjuncts(noun) for code in self._of_head(head))

    def _of_head(self, head: Token) -> frozenset[str]:
        own = self._own(head)
        if own:
            return own
        for child in head.children:
            if child.dep_ in _MODIFIERS and (found := self._own(child) or self._modifiers(child)):
                return found
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "in", "from"):
                found = frozenset(c for g in child.children if g.dep_ == "pobj" for c in self._own(g))
                if found:
                    return found
        return frozenset(
            c for p in head.children if p.lower_ == "with" for g in p.children if g.dep_ == "pobj" for c in self._own(g)
        )

    def _own(self, token: Token) -> frozenset[str]:
        mention = self._findings.mention_at(token)
        return frozenset(c for c in mention.codes if c != STATELESS) if mention is not None else frozenset()

    def _modifiers(self, token: Token) -> frozenset[str]:
        return frozenset(c for child in token.children if child.dep_ in _MODIFIERS for c in self._own(child))

    def around(self, noun: Token) -> frozenset[str]:
        """Return the codes of a relation noun's modifiers and prepositional phrases ("ties of A with B")."""
        found: set[str] = set()
        for child in noun.children:
            if child.dep_ in _MODIFIERS:
                found |= self.of(child) or self._modifiers(child)
            elif child.dep_ == "prep" and child.lower_ in _BETWEEN:
                for named in child.children:
                    if named.dep_ == "pobj":
                        found |= self.of(named)
        return frozenset(found)

    def subject(self, token: Token) -> frozenset[str]:
        """Return the codes of the subject of the nearest clause around a word that has one."""
        for _ in range(6):
            if is_verbal(token):
                own = next((c for c in token.children if c.dep_ in SUBJECTS), None) or source_of(token)
                codes = self.of(own)
                if codes:
                    return codes
            if token.head.i == token.i:
                break
            token = token.head
        return frozenset()

    def pairs(self, sign: Sign, sentence: int) -> list[tuple[str, str]]:
        """Return the pairs that a sign is about, completed from clause and context; empty when they stay unknown."""
        first, second = sign.first, sign.second - sign.first if sign.first != sign.second else sign.second
        if first and second:
            return sorted({(min(a, b), max(a, b)) for a in first for b in second if a != b})[:3]
        named = first | second
        if len(named) >= 2:
            return list(combinations(sorted(named)[:3], 2))
        if len(named) == 1:
            return self._completed(next(iter(named)), sign, sentence)
        pair = self._context(sentence)
        return [pair] if pair is not None else []

    def _completed(self, code: str, sign: Sign, sentence: int) -> list[tuple[str, str]]:
        if not sign.wedge:
            for other in sorted(self.subject(sign.anchor) - {code}):
                return [(min(code, other), max(code, other))]
        if self.last is not None and code in self.last:
            return [self.last]
        ranked = [c for c in self._ranked(sentence) if c != code]
        return [(min(code, ranked[0]), max(code, ranked[0]))] if ranked else []

    def _ranked(self, sentence: int) -> list[str]:
        weights = self._weights[sentence]
        return sorted(weights, key=lambda c: (-weights[c], c))

    def _context(self, sentence: int) -> tuple[str, str] | None:
        if self.last is not None:
            return self.last
        ranked = self._ranked(sentence)
        return (min(ranked[:2]), max(ranked[:2])) if len(ranked) >= 2 else None
