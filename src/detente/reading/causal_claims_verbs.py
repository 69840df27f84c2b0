"""Causal claims made by verbs ("prompted", "was caused by", "stems from") and by nouns ("the reason is")."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from detente.model.actor import Mention
from detente.model.codes import MentionKind
from detente.reading.causal_claims_lexicon import causal_lexicon
from detente.reading.causal_claims_link import Link
from detente.reading.causal_claims_markers import previous_root
from detente.reading.causal_claims_spans import clause_span, phrase_span
from detente.reading.stages import Findings
from detente.reading.statements_lexicon import statement_lexicon
from detente.reading.syntax import NOMINAL, conjuncts, is_passive, is_verbal, kid, kids

_RELATIVES = frozenset({"which", "that", "who"})


def verb_links(sentence: Tokens, findings: Findings) -> Iterator[Link]:
    """Yield the causal claims of a sentence whose sign is a verb or a noun of cause."""
    for token in sentence:
        if is_verbal(token):
            if token.lemma_ == "be":
                yield from _copula(token)
            else:
                yield from _verb(token, findings)


def _verb(verb: Token, findings: Findings) -> list[Link]:
    lexicon = causal_lexicon()
    lemma = verb.lemma_
    if is_passive(verb):
        return list(_passive(verb)) if lemma in lexicon.passives else []
    if lemma in lexicon.attributions and (found := _attributed(verb, lexicon.attributions[lemma])):
        return found
    if lemma in lexicon.blames:
        return list(_blamed(verb, lexicon.blames[lemma]))
    if lemma in lexicon.prepositional and (link := _prepositional(verb, lexicon.prepositional[lemma])):
        return [link]
    if lemma in lexicon.reverse and (link := _reversed(verb, lexicon.reverse[lemma])):
        return [link]
    return list(_causative(verb, findings))


def _causative(verb: Token, findings: Findings) -> Iterator[Link]:
    lexicon = causal_lexicon()
    if verb.lemma_ not in lexicon.objects and verb.lemma_ not in lexicon.complexes:
        return
    cause = _cause(verb)
    if cause is None or not _fits(verb, cause, findings):
        return
    effect = _effect(verb)
    if effect is not None:
        yield Link(cause, effect, verb.doc[verb.i : verb.i + 1], f"verb: {verb.lemma_}")


def _fits(verb: Token, cause: Tokens, findings: Findings) -> bool:
    """Tell whether a causative verb has a cause for a subject and not somebody who acts."""
    lexicon = causal_lexicon()
    if verb.lemma_ in lexicon.objects and verb.lemma_ not in lexicon.deeds:
        return not _is_person(cause.root, findings)
    return not _is_actor(cause.root, findings)


def _mention(token: Token, findings: Findings) -> Mention | None:
    mention = findings.mention_at(token)
    return mention if mention is not None and mention.head.start == token.idx else None


def _is_person(token: Token, findings: Findings) -> bool:
    if token.pos_ == "PRON" and token.lower_ in ("he", "she", "they", "we", "i", "you"):
        return True
    mention = _mention(token, findings)
    return mention is not None and mention.kind is MentionKind.PERSON


def _is_actor(token: Token, findings: Findings) -> bool:
    named = token.pos_ in ("PRON", "PROPN") or token.lemma_.lower() in statement_lexicon().people
    return named or _mention(token, findings) is not None


def _cause(verb: Token) -> Tokens | None:
    subject = kid(verb, "nsubj", "csubj")
    if subject is None and verb.dep_ == "conj" and is_verbal(verb.head):
        subject = kid(verb.head, "nsubj")
    if subject is None:
        return None
    if subject.lower_ in _RELATIVES and verb.dep_ == "relcl":
        antecedent = verb.head
        if is_verbal(antecedent):
            return clause_span(antecedent, before=subject.i)
        comma = subject.i > 0 and subject.doc[subject.i - 1].text == ","
        clause = antecedent.head
        while not is_verbal(clause) and clause.head.i != clause.i:
            clause = clause.head
        if comma and subject.lower_ == "which" and is_verbal(clause) and subject.i - antecedent.i > 1:
            return (
                clause_span(clause, before=subject.i)
                if antecedent.dep_ in ("pobj", "dobj")
                else phrase_span(antecedent)
            )
        return phrase_span(antecedent)
    if subject.lower_ in _RELATIVES:
        return None
    if is_verbal(subject):
        return clause_span(subject)
    return phrase_span(subject) if subject.pos_ in NOMINAL or subject.pos_ in ("DET", "ADJ") else None


def _effect(verb: Token) -> Tokens | None:
    lexicon = causal_lexicon()
    named = kid(verb, "dobj")
    doc = verb.doc
    if verb.lemma_ in lexicon.complexes:
        found = _complex_effect(verb, named)
        if found is not None:
            return found
    if named is None or named.i < verb.i or verb.lemma_ not in lexicon.objects:
        return None
    if verb.lemma_ in lexicon.deeds or verb.lemma_ in ("anger", "infuriate", "annoy", "irritate"):
        return doc[verb.i : phrase_span(named).end]
    return phrase_span(named)


def _complex_effect(verb: Token, named: Token | None) -> Tokens | None:
    """Return "Seoul to look elsewhere", "Somalia into Cairo's arms", "a deal impossible"."""
    doc = verb.doc
    for child in verb.rights:
        if child.dep_ in ("ccomp", "xcomp", "oprd", "acomp", "advcl") and not any(
            c.dep_ == "mark" for c in child.lefts
        ):
            start = named.left_edge.i if named is not None and named.i < child.i else child.left_edge.i
            if start > verb.i:
                return doc[start : min(child.right_edge.i + 1, _comma(doc, child.i, child.right_edge.i + 1))]
    if named is None:
        return None
    for prep in (*kids(verb, "prep"), *kids(named, "prep")):
        if prep.lower_ in ("into", "to", "towards", "toward", "away", "from", "out") and prep.i > named.i:
            return doc[named.left_edge.i : min(prep.right_edge.i + 1, _comma(doc, prep.i, prep.right_edge.i + 1))]
    return None


def _comma(doc: Doc, start: int, end: int) -> int:
    return next((i for i in range(start, end) if doc[i].text in (",", ";")), end)


def _passive(verb: Token) -> Iterator[Link]:
    agent = kid(verb, "agent") or next((c for c in kids(verb, "prep") if c.lower_ == "by"), None)
    named = kid(agent, "pobj", "pcomp") if agent is not None else None
    caused = kid(verb, "nsubjpass") or (verb.head if verb.dep_ == "acl" else None)
    if agent is None or named is None or caused is None or caused.pos_ not in NOMINAL:
        return
    effect = phrase_span(caused) if verb.dep_ != "acl" else verb.doc[caused.left_edge.i : verb.left_edge.i]
    for part in conjuncts(named):
        cause = clause_span(part) if is_verbal(part) else phrase_span(part)
        yield Link(cause, effect, verb.doc[verb.i : agent.i + 1], f"passive: {verb.lemma_} by")


def _attributed(verb: Token, preposition: str) -> list[Link] | None:
    caused = kid(verb, "dobj")
    around = (*verb.rights, *(caused.rights if caused is not None else ()))
    prep = next((c for c in around if c.dep_ == "prep" and c.lower_ == preposition), None)
    if caused is None or prep is None:
        return None
    named = kid(prep, "pobj")
    if named is None or caused.i > prep.i:
        return None
    effect, blamed = verb.doc[caused.left_edge.i : prep.i], conjuncts(named)
    return [Link(phrase_span(n), effect, verb.doc[verb.i : verb.i + 1], f"attribution: {verb.lemma_}") for n in blamed]


def _blamed(verb: Token, preposition: str) -> Iterator[Link]:
    cause = kid(verb, "dobj")
    if cause is None:
        return
    for prep in (*kids(verb, "prep"), *kids(cause, "prep")):
        named = kid(prep, "pobj", "pcomp")
        if prep.lower_ != preposition or named is None or prep.i < cause.i:
            continue
        result = clause_span(named) if is_verbal(named) else phrase_span(named)
        if verb.lemma_ in ("blame", "credit"):
            yield Link(
                verb.doc[cause.left_edge.i : prep.i], result, verb.doc[verb.i : verb.i + 1], f"blame: {verb.lemma_}"
            )
        else:
            yield Link(result, clause_span(verb, before=prep.i), verb.doc[prep.i : prep.i + 1], f"blame: {verb.lemma_}")


def _prepositional(verb: Token, prepositions: frozenset[str]) -> Link | None:
    cause = _cause(verb)
    prep = next((c for c in kids(verb, "prep") if c.lower_ in prepositions), None)
    named = kid(prep, "pobj") if prep is not None else None
    if cause is None or prep is None or named is None:
        return None
    return Link(cause, phrase_span(named), verb.doc[verb.i : prep.i + 1], f"verb: {verb.lemma_} {prep.lower_}")


def _reversed(verb: Token, prepositions: frozenset[str]) -> Link | None:
    effect = _cause(verb)
    prep = next((c for c in kids(verb, "prep") if c.lower_ in prepositions), None)
    named = kid(prep, "pobj") if prep is not None else None
    if effect is None or prep is None or named is None or named.ent_type_ or effect.root.pos_ in ("PRON", "PROPN"):
        return None
    return Link(phrase_span(named), effect, verb.doc[verb.i : prep.i + 1], f"reverse: {verb.lemma_} {prep.lower_}")


def _copula(verb: Token) -> Iterator[Link]:
    subject, complement = kid(verb, "nsubj"), kid(verb, "attr", "ccomp", "acomp")
    if subject is None or complement is None:
        return
    lexicon = causal_lexicon()
    doc = verb.doc
    if subject.lemma_ in lexicon.reasons and subject.i < verb.i:
        effect = _purpose(subject) or _previous_clause(verb)
        parts = [clause_span(complement)] if is_verbal(complement) else [phrase_span(n) for n in [complement]]
        for cause in parts:
            if effect is not None:
                yield Link(cause, effect, doc[subject.left_edge.i : verb.i + 1], f"noun: {subject.lemma_} is")
    elif complement.lemma_ in lexicon.reasons and complement.i > verb.i:
        effect = _purpose(complement) or _previous_clause(verb)
        if effect is not None and subject.pos_ in NOMINAL:
            yield Link(phrase_span(subject), effect, doc[verb.i : complement.i + 1], f"noun: is {complement.lemma_}")
    elif complement.lemma_ in lexicon.results and complement.i > verb.i:
        of = next((c for c in kids(complement, "prep") if c.lower_ in ("of", "to")), None)
        named = kid(of, "pobj") if of is not None else None
        if of is not None and named is not None:
            yield Link(
                phrase_span(named), phrase_span(subject), doc[verb.i : of.i + 1], f"noun: is {complement.lemma_}"
            )


def _purpose(noun: Token) -> Tokens | None:
    """Return what a reason is a reason for."""
    for prep in kids(noun, "prep"):
        named = kid(prep, "pobj", "pcomp")
        if prep.lower_ in ("for", "of", "behind") and named is not None:
            return clause_span(named) if is_verbal(named) else phrase_span(named)
    return None


def _previous_clause(verb: Token) -> Tokens | None:
    if verb.dep_ == "conj" and is_verbal(verb.head):
        return clause_span(verb.head)
    root = previous_root(verb)
    if root is None:
        return None
    reported = [c for c in root.children if c.dep_ == "ccomp" and is_verbal(c)]
    return clause_span(reported[-1] if reported else root)
