"""What resolution sees: the page, its drafts, and what is in focus at a draft."""

from collections.abc import Callable

from detente.model.actor import STATELESS
from detente.model.codes import MentionKind
from detente.reading.coreference_speech import quoted
from detente.reading.mention_drafts import Draft, Drafts
from detente.reading.mention_words import mention_words
from detente.reading.page import Page
from detente.reading.salience import WINDOW, Focus, prior_of

ALL = 10_000
"""A window that takes in every sentence so far."""
_SAID_BY_OTHERS = 0.05
"""Weight of what stands inside quotation marks for what stands outside."""


class Scene:
    """One page while its mentions are being resolved."""

    def __init__(self, page: Page, drafts: Drafts) -> None:
        self.page, self.doc, self.drafts = page, page.doc, drafts
        self.words = mention_words()
        self.focus = Focus(page.doc, prior_of(drafts.all))
        self._quoted = quoted(page)

    def sentence(self, draft: Draft) -> int:
        """Return the index of a draft's sentence."""
        return self.page.sentence_of(self.doc[draft.head]).index

    def is_quoted(self, draft: Draft) -> bool:
        """Tell whether a draft stands inside quotation marks."""
        return draft.head in self._quoted

    def add(self, draft: Draft) -> None:
        """Bring a resolved draft into focus, and the group that it closes ("France, Britain and Germany")."""
        sentence = self.sentence(draft)
        self.focus.add(draft, sentence)
        group = self._group(draft)
        if group is not None:
            self.focus.add(group, sentence)

    def _group(self, draft: Draft) -> Draft | None:
        token = self.doc[draft.head]
        if token.dep_ != "conj":
            return None
        members = [draft]
        while token.dep_ == "conj":
            token = token.head
            member = self.drafts.at(token.i)
            if member is None or not member.actors or member.is_person is not draft.is_person:
                return None
            members.append(member)
        actors = tuple(dict.fromkeys(actor for m in reversed(members) for actor in m.actors))
        group = Draft(members[-1].start, draft.end, members[-1].head, MentionKind.NOMINAL, actors, "conjuncts")
        group.plural, group.is_person, group.definite = True, draft.is_person, True
        return group if len(group.codes) > 1 or group.is_person else None

    def recent(self, draft: Draft, fits: Callable[[Draft], bool], window: int = WINDOW) -> list[tuple[float, Draft]]:
        """Return the fitting mentions before a draft with their weights, latest first."""
        found = self.focus.recent(self.sentence(draft), draft.head, fits, window)
        if self.is_quoted(draft):
            return found
        return [(weight * (_SAID_BY_OTHERS if self.is_quoted(other) else 1.0), other) for weight, other in found]

    def codes(self, draft: Draft) -> dict[str, float]:
        """Return the codes in focus at a draft with their weights, heaviest first."""
        return {code: weight for weight, code in self.focus.codes(self.sentence(draft), draft.head)}

    def spoken_of(self, code: str) -> bool:
        """Tell whether the text names an actor anywhere."""
        return code != STATELESS and any(code in other.codes for other in self.drafts.all)


def heaviest(found: list[tuple[float, Draft]]) -> Draft | None:
    """Return the mention of the greatest weight, of equals the latest."""
    return max(found, key=lambda pair: pair[0])[1] if found else None


def take(draft: Draft, earlier: Draft, why: str) -> None:
    """Let a draft mean what an earlier one means."""
    draft.actors, draft.antecedent, draft.why = earlier.actors, earlier, why
    draft.gender = draft.gender or earlier.gender
    draft.role, draft.lemma = draft.role or earlier.role, draft.lemma or earlier.lemma
