"""Who may do what to whom in one sentence: noun phrases in the slots of a verb or of a noun that names an act.

Any noun phrase may be a party, domestic ones and those that name no state too ("protesters", "the village").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.reading.frames import frame_index
from detente.reading.mention_roles import phrase_start
from detente.reading.syntax import (
    agents,
    antecedent_of,
    clause_of,
    conjuncts,
    is_passive,
    is_relative,
    is_verbal,
    kids,
    objects_of_prepositions,
    patients,
    surface_subjects,
)

_BY = frozenset({"by"})
_TAIL = frozenset({"of", "from", "for", "in"})
_AGAINST = frozenset({"against", "on", "with", "to", "of", "toward", "towards", "over", "at", "into", "for", "from"})
_TIMES = frozenset({"time", "day", "week", "month", "year", "hour", "minute", "morning", "evening", "night", "today"})
_DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "yesterday", "tomorrow",
})  # fmt: skip
_TAIL_LENGTH = 6


class Slot(StrEnum):
    """Where the target stands, seen from the act; earlier ones are likelier."""

    OBJECT = "object"
    DATIVE = "dative"
    PREPOSITION = "preposition"
    CONTROLLED = "controlled"
    WITHIN = "within"
    MODIFIER = "modifier"
    CLAUSE = "clause"
    NOUN = "noun"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and a target, each the heads of coordinated noun phrases, around the word of an act."""

    trigger: Token
    source: tuple[Token, ...]
    target: tuple[Token, ...]
    slot: Slot


def pairs_of(tokens: Tokens) -> list[Pair]:
    """Return the pairs of a sentence, the likelier slots first, each source and target once."""
    found = sorted(_all_pairs(tokens), key=lambda p: (list(Slot).index(p.slot), p.trigger.i))
    kept: dict[tuple[int, int], Pair] = {}
    for pair in found:
        if not {t.i for t in pair.source} & {t.i for t in pair.target} and not _nested(pair):
            kept.setdefault((pair.source[0].i, pair.target[0].i), pair)
    return list(kept.values())


def _nested(pair: Pair) -> bool:
    """Tell whether one side stands in the other's phrase."""
    (a, b), (c, d) = phrase(pair.source[0]), phrase(pair.target[0])
    return a < d and c < b


def _all_pairs(tokens: Tokens) -> Iterator[Pair]:
    nouns = frame_index().nouns
    for token in tokens:
        if is_verbal(token):
            yield from _of_verb(token)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in nouns:
            yield from _of_noun(token)


def _of_verb(verb: Token) -> Iterator[Pair]:
    sources = _named(agents(verb))
    if not sources:
        return
    yield from _together(verb, sources)
    for slot, heads in _targets(verb):
        for head in heads:
            named = _named([head])
            if named:
                yield Pair(verb, sources, named, slot)


def _together(trigger: Token, sources: tuple[Token, ...]) -> Iterator[Pair]:
    """Yield "A and B signed": each side acts upon the other."""
    if len(sources) == 2:
        yield Pair(trigger, sources[:1], sources[1:], Slot.TOGETHER)


def _targets(verb: Token) -> Iterator[tuple[Slot, list[Token]]]:
    objects = patients(verb)
    yield Slot.OBJECT, objects
    yield Slot.DATIVE, [t for c in kids(verb, "dative") for t in (kids(c, "pobj") or [c])]
    if is_passive(verb):
        yield Slot.OBJECT, kids(verb, "dobj")
    around = [n for name, n in objects_of_prepositions(verb) if name != "by" and n.dep_ != "pcomp"]
    yield Slot.PREPOSITION, around
    yield Slot.WITHIN, [n for a in around for _, n in objects_of_prepositions(a, _AGAINST) if n.dep_ != "pcomp"]
    for noun in [*objects, *kids(verb, "attr", "acomp", "oprd")]:
        inner = [n for _, n in objects_of_prepositions(noun) if n.dep_ != "pcomp"]
        yield Slot.WITHIN, inner
        yield Slot.WITHIN, [n for i in inner for _, n in objects_of_prepositions(i) if n.dep_ != "pcomp"]
        yield Slot.MODIFIER, kids(noun, "poss", "amod", "compound", "nmod")
    for clause in _clauses(verb):
        yield Slot.CLAUSE, kids(clause, "nsubj", "nsubjpass")
        yield Slot.CONTROLLED, [*kids(clause, "dobj"), *(n for _, n in objects_of_prepositions(clause, _AGAINST))]
        for noun in kids(clause, "dobj"):
            yield Slot.MODIFIER, kids(noun, "poss", "amod", "compound", "nmod")
            yield Slot.WITHIN, [n for _, n in objects_of_prepositions(noun) if n.dep_ != "pcomp"]


