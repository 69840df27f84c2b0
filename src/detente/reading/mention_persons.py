"""Persons named in the text: by a title, an apposition or a verb of saying, and later by surname alone."""

from dataclasses import dataclass, field

from detente.model.codes import MentionKind
from detente.reading.mention_drafts import Draft, Drafts, Gender
from detente.reading.mention_introductions import described_by, speaks
from detente.reading.mention_listed import actor_of, gender_by_name, listed
from detente.reading.mention_roles import affiliations, gender_of, is_title, office_of, role_of
from detente.reading.mention_words import Role, RoleKind, mention_words
from detente.reading.page import Page
from detente.world import Term, fold

_RULES = frozenset({"administration", "government", "cabinet", "presidency", "regime", "era", "junta"})


@dataclass(slots=True)
class _Title:
    """The words before a name: where they begin, the noun that tells the role, and whose it is."""

    start: int
    role: Role | None = None
    noun: int | None = None
    owners: list[Draft] = field(default_factory=list)
    gender: Gender | None = None


class Persons:
    """Finds the personal names of one page."""

    def __init__(self, page: Page, drafts: Drafts) -> None:
        self._page, self._doc, self._drafts, self._words = page, page.doc, drafts, mention_words()
        self._as_of = page.document.published
        self._codes = {code for draft in drafts.all for code in draft.codes}
        self._known: dict[str, Draft] = {}

    def find(self) -> None:
        """Add a draft for every personal name, in text order, so that surnames find the name before them."""
        for tokens in self._page.sentence_tokens:
            capital = [token.text[:1].isupper() for token in tokens]
            at = tokens.start
            while at < tokens.end:
                starts = capital[at - tokens.start] or self._drafts.at(at) is not None
                at = self._step(at, tokens.end) if starts else at + 1

    def _step(self, at: int, limit: int) -> int:
        found = self._drafts.at(at)
        if found is not None and found.kind is MentionKind.PERSON and found.start == at:
            self._entitle(found, at)
            self._remember(found, at)
            return found.end
        begin, end = at, self._run_end(at, limit)
        while at < end and is_title(self._doc[at]):
            at += 1
        at = self._after_institution(at, end)
        if at < end:
            self._read(at, end)
        return max(end, begin + 1)

    def _after_institution(self, at: int, end: int) -> int:
        """Return where a name begins that follows an institution: "professor at Takushoku University Kenro Nagoshi"."""
        bodies = [
            i for i in range(at, end - 2) if (r := role_of(self._doc[i], self._words)) and r.kind is RoleKind.BODY
        ]
        return bodies[-1] + 1 if bodies else at

    def _run_end(self, at: int, limit: int) -> int:
        """Return the end of the run of capitalised names that starts at a token; ``at`` if none does."""
        end, words = at, self._words
        while end < limit:
            token = self._doc[end]
            following = self._doc[end + 1] if end + 1 < limit else None
            capital = token.text[:1].isupper() and (token.pos_ == "PROPN" or fold(token.text) in self._known)
            joins = token.lower_ in words.particles or token.text in ("-", "‑")
            bridge = end > at and joins and following is not None and following.text[:1].isupper()
            if not (capital or bridge) or (self._drafts.at(end) is not None and not self._is_first_name(end, limit)):
                break
            end += 1
        return end

    def _is_first_name(self, at: int, limit: int) -> bool:
        """Tell whether a state's name is somebody's first name: "Minister Israel Katz"."""
        covered = self._drafts.at(at)
        if (
            covered is None
            or covered.end != at + 1
            or at + 1 >= limit
            or at == 0
            or covered.kind is MentionKind.DEMONYM
        ):
            return False
        follows = self._doc[at + 1]
        person = (role := role_of(self._doc[at - 1], self._words)) is not None and role.kind is RoleKind.PERSON
        return person and follows.pos_ == "PROPN" and self._drafts.at(at + 1) is None and follows.text[:1].isupper()

    def _read(self, start: int, end: int) -> None:
        doc, head = self._doc, self._doc[start:end].root
        title = self._title(start)
        earlier = self._earlier(start, end)
        described = described_by(self._doc, start, end, self._drafts)
        title = self._shared_title(start) if title.noun is None else title
        titled = title.noun is not None or title.gender is not None or described is not None
        supported = None if earlier or titled else self._supported(start, end)
        if not (earlier or titled or supported or speaks(self._doc[start:end])):
            return
        for covered in self._drafts.within(start, end):
            self._drafts.drop(covered)
        name = doc[start:end].text
        draft = Draft(title.start, end, head.i, MentionKind.PERSON, is_person=True, definite=True)
        draft.name = earlier.name if earlier else name
        draft.antecedent, draft.gender = earlier, title.gender
        draft.role, draft.owners = title.role, title.owners
        if title.noun is not None:
            draft.office = office_of(doc[title.noun], title.start, self._drafts)
            draft.lemma = doc[title.noun].lemma_.lower()
        draft.described = described
        if supported is not None:
            draft.actors, draft.name, draft.why = (actor_of(supported, self._as_of),), supported.person, "in office"
        elif earlier is None:
            self._look_up(draft, end - start == 1)
            if not draft.owners:
                draft.owners = affiliations(head, self._drafts)
        draft.gender = draft.gender or gender_by_name(draft.name or "")
        self._drafts.add(draft)
        self._remember(draft, start)

    def _look_up(self, draft: Draft, is_surname: bool) -> None:
        """Take a titled name from the list of persons: "President Bush", "Foreign Minister Wang"."""
        codes = [code for owner in draft.owners for code in owner.codes]
        term = listed(draft.name or "", self._as_of, draft.lemma, codes, is_surname=is_surname) if draft.role else None
        if term is not None:
            draft.actors, draft.name, draft.why = (actor_of(term, self._as_of),), term.person, "listed person"

    def _title(self, start: int) -> _Title:
        """Read the title to the left of a name, and the demonym, name or possessive before it."""
        doc, at = self._doc, start
        floor = doc[start].sent.start
        title = _Title(start)
        while (
            at > floor
            and self._drafts.at(at - 1) is None
            and (is_title(doc[at - 1]) or (title.start < start and doc[at - 1].pos_ == "ADJ") or self._hyphen(at))
        ):
            at -= 1
            title.start = at
            role = role_of(doc[at], self._words)
            if title.noun is None and role is not None and role.kind is RoleKind.PERSON:
                title.noun, title.role = at, role
            title.gender = title.gender or gender_of(doc[at].lower_)
        if at == start:
            return title
        owner = (
            self._drafts.at(at - 2 if doc[at - 1].tag_ == "POS" and at - 2 >= floor else at - 1) if at > floor else None
        )
        if owner is not None and owner.start >= floor and owner.kind is not MentionKind.PLACE:
            title.owners, title.start = [owner], owner.start
        return title

    def _shared_title(self, start: int) -> _Title:
        """Return the title of several: "the special envoys X and Y"."""
        joined = start >= 2 and self._doc[start - 1].lower_ in ("and", ",")
        before = self._drafts.at(start - 2) if joined else None
        title = _Title(start)
        if before is not None and before.kind is MentionKind.PERSON and before.role is not None:
            nouns = [t for t in self._doc[before.start : before.end] if t.tag_ == "NNS" and role_of(t, self._words)]
            if nouns:
                title.noun, title.role = nouns[-1].i, before.role
        return title

    def _hyphen(self, at: int) -> bool:
        return self._doc[at - 1].text in ("-", "‑") and at >= 2 and self._doc[at].text.islower()

    def _supported(self, start: int, end: int) -> Term | None:
        """Return who bears a common surname now, if the text speaks of his or her state."""
        token = self._doc[start]
        if end - start > 1 or self._as_of is None:
            return None
        term = listed(token.text, self._as_of, is_surname=True)
        if term is None or term.actor_code not in self._codes:
            return None
        if token.dep_ in ("compound", "amod", "nmod"):
            return term if token.head.lower_ in _RULES else None
        return term if term.holds_at(self._as_of) else None

    def _earlier(self, start: int, end: int) -> Draft | None:
        """Return the person whose full name, surname or (in a lone word) first word this is."""
        keys = [fold(self._doc[start:end].text)]
        if end - start > 1:
            keys.append(fold(self._doc[end - 1].text) + "*" + fold(self._doc[start].text))
        return next((self._known[key] for key in keys if key in self._known), None)

    def _remember(self, draft: Draft, start: int) -> None:
        first = next(t for t in self._doc[start : draft.end])
        last, full = fold(self._doc[draft.end - 1].text), fold(self._doc[start : draft.end].text)
        root = draft.antecedent or draft
        for key in (full, last, fold(first.text), last + "*" + fold(first.text)):
            if len(key) > 1 and (key not in self._known or key == full):
                self._known[key] = root

    def _entitle(self, draft: Draft, start: int) -> None:
        """Take the title before a listed person into the mention; a title of another state makes another person."""
        title = self._title(start)
        earlier = self._known.get(fold(self._doc[start : draft.end].text)) if draft.is_surname else None
        owners = {code for owner in title.owners for code in owner.codes}
        other = draft.is_surname and owners and not owners & set(draft.codes)
        if earlier is not None or other:
            draft.actors, draft.antecedent = (), earlier
            draft.name = earlier.name if earlier else self._doc[start : draft.end].text
        draft.start, draft.role, draft.owners = title.start, title.role, title.owners
        draft.gender = title.gender or draft.gender
        if title.noun is not None:
            draft.lemma = self._doc[title.noun].lemma_.lower()
            draft.office = office_of(self._doc[title.noun], title.start, self._drafts)
        self._drafts.widen(draft)
