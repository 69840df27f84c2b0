"""Learned events: triggers are tagged, then each is typed and the part of every mention is read as seen from it.

The rules stay beside the model: an act that a frame codes keeps the frame's reading unless the model gives its words
hardly any weight, the model adds the acts that no frame knows, and parties that a clause leaves out are looked for in
the text before as the rules do.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from spacy.tokens import Token

from detente.model.codes import Factuality
from detente.model.reading import Event, Sentence
from detente.reading.events import RuleEvents
from detente.reading.events_dates import Dates, ReportDay
from detente.reading.events_discourse import Discourse, without_datelines
from detente.reading.events_parties import Party
from detente.reading.factuality import factuality_of
from detente.reading.learned.arrays import Floats
from detente.reading.learned.encoder import Encoder
from detente.reading.learned.parties import Sides, sides_of
from detente.reading.learned.relations import mention_heads
from detente.reading.learned.triggers import Trigger, triggers_of
from detente.reading.page import Page
from detente.reading.stages import Findings

FACTS = tuple(Factuality)


@dataclass(frozen=True)
class LearnedEvents:
    """Implements :class:`detente.reading.stages.EventStage` by the encoder, beside the frames."""

    encoder: Encoder = field(default_factory=Encoder)
    rules: RuleEvents | None = field(default_factory=RuleEvents)
    """Frames whose acts come first; None for the model alone."""
    least: float = 0.8
    """Acts of the model are left out when trigger and type are less probable than this."""
    least_of_rules: float = 0.2
    """Acts of frames are left out when the model holds their words less probable to name an act than this."""

    def find(self, page: Page, findings: Findings) -> tuple[Event, ...]:
        """Return the events in text order."""
        if not findings.mentions:
            return ()
        coder = _PageCoder(page, without_datelines(page, findings), self.encoder)
        ruled = self.rules.find(page, findings) if self.rules is not None else ()
        kept = [w for r in ruled if (w := self._weighed(r, page)) is not None]
        triggers = triggers_of(self.encoder, page, self.least, [r.trigger for r in ruled])
        learned = [e for t in triggers if (e := coder.code(t)) is not None]
        added = [e for e in learned if not any(_same_act(r, e) for r in ruled)]
        return tuple(sorted([*kept, *added], key=lambda e: (e.trigger.start, e.trigger.end)))

    def _weighed(self, event: Event, page: Page) -> Event | None:
        """Return a frame's event with what the model makes of its words, or None when that is too little."""
        weight = self.encoder.weight(page, event.trigger, "trigger.d")
        why = f"{event.why}; the model holds {event.trigger.of(page.document.text)!r} for an act with {weight:.2f}"
        return replace(event, why=why) if weight >= self.least_of_rules else None


class _PageCoder:
    """Codes the triggers of one page in text order."""

    def __init__(self, page: Page, findings: Findings, encoder: Encoder) -> None:
        self._page, self._findings, self._encoder = page, findings, encoder
        self._dates, self._day = Dates(page, findings.times), ReportDay(page.document.published)
        self._discourse = Discourse(page, findings)

    def code(self, trigger: Trigger) -> Event | None:
        """Return the event of a trigger, or None when a party is wanting."""
        token = self._page.tokens_in(trigger.span).root
        sentence = self._page.sentence_of(token)
        heads = mention_heads(trigger.window, self._findings)
        sides = sides_of(heads, trigger.parts, sentence)
        completed = self._completed(sides, token, sentence)
        if completed is None:
            return None
        self._discourse.note(sentence.index, completed.source, completed.target)
        return self._event(trigger, token, sentence, completed)

    def _completed(self, sides: Sides, token: Token, sentence: Sentence) -> Sides | None:
        source, target = sides.source, sides.target
        if not source and not target:
            return None
        if not source:
            found = self._discourse.counterpart(target, token, sentence.index)
            return replace(sides, source=found.codes) if found is not None else None
        if not target or (source == target and len(source) == 1):
            found = self._discourse.counterpart(source, token, sentence.index)
            return _with(sides, found) if found is not None else None
        return sides

    def _event(self, trigger: Trigger, token: Token, sentence: Sentence, sides: Sides) -> Event:
        statement = self._findings.statement_around(trigger.span)
        date = self._dates.of(token)
        if date is not None:
            self._day.note(date, token, sentence.index)
        elif trigger.type.quad.is_verbal and not self._dates.any_in(sentence.span):
            date = self._day.of(token, sentence.index)
        words = trigger.span.of(self._page.document.text)
        return Event(
            trigger=trigger.span,
            sentence=sentence.span,
            type=trigger.type,
            source=tuple(sorted(sides.source)),
            target=tuple(sorted(sides.target)),
            factuality=self._factuality(trigger, token),
            date=date,
            statement=statement.id if statement else None,
            source_mentions=tuple(m.id for m in sides.source_mentions),
            target_mentions=tuple(m.id for m in sides.target_mentions),
            frame="learned",
            why=f"learned: {words} as {trigger.type.value} with probability {trigger.probability:.2f}",
            probability=round(trigger.probability, 3),
        )

    def _factuality(self, trigger: Trigger, token: Token) -> Factuality:
        """Return the model's value mixed evenly with the rule's, which stands for certainty of .7."""
        ruled = factuality_of(token, self._page)
        share: Floats = trigger.facts + 0.7 * (_one_hot(ruled))
        return FACTS[int(share.argmax())]


def _one_hot(value: Factuality) -> Floats:
    out = np.zeros(len(FACTS))
    out[FACTS.index(value)] = 1.0
    return out


def _with(sides: Sides, found: Party) -> Sides:
    if sides.mutual:
        both = sides.source | found.codes
        return replace(sides, source=both, target=both)
    return replace(sides, target=found.codes)


def _same_act(one: Event, other: Event) -> bool:
    """Tell whether two events of a sentence share words of their triggers, or type and a pair."""
    if one.sentence != other.sentence:
        return False
    return one.trigger.overlaps(other.trigger) or (one.type is other.type and bool(set(one.dyads) & set(other.dyads)))
