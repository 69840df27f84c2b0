"""A mention while it is being resolved: token positions, what it may refer to, and what is known of its referent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from spacy.tokens import Token

from detente.model.actor import STATELESS, Actor, Mention
from detente.model.codes import ActorKind, MentionKind, Sector
from detente.reading.mention_words import Role
from detente.reading.page import Page
from detente.world import find_state


class Gender(StrEnum):
    """The pronoun by which a person is taken up."""

    MALE = "he"
    FEMALE = "she"


@dataclass(slots=True, eq=False)
class Draft:
    """One mention of ``[start, end)`` tokens; ``actors`` is empty while it is open."""

    start: int
    end: int
    head: int
    kind: MentionKind
    actors: tuple[Actor, ...] = ()
    why: str = ""
    role: Role | None = None
    lemma: str = ""
    plural: bool = False
    definite: bool = False
    is_person: bool = False
    gender: Gender | None = None
    owners: list["Draft"] = field(default_factory=list)
    """Mentions whose states this one belongs to ("Tokyo" in "the government in Tokyo")."""
    antecedent: "Draft | None" = None
    name: str | None = None
    office: str | None = None
    is_seat: bool = False
    """It names a capital, whether as a place or as a government."""
    is_surname: bool = False
    """A listed person's surname stands alone."""
    described: int | None = None
    """Token of the noun in apposition that says who a person is."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its actors."""
        return tuple(dict.fromkeys(actor.code for actor in self.actors))

    @property
    def is_private(self) -> bool:
        """Whether it is somebody who cannot act for a state."""
        return bool(self.actors) and all(actor.sector in PRIVATE for actor in self.actors)

    def covers(self, token: int) -> bool:
        """Tell whether a token position lies within."""
        return self.start <= token < self.end

    def mention(self, page: Page, antecedent: Mention | None) -> Mention:
        """Return the finished record."""
        doc = page.doc
        return Mention(
            span=page.span(doc[self.start : self.end]),
            head=page.span(doc[self.head : self.head + 1]),
            kind=self.kind,
            actors=self.actors,
            antecedent=antecedent.id if antecedent else None,
            why=self.why,
        )


PRIVATE = frozenset({Sector.BUSINESS, Sector.EDUCATION, Sector.MEDIA, Sector.MEDICAL, Sector.NGO, Sector.RELIGION})


def actor_kind(code: str) -> ActorKind:
    """Return what kind of actor bears a code."""
    if code == STATELESS:
        return ActorKind.STATELESS
    return ActorKind.STATE if find_state(code) else ActorKind.ORGANISATION


def actors_of(
    codes: Iterable[str], sector: Sector, name: str | None = None, office: str | None = None
) -> tuple[Actor, ...]:
    """Return one actor for each code."""
    return tuple(Actor(code, actor_kind(code), sector, name, office) for code in dict.fromkeys(codes))


def is_plural(token: Token) -> bool:
    """Tell whether a noun stands in the plural."""
    return token.tag_ in ("NNS", "NNPS") or any(child.dep_ == "conj" for child in token.children)


class Drafts:
    """The mentions of a page by token."""

    def __init__(self) -> None:
        self.all: list[Draft] = []
        self._at: dict[int, Draft] = {}

    def add(self, draft: Draft) -> Draft:
        """Keep a mention; at each token the shortest one stands."""
        self.all.append(draft)
        for token in range(draft.start, draft.end):
            known = self._at.get(token)
            if known is None or known.end - known.start > draft.end - draft.start:
                self._at[token] = draft
        return draft

    def widen(self, draft: Draft) -> None:
        """Let a mention that has grown stand at its new tokens where no shorter one does."""
        for token in range(draft.start, draft.end):
            self._at.setdefault(token, draft)

    def drop(self, draft: Draft) -> None:
        """Forget a mention that proved to be part of another name."""
        self.all.remove(draft)
        self._at = {token: d for token, d in self._at.items() if d is not draft}

    def at(self, token: int) -> Draft | None:
        """Return the shortest mention over a token."""
        return self._at.get(token)

    def headed(self, token: int) -> Draft | None:
        """Return the mention whose head is a token."""
        return next((d for d in self.all if d.head == token), None)

    def within(self, start: int, end: int) -> list[Draft]:
        """Return the mentions inside a stretch of tokens, in order."""
        return list(
            dict.fromkeys(d for t in range(start, end) if (d := self._at.get(t)) and start <= d.start and d.end <= end)
        )
