"""What speaks for and against each date that an act may have: the named features of the learned date decision.

A candidate is a date that the text names in the act's sentence, in one of the few before it or at its head, or no date
at all. Its features are words; ``events_date_choice.py`` weighs them. All are read off the parse and the times, none
off other events, so that the decision on one act does not hang on another's. What was tried and did not help on sets
left out: temporal adverbs, actors shared with the earlier sentence, how densely a text is dated, months of days named,
the day of publication, and the date chosen for the act before.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from detente.model.actor import TimeMention
from detente.model.codes import EventType
from detente.model.when import Granularity, PartialDate
from detente.reading.events_dates import Dates
from detente.reading.page import Page
from detente.reading.syntax import ancestors_within, clause_of, is_verbal, kids

REACH = 4
"""A date may be carried over from so many sentences back, and from the head of the text from anywhere."""

_FRESH_DAYS, _RECENT_DAYS = 2, 300
_REPORTING = frozenset({"say", "tell", "announce", "state", "declare", "report", "write", "add", "confirm"})
_LOOSE = frozenset({"since", "until", "till", "from", "by", "for", "of", "after", "before", "following"})
_MODAL = frozenset({"will", "would", "may", "might", "could", "can", "should", "must", "shall", "'ll", "’ll"})
_PLACES = {"ROOT": "main", "conj": "coordinated", "relcl": "relative", "advcl": "adverbial", "ccomp": "content"}

Found = dict[PartialDate, set[str]]


@dataclass(frozen=True, slots=True)
class Act:
    """What the decision knows of an act: ``real`` if told as a fact, ``said`` if it stands in a statement."""

    trigger: Token
    sentence: int
    type: EventType
    real: bool
    said: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that the act may have (``None``: the text gives none), and what bears on it."""

    date: PartialDate | None
    features: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Named:
    """A time mention with a date, placed in the parse."""

    date: PartialDate
    root: Token
    clause: Token
    preposition: str


class Candidates:
    """Lists the candidates of the acts of one page."""

    def __init__(self, page: Page, times: Sequence[TimeMention], dates: Dates) -> None:
        self._page, self._dates = page, dates
        self._named: list[list[_Named]] = [[] for _ in page.sentences]
        starts = [s.span.start for s in page.sentences]
        for time in times:
            index = bisect_right(starts, time.span.start) - 1
            if time.date is not None and index >= 0:
                root = page.tokens_in(time.span).root
                self._named[index].append(_Named(time.date, root, clause_of(root), _preposition(root)))
        self._main: dict[int, PartialDate | None] = {}
        days = {named.date for names in self._named for named in names if named.date.granularity is Granularity.DAY}
        self._fresh = {day for day in days if self._age(day) == "fresh"}
        first = map(self._main_date, range(min(2, len(page.sentences))))
        self._lead = next((date for date in first if date is not None), None)

    def of(self, act: Act) -> list[Candidate]:
        """Return the candidates of an act; "no date" is always the first."""
        marks = _marks(act, timed=bool(self._named[act.sentence]))
        tense = marks[0]
        found: Found = {}
        self._add_own(act, marks, found)
        self._add_earlier(act, marks, found)
        self._add_lead(act, marks, found)
        for date, words in found.items():
            words.update(self._shape(date, words, tense))
        none = Candidate(None, _crossed("none", marks))
        return [none, *(Candidate(date, frozenset(words)) for date, words in found.items())]

    def _add_own(self, act: Act, marks: list[str], found: Found) -> None:
        ruled = self._dates.of(act.trigger)
        if ruled is not None:
            found[ruled] = set(_crossed("rule", marks))
        here = self._named[act.sentence]
        clause = clause_of(act.trigger)
        above = {t.i for t in ancestors_within(act.trigger)}
        nearest = min(here, key=lambda n: abs(n.root.i - act.trigger.i), default=None)
        for named in here:
            words = found.setdefault(named.date, set())
            words.update(_relation(act.trigger, clause, above, named))
            words.add("own")
            if ruled is None:
                words.update(f"own unruled & {mark}" for mark in marks)
            if len(here) == 1:
                words.add("own: the only one")
            elif named is nearest:
                words.add("own: the nearest")
            if named is here[0] and named.root.i < clause.i:
                words.add("own: leads")

    def _add_earlier(self, act: Act, marks: list[str], found: Found) -> None:
        sentences = self._page.sentences
        told = {named.date for names in self._named[: act.sentence] for named in names}
        seen: set[PartialDate] = set()
        for back in range(1, min(REACH, act.sentence) + 1):
            index = act.sentence - back
            main = self._main_date(index)
            for named in reversed(self._named[index]):
                if named.date in seen:
                    continue
                kind = "back main" if named.date == main else "back aside"
                words = found.setdefault(named.date, set())
                words.update((*_crossed(kind, marks), f"{kind} {back}", f"back & {named.date.granularity}"))
                if not seen:
                    words.add(f"{kind}: newest")
                if len(told) == 1:
                    words.add("back: the only one told")
                if sentences[index].paragraph != sentences[act.sentence].paragraph:
                    words.add(f"{kind}: other paragraph")
                if named.preposition in _LOOSE:
                    words.add(f"back: {named.preposition}")
                seen.add(named.date)

    def _add_lead(self, act: Act, marks: list[str], found: Found) -> None:
        if self._lead is None or act.sentence == 0:
            return
        kind = "lead near" if self._lead in found else "lead far"
        words = found.setdefault(self._lead, set())
        words.update(_crossed(kind, marks))
        if self._fresh == {self._lead}:
            words.add(f"{kind}: the only fresh day")

    def _main_date(self, sentence: int) -> PartialDate | None:
        """Return the date of a sentence's main clause; "A said that B had left on Monday" tells of Monday."""
        if sentence not in self._main:
            root = self._page.sentence_tokens[sentence].root
            date = self._dates.of(root)
            if date is None and root.lemma_ in _REPORTING:
                date = next((d for c in kids(root, "ccomp") if (d := self._dates.of(c)) is not None), None)
            self._main[sentence] = date
        return self._main[sentence]

    def _age(self, date: PartialDate) -> str | None:
        published = self._page.document.published
        if published is None:
            return None
        if date.first > published:
            return "ahead"
        days = (published - date.first).days
        if days <= _FRESH_DAYS and date.granularity is Granularity.DAY:
            return "fresh"
        return "recent" if days < _RECENT_DAYS else "old"

    def _shape(self, date: PartialDate, words: set[str], tense: str) -> set[str]:
        """Say how fine and how recent a date is, by where it stands and by the tense of the act."""
        age = self._age(date)
        shapes = {f"of {date.granularity}"} | ({age, f"{age} & {tense}"} if age else set())
        kinds = [k for k in ("back main", "back aside", "lead near", "lead far") if k in words]
        crossed = {f"{kind}: {shape}" for kind in kinds for shape in shapes}
        return crossed | (shapes if "own" in words else set())