def _clauses(verb: Token) -> list[Token]:
    """Return the complement clauses of a verb, and those of its objects and prepositions."""
    below = kids(verb, "xcomp", "ccomp", "pcomp")
    below += [c for _, c in objects_of_prepositions(verb) if c.dep_ == "pcomp"]
    for noun in kids(verb, "dobj"):
        below += kids(noun, "acl") + [c for _, c in objects_of_prepositions(noun) if c.dep_ == "pcomp"]
    return below + [c for b in below for c in kids(b, "xcomp", "conj")]


def _of_noun(noun: Token) -> Iterator[Pair]:
    """Yield the parties of "Iran's refusal", "talks between A and B", "an attack by A on B"."""
    between = _named([n for _, n in objects_of_prepositions(noun, frozenset({"between", "among"}))])
    yield from _together(noun, between)
    sources = _named([n for _, n in objects_of_prepositions(noun, _BY)]) or _named(kids(noun, "poss"))
    sources = sources or _named(kids(noun, "amod", "compound", "nmod")) or _governing(noun)
    targets = [n for _, n in objects_of_prepositions(noun, _AGAINST) if n.dep_ != "pcomp"]
    for head in targets if sources else []:
        named = _named([head])
        if named:
            yield Pair(noun, sources, named, Slot.NOUN)


def _governing(noun: Token) -> tuple[Token, ...]:
    verb = clause_of(noun)
    return _named([s for s in surface_subjects(verb) if s.i != noun.i]) if is_verbal(verb) else ()


def _named(heads: Iterable[Token]) -> tuple[Token, ...]:
    """Return the heads of what may be parties among noun phrases and their conjuncts."""
    found: dict[int, Token] = {}
    for head in heads:
        whole = antecedent_of(head) or head if is_relative(head) else head
        for token in conjuncts(whole):
            if _may_act(token):
                found.setdefault(token.i, token)
    return tuple(found.values())


def _may_act(token: Token) -> bool:
    if token.dep_ in ("amod", "compound", "nmod"):
        return token.pos_ in ("PROPN", "ADJ") and token.text[:1].isupper()
    if token.lower_ in _DAYS or token.lemma_.lower() in _TIMES or token.pos_ == "NUM":
        return False
    return token.pos_ in ("NOUN", "PROPN") or token.lower_ in ("he", "she", "it", "they", "him", "her", "them")


def phrase(head: Token) -> tuple[int, int]:
    """Return the characters of a noun phrase: its naming part and a short phrase after it ("the army of Mali")."""
    if head.dep_ in ("amod", "nmod", "compound", "poss") and head.pos_ != "NOUN":
        start = head
        while start.i > head.sent.start and start.nbor(-1).dep_ == "compound" and start.nbor(-1).head.i == head.i:
            start = start.nbor(-1)
        return start.idx, head.idx + len(head.text)
    first = head.doc[phrase_start(head)]
    last = head
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in _TAIL and child.i == last.i + 1:
            edge = child.right_edge
            if edge.i - child.i <= _TAIL_LENGTH and not any(t.dep_ == "relcl" for t in child.subtree):
                last = edge
    if last.text in (",", "'s", "'"):
        last = last.nbor(-1)
    return first.idx, last.idx + len(last.text)
