"""How a text introduces a person: by an apposition, by an employer before the name, or as somebody who speaks."""

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from detente.reading.mention_drafts import Drafts
from detente.reading.mention_roles import role_of
from detente.reading.mention_words import Reach, RoleKind, mention_words

_REACH = 10
"""So many words after a name may an apposition take to its noun."""
_CLIMB = 5
_VIEWS = frozenset({"according", "view", "opinion", "words", "account", "judgement", "judgment", "reading"})


def described_by(doc: Doc, start: int, end: int, drafts: Drafts) -> int | None:
    """Return the noun that says who a person is: of "X, an economist", "the envoy to NATO, X", "professor at Y X"."""
    following = _apposition_after(doc, end)
    if following is not None:
        return following
    floor = doc[start].sent.start
    if start - 2 >= floor and doc[start - 1].text == ",":
        before = _climb(doc[start - 2])
        if before is not None:
            return before
    if start > floor and (noun := _employer(doc, start, drafts)) is not None:
        return noun
    head = doc[start:end].root
    return head.head.i if head.dep_ == "appos" and _is_person(head.head) else None


def speaks(name: Tokens) -> bool:
    """Tell whether an unknown name of two words or more says something, or is somebody "who"."""
    head, words = name.root, mention_words()
    if len(name) < 2 or any(t.dep_ == "det" for t in head.lefts) or head.text.isupper():
        return False
    if head.dep_ == "pobj" and head.head.lower_ in ("to", "of"):
        return head.head.head.lower_ in _VIEWS
    if head.dep_ != "nsubj":
        return False
    verb = head.head
    if any(v.lemma_ in words.says for v in (verb, *(c for c in verb.children if c.dep_ == "conj"))):
        return True
    return any(c.dep_ == "relcl" and any(g.lower_ == "who" for g in c.children) for c in head.children)


def _is_person(token: Token) -> bool:
    role = role_of(token, mention_words())
    return role is not None and role.kind is RoleKind.PERSON


def _apposition_after(doc: Doc, end: int) -> int | None:
    limit = doc[end - 1].sent.end
    if end >= limit or doc[end].text not in (",", "("):
        return None
    for token in doc[end + 1 : min(end + 1 + _REACH, limit)]:
        verbal = token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound")
        if token.text in (",", ")", ";") or token.dep_ == "relcl" or verbal:
            return None
        if token.dep_ not in ("compound", "poss", "pobj") and _is_person(token):
            return token.i
    return None


def _climb(token: Token) -> int | None:
    """Return the role noun in whose phrase a token stands, None if there is none."""
    for _ in range(_CLIMB):
        if _is_person(token):
            return token.i
        if token.dep_ not in ("pobj", "prep", "compound"):
            return None
        token = token.head
    return None


def _employer(doc: Doc, start: int, drafts: Drafts) -> int | None:
    """Return the role noun of "visiting professor at Keio University X", where the institution precedes the name."""
    listed = drafts.at(start - 1)
    body = role_of(doc[start - 1], mention_words())
    if (listed is None or listed.is_person) and (body is None or body.kind is not RoleKind.BODY):
        return None
    for i in range(start - 1, max(doc[start].sent.start, start - _REACH), -1):
        if doc[i].lower_ in ("at", "of", "from") and doc[i].dep_ == "prep":
            role = role_of(doc[i - 1], mention_words())
            return i - 1 if role is not None and role.reach is Reach.PRIVATE else None
    return None
