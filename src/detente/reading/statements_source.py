"""Who a statement comes from: the subject of a cue verb, and the shortest full naming of it in the sentence."""

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.reading.statements_lexicon import statement_lexicon
from detente.reading.syntax import NOMINAL, ancestors_within, is_passive, is_verbal, kid, kids

_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_NAMING_LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "predet"})
_NAMING_PREPOSITIONS = frozenset(
    "of for in at from to with near on inside around across within close among under behind".split()
)
_VAGUE = frozenset(
    "one some many those people person persons others several few most two three four official officials letter "
    "man woman men women".split()
)
_NOBODY = frozenset({"anyone", "anybody", "nobody", "none", "whoever", "noone"})
"""Subjects that say of no one in particular that they speak ("before anyone speaks of an opening")."""
_LINKING = frozenset({"xcomp", "advcl", "pcomp", "conj", "ccomp", "dep"})


def source_of(verb: Token) -> Token | None:
    """Return the head word of whoever says what a cue verb reports, or None when the sentence does not tell."""
    if is_passive(verb) and verb.dep_ != "conj" and not _is_misread_active(verb):
        agent = kid(verb, "agent")
        source = kid(agent, "pobj") if agent is not None else None
    else:
        source = _subject(verb)
    return None if source is not None and source.lower_ in _NOBODY else source


def _is_misread_active(verb: Token) -> bool:
    """Tell whether a past tense after a relative clause was parsed as a participle ("Fico, who …, repeated that")."""
    return verb.dep_ == "acl" and verb.doc[verb.i - 1].text == "," and kid(verb, "ccomp") is not None


def _before(verb: Token) -> Token | None:
    """Return the noun before a finite verb whose subject the parse has missed, across one insertion in commas."""
    doc, i, least = verb.doc, verb.i - 1, verb.sent.start
    while i > least and doc[i].pos_ in ("ADV", "AUX"):
        i -= 1
    if i > least and doc[i].text == ",":
        i = next((j - 1 for j in range(i - 1, least, -1) if doc[j].text == ","), least)
    return doc[i] if i >= least and doc[i].pos_ in ("PROPN", "NOUN") else None


def _subject(verb: Token, depth: int = 6) -> Token | None:
    own = next(reversed([c for c in kids(verb, "nsubj") if c.i < verb.i]), kid(verb, "nsubj")) or (
        kid(verb, "nsubjpass") if verb.tag_ == "VBG" else None
    )
    if own is not None:
        return _antecedent(own, verb)
    if depth == 0:
        return None
    if verb.dep_ == "conj" and is_verbal(verb.head):
        return source_of(verb.head) if not is_passive(verb.head) else _passive_subject(verb.head)
    if verb.dep_ in ("acl", "relcl"):
        return _noun_or_clause_subject(verb, depth)
    if verb.dep_ in _LINKING:
        head = next((a for a in ancestors_within(verb, 4) if is_verbal(a)), None)
        if head is None:
            return None
        if verb.dep_ == "xcomp":
            controller = kid(head, "dobj")
            if controller is not None and head.lemma_ not in ("promise", "use", "take"):
                return controller
        return _passive_subject(head) or _subject(head, depth - 1)
    if verb.tag_ in ("VBD", "VBZ", "VBP") and verb.dep_ in ("ROOT", "dep"):
        return _before(verb)
    return None


def _passive_subject(verb: Token) -> Token | None:
    return kid(verb, "nsubjpass", "nsubj")


def _noun_or_clause_subject(verb: Token, depth: int) -> Token | None:
    comma = verb.i > 0 and verb.doc[verb.left_edge.i - 1].text == ","
    if verb.tag_ == "VBG" and comma:
        clause = next((a for a in ancestors_within(verb, 6) if is_verbal(a)), None)
        if clause is not None and (found := _passive_subject(clause) or _subject(clause, depth - 1)) is not None:
            return found
    return verb.head if verb.head.pos_ in NOMINAL else None


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.lower_ in _RELATIVES and subject.tag_ in ("WP", "WDT"):
        for head in (verb, verb.head):
            if head.dep_ == "relcl" and head.head.pos_ in NOMINAL:
                return head.head
    return subject


def naming(head: Token) -> Tokens:
    """Return the shortest stretch of the sentence that names a source in full.

    Titles before a personal name are left out ("Chancellor Merz" is named by "Merz"); an office or a body keeps its
    attributes and its prepositional phrases ("an official in the ministry"); relative clauses stay only with words
    that name nobody without them ("two people who saw the annexes").
    """
    if head.pos_ == "PRON" and not kids(head, "prep", "relcl", "acl"):
        return head.doc[head.i : head.i + 1]
    named = next((c for c in kids(head, "appos") if _is_personal_name(c) and c.i > head.i), None)
    if named is not None and not _is_personal_name(head) and _name_start(named) - head.right_edge.i < 0:
        return head.doc[_name_start(named) : _name_end(named)]
    if _is_personal_name(head):
        return head.doc[_name_start(head) : _name_end(head)]
    lefts = [c for c in head.lefts if c.dep_ in _NAMING_LEFT]
    start = min((c.left_edge.i for c in lefts), default=head.i)
    return head.doc[start : _role_end(head)]


def _is_personal_name(head: Token) -> bool:
    lexicon = statement_lexicon()
    return not (
        head.pos_ != "PROPN" or kid(head, "det") or head.lower_ in lexicon.titles or head.lower_ in lexicon.bodies
    )


def _name_start(head: Token) -> int:
    start, titles = head.i, statement_lexicon().titles
    while start > head.sent.start:
        before = head.doc[start - 1]
        joined = before.dep_ in ("compound", "flat", "nmod") or before.text == "-" or before.dep_ == "punct"
        if before.pos_ not in ("PROPN", "PUNCT") or not joined or before.lower_ in titles or before.text in ',;:—–"“”':
            break
        if before.pos_ == "PUNCT" and before.text not in ("-", "‑"):
            break
        start -= 1
    return start


def _name_end(head: Token) -> int:
    after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if after is not None and after.lower_ in ("jr.", "jr", "sr.", "ii", "iii") and after.pos_ != "PUNCT":
        return head.i + 2
    return head.i + 1


def _role_end(head: Token) -> int:
    end = head.i + 1
    vague = head.lower_ in _VAGUE
    for child in head.rights:
        if child.i != end:
            break
        fits = child.dep_ == "prep" and child.lower_ in _NAMING_PREPOSITIONS
        fits = fits or (child.dep_ in ("acl", "relcl", "amod") and vague)
        if not fits:
            break
        end = _prep_end(child)
    return end


def _prep_end(child: Token) -> int:
    """Return the end of a phrase after a noun, cut before a comma, a relative clause or a coordinated verb."""
    end = child.right_edge.i + 1
    for token in child.doc[child.i : end]:
        if token.text in (",", ";", ":", "—", "–") or (token.dep_ == "relcl" and child.dep_ == "prep"):
            cut = token.i if token.dep_ != "relcl" else token.left_edge.i
            return max(cut, child.i + 1)
    return end
