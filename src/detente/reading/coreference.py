"""Resolution in text order: titles, bodies, pronouns and groups take their actors from what is in focus."""

from detente.model.actor import STATELESS
from detente.model.codes import MentionKind, Sector
from detente.reading.coreference_nominals import owned, resolve_nominal
from detente.reading.coreference_pronouns import resolve_pronoun
from detente.reading.coreference_scene import Scene, take
from detente.reading.coreference_speech import speaker_of
from detente.reading.mention_drafts import Draft, Drafts, actors_of
from detente.reading.mention_words import Reach
from detente.reading.name_origin import likeliest
from detente.reading.page import Page
from detente.world import find_state


class Resolver:
    """Gives the open mentions of one page their actors."""

    def __init__(self, page: Page, drafts: Drafts) -> None:
        self._scene, self._drafts = Scene(page, drafts), drafts
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
            if draft.kind is MentionKind.PERSON:
                self._person(draft)
            elif draft.lemma == "speaker":
                self._first_person(draft)
            elif draft.kind is MentionKind.PRONOUN:
                resolve_pronoun(draft, self._scene)
            else:
                resolve_nominal(draft, self._scene)
        if draft.actors:
            self._scene.add(draft)

    def _first_person(self, draft: Draft) -> None:
        speaker = speaker_of(self._scene.doc[draft.head], self._drafts, self._scene.page)
        if speaker is not None:
            self._resolve(speaker)
            take(draft, speaker, "the speaker")

    def _person(self, draft: Draft) -> None:
        """Resolve an unlisted person: named before, by the title's owner, by an apposition, or by the name."""
        if draft.antecedent is not None:
            self._resolve(draft.antecedent)
            take(draft, draft.antecedent, "named before")
            if draft.actors:
                return
        noun = self._drafts.headed(draft.described) if draft.described is not None else None
        sector = draft.role.sector if draft.role else Sector.CIVILIANS
        codes, why = owned(draft), "by title or affiliation"
        if noun is not None:
            self._resolve(noun)
            draft.gender, draft.office = draft.gender or noun.gender, draft.office or noun.office
            sector = noun.role.sector if noun.role else sector
            draft.role, draft.lemma = draft.role or noun.role, draft.lemma or noun.lemma
            if not codes and noun.why != "state in focus":
                codes, why = tuple(c for c in noun.codes if c != STATELESS), "described"
        if not codes and self._speaks_for_a_state(draft, noun):
            codes, why = self._by_name(draft)
        if not codes:
            codes, why = (STATELESS,), "state unknown"
        draft.actors, draft.why = actors_of(codes, sector, draft.name, draft.office), why
        if noun is not None and (noun.codes == codes or noun.why in ("", "state in focus", "of no known state")):
            noun.actors, noun.why = draft.actors, "apposition"

    def _speaks_for_a_state(self, draft: Draft, noun: Draft | None) -> bool:
        """Tell whether a person bears an office now; retired ones, experts and people in the street do not."""
        if draft.role is None or draft.role.reach not in (Reach.STATE, Reach.DEFINITE):
            return False
        stretches = [(draft.start, draft.end), *([(noun.start, noun.head)] if noun else [])]
        words = {t.lower_ for start, end in stretches for t in self._scene.doc[start:end]}
        return words.isdisjoint(self._scene.words.former)

    def _by_name(self, draft: Draft) -> tuple[tuple[str, ...], str]:
        """Judge an unknown person's state by what is in focus and by the name."""
        weights = {c: w for c, w in self._scene.codes(draft).items() if find_state(c) is not None}
        state = likeliest(draft.name or "", weights)
        return ((state,), "state in focus that fits the name") if state else ((), "")
