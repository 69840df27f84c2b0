"""Whether a frame's conditions hold at a trigger, and which words its trigger phrase takes in."""

from collections.abc import Iterator

from spacy.tokens import Token

from detente.reading.frames import Frame, Words
from detente.reading.stages import Findings
from detente.reading.syntax import agents, is_passive, kids, objects_of_prepositions, patients

_NEAR_DEPTH = 3
_GENERIC = frozenset(
    {"package", "regime", "list", "measure", "programme", "program", "order", "campaign", "round", "deal"}
)
_PERSON = "-PERSON-"
_ANAPHORS = frozenset({"it", "them", "these", "those"})
_NEGATORS = frozenset({"never", "no", "nobody", "neither", "nor", "none"})
_HEADLESS = frozenset({"amod", "compound", "nmod", "prep", "pobj", "conj", "poss", "nummod"})


def fits(frame: Frame, trigger: Token, findings: Findings) -> bool:
    """Tell whether all conditions of a frame hold at a trigger."""
    if not (_words_fit(frame, trigger) and _complement_fits(frame, trigger)):
        return False
    if frame.passive is not None and is_passive(trigger) is not frame.passive:
        return False
    if frame.subject is not None and not any(s.lemma_.lower() in frame.subject for s in agents(trigger)):
        return False
    if frame.negated and not is_refusal(trigger):
        return False
    if (frame.predicate or frame.bare) and _has_predicate(trigger) is not frame.predicate:
        return False
    return frame.nominal or _object_fits(frame, trigger, findings)


def _words_fit(frame: Frame, trigger: Token) -> bool:
    if frame.particle is not None and not _has_particle(trigger, frame.particle):
        return False
    if frame.preposition is not None and not _has_preposition(trigger, frame.preposition):
        return False
    if frame.near is None and not frame.not_near:
        return True
    words = {t.lemma_.lower() for t in _phrase(trigger) if not (t.pos_ == "VERB" and t.dep_ == "amod")}
    return (frame.near is None or not frame.near.isdisjoint(words)) and frame.not_near.isdisjoint(words)


