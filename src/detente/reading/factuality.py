"""Whether the text presents an act as having happened, as planned, as possible, or as denied.

The four values reduce FactBank's (Saurí & Pustejovsky 2009). The rule climbs from the word that names the act through
the clauses around it and gathers what bears on it: negation, modal verbs, hedging adverbs, conditionals, and
predicates that plan, suspect or deny what they govern (``data/factuality.toml``).
"""

from spacy.tokens import Token

from detente.model.codes import Factuality
from detente.reading.factuality_words import lexicon
from detente.reading.page import Page
from detente.reading.syntax import SUBJECTS, is_passive, is_verbal, kid

_LIMIT = 30
_CEASING = frozenset({"stop", "cease", "quit"})
_ARGUMENTS = SUBJECTS | {"dobj"}
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "pcomp", "acl", "csubj", "oprd", "csubjpass"})


class _Chain:
    """What has been gathered on the way up."""

    __slots__ = ("double", "firm", "negations", "planned", "possible")

    def __init__(self) -> None:
        self.negations, self.planned, self.possible, self.firm, self.double = 0, False, False, False, False

    def take(self, value: Factuality) -> None:
        if value is Factuality.DENIED:
            self.negations += 1
        elif value is Factuality.PLANNED:
            self.planned = True
        elif value is Factuality.POSSIBLE:
            self.possible = True

    def value(self) -> Factuality:
        if self.negations % 2 and not self.firm:
            return Factuality.DENIED
        if self.possible or self.firm or self.double:
            return Factuality.POSSIBLE
        return Factuality.PLANNED if self.planned else Factuality.FACT


def factuality_of(token: Token, page: Page) -> Factuality:
    """Return the factuality of the act that a verb or noun names.

    Args:
        token: The word that names the act: the verb ("expelled"), or the noun ("embargo") with or without a light verb.
        page: The page on which it stands (kept for readers that need more than the parse).
    """
    chain = _Chain()
    marks, below = True, token
    for _ in range(_LIMIT):
        verbal = is_verbal(token)
        if verbal and marks:
            _verb_marks(token, below, chain)
        elif not verbal:
            _noun_marks(token, chain)
        step = _up_from_verb(token, chain) if verbal else _up_from_noun(token, chain)
        if step is None:
            break
        below, (token, marks) = token, step
    return chain.value()


def _verb_marks(verb: Token, below: Token, chain: _Chain) -> None:
    """Take the negation, modals, adverbs and conditionals that stand on a verb, but for the part climbed from."""
    words = lexicon()
    would = conditional = False
    for child in verb.children:
        lower, dep = child.lower_, child.dep_
        if child.tag_ == "MD":
            _take_modal(lower, chain)
            would = would or lower in ("would", "'d")
        elif dep in ("neg", "advmod", "cc", "preconj") and lower in words.adverbs:
            if words.adverbs[lower] is not Factuality.DENIED or _negates(child, verb):
                chain.take(words.adverbs[lower])
        elif dep == "mark" and lower in words.conditionals:
            chain.take(Factuality.POSSIBLE)
        elif dep in _ARGUMENTS:
            chain.negations += child.i != below.i and _is_none(child)
        elif dep == "prep":
            chain.negations += any(c.lower_ == "nothing" or c.lower_ == "nobody" for c in child.children)
        elif dep == "advcl" and any(m.dep_ == "mark" and m.lower_ == "if" for m in child.children):
            conditional = True
    if would and conditional:
        chain.possible = True


def _take_modal(lower: str, chain: _Chain) -> None:
    words = lexicon()
    if lower in words.firm_modals:
        chain.firm = True
    elif lower in words.modals:
        chain.take(words.modals[lower])


def _negates(child: Token, verb: Token) -> bool:
    """Tell "did not sign" from "not only signed" and from the "nor" that introduces the next conjunct."""
    after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
    if after in ("only", "just", "merely", "least"):
        return False
    return not (child.dep_ == "cc" and child.i > verb.i)


def _is_none(noun: Token) -> bool:
    """Tell whether a noun phrase denies what it takes part in ("no troops", "nobody", "not a single man")."""
    denied = lexicon().quantifiers
    if noun.lower_ in denied:
        return True
    return any(
        (child.dep_ in ("det", "neg", "nummod", "preconj") and child.lower_ in denied)
        or (child.dep_ in ("neg", "preconj") and child.lower_ == "not" and _negates(child, noun))
        for child in noun.children
    )


def _noun_marks(noun: Token, chain: _Chain) -> None:
    """Take the determiners and adjectives before a noun."""
    adjectives = lexicon().adjectives
    if _is_none(noun):
        chain.negations += 1
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "advmod") and child.lower_ in adjectives:
            chain.take(adjectives[child.lower_])


_Step = tuple[Token, bool] | None


def _up_from_verb(verb: Token, chain: _Chain) -> _Step:
    dep, head = verb.dep_, verb.head
    if dep == "ROOT" or head.i == verb.i:
        if verb.sent[-1].text.endswith("?"):
            chain.possible = True
        return None
    if dep == "conj":
        return head, _shares_mood(verb, head)
    if dep in _COMPLEMENTS:
        return None if _set_apart(verb, head) else _embed(verb, head, chain)
    if dep == "advcl" and verb.tag_ in ("VB", "VBG") and not any(c.dep_ == "mark" for c in verb.children):
        return head, True
    return None


