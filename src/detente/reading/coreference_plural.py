"""Words that name several actors at once: "the two countries", "both sides", "the leaders"."""

from spacy.tokens import Doc

from detente.reading.mention_drafts import Draft
from detente.reading.mention_words import mention_words
from detente.reading.salience import Focus

_PAIR = 2


def several(draft: Draft, doc: Doc, focus: Focus, sentence: int) -> tuple[str, ...]:
    """Return the codes that a plural names, sorted; empty when it names no group of states in focus."""
    words = mention_words()
    before = [t.lower_ for t in doc[draft.start : draft.head]]
    count = next((words.collective[w] for w in before if w in words.collective), None)
    each = "each" in before or "either" in before or "neither" in before
    if not (draft.plural or each) or draft.lemma not in words.plural or draft.owners:
        return ()
    if (
        count is None
        and not each
        and not ("the" in before and draft.lemma in ("side", "country", "leader", "party", "neighbour"))
    ):
        return ()
    wanted = count or _PAIR
    groups = focus.recent(sentence, draft.head, lambda d: len(d.codes) == wanted)
    codes = focus.codes(sentence, draft.head)
    if len(codes) < wanted:
        return ()
    top = {code for _, code in codes[: wanted + 1]}
    for _, group in groups:
        if set(group.codes) <= top:
            return tuple(sorted(group.codes))
    return tuple(sorted(code for _, code in codes[:wanted]))
