"""Shared helpers over spaCy dependency parses (ClearNLP labels of the English pipelines)."""

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
PASSIVES = frozenset({"nsubjpass", "auxpass"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def kids(token: Token, *deps: str) -> list[Token]:
    """Return the direct dependents with one of the given labels, in text order."""
    return [child for child in token.children if child.dep_ in deps]


def kid(token: Token, *deps: str) -> Token | None:
    """Return the first direct dependent with one of the given labels."""
    return next((child for child in token.children if child.dep_ in deps), None)


def is_verbal(token: Token) -> bool:
    """Tell whether a token is a verb form used as one (participles before nouns are not)."""
    return token.pos_ in VERBAL and token.dep_ not in ("amod", "compound")


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is passive: marked as such, or a bare past participle after a noun."""
    if any(child.dep_ in PASSIVES for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("acl", "advcl") and not kids(verb, "aux"):
        return True
    if verb.dep_ == "conj" and not any(child.dep_ in ("aux", "nsubj", "dobj") for child in verb.children):
        return is_passive(verb.head)
    return False


def conjuncts(token: Token) -> list[Token]:
    """Return a token and everything coordinated under it ("Japan, China and Korea"), in text order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i:
            found.extend(conjuncts(child))
    return found


def objects_of_prepositions(token: Token, prepositions: frozenset[str] | None = None) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, object) for the prepositional phrases directly under a token.

    Nested prepositions are followed ("out of the country" yields both "out" and "of"). ``None`` admits all.
    """
    for prep in token.children:
        if prep.dep_ in ("prep", "agent", "dative") and prep.pos_ in ("ADP", "SCONJ", "ADV", "VERB", "PART"):
            name = prep.lower_
            for child in prep.children:
                if child.dep_ in ("pobj", "pcomp") and (prepositions is None or name in prepositions):
                    yield name, child
                elif child.dep_ == "prep":
                    for grandchild in child.children:
                        if grandchild.dep_ in ("pobj", "pcomp") and (
                            prepositions is None or child.lower_ in prepositions or name in prepositions
                        ):
                            yield child.lower_, grandchild


def clause_of(token: Token) -> Token:
    """Return the verb that heads the clause in which a token stands (the root if there is none)."""
    while not is_verbal(token) and token.head.i != token.i:
        token = token.head
    return token


def ancestors_within(token: Token, limit: int = 40) -> Iterator[Token]:
    """Yield a token's heads upward, at most ``limit`` of them."""
    while token.head.i != token.i and limit:
        token = token.head
        limit -= 1
        yield token


def is_relative(token: Token) -> bool:
    """Tell whether a token is a relative pronoun ("who", "which", "that", "whose")."""
    return token.tag_ in ("WDT", "WP", "WP$")


def antecedent_of(pronoun: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for, or None when its clause modifies no noun."""
    for above in ancestors_within(pronoun):
        if above.dep_ == "relcl":
            return above.head
        if above.dep_ in ("ROOT", "ccomp", "advcl"):
            return None
    return None


# fmt: off
OBJECT_CONTROL = frozenset({
    "accuse", "blame", "suspect", "condemn", "criticise", "criticize", "thank", "praise", "punish", "stop",
    "prevent", "keep", "bar", "ask", "urge", "order", "allow", "force", "persuade", "tell", "let", "permit", "want",
    "require", "instruct", "press", "push", "encourage", "expect", "invite", "warn", "compel", "oblige", "lead",
    "prompt", "call", "appeal", "request", "beg", "help", "enable", "forbid", "convict", "reproach", "charge",
    "rebuke", "denounce", "commend", "fault",
})
"""Verbs whose object is the subject of the clause or gerund that they govern."""
# fmt: on


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the heads of a verb's grammatical subject, found through coordination, control and participles.

    For a passive these are what is acted upon. Relative pronouns are replaced by their antecedents.
    """
    own = kids(verb, "nsubj", "nsubjpass")
    if own:
        return [antecedent_of(s) or s if is_relative(s) else s for s in own]
    if depth > 6 or verb.head.i == verb.i:
        return []
    head, dep = verb.head, verb.dep_
    if dep == "conj":
        return surface_subjects(head, depth + 1) if is_verbal(head) else []
    if dep in ("xcomp", "ccomp", "advcl") and is_verbal(head):
        controller = kids(head, "dobj", "dative") if dep != "advcl" and head.lemma_ in OBJECT_CONTROL else []
        return controller or surface_subjects(head, depth + 1)
    if dep == "xcomp" or dep == "ccomp":
        return surface_subjects(clause_of(head), depth + 1)
    if dep in ("pcomp", "pobj"):
        return _subjects_of_gerund(head.head, depth)
    if dep == "acl":
        return _subjects_of_infinitive(head, depth) if verb.tag_ == "VB" else [head]
    return [head] if dep == "relcl" else []


def _subjects_of_gerund(governor: Token, depth: int) -> list[Token]:
    if not is_verbal(governor):
        return _subjects_of_infinitive(governor, depth)
    controller = kids(governor, "dobj") if governor.lemma_ in OBJECT_CONTROL and not is_passive(governor) else []
    return controller or surface_subjects(governor, depth + 1)


def _subjects_of_infinitive(noun: Token, depth: int) -> list[Token]:
    """Return whose plan, threat or decision a noun with an infinitive is."""
    if noun.pos_ not in NOMINAL:
        return surface_subjects(clause_of(noun), depth + 1)
    owner = kids(noun, "poss") or [child for _, child in objects_of_prepositions(noun, frozenset({"by"}))]
    if owner:
        return owner
    adjective = [c for c in noun.children if c.dep_ in ("amod", "compound") and c.text[:1].isupper()]
    return adjective or surface_subjects(clause_of(noun), depth + 1)


def agents(verb: Token) -> list[Token]:
    """Return who does what a verb says: the subject of an active, the by-phrase of a passive."""
    if not is_passive(verb):
        return surface_subjects(verb)
    return [noun for name, noun in objects_of_prepositions(verb, frozenset({"by"})) if name == "by"]


def _arguments(verb: Token) -> list[Token]:
    return [*kids(verb, "nsubj", "nsubjpass"), *(noun for _, noun in objects_of_prepositions(verb))]


def patients(verb: Token) -> list[Token]:
    """Return the direct object of an active verb, or the subject of a passive one; relative gaps are filled."""
    if is_passive(verb):
        return surface_subjects(verb)
    own = kids(verb, "dobj")
    if own:
        return [antecedent_of(o) or o if is_relative(o) else o for o in own]
    gap = verb
    while gap.dep_ in ("xcomp", "ccomp") and is_verbal(gap.head) and not kids(gap.head, "dobj"):
        gap = gap.head
    if gap.dep_ == "relcl" and not any(is_relative(s) for s in _arguments(gap)):
        return [gap.head]
    if verb.dep_ == "conj" and not any(c.dep_ in ("prep", "ccomp", "xcomp", "dobj", "advmod") for c in verb.children):
        later = [c for c in verb.children if c.dep_ == "conj"]
        return [o for c in later for o in kids(c, "dobj")]
    return []
