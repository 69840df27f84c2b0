"""Signs of movement: "A is edging towards B", "A distances itself from B", "to separate A from B"."""

from spacy.tokens import Token

from detente.model.codes import Direction
from detente.reading.relation_claims_lexicon import relation_lexicon
from detente.reading.relation_claims_parties import Parties
from detente.reading.relation_claims_sign import Sign, stretch
from detente.reading.syntax import SUBJECTS, is_verbal, kid, kids

BETTER, WORSE = Direction.BETTER, Direction.WORSE
_REFLEXIVES = frozenset({"itself", "himself", "herself", "themselves"})


def move_sign(token: Token, parties: Parties) -> Sign | None:
    """Return the sign of a verb or noun that moves one actor to or from another, or None."""
    if is_verbal(token):
        if token.lemma_ in ("be", "remain", "stay"):
            return _friend(token, parties)
        return _wedge(token, parties) or _verb(token, parties)
    if token.pos_ == "NOUN":
        return _noun(token, parties)
    return None


def _friend(verb: Token, parties: Parties) -> Sign | None:
    """Read "China is a reliable friend of Pakistan"."""
    friend = kid(verb, "attr")
    if friend is None or friend.lemma_ not in relation_lexicon().moves["friends"]:
        return None
    one, other = parties.of(kid(verb, "nsubj")), parties.around(friend)
    if not one or not other or one == other:
        return None
    return Sign(stretch(verb, friend), verb, Direction.STABLE, one, other - one, f"friend: {friend.lemma_}")


def _targets(head: Token, parties: Parties) -> list[tuple[str, Token, frozenset[str]]]:
    """Return (preposition, its object, codes) of the phrases under a verb, through "away" and "closer"."""
    found = []
    steps = [head, *kids(head, "advmod", "acomp", "prt", "oprd", "prep", "dobj", "npadvmod")]
    for step in steps:
        for prep in kids(step, "prep"):
            for named in kids(prep, "pobj"):
                codes = parties.of(named)
                if codes:
                    found.append((prep.lower_, named, codes))
    return found


def _says(verb: Token, words: frozenset[str]) -> bool:
    near = [c for child in verb.children for c in (child, *child.children)]
    return any(c.lower_ in words for c in near if c.i > verb.i)


def _verb(verb: Token, parties: Parties) -> Sign | None:
    lexicon = relation_lexicon()
    lemma = verb.lemma_.lower()
    if lemma not in lexicon.movers:
        return None
    mover = _mover(verb, parties)
    moved = kid(verb, "dobj")
    if lemma in lexicon.moves["court"] | lexicon.moves["desert"] and moved is not None and mover:
        other = parties.of(moved)
        if other and other != mover and moved.i > verb.i and parties.of(moved):
            effect = BETTER if lemma in lexicon.moves["court"] else WORSE
            return Sign(stretch(verb, moved), verb, effect, mover, other, f"move: {lemma}")
    if moved is not None and moved.lower_ not in _REFLEXIVES:
        return None
    direction, named, other = _way(verb, lemma, parties)
    if direction is None or named is None:
        return _together(verb, lemma, parties)
    if not mover or mover == other:
        return None
    return Sign(stretch(verb, named), verb, direction, mover, other, f"move: {lemma}")


def _way(verb: Token, lemma: str, parties: Parties) -> tuple[Direction | None, Token | None, frozenset[str]]:
    lexicon = relation_lexicon()
    moves = lexicon.moves
    for prep, named, codes in _targets(verb, parties):
        if prep in lexicon.with_worse.get(lemma, ()) and (lemma != "fall" or _says(verb, frozenset({"out"}))):
            return WORSE, named, codes
        if prep in lexicon.with_better.get(lemma, ()):
            return BETTER, named, codes
        if lemma in moves["away_verbs"] and prep == "from" and _says(verb, frozenset({"away"})):
            return WORSE, named, codes
        if lemma in moves["toward_verbs"]:
            if prep in moves["toward"] and lemma not in ("look", "go", "get"):
                return BETTER, named, codes
            if prep == "to" and _says(verb, moves["closer"] | {"up"}):
                return BETTER, named, codes
    return None, None, frozenset()


