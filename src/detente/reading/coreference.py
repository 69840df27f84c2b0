"""Resolution in text order: titles, bodies, pronouns and groups take their actors from what is in focus."""

from detente.model.actor import STATELESS, Actor
from detente.model.codes import MentionKind, Sector
from detente.reading.coreference_plural import several
from detente.reading.coreference_speech import speaker_of
from detente.reading.mention_drafts import Draft, Drafts, actor_kind, actors_of
from detente.reading.mention_words import Reach, RoleKind, mention_words
from detente.reading.page import Page
from detente.reading.salience import Focus, prior_of

_LEADERS = frozenset({"president", "premier", "minister", "chancellor", "king", "emir", "leader", "ruler", "strongman"})
_ALL = 10_000
"""Every sentence so far."""
_SUBJECTS = ("nsubj", "nsubjpass")


class Resolver:
    """Gives the open mentions of one page their actors."""

    def __init__(self, page: Page, drafts: Drafts) -> None:
        self._page, self._doc, self._drafts = page, page.doc, drafts
        self._words = mention_words()
        self._focus = Focus(page.doc, prior_of(drafts.all))
        self._done: set[int] = set()

    def resolve_all(self) -> None:
        """Resolve every draft in the order of heads; what stays without actors is nobody known."""
        for draft in sorted(self._drafts.all, key=lambda d: (d.head, d.start)):
            self._resolve(draft)

    def _resolve(self, draft: Draft) -> None:
        if id(draft) in self._done:
            return
        self._done.add(id(draft))
        if not draft.actors:
            for owner in draft.owners:
                self._resolve(owner)
            if draft.kind is MentionKind.PRONOUN:
                self._pronoun(draft)
            elif draft.kind is MentionKind.PERSON:
                self._person(draft)
            else:
                self._nominal(draft)
        if draft.actors:
            self._focus.add(draft, self._sentence(draft))

    def _sentence(self, draft: Draft) -> int:
        return self._page.sentence_of(self._doc[draft.head]).index

    # persons

    def _person(self, draft: Draft) -> None:
        earlier = draft.antecedent
        if earlier is not None:
            self._resolve(earlier)
            self._take(draft, earlier, "named before")
            if draft.actors:
                return
        sector = draft.role.sector if draft.role else Sector.GOVERNMENT
        codes = self._owned(draft)
        if not codes and draft.described is not None:
            noun = self._drafts.headed(draft.described)
            if noun is not None:
                self._resolve(noun)
                if noun.actors:
                    draft.actors = actors_of(noun.codes, noun.actors[0].sector, draft.name, noun.office)
                    draft.why, draft.role, draft.lemma = "described", noun.role, noun.lemma
                    draft.gender = draft.gender or noun.gender
                    return
        why = "title"
        if not codes and draft.role is not None and draft.role.reach in (Reach.STATE, Reach.DEFINITE):
            codes, why = self._state_in_focus(draft)[:1], "title, state in focus"
        if not codes:
            codes, why = (STATELESS,), "state unknown"
            sector = Sector.EDUCATION if draft.role and draft.role.reach is Reach.PRIVATE else Sector.CIVILIANS
        draft.actors, draft.why = actors_of(codes, sector, draft.name, draft.office), why

    def _owned(self, draft: Draft) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for owner in draft.owners for code in owner.codes))

    def _take(self, draft: Draft, earlier: Draft, why: str) -> None:
        draft.actors, draft.antecedent, draft.why = earlier.actors, earlier, why
        draft.gender = draft.gender or earlier.gender
        draft.role, draft.lemma = draft.role or earlier.role, draft.lemma or earlier.lemma

    # noun phrases

    def _nominal(self, draft: Draft) -> None:
        role = draft.role
        if role is None:
            return
        codes = self._owned(draft)
        if codes:
            sector = role.sector if draft.lemma != "one" else draft.owners[0].actors[0].sector
            draft.actors, draft.why = actors_of(codes, sector, None, draft.office), "by its phrase"
            return
        if self._is_regional(draft):
            draft.actors, draft.why = actors_of((STATELESS,), role.sector), "of a region"
            return
        if several_codes := several(draft, self._doc, self._focus, self._sentence(draft)):
            draft.actors, draft.why = actors_of(several_codes, role.sector), "several in focus"
            return
        if draft.owners or self._epithet(draft) or draft.lemma in self._words.relational:
            return
        if draft.definite and (self._same_name(draft) or self._same_role(draft)):
            return
        self._by_reach(draft)

    def _is_regional(self, draft: Draft) -> bool:
        role = draft.role
        before = {t.lower_ for t in self._doc[draft.start : draft.head]}
        return (
            role is not None
            and role.kind in (RoleKind.PERSON, RoleKind.GROUP)
            and not self._words.regional.isdisjoint(
                before - {"foreign"} if draft.lemma in ("minister", "secretary") else before
            )
        )

    def _epithet(self, draft: Draft) -> bool:
        """Resolve "the bloc", "the kingdom" to the last of those that the word can mean."""
        allowed = self._words.epithets.get(draft.lemma)
        if allowed is None or draft.plural or not draft.definite:
            return False
        found = self._focus.recent(
            self._sentence(draft), draft.head, lambda d: len(d.codes) == 1 and d.codes[0] in allowed
        )
        if found:
            self._take_code(draft, max(found, key=lambda f: f[0])[1], "epithet")
        elif len(allowed) == 1:
            draft.actors, draft.why = actors_of(allowed, Sector.INTERGOVERNMENTAL), "epithet"
        return bool(draft.actors)

    def _take_code(self, draft: Draft, earlier: Draft, why: str) -> None:
        sector = draft.role.sector if draft.role else Sector.GOVERNMENT
        draft.actors, draft.antecedent, draft.why = actors_of(earlier.codes, sector), earlier, why

    def _same_name(self, draft: Draft) -> bool:
        """Resolve "the Council", "the Commission" to the last name that ends so."""
        word = self._doc[draft.head].text
        if not word[:1].isupper() or draft.head == draft.start:
            return False
        found = self._focus.recent(
            self._sentence(draft),
            draft.head,
            lambda d: d.kind is not MentionKind.PERSON and self._doc[d.end - 1].text == word,
        )
        if found:
            self._take(draft, found[0][1], "same name before")
        return bool(found)

    def _same_role(self, draft: Draft) -> bool:
        """Resolve "the minister", "the ministry" to the last one who or that bore the role."""
        role = draft.role
        assert role is not None

        def fits(other: Draft) -> bool:
            if draft.plural or other.plural or other.kind is MentionKind.PRONOUN or other.is_person != draft.is_person:
                return False
            office = f"{other.lemma} {other.office or ''}".split()
            if draft.lemma in office or (draft.lemma == "leader" and _LEADERS & set(office)):
                return True
            return role.reach is Reach.PRIVATE and other.is_private and other.is_person

        found = self._focus.recent(self._sentence(draft), draft.head, fits)
        if not found:
            return False
        self._take(draft, found[0][1], "same role before")
        return True

    def _by_reach(self, draft: Draft) -> None:
        role = draft.role
        assert role is not None
        proper = role.reach is Reach.OWNED and draft.definite and self._doc[draft.head].text[:1].isupper()
        if (
            role.reach is Reach.STATE
            or proper
            or (role.reach is Reach.DEFINITE and draft.definite and not draft.plural)
        ):
            if codes := self._state_in_focus(draft)[:1]:
                draft.actors, draft.why = actors_of(codes, role.sector, None, draft.office), "state in focus"
        elif role.sector is Sector.REBELS or (
            role.kind in (RoleKind.PERSON, RoleKind.GROUP) and role.sector in _ANONYMOUS
        ):
            draft.actors, draft.why = actors_of((STATELESS,), role.sector), "of no known state"

    def _of_unknown(self, draft: Draft) -> bool:
        """Tell whether the phrase names an owner whom nobody knows: "the chief of Huawei"."""
        for preposition in self._doc[draft.head].rights:
            if preposition.dep_ == "prep" and preposition.lower_ in ("of", "at", "for", "from"):
                return any(c.dep_ == "pobj" and c.pos_ == "PROPN" for c in preposition.children)
        return False

    def _state_in_focus(self, draft: Draft) -> tuple[str, ...]:
        codes = self._focus.codes(self._sentence(draft), draft.head)
        return tuple(code for _, code in codes if str(actor_kind(code)) == "state" or draft.lemma != "country")

    # pronouns

    def _pronoun(self, draft: Draft) -> None:
        token = self._doc[draft.head]
        if draft.lemma == "speaker":
            speaker = speaker_of(token, self._drafts, self._page)
            if speaker is not None:
                self._resolve(speaker)
                self._take(draft, speaker, "the speaker")
            return
        barred = self._barred(draft)
        if draft.is_person:
            self._personal(draft, barred)
        elif draft.lemma == "they":
            self._plural_pronoun(draft, barred)
        else:
            self._neuter(draft, barred)

    def _barred(self, draft: Draft) -> Draft | None:
        """Return the subject of the pronoun's clause, which a pronoun in object position cannot mean."""
        token = self._doc[draft.head]
        if token.tag_ == "PRP$" or token.dep_ in _SUBJECTS or token.lower_.endswith(("self", "selves")):
            return None
        verb = token.head if token.dep_ != "pobj" else token.head.head
        subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        return self._drafts.at(subject.i) if subject is not None else None

    def _personal(self, draft: Draft, barred: Draft | None) -> None:
        def fits(other: Draft) -> bool:
            same = other.gender is None or other.gender is draft.gender
            return other.is_person and not other.plural and same and other is not barred and len(other.codes) == 1

        found = self._focus.recent(self._sentence(draft), draft.head, fits)
        if found:
            chosen = max(found, key=lambda f: f[0])[1]
            self._take(draft, chosen, "pronoun")
            chosen.gender = draft.gender

    def _neuter(self, draft: Draft, barred: Draft | None) -> None:
        excluded = set(barred.codes) if barred else set()

        def fits(other: Draft) -> bool:
            if other.plural or other.is_person or len(other.codes) != 1 or set(other.codes) & excluded:
                return False
            return other.kind not in (MentionKind.DEMONYM, MentionKind.PLACE) and not other.is_private

        found = self._focus.recent(self._sentence(draft), draft.head, fits)
        if found:
            chosen = max(found, key=lambda f: f[0])[1]
            self._take(draft, chosen, "pronoun")

    def _plural_pronoun(self, draft: Draft, barred: Draft | None) -> None:
        found = self._focus.recent(
            self._sentence(draft), draft.head, lambda d: (d.plural or len(d.codes) > 1) and d is not barred
        )
        if found:
            self._take(draft, max(found, key=lambda f: f[0])[1], "pronoun")


_ANONYMOUS = frozenset({Sector.GOVERNMENT, Sector.EDUCATION, Sector.MEDIA})
__all__ = ["Actor", "Resolver"]
