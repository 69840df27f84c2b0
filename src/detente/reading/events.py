"""The event coder: frames over dependency parses, who did what to whom (PLOVER types).

Each sentence is walked from its main verb down, so that an act that wraps others (a request, threat, promise, refusal
or lifting) is seen before what it wraps. ``docs/events.md`` tells the rules.
"""

from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.codes import Factuality
from detente.model.reading import Event, Sentence
from detente.reading.events_absorption import absorbed_by
from detente.reading.events_arguments import Slots
from detente.reading.events_date_choice import DateChooser
from detente.reading.events_date_features import Act, Candidates
from detente.reading.events_dates import Dates
from detente.reading.events_discourse import Discourse, without_datelines
from detente.reading.events_matching import fits, object_head, phrase_end
from detente.reading.events_parties import Denotation, Party
from detente.reading.factuality import factuality_of
from detente.reading.frames import Frame, FrameIndex, frame_index
from detente.reading.page import Page
from detente.reading.stages import Findings
from detente.reading.syntax import is_verbal, kids, objects_of_prepositions

_LOOSE = frozenset({"comp", "within", "any"})
"""Slots that are not looked into when the object is a pronoun that nobody resolved ("asked them to lift …")."""

_TOGETHER = frozenset({"with", "between"})
"""Slots that can add a party to a mutual act whose subject already names several."""


@dataclass(frozen=True)
class RuleEvents:
    """Codes events by frames; implements :class:`detente.reading.stages.EventStage`."""

    frames: FrameIndex | None = None

    def find(self, page: Page, findings: Findings) -> tuple[Event, ...]:
        """Return the events in text order."""
        if not findings.mentions:
            return ()
        findings = without_datelines(page, findings)
        coder = _PageCoder(page, findings, self.frames or frame_index())
        for sentence, tokens in zip(page.sentences, page.sentence_tokens, strict=True):
            coder.code_sentence(sentence, tokens)
        return tuple(sorted(coder.events, key=lambda e: (e.trigger.start, e.trigger.end)))


