"""Words that name several actors at once: "the two countries", "both sides", "the leaders"."""

from detente.reading.coreference_scene import Scene
from detente.reading.mention_drafts import Draft

_PAIR = 2
_PLAIN = frozenset({"side", "country", "leader", "party", "neighbour", "neighbor"})
_EACH = frozenset({"each", "either", "neither"})


def several(draft: Draft, scene: Scene) -> tuple[str, ...]:
    """Return the codes that a plural names, sorted; empty when it names no group of states in focus."""
    words = scene.words
    before = {t.lower_ for t in scene.doc[draft.start : draft.head]}
    count = next((n for word, n in words.collective.items() if word in before), None)
    each = not _EACH.isdisjoint(before)
    if not (draft.plural or each) or draft.lemma not in words.plural or draft.owners:
        return ()
    if count is None and not each and not ("the" in before and draft.lemma in _PLAIN):
        return ()
    if draft.is_person and not (draft.definite or each or "both" in before):  # "two diplomats": of nobody knows where
        return ()
    wanted = count or _PAIR
    codes = scene.codes(draft)
    if len(codes) < wanted:
        return ()
    top = set(list(codes)[: wanted + 1])
    groups = scene.recent(draft, lambda d: len(d.codes) == wanted)
    close = next((group for _, group in groups if set(group.codes) <= top), None)
    return tuple(sorted(close.codes if close else list(codes)[:wanted]))
