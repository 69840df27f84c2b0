"""What a cue verb reports: the content's tokens for each way in which a verb can take one."""

from collections.abc import Iterable

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.reading.statements_lexicon import Cue, statement_lexicon
from detente.reading.syntax import NOMINAL, is_passive, kid, kids

_CLAUSAL = ("ccomp", "csubj")
_NAMING = frozenset({"call", "deem", "label", "brand", "term", "dub"})
_CONTRASTS = frozenset({"whereas", "whereupon"})
_STOPS = frozenset({";", "—", "–"})
_FRAMES = (
    "clause",
    "telling",
    "addressee",
    "judgement",
    "as",
    "charge",
    "particle",
    "infinitive",
    "gerund",
    "claim",
    "object",
)


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
        elif not inside and (token.text in _STOPS or token.lower_ in _CONTRASTS):
            return token.i
    return tokens.end


def _infinitive(verb: Token, _: Cue) -> Tokens | None:
    for own in verb.rights:
        if own.dep_ in ("xcomp", "advcl") and own.left_edge.i > verb.i and own.left_edge.lower_ in ("to", "not"):
            return verb.doc[own.left_edge.i : _cut(verb.doc[own.left_edge.i : own.right_edge.i + 1])]
    return None


def _gerund(verb: Token, _: Cue) -> Tokens | None:
    for own in verb.rights:
        first = own.left_edge
        if own.dep_ in ("xcomp", "pcomp", "dobj", "ccomp") and own.pos_ in ("VERB", "AUX") and first.tag_ == "VBG":
            return verb.doc[first.i : _cut(verb.doc[first.i : own.right_edge.i + 1])]
    return None


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
    """Return "the plan a bluff"; in a passive or a relative clause the verdict alone ("a success")."""
    parts = [c for c in verb.rights if c.dep_ in ("dobj", "oprd", "acomp", "attr", "ccomp", "xcomp", "nsubj")]
    parts = [c for c in parts if c.left_edge.i > verb.i and not any(t.dep_ == "mark" for t in c.lefts)]
    if not parts or any(c.lower_ == "to" for c in parts[-1].lefts):
        return None
    judged = next((c for c in parts if c.dep_ in ("dobj", "nsubj")), None)
    alone = is_passive(verb) or verb.dep_ == "relcl"
    if judged is not None and len(parts) == 1 and not alone and verb.lemma_ not in _NAMING:
        return None
    if judged is None and not alone and len(list(parts[0].subtree)) < 2:
        return None
    start, end = parts[0].left_edge.i, _to_closing_mark(verb, parts[-1].right_edge.i + 1)
    return verb.doc[start : _cut(verb.doc[start:end])]


def _to_closing_mark(verb: Token, end: int) -> int:
    """Return the end of a verdict in quotation marks that follows what is judged ('called it "out of touch"')."""
    doc, stop = verb.doc, verb.sent.end
    if end < stop and doc[end].text in ("“", '"'):
        return next((t.i for t in doc[end + 1 : stop] if t.text in ("”", '"')), end)
    return end


def _as(verb: Token, _: Cue) -> Tokens | None:
    judged = kid(verb, "dobj")
    role = next((t for t in verb.subtree if t.i > verb.i and t.lower_ == "as" and t.dep_ in ("prep", "mark")), None)
    if role is None or role.right_edge.i == role.i or not _is_role(role):
        return None
    start = judged.left_edge.i if judged is not None and verb.i < judged.i < role.i else role.i + 1
    end = max(role.right_edge.i + 1, start + 1)
    return verb.doc[start : _cut(verb.doc[start:end])]


def _is_role(role: Token) -> bool:
    after = role.doc[role.i + 1]
    return role.dep_ == "prep" and after.lower_ not in ("well", "part", "long", "soon")


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


def _claim(verb: Token, cue: Cue) -> Tokens | None:
    named = kid(verb, "nsubjpass") if is_passive(verb) else kid(verb, "dobj")
    if named is None or not (named.lemma_ in statement_lexicon().claims or named.lower_ in ("it", "this", "that")):
        return None
    return _object(verb, cue)


def _object(verb: Token, _: Cue) -> Tokens | None:
    named = kid(verb, "nsubjpass") if is_passive(verb) else kid(verb, "dobj")
    if named is None:
        return None
    if named.tag_ in ("WDT", "WP"):
        noun = verb.head if verb.dep_ == "relcl" else None
        if noun is None or noun.pos_ not in NOMINAL:
            return None
        return noun.doc[noun.left_edge.i : noun.i + 1]
    end = named.right_edge.i + 1
    asked = next((c for c in kids(verb, "prep") if c.i == end and c.lower_ in ("from", "of")), None)
    end = asked.right_edge.i + 1 if asked is not None else end
    return verb.doc[named.left_edge.i : _cut(verb.doc[named.left_edge.i : end])]


_FINDERS = {
    "clause": _clause,
    "telling": _telling,
    "addressee": _addressee,
    "judgement": _judgement,
    "as": _as,
    "charge": _charge,
    "particle": _particle,
    "infinitive": _infinitive,
    "gerund": _gerund,
    "claim": _claim,
    "object": _object,
}
