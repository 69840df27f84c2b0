"""Noun phrases headed by an office, a body or a group: "the Chinese foreign ministry", "soldiers from Iraq"."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.model.codes import MentionKind
from detente.reading.mention_drafts import Draft, Drafts, Gender, is_plural
from detente.reading.mention_words import MentionWords, Role, RoleKind, mention_words
from detente.reading.page import Page

_LEFT = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "npadvmod", "quantmod", "predet", "punct", "advmod"}
)
_OF = frozenset({"of", "from", "for", "inside", "within", "behind", "under"})
_IN = frozenset({"in", "at"})
_COUNTS = frozenset(
    {"one", "two", "three", "some", "many", "most", "several", "each", "both", "none", "few", "another", "half"}
)
_ARTICLES = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their", "our", "my"})


def find_roles(page: Page, drafts: Drafts) -> None:
    """Add a draft for every noun phrase with a role noun as its head that no name covers."""
    words = mention_words()
    for tokens in page.sentence_tokens:
        for token in tokens:
            role = role_of(token, words)
            if role is not None and not _is_modifier(token) and drafts.at(token.i) is None:
                drafts.add(_draft(token, role, drafts))
    for tokens in page.sentence_tokens:
        for token in tokens:
            if token.lower_ in _COUNTS and token.pos_ in ("NUM", "PRON", "DET", "ADJ") and drafts.at(token.i) is None:
                _count(token, drafts)
    for draft in drafts.all:
        if draft.role is not None and not draft.owners:
            draft.owners = owners(draft, page.doc[draft.head], drafts, words)


def role_of(token: Token, words: MentionWords) -> Role | None:
    """Return what a noun says about who acts, None for other words."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    before = f"{token.nbor(-1).lower_} " if token.i else ""
    forms = (before + token.lemma_.lower(), token.lemma_.lower(), token.lower_)
    return next((role for form in forms if (role := words.roles.get(form)) is not None), None)


def is_title(token: Token) -> bool:
    """Tell whether a word stands in titles before names: "Deputy", "Foreign", "Ministry", "spokesman", "Mr"."""
    words = mention_words()
    return token.lower_ in words.titles or token.lower_ in words.office or role_of(token, words) is not None


def _is_modifier(token: Token) -> bool:
    """Tell whether a role noun only qualifies another word: "foreign ministry spokesman", "police station"."""
    following = token.nbor(1) if token.i + 1 < token.sent.end else None
    if following is not None and following.is_punct and following.text != "-":
        return False
    return token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i


