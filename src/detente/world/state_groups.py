"""Phrases for several states at once: "the Baltic states", "both Koreas"."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from detente.world.codes import fold
from detente.world.entries import words_of
from detente.world.tables import parts, rows


@dataclass(frozen=True, slots=True)
class StateGroup:
    """States that one phrase names together; ``words`` are the phrase's, cut by ``words_of``."""

    words: tuple[str, ...]
    codes: tuple[str, ...]


@cache
def _groups() -> dict[str, tuple[StateGroup, ...]]:
    found: dict[str, list[StateGroup]] = {}
    for codes, phrases in rows("state_groups.csv"):
        for phrase in parts(phrases):
            words = tuple(fold(word) for word in words_of(phrase))
            found.setdefault(words[0], []).append(StateGroup(words, parts(codes)))
    return {first: tuple(sorted(groups, key=lambda g: -len(g.words))) for first, groups in found.items()}


def state_group_at(words: Sequence[str], start: int) -> StateGroup | None:
    """Return the group whose phrase begins at a word, the longest phrase first.

    Args:
        words: The lower-cased words of a sentence, cut as spaCy does.
        start: Index of the phrase's first word; an article before it is not part of it.
    """
    for group in _groups().get(fold(words[start]), ()):
        if tuple(fold(word) for word in words[start : start + len(group.words)]) == group.words:
            return group
    return None