def _set_apart(verb: Token, head: Token) -> bool:
    """Tell whether a semicolon or colon stands between (the parser takes the first clause for a complement)."""
    return verb.dep_ == "ccomp" and verb.i < head.i and any(t.text in ";:" for t in verb.doc[verb.i : head.i])


def _shares_mood(verb: Token, first: Token) -> bool:
    """Tell whether a coordinated verb stands under the first one's auxiliaries ("will address … and fly")."""
    if any(c.dep_ in SUBJECTS or c.dep_ in ("aux", "auxpass") for c in verb.children):
        return False
    link = next((c.lower_ for c in reversed(list(first.children)) if c.dep_ == "cc" and c.i < verb.i), "and")
    if link in ("but", "yet"):
        return False
    if verb.tag_ in ("VBZ", "VBP"):
        return False
    if link == "nor":
        return True
    has_aux = any(c.dep_ in ("aux", "auxpass") for c in first.children)
    return has_aux and (verb.tag_ in ("VB", "VBN") or verb.tag_ == first.tag_)


def _embed(clause: Token, head: Token, chain: _Chain) -> _Step:
    """Take what a governing verb, adjective or noun does to its complement."""
    words = lexicon()
    lemma = head.lemma_.lower()
    infinitive = clause.tag_ == "VB" or clause.dep_ == "pcomp"
    if head.pos_ == "ADP":
        return _through_preposition(head, chain)
    if clause.dep_ == "acl" and not infinitive:  # "troops sent" stands for itself, "the report that …" does not
        return (head, True) if any(c.lower_ == "that" for c in clause.children) else None
    if lemma in _CEASING and head.tag_ == "VB":
        return None  # "demanded that they stop shelling": they do shell
    if lemma == "be" and clause.dep_ == "xcomp" and clause.tag_ == "VB":
        chain.planned = True  # "is to visit"
    elif lemma == "go" and head.tag_ == "VBG":
        chain.planned = True
    elif lemma == "have" and any(c.lower_ == "yet" for c in head.children):
        chain.negations += 1
    elif clause.dep_ == "xcomp" and lemma in words.raised and is_passive(head):
        chain.possible = True
    else:
        _take_embedder(head, chain)
    reports = clause.dep_ == "ccomp" and lemma not in words.embedders
    if reports and kid(head, "neg") is not None and any(c.lower_ == "whether" for c in clause.children):
        chain.possible = True
    return head, not reports


def _take_embedder(head: Token, chain: _Chain) -> None:
    values = lexicon().embedders.get(head.lemma_.lower(), frozenset())
    if head.lemma_ == "rule" and (particle := kid(head, "prt")) is not None and particle.lower_ == "out":
        values = frozenset({Factuality.DENIED})
    if Factuality.DENIED in values and head.lemma_.lower() not in lexicon().implicatives:
        chain.double = chain.double or any(c.dep_ == "neg" for c in head.children)
    for value in values:
        chain.take(value)


def _through_preposition(prep: Token, chain: _Chain) -> _Step:
    """Climb from the object of a preposition ("without", "threat of", "refrain from")."""
    if prep.lower_ == "without":
        chain.negations += 1
        return None
    head = prep.head
    if head.dep_ == "acomp" and head.lemma_.lower() in lexicon().embedders:
        _take_embedder(head, chain)  # "may be interested in a thaw"
        return head, True
    if head.i == prep.i or prep.lower_ in ("after", "since", "before", "by", "because", "despite", "in", "for", "over"):
        return None
    words = lexicon()
    if head.lemma_.lower() in words.embedders:
        _take_embedder(head, chain)
        return head, True
    if head.lemma_ == "lack":
        chain.negations += 1
        return None
    if not is_verbal(head) and prep.lower_ == "of":
        return head, True  # "a package of sanctions"
    if head.lemma_ in words.occurrence:
        return head, True
    return None


def _up_from_noun(noun: Token, chain: _Chain) -> _Step:
    dep, head, words = noun.dep_, noun.head, lexicon()
    if dep == "ROOT" or head.i == noun.i:
        return None
    if dep in ("conj", "compound", "acomp", "amod", "attr", "appos", "nmod", "advmod"):
        if dep in ("amod", "appos", "advmod"):
            return None
        return head, True
    if dep == "pobj":
        return _through_preposition(head, chain)
    if dep in ("dobj", "nsubjpass", "nsubj", "oprd", "xcomp"):
        lemma = head.lemma_.lower()
        if dep != "nsubj" and (lemma == "rule" or lemma in words.embedders) and lemma not in words.performed:
            _take_embedder(head, chain)
            return head, True
        if dep == "nsubj" and lemma == "be":
            _take_predicate(head, chain)
            return None
        if lemma in words.occurrence:
            return head, True
    return None


def _take_predicate(copula: Token, chain: _Chain) -> None:
    """Take what a copula says of a noun ("talks are unlikely", "flights are to resume", "tariffs are due")."""
    words = lexicon()
    for child in copula.children:
        if child.dep_ in ("acomp", "attr", "xcomp"):
            lower = child.lower_
            if child.dep_ == "xcomp" and child.tag_ == "VB":
                chain.planned = True
            elif lower in words.adjectives:
                chain.take(words.adjectives[lower])
            elif child.pos_ == "ADJ":
                _take_embedder(child, chain)
