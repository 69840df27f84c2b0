"""When an act takes place: the time expression of its own clause, or none."""

from collections.abc import Sequence

from spacy.tokens import Token

from detente.model.actor import TimeMention
from detente.model.when import PartialDate
from detente.reading.page import Page
from detente.reading.syntax import ancestors_within, is_verbal

_JOINED = frozenset({"conj", "xcomp", "pcomp", "aux"})


class Dates:
    """Attaches the time mentions of one page to the clauses and nouns that they modify."""

    def __init__(self, page: Page, times: Sequence[TimeMention]) -> None:
        self._by_head: dict[int, PartialDate] = {}
        for time in times:
            if time.date is None:
                continue
            root = page.tokens_in(time.span).root
            for above in _holders(root):
                self._by_head.setdefault(above.i, time.date)

    def of(self, trigger: Token) -> PartialDate | None:
        """Return the date said of a trigger's own phrase or clause."""
        if trigger.i in self._by_head:
            return self._by_head[trigger.i]
        if is_verbal(trigger):
            for child in trigger.children:
                if child.dep_ in ("dobj", "nsubjpass") and child.i in self._by_head:
                    return self._by_head[child.i]
        for above in _clause_chain(trigger):
            if above.i in self._by_head:
                return self._by_head[above.i]
        return None


def _holders(root: Token) -> list[Token]:
    """Return the noun and the verb that a time expression modifies."""
    for above in ancestors_within(root):
        if above.pos_ in ("ADP", "SCONJ", "PART", "NUM", "ADV") or above.ent_type_ in ("DATE", "TIME"):
            continue
        return [above]
    return [root]


def _clause_chain(trigger: Token) -> list[Token]:
    """Return the words up to the verb of the trigger's clause, and verbs that share its time."""
    chain: list[Token] = []
    token = trigger
    while token.head.i != token.i:
        if is_verbal(token) and token.dep_ not in _JOINED:
            break
        token = token.head
        chain.append(token)
    return chain