def _crossed(kind: str, marks: list[str]) -> frozenset[str]:
    return frozenset({kind, *(f"{kind} & {mark}" for mark in marks)})


def _preposition(root: Token) -> str:
    for above in ancestors_within(root):
        if above.pos_ in ("ADP", "SCONJ"):
            return above.lower_
        if is_verbal(above):
            break
    return ""


def _marks(act: Act, *, timed: bool) -> list[str]:
    """Describe an act; the first word is the tense of its clause."""
    clause = clause_of(act.trigger)
    marks = [_tense(clause), f"{_PLACES.get(clause.dep_, 'other')} clause", act.type.value]
    marks.append("verbal" if act.type.quad.is_verbal else "material")
    marks.append("timed" if timed else "untimed")
    if not act.real:
        marks.append("unreal")
    if act.said:
        marks.append("said")
    if kids(clause, "neg"):
        marks.append("negated")
    subject = next(iter(kids(clause, "nsubj", "nsubjpass")), None)
    if subject is not None and subject.pos_ in ("PRON", "PROPN"):
        marks.append("subject pronoun" if subject.pos_ == "PRON" else "subject name")
    if is_verbal(act.trigger):
        return [*marks, "verb"]
    articles = [f"noun {c.lower_}" for c in kids(act.trigger, "det") if c.lower_ in ("the", "a", "an", "this", "that")]
    number = "noun plural" if act.trigger.tag_ == "NNS" else "noun singular"
    return [*marks, "noun", *articles, f"noun {act.trigger.dep_}", number]


def _tense(clause: Token) -> str:
    aux = {c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    if aux & _MODAL:
        return "modal"
    if "had" in aux:
        return "pluperfect"
    if aux & {"has", "have", "'ve", "’ve"}:
        return "perfect"
    if "to" in aux or clause.tag_ in ("VB", "VBG"):
        return "present" if aux & {"is", "are", "am", "do", "does"} else "bare"
    if clause.tag_ == "VBD" or aux & {"was", "were", "did", "been"}:
        return "past"
    if clause.tag_ in ("VBZ", "VBP") or aux & {"is", "are"}:
        return "present"
    return "participle" if clause.tag_ == "VBN" else "verbless"


def _relation(trigger: Token, clause: Token, above: set[int], named: _Named) -> set[str]:
    """Say how a time of the same sentence stands to the act."""
    words = set()
    over = {t.i for t in ancestors_within(named.root)}
    if named.clause.i == clause.i:
        place = "same clause"
    elif named.clause.i in above:
        place = "clause above"
        words.add(f"own: above, {clause.dep_}")
    elif clause.i in over:
        place = "clause below"
        words.add(f"own: below, {named.clause.dep_}")
    else:
        place = "clause beside"
    order = "before" if named.root.i < trigger.i else "after"
    low, high = sorted((named.root.i, trigger.i))
    between = sum(is_verbal(t) and t.tag_ in ("VBD", "VBZ", "VBP") for t in trigger.doc[low + 1 : high])
    words |= {f"own: {place}, {order}", f"own: {min(between, 3)} verbs between, {order}"}
    if any(t.text == ";" for t in trigger.doc[low:high]):
        words.add("own: semicolon between")
    if named.preposition in _LOOSE:
        words.add(f"own: {named.preposition}")
    if trigger.i in over:
        words.add("own: under the trigger")
    return words
