"""What the syntax says of when an act takes place: the time of its own clause or of a clause that shares its time.

Whether a date is carried over from the text before is decided in ``events_date_choice.py``, which hears this first;
:class:`ReportDay` is the plain rule for the same question.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Token

from detente.model.actor import TimeMention
from detente.model.span import Span
from detente.model.when import PartialDate
from detente.reading.page import Page
from detente.reading.syntax import ancestors_within, clause_of, is_verbal, kids

_PASSED_OVER = frozenset({"ADP", "SCONJ", "PART", "NUM", "ADV", "ADJ", "DET"})
_TIME_NOUNS = frozenset(
    {"evening", "night", "morning", "afternoon", "day", "week", "month", "year", "summer", "winter", "spring", "autumn"}
    | {
        "fall",
        "dawn",
        "noon",
        "hour",
        "beginning",
        "end",
        "start",
        "middle",
        "half",
        "weekend",
        "midnight",
        "eve",
        "early",
    }
)
_MAIN = frozenset({"ROOT", "conj"})
_SENTENCES, _FRESH_DAYS = 2, 2
_LASTING = frozenset({"since", "until", "till"})
_SHARING = frozenset({"xcomp", "pcomp"})
_APART = frozenset(
    {"after", "before", "over", "because", "for", "despite", "since", "of", "until", "from", "about", "against"}
)


class Dates:
    """Attaches the time mentions of one page to the clauses and nouns that they modify."""

    def __init__(self, page: Page, times: Sequence[TimeMention]) -> None:
        self._dates: dict[int, PartialDate] = {}
        self._places: dict[int, int] = {}
        self._same: dict[int, PartialDate] = {}
        self._loose: dict[int, PartialDate] = {}
        self._starts = [time.span.start for time in times if time.date is not None]
        self._ends: dict[int, PartialDate] = {}
        self._roots: dict[int, PartialDate] = {}
        for time in times:
            if time.date is None:
                continue
            tokens = page.tokens_in(time.span)
            root = tokens.root
            self._roots[root.i] = time.date
            self._ends[tokens.end] = time.date
            host = _host(root)
            if host is None:
                continue
            clause = clause_of(root)
            if clause.i not in self._same:
                self._same[clause.i], self._places[clause.i] = time.date, root.i
            self._dates.setdefault(host.i, time.date)
            self._places.setdefault(host.i, root.i)
            if not is_verbal(host) and (verb := _loose_host(host, root)) is not None:
                self._loose.setdefault(verb.i, time.date)

    def any_in(self, sentence: Span) -> bool:
        """Tell whether a sentence holds a resolved time expression."""
        return any(sentence.start <= start < sentence.end for start in self._starts)

    def of(self, trigger: Token) -> PartialDate | None:
        """Return the date said of a trigger's own phrase or of its clause."""
        if not is_verbal(trigger) and (own := self._own(trigger)) is not None:
            return own
        token = trigger
        for _ in range(12):
            if (found := self._of_clause(token)) is not None:
                return found
            above = self._above(token)
            if above is None:
                return None
            token = above
        return None

    def _own(self, noun: Token) -> PartialDate | None:
        if noun.i in self._dates:
            return self._dates[noun.i]
        return next((self._roots[c.i] for c in noun.children if c.i in self._roots and c.dep_ != "relcl"), None)

    def _of_clause(self, token: Token) -> PartialDate | None:
        if token.i in self._dates:
            return self._dates[token.i]
        if is_verbal(token):
            if (said := self._before_when(token)) is not None:
                return said
            if token.i in self._loose:
                return self._loose[token.i]
            if token.i in self._same:
                return self._same[token.i]
            for child in token.children:
                if child.dep_ in ("dobj", "nsubjpass", "attr", "dative") and (own := self._own(child)) is not None:
                    return own
                if child.dep_ == "advcl" and _is_when(child) and child.i in self._dates:
                    return self._dates[child.i]
        return None

    def _before_when(self, verb: Token) -> PartialDate | None:
        """Return the time that a clause with "when" explains: "since 1993, when Oslo put …"."""
        for child in verb.children:
            if child.lower_ == "when":
                comma = child.i > 0 and child.nbor(-1).text == ","
                return self._ends.get(child.i - 1 if comma else child.i)
        return None

    def _above(self, token: Token) -> Token | None:
        """Return the next word up that shares a token's time, or None at a clause of its own."""
        head = token.head
        if head.i == token.i:
            return None
        if token.dep_ == "prep" and token.lower_ in _APART:
            return None
        if not is_verbal(token):
            return head
        if token.dep_ == "conj":
            place = self._places.get(head.i)
            if place is None:
                return head
            return head if place < head.i or (place < token.i and _goes_on(token)) else None
        if token.dep_ == "relcl":
            return head if head.i in self._roots or _is_when(token) else None
        if token.dep_ == "advcl":
            return head if _is_when(token) or token.tag_ in ("VBG", "VB") else None
        if token.dep_ in _SHARING or (token.dep_ == "ccomp" and token.tag_ == "VBG"):
            return head  # "announced on Monday that it was closing …": what is announced begins
        return None


class ReportDay:
    """The one day of which a report has told so far, as long as it is one and lies just before publication."""

    def __init__(self, published: date | None) -> None:
        self._published = published
        self._days: set[PartialDate] = set()
        self._last = -_SENTENCES

    def note(self, found: PartialDate, trigger: Token, sentence: int) -> None:
        """Remember the date of an act told in a main clause."""
        if clause_of(trigger).dep_ in _MAIN:
            self._days.add(found)
            self._last = sentence

    def of(self, trigger: Token, sentence: int) -> PartialDate | None:
        """Return the day for words spoken in the simple past of a main clause shortly after, or None."""
        if len(self._days) != 1 or not 0 < sentence - self._last <= _SENTENCES or self._published is None:
            return None
        (day,) = self._days
        fresh = day.day is not None and 0 <= (self._published - day.first).days <= _FRESH_DAYS
        verb = clause_of(trigger)
        told = verb.tag_ == "VBD" and verb.dep_ in _MAIN and not kids(verb, "aux")
        return day if fresh and told and is_verbal(trigger) else None


def _goes_on(verb: Token) -> bool:
    """Tell whether a coordinated verb goes on with the subject and the time of the first ("came and signed")."""
    own = any(c.dep_ in ("nsubj", "nsubjpass", "neg", "aux") for c in verb.children)
    link = next((c.lower_ for c in verb.head.children if c.dep_ == "cc" and c.i < verb.i), "and")
    return not own and link not in ("but", "yet")


def _is_when(clause: Token) -> bool:
    return any(c.lower_ == "when" for c in clause.children)


def _host(root: Token) -> Token | None:
    """Return the noun or verb that a time expression modifies; None when it says since or until when."""
    for above in _upward(root):
        if above.lower_ in _LASTING:
            return None
        if above.pos_ in _PASSED_OVER or above.lemma_.lower() in _TIME_NOUNS:
            continue
        return above
    return None


def _loose_host(noun: Token, root: Token) -> Token | None:
    """Return the verb of the clause when a time hangs on a noun only for want of a better place in the parse."""
    preposition = next((t for t in ancestors_within(root) if t.pos_ == "ADP"), None)
    if preposition is None or preposition.lower_ not in ("on", "in", "at", "during", "by"):
        return None
    verb = clause_of(noun)
    return (
        verb
        if is_verbal(verb) and noun.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "npadvmod", "poss", "compound")
        else None
    )


def _upward(root: Token) -> Iterator[Token]:
    yield from ancestors_within(root)
