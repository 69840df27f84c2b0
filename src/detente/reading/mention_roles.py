"""Noun phrases headed by an office, a body or a group: "the Chinese foreign ministry", "soldiers from Iraq"."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.model.codes import MentionKind, Sector
from detente.reading.mention_drafts import Draft, Drafts, Gender, is_plural
from detente.reading.mention_words import MentionWords, Reach, Role, RoleKind, mention_words
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
                drafts.add(_draft(token, _in_arms(token, role, words), drafts))
    for tokens in page.sentence_tokens:
        for token in tokens:
            if token.lower_ in _COUNTS and token.pos_ in ("NUM", "PRON", "DET", "ADJ") and drafts.at(token.i) is None:
                _count(token, drafts)
    for draft in drafts.all:
        if draft.role is not None and not draft.owners:
            draft.owners = owners(draft, page.doc[draft.head], drafts, words)


def _in_arms(token: Token, role: Role, words: MentionWords) -> Role:
    """Return the role of those who fight a state where an adjective says so: "the rebel leadership"."""
    if any(child.lemma_.lower() in words.insurgent for child in token.lefts if child.dep_ in ("amod", "compound")):
        return Role(Sector.REBELS, role.kind, Reach.VAGUE) if role.kind is not RoleKind.LAND else role
    return role


def role_of(token: Token, words: MentionWords) -> Role | None:
    """Return what a noun says about who acts, None for other words."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    lemma = token.lemma_.lower()
    if _is_general(token):
        return words.roles.get(f"{lemma}-general")
    before = token.nbor(-1).lower_ if token.i else ""
    if before == "-" and token.i > 1:
        forms = (f"{token.nbor(-2).lower_}-{lemma}", lemma, token.lower_)
    else:
        forms = (f"{before} {lemma}", lemma, token.lower_)
    return next((role for form in forms if (role := words.roles.get(form)) is not None), None)


def _is_general(token: Token) -> bool:
    """Tell whether "-general" follows, which the parser makes an adjective: "the secretary-general"."""
    if token.lemma_.lower() not in ("secretary", "director"):
        return False
    return [t.lower_ for t in token.doc[token.i + 1 : min(token.i + 3, token.sent.end)]] == ["-", "general"]


def _form(token: Token, words: MentionWords) -> str:
    """Return the lemma of a role noun, "secretary-general" and "director general" with a hyphen."""
    lemma = token.lemma_.lower()
    if _is_general(token):
        return f"{lemma}-general"
    if token.i and token.nbor(-1).lower_ in ("secretary", "director") and lemma == "general":
        return f"{token.nbor(-1).lower_}-general"
    if token.i > 1 and token.nbor(-1).text == "-" and f"{token.nbor(-2).lower_}-{lemma}" in words.roles:
        return f"{token.nbor(-2).lower_}-{lemma}"
    return lemma


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
    draft = Draft(
        start,
        token.i + (3 if _is_general(token) else 1),
        token.i,
        MentionKind.TITLE if role.kind is RoleKind.PERSON and not is_plural(token) else MentionKind.NOMINAL,
        role=role,
        lemma=_form(token, mention_words()),
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
        return [d for d in dict.fromkeys(found) if not d.covers(draft.head) and not _is_cause(d, token)]

    direct = others(_direct(token, drafts, ("amod", "compound", "nmod")))
    if direct or draft.lemma in words.relational:
        return direct
    direct = others(_direct(token, drafts, ("poss",))) or others(drafts.within(draft.start, token.i))[-1:]
    if any(d.actors or d.kind is MentionKind.PRONOUN for d in direct):
        return direct
    after = others(_after(draft, token, drafts, words))
    if any(d.actors for d in after):
        return after
    return direct or after or others(_clause_seat(token, drafts))


def _is_cause(draft: Draft, token: Token) -> bool:
    """Tell whether somebody is only what another is for or against: "pro-Ukrainian group", "anti-Chinese crowds"."""
    before = token.doc[max(draft.start - 2, 0) : draft.start]
    return [t.lower_ for t in before] in (["pro", "-"], ["anti", "-"])


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
    """Yield the owners from the phrases after a noun: those of the first phrase that names somebody."""
    open_ones: list[Draft] = []
    for preposition in token.rights:
        found = list(_by_phrase(preposition, draft, drafts, words))
        if any(d.actors for d in found):
            yield from found
            return
        open_ones = open_ones or found
    yield from open_ones


def _by_phrase(preposition: Token, draft: Draft, drafts: Drafts, words: MentionWords) -> Iterator[Draft]:
    name = preposition.lower_
    if preposition.dep_ == "amod" and name == "close":
        yield from _objects(preposition, drafts, frozenset({"to"}))
    if preposition.dep_ != "prep":
        return
    if name in _IN:
        official = any(t.lower_ in words.office for t in preposition.doc[draft.start : draft.head])
        if official or draft.lemma not in words.posted:
            yield from (d for d in _pobj(preposition, drafts) if not (d.plural and d.lemma == "capital"))
    elif name in _OF or (name == "to" and draft.lemma in words.to):
        yield from _pobj(preposition, drafts)
    elif name == "on":
        yield from (d for d in _pobj(preposition, drafts) if d.lemma == "side")


def _clause_seat(token: Token, drafts: Drafts) -> Iterator[Draft]:
    """Yield the capital that opens the clause: "In Kyiv the president's office called"."""
    verb = token.head if token.dep_ in ("nsubj", "nsubjpass") else token
    if token.dep_ == "poss" and token.head.dep_ in ("nsubj", "nsubjpass"):
        verb = token.head.head
    for preposition in verb.lefts:
        if preposition.dep_ == "prep" and preposition.lower_ == "in":
            yield from (d for d in _pobj(preposition, drafts) if d.is_seat)


_WORKS = frozenset({"teach", "lecture", "work", "direct", "head", "lead", "run", "study", "chair", "edit", "serve"})


def affiliations(head: Token, drafts: Drafts) -> list[Draft]:
    """Return where a person belongs by what follows: "X of a Madrid institute", "X, who teaches in Pune"."""
    for after in head.rights:
        if after.dep_ == "prep" and after.lower_ in ("of", "at", "from", "in"):
            return list(_pobj(after, drafts))
        if after.dep_ == "relcl" and after.lemma_ in _WORKS:
            below = list(_objects(after, drafts, _OF | _IN))
            return below or [d for c in after.children if c.dep_ == "dobj" for d in _objects(c, drafts, _OF | _IN)]
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
        if all(d.kind is MentionKind.PERSON and not d.actors for d in found):
            found = [d for d in _direct(child, drafts, ("compound", "nmod")) if d.actors] or found
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