class _PageCoder:
    """Codes one page, sentence by sentence."""

    def __init__(self, page: Page, findings: Findings, frames: FrameIndex) -> None:
        self.events: list[Event] = []
        self._page, self._findings, self._frames = page, findings, frames
        self._slots = Slots(Denotation(page, findings))
        self._dates = DateChooser(Candidates(page, findings.times, Dates(page, findings.times)))
        self._discourse = Discourse(page, findings)
        self._barred: set[int] = set()

    def code_sentence(self, sentence: Sentence, tokens: Tokens) -> None:
        """Code the triggers of one sentence, outermost first."""
        for token in _top_down(tokens):
            if token.i in self._barred:
                continue
            if token.dep_ == "compound":
                continue
            verbal = is_verbal(token)
            table = self._frames.verbs if verbal else self._frames.nouns
            for frame in table.get(token.lemma_.lower()) or (table.get(_stem(token), ()) if verbal else ()):
                if fits(frame, token, self._findings) and self._code(frame, token, sentence):
                    break

    def _code(self, frame: Frame, trigger: Token, sentence: Sentence) -> bool:
        """Code one trigger by one frame; False when its parties are not found."""
        parties = self._parties(frame, trigger, sentence.index)
        if parties is None:
            return False
        source, target = parties
        self._bar(frame, trigger)
        self._discourse.note(sentence.index, source.codes, target.codes)
        if frame.mutual:
            joined = Party(source.codes | target.codes, (*source.mentions, *target.mentions), "both")
            source = target = joined
        event = self._event(frame, trigger, sentence, source, target)
        if not any(_same_act(event, other) for other in self.events):
            self.events.append(event)
        return True

    def _event(self, frame: Frame, trigger: Token, sentence: Sentence, source: Party, target: Party) -> Event:
        span = self._page.span_between(trigger, phrase_end(frame, trigger))
        statement = self._findings.statement_around(span)
        factuality = Factuality.FACT if frame.negated else factuality_of(trigger, self._page)
        real, said = factuality is Factuality.FACT, statement is not None
        date = self._dates.of(Act(trigger, sentence.index, frame.type, real=real, said=said))
        published = self._page.document.published
        if frame.planned or (factuality is Factuality.FACT and date and published and date.first > published):
            factuality = Factuality.PLANNED
        return Event(
            trigger=span,
            sentence=sentence.span,
            type=frame.type,
            source=tuple(sorted(source.codes)),
            target=tuple(sorted(target.codes)),
            factuality=factuality,
            mode=frame.mode,
            date=date,
            statement=statement.id if statement else None,
            source_mentions=tuple(m.id for m in source.mentions),
            target_mentions=tuple(m.id for m in target.mentions),
            frame=frame.name,
            why=f"{trigger.text} ({frame.name}): source {source.words}, target {target.words}",
        )

    def _parties(self, frame: Frame, trigger: Token, sentence: int) -> tuple[Party, Party] | None:
        if frame.mutual:
            return self._mutual_parties(frame, trigger, sentence)
        source = self._first(frame, trigger, frame.source, acting=True)
        if source is None:
            return self._parties_without_source(frame, trigger, sentence)
        if len(source.codes) > 1 and (frame.together or _reciprocal(trigger)):
            return source, source
        target = self._first(frame, trigger, frame.target, apart=source.codes)
        if target is None and frame.implicit:
            target = self._discourse.counterpart(source.codes, trigger, sentence)
        return (source, target) if target is not None else None

    def _parties_without_source(self, frame: Frame, trigger: Token, sentence: int) -> tuple[Party, Party] | None:
        if frame.nominal or not (frame.implicit_source or (frame.implicit and kids(trigger, "auxpass"))):
            return None
        target = self._first(frame, trigger, frame.target)
        if target is None:
            return None
        source = self._discourse.counterpart(target.codes, trigger, sentence)
        return (source, target) if source is not None else None

    def _mutual_parties(self, frame: Frame, trigger: Token, sentence: int) -> tuple[Party, Party] | None:
        source = self._first(frame, trigger, frame.source, acting=True)
        if source is None:
            return self._mutual_without_source(frame, trigger, sentence)
        together = len(source.codes) > 1
        slots = tuple(s for s in frame.target if s in _TOGETHER) if together else frame.target
        target = self._first(frame, trigger, slots, apart=source.codes)
        if target is not None or together:
            return source, target or source
        if frame.implicit and (target := self._discourse.counterpart(source.codes, trigger, sentence)) is not None:
            return source, target
        return None

    def _mutual_without_source(self, frame: Frame, trigger: Token, sentence: int) -> tuple[Party, Party] | None:
        """Find who is meant by "relations between A and B were restored" or "the treaty was signed"."""
        target = self._first(frame, trigger, frame.target)
        if target is not None and len(target.codes) > 1:
            return target, target
        if target is None and frame.implicit and kids(trigger, "auxpass"):
            pair = self._discourse.pair(sentence)
            return (pair, pair) if pair is not None else None
        return None

    def _first(
        self,
        frame: Frame,
        trigger: Token,
        slots: tuple[str, ...],
        *,
        acting: bool = False,
        apart: frozenset[str] = frozenset(),
    ) -> Party | None:
        """Return the first slot's party that is left when ``apart`` is taken away."""
        for slot in slots:
            if slot in _LOOSE and not acting and not frame.nominal and self._slots.has_unresolved_object(trigger):
                return None
            party = self._slots.find(trigger, slot, nominal=frame.nominal, acting=acting, apart=apart)
            if party is not None:
                return party
        return None

    def _bar(self, frame: Frame, trigger: Token) -> None:
        """Keep the words of a coded act, and the acts that it wraps, from being coded on their own."""
        if (head := object_head(frame, trigger)) is not None:
            self._barred.add(head.i)
            self._barred.update(c.i for c in head.head.children if c.dep_ == "compound")
            self._barred.add(head.head.i)
        if frame.mutual and not frame.nominal:
            self._barred.update(_named_by(trigger))
        if frame.absorbs:
            self._barred.update(absorbed_by(trigger))


def _top_down(tokens: Tokens) -> list[Token]:
    """Return the tokens of a sentence breadth first from its roots."""
    level = [t for t in tokens if t.head.i == t.i or not tokens.start <= t.head.i < tokens.end]
    ordered: list[Token] = []
    while level:
        ordered.extend(level)
        level = [c for t in level for c in t.children if tokens.start <= c.i < tokens.end]
    return ordered


def _named_by(verb: Token) -> set[int]:
    """Return the nouns that only say what is signed or held ("signed an agreement on the cessation of hostilities")."""
    found: set[int] = set()
    stack = kids(verb, "dobj", "nsubjpass")
    while stack:
        noun = stack.pop()
        found.add(noun.i)
        stack.extend(kids(noun, "compound", "appos"))
        stack.extend(child for _, child in objects_of_prepositions(noun, frozenset({"of", "on"})))
    return found


def _stem(verb: Token) -> str:
    """Return a verb form without its ending, for the few that the tagger leaves as they are ("armed")."""
    lower = verb.lower_
    for ending in ("ed", "ing", "s"):
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            return lower[: -len(ending)]
    return lower


def _reciprocal(trigger: Token) -> bool:
    return any(
        t.lower_ in ("other", "another") and t.i > 0 and t.nbor(-1).lower_ in ("each", "one") for t in trigger.subtree
    )


def _same_act(one: Event, other: Event) -> bool:
    return (one.sentence, one.type, one.source, one.target, one.trigger) == (
        other.sentence,
        other.type,
        other.source,
        other.target,
        other.trigger,
    )
