"""What a cue verb reports: the content's tokens for each way in which a verb can take one."""

from collections.abc import Iterable

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.reading.statements_lexicon import Cue
from detente.reading.syntax import NOMINAL, is_passive, kid, kids

_CLAUSAL = ("ccomp", "csubj")
_STOPS = frozenset({";", "—", "–"})
_FRAMES = ("clause", "telling", "addressee", "judgement", "as", "charge", "particle", "infinitive", "object")


def content_by_frame(verb: Token, cue: Cue) -> tuple[str, Tokens] | None:
    """Return (frame, content) for the first frame of a cue class that fits a verb, or None."""
    for frame in _FRAMES:
        if frame in cue.frames and (found := _FINDERS[frame](verb, cue)) is not None:
            content = trimmed(found)
            if content is not None:
                return frame, content
    return None


def trimmed(tokens: Tokens) -> Tokens | None:
    """Return the tokens without marks, quotation marks and punctuation at the ends; None when nothing is left."""
    start, end = tokens.start, tokens.end
    doc = tokens.doc
    while start < end and (doc[start].is_punct or doc[start].is_space or _is_that(doc[start])):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space) and doc[end - 1].text not in ("%", ")"):
        end -= 1
    return doc[start:end] if start < end else None


def _is_that(token: Token) -> bool:
    return token.lower_ == "that" and (token.dep_ == "mark" or token.pos_ == "SCONJ")


def _clause(verb: Token, _: Cue) -> Tokens | None:
    clauses = [c for c in verb.rights if c.dep_ in _CLAUSAL and c.left_edge.i > verb.i and _is_finite(c)]
    if not clauses:
        return None
    start, end = clauses[0].left_edge.i, clauses[-1].right_edge.i + 1
    return verb.doc[start : _cut(verb.doc[start:end])]


def _telling(verb: Token, cue: Cue) -> Tokens | None:
    return _clause(verb, cue)


def _is_finite(clause: Token) -> bool:
    if clause.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in clause.children):
        to = kid(clause, "aux")
        return to is None or to.lower_ != "to"
    return any(c.dep_ == "aux" and c.tag_ in ("MD", "VBZ", "VBP", "VBD") for c in clause.children)


def _cut(tokens: Tokens) -> int:
    """Return the index at which a clause ends: before a semicolon or dash outside quotation marks."""
    inside = 0
    for token in tokens:
        if token.text in ("“", "”", '"'):
            inside ^= 1
        elif token.text in _STOPS and not inside:
            return token.i
    return tokens.end


def _infinitive(verb: Token, _: Cue) -> Tokens | None:
    own = kid(verb, "xcomp")
    if own is None or own.i < verb.i or not any(c.lower_ == "to" for c in own.lefts):
        return None
    return verb.doc[own.left_edge.i : _cut(verb.doc[own.left_edge.i : own.right_edge.i + 1])]


def _addressee(verb: Token, _: Cue) -> Tokens | None:
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and any(c.lower_ == "to" for c in child.lefts):
            start = min((c.left_edge.i for c in _addressees(verb, child)), default=None)
            if start is not None:
                return verb.doc[start : _cut(verb.doc[start : child.right_edge.i + 1])]
    return None


def _addressees(verb: Token, clause: Token) -> Iterable[Token]:
    yield from (c for c in kids(verb, "dobj", "dative") if verb.i < c.i < clause.i)
    yield from (c for c in kids(clause, "nsubj", "nsubjpass") if verb.i < c.i)
    for prep in kids(verb, "prep"):
        if verb.i < prep.i < clause.i and prep.lower_ in ("on", "upon", "to", "with", "for"):
            yield from kids(prep, "pobj")


def _judgement(verb: Token, _: Cue) -> Tokens | None:
    verdict = kid(verb, "oprd", "acomp", "xcomp", "attr", "ccomp")
    if is_passive(verb):
        subject = kid(verb, "nsubjpass")
        if verdict is None or subject is None:
            return None
        return verb.doc[verdict.left_edge.i : verdict.right_edge.i + 1]
    judged = kid(verb, "dobj") or (kid(verdict, "nsubj") if verdict is not None else None)
    if judged is None or judged.i < verb.i:
        if verdict is None or verb.dep_ != "relcl" or verdict.pos_ not in (*NOMINAL, "ADJ"):
            return None
        return verb.doc[verdict.left_edge.i : verdict.right_edge.i + 1]
    nested = kid(judged, "appos") if verdict is None else None
    if verdict is None and nested is None and not _double_object(judged, verb):
        return None
    end = max(t.right_edge.i for t in (judged, verdict, nested) if t is not None) + 1
    return verb.doc[judged.left_edge.i : _cut(verb.doc[judged.left_edge.i : end])]


def _double_object(judged: Token, verb: Token) -> bool:
    """Tell whether a verb of naming has a second noun phrase that the parse has run into the first."""
    if verb.lemma_ not in ("call", "deem", "label", "brand", "term", "dub"):
        return False
    return judged.pos_ in (*NOMINAL, "ADJ")


def _as(verb: Token, _: Cue) -> Tokens | None:
    judged = kid(verb, "dobj")
    preps = [c for c in (*verb.rights, *(judged.rights if judged is not None else ())) if c.lower_ == "as"]
    predicates = [p for p in preps if p.dep_ in ("prep", "mark", "advmod") and p.right_edge.i > p.i]
    if not predicates:
        return None
    last = predicates[0]
    start = judged.left_edge.i if judged is not None and verb.i < judged.i < last.i else last.i + 1
    end = max(last.right_edge.i + 1, start + 1)
    return verb.doc[start : _cut(verb.doc[start:end])]


def _charge(verb: Token, cue: Cue) -> Tokens | None:
    accused = kid(verb, "dobj")
    around = (*verb.rights, *(accused.rights if accused is not None else ()))
    preps = [c for c in around if c.dep_ == "prep" and c.lower_ in cue.charge]
    if not preps:
        return None
    start = accused.left_edge.i if accused is not None and verb.i < accused.i < preps[0].i else preps[0].i
    end = max(preps[-1].right_edge.i, preps[0].right_edge.i) + 1
    return verb.doc[start : _cut(verb.doc[start:end])]


def _particle(verb: Token, cue: Cue) -> Tokens | None:
    for prep in verb.rights:
        if prep.lower_ in cue.particles and prep.dep_ in ("prep", "prt"):
            named = kid(prep, "pobj", "pcomp") or (kid(verb, "dobj") if prep.dep_ == "prt" else None)
            if named is not None:
                start = prep.i + 1
                addressed = kid(verb, "dobj")
                if prep.dep_ == "prep" and addressed is not None and verb.i < addressed.i < prep.i:
                    start = addressed.left_edge.i
                return verb.doc[start : _cut(verb.doc[start : named.right_edge.i + 1])]
    return None


def _object(verb: Token, _: Cue) -> Tokens | None:
    named = kid(verb, "nsubjpass") if is_passive(verb) else kid(verb, "dobj")
    if named is None:
        return None
    if named.tag_ in ("WDT", "WP"):
        noun = verb.head if verb.dep_ == "relcl" else None
        if noun is None or noun.pos_ not in NOMINAL:
            return None
        return noun.doc[noun.left_edge.i : noun.i + 1]
    return verb.doc[named.left_edge.i : _cut(verb.doc[named.left_edge.i : named.right_edge.i + 1])]


_FINDERS = {
    "clause": _clause,
    "telling": _telling,
    "addressee": _addressee,
    "judgement": _judgement,
    "as": _as,
    "charge": _charge,
    "particle": _particle,
    "infinitive": _infinitive,
    "object": _object,
}
