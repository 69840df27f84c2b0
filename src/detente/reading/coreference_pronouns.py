"""Personal and possessive pronouns: the fitting mention of the greatest salience."""

from detente.model.codes import MentionKind
from detente.reading.coreference_scene import Scene, heaviest, take
from detente.reading.mention_drafts import Draft, Gender

_SUBJECTS = ("nsubj", "nsubjpass")
_UNCERTAIN = 0.35
"""Weight of a person whose gender nobody told."""


def resolve_pronoun(draft: Draft, scene: Scene) -> None:
    """Give a pronoun the actors of its antecedent, or leave it open."""
    barred = _barred(draft, scene)
    if draft.is_person:
        _personal(draft, scene, barred)
    elif draft.lemma == "they":
        found = scene.recent(draft, lambda d: (d.plural or len(d.codes) > 1) and d is not barred)
        if (chosen := heaviest(found)) is not None:
            take(draft, chosen, "pronoun")
    else:
        _neuter(draft, scene, barred)


def _barred(draft: Draft, scene: Scene) -> Draft | None:
    """Return the subject of the pronoun's clause, which a pronoun in object position cannot mean."""
    token = scene.doc[draft.head]
    if token.tag_ == "PRP$" or token.dep_ in _SUBJECTS or token.lower_.endswith(("self", "selves")):
        return None
    verb = token.head if token.dep_ != "pobj" else token.head.head
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    return scene.drafts.at(subject.i) if subject is not None else None


def _personal(draft: Draft, scene: Scene, barred: Draft | None) -> None:
    barred_actors = set(barred.actors) if barred is not None else set()

    def fits(other: Draft) -> bool:
        if not other.is_person or other.plural or len(other.codes) != 1 or set(other.actors) & barred_actors:
            return False
        return other.gender is None or other.gender is draft.gender

    found = scene.recent(draft, fits)
    told = [(w * (1.0 if other.gender or draft.gender is Gender.MALE else _UNCERTAIN), other) for w, other in found]
    if (chosen := heaviest(told)) is not None:
        take(draft, chosen, "pronoun")
        chosen.gender = draft.gender


def _neuter(draft: Draft, scene: Scene, barred: Draft | None) -> None:
    excluded = set(barred.codes) if barred else set()

    def fits(other: Draft) -> bool:
        if other.plural or other.is_person or len(other.codes) != 1 or set(other.codes) & excluded:
            return False
        return other.kind not in (MentionKind.DEMONYM, MentionKind.PLACE) and not other.is_private

    if (chosen := heaviest(scene.recent(draft, fits))) is not None:
        take(draft, chosen, "pronoun")