def _together(verb: Token, lemma: str, parties: Parties) -> Sign | None:
    """Read "A and B are drifting apart", "the two are moving closer"."""
    lexicon = relation_lexicon()
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    both = parties.of(subject)
    if len(both) != 2 or subject is None:
        return None
    if _says(verb, frozenset({"apart"})) and lemma in lexicon.moves["away_verbs"] | {"grow", "fall"}:
        return Sign(stretch(subject, verb), verb, WORSE, both, frozenset(), f"move: {lemma} apart")
    if lemma in lexicon.moves["toward_verbs"] and _says(verb, frozenset({"closer", "nearer"})):
        return Sign(stretch(subject, verb), verb, BETTER, both, frozenset(), f"move: {lemma} closer")
    if lemma in ("reconcile", "quarrel"):
        direction = BETTER if lemma == "reconcile" else WORSE
        return Sign(stretch(subject, verb), verb, direction, both, frozenset(), f"move: {lemma}")
    return None


def _mover(verb: Token, parties: Parties) -> frozenset[str]:
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    return parties.of(own) or parties.subject(verb)


def _wedge(verb: Token, parties: Parties) -> Sign | None:
    """Read an attempt to part two partners, and a push of one actor to or from another."""
    lexicon = relation_lexicon()
    lemma = verb.lemma_.lower()
    wedges = lexicon.wedges
    split = kid(verb, "dobj", "nsubjpass")
    if split is None:
        return None
    is_wedge = split.lemma_ in wedges["wedge"] and lemma in wedges["wedge_verbs"]
    parted = frozenset() if is_wedge else parties.of(split)
    if not is_wedge and not parted:
        return None
    targets = _targets(verb, parties)
    if is_wedge:
        parted = parties.around(split) or frozenset(c for p, _, codes in targets if p == "between" for c in codes)
        return _parted(verb, split, split, parted, frozenset(), f"wedge: {lemma} {split.lemma_}")
    for prep, named, codes in targets:
        sign = _pulled(verb, split, parted, prep, named, codes)
        if sign is not None:
            return sign
    if lemma in wedges["split"] and len(parted) >= 2:
        return _parted(verb, split, split, parted, frozenset(), f"wedge: {lemma}")
    if lemma in ("keep", "drive", "pull", "push") and _says(verb, frozenset({"apart"})) and len(parted) >= 2:
        return _parted(verb, split, split, parted, frozenset(), f"wedge: {lemma} apart")
    return None


def _pulled(
    verb: Token, split: Token, parted: frozenset[str], prep: str, named: Token, codes: frozenset[str]
) -> Sign | None:
    """Read "separate A from B", "pull A away from B", "set A against B", "push A into the arms of B"."""
    lemma, wedges = verb.lemma_.lower(), relation_lexicon().wedges
    away = lemma in wedges["split"] or (lemma in wedges["pull"] and _says(verb, frozenset({"away", "apart"})))
    if (prep == "from" and away) or (prep == "against" and lemma in wedges["against"]):
        return _parted(verb, split, named, parted, codes, f"wedge: {lemma} {prep}")
    closer = prep in ("toward", "towards", "into") or (prep == "to" and _says(verb, frozenset({"closer", "nearer"})))
    if closer and lemma in wedges["pull"] and parted != codes:
        return Sign(stretch(verb, named), verb, BETTER, parted, codes, f"push: {lemma} {prep}")
    return None


def _parted(
    verb: Token, split: Token, last: Token, first: frozenset[str], second: frozenset[str], why: str
) -> Sign | None:
    if len(first | second) < 2:
        return None
    return Sign(stretch(verb, split, last), verb, WORSE, first, second - first, why, wedge=True)


def _noun(noun: Token, parties: Parties) -> Sign | None:
    """Read "Armenia's turn away from Russia", "its tilt toward Iran"."""
    moves = relation_lexicon().moves
    lemma = noun.lemma_.lower()
    if lemma not in moves["nouns_away"] | moves["nouns_toward"]:
        return None
    owner = kid(noun, "poss")
    mover = parties.of(owner) if owner is not None else frozenset()
    for prep, named, codes in _targets(noun, parties):
        away = prep == "from" and lemma in moves["nouns_away"]
        toward = (
            prep in (*moves["toward"], "to") and lemma in moves["nouns_toward"] and (prep != "to" or lemma == "pivot")
        )
        if away or toward:
            direction = WORSE if away else BETTER
            return Sign(stretch(noun, named), noun, direction, mover - codes, codes, f"move noun: {lemma} {prep}")
    return None