def phrase_start(head: Token) -> int:
    """Return where the naming part of a noun phrase begins."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _LEFT or child.text in ",;:()—–" or (child.dep_ == "advmod" and child.i < start - 1):
            break
        start = child.left_edge.i
    return start


def _draft(token: Token, role: Role, drafts: Drafts) -> Draft:
    start = phrase_start(token)
    lemma = token.lemma_.lower()
    draft = Draft(
        start,
        token.i + 1,
        token.i,
        MentionKind.TITLE if role.kind is RoleKind.PERSON and not is_plural(token) else MentionKind.NOMINAL,
        role=role,
        lemma=lemma,
        plural=is_plural(token) or role.kind is RoleKind.GROUP,
        definite=any(t.lower_ in _ARTICLES or t.tag_ == "POS" for t in token.doc[start : token.i]),
        is_person=role.kind is RoleKind.PERSON,
        gender=gender_of(token.lower_),
    )
    if role.kind is RoleKind.PERSON:
        draft.office = office_of(token, start, drafts)
    return draft


def gender_of(word: str) -> Gender | None:
    """Return the gender that a title tells."""
    words = mention_words()
    if word in words.female:
        return Gender.FEMALE
    return Gender.MALE if word in words.male else None


def office_of(token: Token, start: int, drafts: Drafts) -> str:
    """Return the office of a title without whose it is: "foreign minister"."""
    words = mention_words()
    kept = [
        t.lower_
        for t in token.doc[start : token.i]
        if (t.lower_ in words.office or t.lemma_.lower() in words.roles) and drafts.at(t.i) is None
    ]
    return " ".join([*kept, token.lemma_.lower()])


def owners(draft: Draft, token: Token, drafts: Drafts, words: MentionWords) -> list[Draft]:
    """Return the mentions that tell whose a role noun is, from inside its phrase or from a phrase after it."""

    def others(found: Iterable[Draft]) -> list[Draft]:
        return [d for d in dict.fromkeys(found) if not d.covers(draft.head)]

    direct = others(_direct(token, drafts, ("amod", "compound", "nmod")))
    if direct or draft.lemma in words.relational:
        return direct
    direct = others(_direct(token, drafts, ("poss",))) or others(drafts.within(draft.start, token.i))[-1:]
    return direct or others(_after(draft, token, drafts, words))


def _direct(token: Token, drafts: Drafts, labels: tuple[str, ...]) -> Iterator[Draft]:
    for child in token.lefts:
        if child.dep_ in labels:
            yield from _with_conjuncts(child, drafts, token.i)
            for inner in child.lefts:
                if inner.dep_ in ("amod", "compound", "poss", "nmod") and drafts.at(child.i) is None:
                    yield from _with_conjuncts(inner, drafts, token.i)


def _with_conjuncts(token: Token, drafts: Drafts, before: int | None = None) -> Iterator[Draft]:
    found = drafts.at(token.i)
    if found is not None:
        yield found
    for child in token.children:
        if child.dep_ == "conj" and (before is None or child.i < before):
            yield from _with_conjuncts(child, drafts, before)


def _after(draft: Draft, token: Token, drafts: Drafts, words: MentionWords) -> Iterator[Draft]:
    for preposition in token.rights:
        if preposition.dep_ == "amod" and preposition.lower_ == "close":
            yield from _objects(preposition, drafts, frozenset({"to"}))
        if preposition.dep_ != "prep":
            continue
        name = preposition.lower_
        fits = name in _OF or (name == "to" and draft.lemma in words.to)
        if name in _IN:
            fits = draft.lemma not in words.posted
        found = list(_pobj(preposition, drafts)) if fits else []
        if found:
            yield from found
            return


def affiliations(head: Token, drafts: Drafts) -> list[Draft]:
    """Return where a person belongs by the phrase after the name: "X of a Madrid institute"."""
    for preposition in head.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in ("of", "at", "from", "in"):
            return list(_pobj(preposition, drafts))
    return []


def _objects(token: Token, drafts: Drafts, names: frozenset[str]) -> Iterator[Draft]:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in names:
            yield from _pobj(child, drafts)


def _pobj(preposition: Token, drafts: Drafts) -> Iterator[Draft]:
    for child in preposition.children:
        if child.dep_ != "pobj":
            continue
        found = list(_with_conjuncts(child, drafts))
        if not found:
            found = list(_direct(child, drafts, ("amod", "compound", "nmod", "poss")))
        if not found:
            found = list(_objects(child, drafts, _OF | _IN))
        if not found:
            found = [d for c in child.children if c.dep_ == "appos" for d in _objects(c, drafts, _OF | _IN)]
        yield from found


def _count(token: Token, drafts: Drafts) -> None:
    """Add "one of his advisers", "two of the ministers": whoever they are, they belong where the group belongs."""
    for preposition in token.rights:
        if preposition.dep_ == "prep" and preposition.lower_ == "of":
            group = [d for child in preposition.children if child.dep_ == "pobj" and (d := drafts.at(child.i))]
            if group:
                draft = Draft(token.i, token.i + 1, token.i, MentionKind.NOMINAL, lemma="one", role=group[0].role)
                draft.owners, draft.is_person = group, group[0].is_person
                draft.plural = token.lower_ not in ("one", "each", "none", "another")
                drafts.add(draft)
