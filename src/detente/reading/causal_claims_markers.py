"""Causal claims marked by a conjunction ("because"), a phrase ("as a result of") or a connective ("in response")."""

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.reading.causal_claims_lexicon import causal_lexicon
from detente.reading.causal_claims_link import Link
from detente.reading.causal_claims_spans import clause_span, phrase_span
from detente.reading.syntax import NOMINAL, clause_of, conjuncts, is_verbal, kid

_PAST = frozenset({"VBD", "VBN"})


def marked_links(sentence: Tokens) -> Iterator[Link]:
    """Yield the causal claims of a sentence whose sign is a marker."""
    lexicon = causal_lexicon()
    for token in sentence:
        word = token.lower_
        if word in lexicon.phrases and (phrase := _match(token, lexicon.phrases[word])) is not None:
            yield from _by_phrase(token, phrase, sentence)
        elif word in lexicon.connectives and (phrase := _match(token, lexicon.connectives[word])) is not None:
            yield from _by_connective(token, phrase)
        elif word in lexicon.conjunctions and token.dep_ == "mark":
            yield from _by_conjunction(token, sentence)
        elif word in lexicon.disputes and token.dep_ == "prep":
            yield from _by_dispute(token)


def _match(token: Token, phrases: tuple[tuple[str, ...], ...]) -> tuple[str, ...] | None:
    for phrase in phrases:
        words = tuple(t.lower_ for t in token.doc[token.i : token.i + len(phrase)])
        if words == phrase:
            return phrase
    return None


def _by_conjunction(mark: Token, sentence: Tokens) -> Iterator[Link]:
    cause = mark.head
    governor = _effect_head(cause, mark)
    if governor is None or (mark.lower_ in causal_lexicon().ambiguous and not _is_causal(mark, cause, governor)):
        return
    before = mark.i if mark.i > governor.i else None
    effect = clause_span(governor, before=before, after=cause.right_edge.i if before is None else None)
    yield Link(clause_span(cause), effect, mark.doc[mark.i : mark.i + 1], f"conjunction: {mark.lower_}")


def _effect_head(cause: Token, mark: Token) -> Token | None:
    """Return the verb of the clause that a causal clause explains."""
    if cause.dep_ not in ("advcl", "ccomp", "conj", "dep", "relcl", "acl"):
        return None
    head = clause_of(cause.head)
    if not is_verbal(head) or head.i == cause.i:
        return None
    reported = [c for c in head.children if c.dep_ == "ccomp" and is_verbal(c) and c.i < mark.i and c.i != cause.i]
    return reported[-1] if reported else head


def _is_causal(mark: Token, cause: Token, effect: Token) -> bool:
    """Tell a causal "since" or "as" from a temporal one: a present or modal cause, or one before its effect."""
    if mark.lower_ == "as":
        return mark.i > 0 and mark.doc[mark.i - 1].text == "," and cause.tag_ not in ("VBG",) and not _perfect(effect)
    if _perfect(effect) or any(c.lower_ == "ever" for c in cause.children):
        return False
    present = cause.tag_ in ("VBZ", "VBP", "MD") or any(c.tag_ in ("MD", "VBZ", "VBP") for c in cause.lefts)
    pluperfect = any(c.lower_ == "had" for c in cause.lefts if c.dep_ == "aux")
    return present or pluperfect or mark.doc[mark.i - 1].text == ","


def _perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def _by_phrase(token: Token, phrase: tuple[str, ...], sentence: Tokens) -> Iterator[Link]:
    doc = token.doc
    last = doc[token.i + len(phrase) - 1]
    named = kid(last, "pobj", "pcomp") or next((t for t in doc[last.i + 1 : last.i + 4] if t.pos_ in NOMINAL), None)
    while named is not None and named.dep_ in ("poss", "compound", "amod", "nummod") and named.head.i > named.i:
        named = named.head
    if named is None or named.sent.start != token.sent.start:
        return
    head = _phrase_governor(token)
    if head is None:
        return
    before = token.i if token.i > head.i else None
    effect = clause_span(head, before=before, after=named.right_edge.i if before is None else None)
    if phrase[:2] == ("at", "the"):
        signal, causes = doc[token.i : token.i + 1], [doc[token.i + 1 : phrase_span(named).end]]
    else:
        signal = doc[token.i : last.i + 1]
        causes = _causes(named)
    for cause in causes:
        yield Link(cause, effect, signal, f"phrase: {' '.join(phrase)}")


def _phrase_governor(token: Token) -> Token | None:
    head = token.head
    for _ in range(6):
        if is_verbal(head) and head.i != token.i:
            break
        if head.head.i == head.i:
            return None
        head = head.head
    reported = [c for c in head.children if c.dep_ == "ccomp" and is_verbal(c) and c.i < token.i]
    return reported[-1] if reported else head


def _by_connective(token: Token, phrase: tuple[str, ...]) -> Iterator[Link]:
    """Read "X recalled its envoy, and in response Y …": the cause stands in the clause or sentence before."""
    doc = token.doc
    after = doc[token.i + len(phrase)] if token.i + len(phrase) < len(doc) else None
    head = _phrase_governor(token)
    if head is None or after is None or after.lower_ in ("of", "to", "for"):
        return
    earlier = head.head if head.dep_ == "conj" and is_verbal(head.head) else previous_root(head)
    if earlier is not None and earlier.i < token.i:
        effect = clause_span(head, before=token.i if token.i > head.i else None)
        yield Link(
            clause_span(earlier, before=head.i), effect, doc[token.i : after.i], f"connective: {' '.join(phrase)}"
        )


def previous_root(verb: Token) -> Token | None:
    """Return the main verb of the sentence before, within the paragraph."""
    start = verb.sent.start
    if start == 0 or verb.doc[start - 1].is_space:
        return None
    root = verb.doc[start - 1].sent.root
    return root if is_verbal(root) else None


def _causes(named: Token) -> list[Tokens]:
    if is_verbal(named):
        return [clause_span(named)]
    parts = conjuncts(named)
    if len(parts) == 1:
        return [phrase_span(named)]
    bounds = [*(p.left_edge.i for p in parts[1:]), phrase_span(parts[-1]).end]
    return [_untailed(named.doc[p.left_edge.i : bound]) for p, bound in zip(parts, bounds, strict=True)]


def _untailed(tokens: Tokens) -> Tokens:
    end = tokens.end
    while end - 1 > tokens.start and (tokens.doc[end - 1].dep_ in ("cc", "punct", "preconj")):
        end -= 1
    return tokens.doc[tokens.start : end]


def _by_dispute(preposition: Token) -> Iterator[Link]:
    head, named = preposition.head, kid(preposition, "pobj", "pcomp")
    if named is None or named.ent_type_ or (head.lemma_ not in causal_lexicon().dispute_heads and not is_verbal(head)):
        return
    verb = head if is_verbal(head) else None
    lemmas = {head.lemma_, *(c.lemma_ for c in head.children if c.dep_ == "dobj")}
    if not lemmas & causal_lexicon().dispute_heads:
        return
    doc = preposition.doc
    effect = clause_span(verb, before=preposition.i) if verb is not None else doc[head.left_edge.i : preposition.i]
    cause = clause_span(named) if is_verbal(named) else phrase_span(named)
    yield Link(cause, effect, doc[preposition.i : preposition.i + 1], f"dispute: {head.lemma_} {preposition.lower_}")