def _complement_fits(frame: Frame, trigger: Token) -> bool:
    if frame.clause and not any(c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VB" for c in trigger.children):
        return False
    if frame.complement_modal is not None and not _says_that_one_must(trigger, frame.complement_modal):
        return False
    if frame.not_complement and any(c.lemma_ in frame.not_complement for c in _complement_verbs(trigger)):
        return False
    return frame.complement is None or _has_complement(frame, trigger)


def _has_complement(frame: Frame, trigger: Token) -> bool:
    for verb in _complement_verbs(trigger):
        if verb.lemma_ in (frame.complement or ()) and not any(c.dep_ == "neg" for c in verb.children):
            wanted = frame.complement_object
            if wanted is None or any(t.lemma_.lower() in wanted for o in patients(verb) for t in _object_words(o)):
                return True
    return False


def _says_that_one_must(trigger: Token, modals: Words) -> bool:
    """Tell whether the complement obliges its subject ("said that Tehran must comply"), and no expletive one."""
    return any(
        c.dep_ == "ccomp"
        and any(m.dep_ == "aux" and m.lemma_.lower() in modals for m in c.children)
        and not any(s.dep_ in ("nsubjpass", "expl") or s.lower_ in ("it", "we", "i", "you") for s in c.children)
        for c in trigger.children
    )


def _has_predicate(verb: Token) -> bool:
    """Tell whether something is said of the object: "called it a provocation"."""
    return any(
        c.dep_ == "oprd"
        or (c.dep_ == "ccomp" and c.pos_ in ("NOUN", "ADJ", "PROPN"))
        or (c.dep_ == "prep" and c.lower_ == "as")
        for c in verb.children
    )


def object_head(frame: Frame, trigger: Token) -> Token | None:
    """Return the word by which the object satisfies ``frame.object``; None when it does not."""
    if frame.object is None:
        return None
    for noun in patients(trigger):
        for word in _object_words(noun):
            if word.lemma_.lower() in frame.object or (_PERSON in frame.object and word.pos_ == "PROPN"):
                return word
        if noun.lower_ in _ANAPHORS and _refers_to(noun, frame.object):
            return noun
    return None


def _refers_to(pronoun: Token, words: Words) -> bool:
    """Tell whether one of the words stands shortly before a pronoun ("severed relations … and restored them")."""
    before = pronoun.doc[max(pronoun.sent.start - 12, pronoun.i - 30) : pronoun.i]
    return any(t.pos_ == "NOUN" and t.lemma_.lower() in words for t in before)


def phrase_end(frame: Frame, trigger: Token) -> Token:
    """Return the last word of the shortest phrase that names the act ("imposed sanctions", "shot down")."""
    ends = [trigger]
    if frame.object is not None and (head := object_head(frame, trigger)) is not None:
        ends.append(head)
    if frame.particle is not None:
        ends.extend(c for c in trigger.children if c.lower_ in frame.particle)
    return max((e for e in ends if e.i - trigger.i <= 6), key=lambda e: e.i)


def _object_fits(frame: Frame, trigger: Token, findings: Findings) -> bool:
    if frame.object is not None and object_head(frame, trigger) is None:
        return False
    if not (frame.not_object or frame.actor_object or frame.no_object or frame.needs_object):
        return True
    objects = patients(trigger)
    if (frame.no_object and objects) or (frame.needs_object and not objects):
        return False
    if frame.actor_object and not any(findings.mention_at(o) is not None for o in objects):
        return False
    return not any(o.lemma_.lower() in frame.not_object for o in objects)


def _object_words(noun: Token) -> Iterator[Token]:
    """Yield the object's head, its conjuncts, what it is a part of ("a package of sanctions"), and its compound."""
    yield noun
    for child in noun.children:
        if child.dep_ == "conj" or (child.dep_ == "compound" and noun.lemma_.lower() in _GENERIC):
            yield child
    for _, child in objects_of_prepositions(noun, frozenset({"of"})):
        yield child


def _has_particle(verb: Token, words: Words) -> bool:
    return any(
        c.lower_ in words and c.dep_ in ("prt", "advmod", "prep", "oprd", "acomp", "ccomp") for c in verb.children
    )


def _has_preposition(verb: Token, words: Words) -> bool:
    if any(c.lower_ in words for c in verb.children if c.pos_ in ("ADP", "SCONJ", "PART", "ADV")):
        return True
    return any(c.lower_ in words for o in kids(verb, "dobj", "nsubjpass") for c in o.children if c.dep_ == "prep")


def _complement_verbs(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("xcomp", "ccomp", "pcomp"):
            yield child
            yield from (c for c in child.children if c.dep_ == "conj")
        elif child.dep_ == "prep" and child.i > verb.i:
            yield from (c for c in child.children if c.dep_ == "pcomp")
        elif child.dep_ == "dobj":
            yield from (c for c in child.children if c.dep_ == "acl" and c.tag_ == "VB")


def _phrase(trigger: Token) -> Iterator[Token]:
    """Yield the words close to a trigger in the tree, relative clauses and the subject left out."""
    level = [trigger]
    for _ in range(_NEAR_DEPTH):
        level = [
            c
            for t in level
            for c in t.children
            if c.dep_ not in ("relcl", "advcl", "punct", "det", "nsubj") and not (c.dep_ == "conj" and t is trigger)
        ]
        yield from level
    if is_passive(trigger):
        yield from patients(trigger)


def is_refusal(verb: Token) -> bool:
    """Tell whether a negated verb refuses ("will not accept", "does not recognise") rather than has not happened."""
    negated = any(c.dep_ == "neg" or c.lower_ in _NEGATORS for c in verb.children)
    if not negated:
        return False
    modal = any(c.tag_ == "MD" and c.lower_ not in ("may", "might", "can", "could", "ca") for c in verb.children)
    return modal or (verb.lemma_.startswith("recogni") and any(c.lemma_ == "do" for c in verb.children))
