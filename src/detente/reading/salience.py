"""What is in focus: the mentions read so far, weighed by syntax and nearness.

Salience by grammatical role and recency follows Lappin & Leass (1994), "An algorithm for pronominal anaphora
resolution", Computational Linguistics 20(4); the weights here are fitted by hand to the project's dispatches.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from detente.model.actor import STATELESS
from detente.model.codes import MentionKind
from detente.reading.mention_drafts import Draft

DECAY = 0.5
"""A sentence further back counts half."""
WINDOW = 5
PRIOR = 8.0
"""Weight that a state would have of which alone the whole text speaks."""
_WEIGHTS = {
    "nsubj": 4.0,
    "nsubjpass": 3.5,
    "csubj": 3.0,
    "agent": 2.5,
    "dobj": 2.0,
    "dative": 2.0,
    "pobj": 1.4,
    "poss": 1.6,
}
_PLACE = 0.25
_MODIFIER = 0.8


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A resolved mention with the sentence and weight with which it stands."""

    draft: Draft
    sentence: int
    weight: float


class Focus:
    """The mentions read so far."""

    def __init__(self, doc: Doc, prior: dict[str, float]) -> None:
        self._doc, self._prior = doc, prior
        self.mentioned: list[Mentioned] = []

    def add(self, draft: Draft, sentence: int) -> None:
        """Remember a resolved mention."""
        self.mentioned.append(Mentioned(draft, sentence, weight_of(self._doc[draft.head], draft)))

    def recent(
        self, sentence: int, before: int, fits: Callable[[Draft], bool], window: int = WINDOW
    ) -> list[tuple[float, Draft]]:
        """Return fitting mentions that start before a token, with their weight seen from a sentence, latest first."""
        found: list[tuple[float, Draft]] = []
        for entry in reversed(self.mentioned):
            back = sentence - entry.sentence
            if back > window:
                break
            if entry.draft.head < before and fits(entry.draft):
                found.append((entry.weight * DECAY**back, entry.draft))
        return found

    def codes(self, sentence: int, before: int, fits: Callable[[Draft], bool] | None = None) -> list[tuple[float, str]]:
        """Return the codes in focus with summed weights, heaviest first; actors of no state are left out."""
        weights = dict(self._prior) if fits is None else {}
        for weight, draft in self.recent(sentence, before, fits or (lambda _: True)):
            for code in draft.codes:
                if code != STATELESS:
                    weights[code] = weights.get(code, 0.0) + weight
        return sorted(((weight, code) for code, weight in weights.items()), reverse=True)


def weight_of(token: Token, draft: Draft) -> float:
    """Return the weight of a mention by its syntactic role."""
    dep, above = token.dep_, token
    while dep == "conj":
        above = above.head
        dep = above.dep_
    if dep == "pobj" and above.head.dep_ == "agent":
        dep = "agent"
    weight = _WEIGHTS.get(dep, _MODIFIER)
    if draft.kind is MentionKind.PLACE:
        weight *= _PLACE
    return weight * (0.7 if draft.is_private else 1.0)


def prior_of(drafts: Iterable[Draft]) -> dict[str, float]:
    """Return the share of each state or organisation among the names of a text, in units of a subject's weight."""
    counts: dict[str, float] = {}
    for draft in drafts:
        for code in draft.codes:
            if code != STATELESS:
                counts[code] = counts.get(code, 0.0) + (_PLACE if draft.kind is MentionKind.PLACE else 1.0)
    total = sum(counts.values())
    return {code: PRIOR * count / total for code, count in counts.items()}
