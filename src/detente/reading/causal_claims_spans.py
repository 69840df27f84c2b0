"""The shortest stretches that name a cause or an effect: noun phrases and bare clauses."""

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.reading.syntax import SUBJECTS, is_verbal

_COMPLEMENTS = frozenset(
    {"dobj", "prep", "xcomp", "ccomp", "attr", "acomp", "prt", "oprd", "agent", "dative", "npadvmod", "advmod", "pobj"}
)
_CUTS = frozenset({",", ";", ":", "—", "–", '"', "“", "”", "("})


def phrase_span(noun: Token) -> Tokens:
    """Return a noun phrase with its prepositional phrases, cut before commas, relative clauses and dashes.

    A comma inside a list ("a land law, a court case and a tariff") does not cut.
    """
    doc = noun.doc
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    for token in doc[noun.i + 1 : end]:
        if token.dep_ in ("relcl", "appos", "parataxis") or (
            token.dep_ == "acl" and doc[token.left_edge.i - 1].text == ","
        ):
            end = min(end, token.left_edge.i)
        elif token.text in _CUTS and not _joins(token):
            end = min(end, token.i)
    return trimmed(doc[start : max(end, noun.i + 1)])


def _joins(comma: Token) -> bool:
    return (
        comma.text == ","
        and comma.i + 1 < len(comma.doc)
        and any(c.dep_ == "conj" and c.i > comma.i and not is_verbal(c) for c in comma.head.children)
    )


def clause_span(verb: Token, before: int | None = None, after: int | None = None) -> Tokens:
    """Return a clause from its subject to its last complement, adverbial clauses and coordinated clauses left out.

    ``before`` and ``after`` bound the clause: no token at or beyond ``before``, none at or under ``after``.
    """
    doc = verb.doc
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ == "expl"), None)
    lefts = [c for c in verb.children if c.i < verb.i and c.dep_ in ("aux", "auxpass", "neg", "advmod")]
    start = min([verb.i, *(c.i for c in lefts)])
    if subject is not None and subject.i < verb.i:
        start = subject.left_edge.i
    end = verb.i + 1
    for child in verb.rights:
        if child.dep_ in ("advcl", "conj", "parataxis") or (child.dep_ == "cc"):
            break
        if child.dep_ in _COMPLEMENTS or (child is subject):
            end = max(end, child.right_edge.i + 1)
    if before is not None:
        end = min(end, before)
    if after is not None:
        start = max(start, after + 1)
    end = _cut_at(doc[start:end], verb.i)
    return trimmed(doc[start : max(end, start + 1)])


def _cut_at(tokens: Tokens, least: int) -> int:
    return next((t.i for t in tokens if t.i > least and t.text in (";", "—", "–")), tokens.end)


def trimmed(tokens: Tokens) -> Tokens:
    """Return the tokens of one paragraph without punctuation, spaces and conjunctions at the ends.

    At least one token stays.
    """
    start, end = tokens.start, tokens.end
    doc = tokens.doc
    end = next((t.i for t in tokens if t.i > start and t.is_space and "\n" in t.text), end)
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("cc", "mark")):
        start += 1
    while end - 1 > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
        end -= 1
    return doc[start:end]
