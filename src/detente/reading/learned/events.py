"""Learned events: the words that may name acts are found by model and frames, read in several ways, and judged.

Every reading of an act (a type, a source, a target) comes from the model, from a frame, or from one for the type and
the other for the parties; the arbiter says how probable each is, the best of each act is taken if it is probable
enough. A frame's explanation stays with the event that it coded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from detente.model.codes import EventType, Factuality
from detente.model.reading import Event
from detente.model.when import PartialDate
from detente.reading.events import RuleEvents
from detente.reading.events_date_choice import DateChooser
from detente.reading.events_date_features import Act as DatedAct
from detente.reading.events_date_features import Candidates
from detente.reading.events_dates import Dates
from detente.reading.events_discourse import Discourse, without_datelines
from detente.reading.factuality import factuality_of
from detente.reading.learned.acts import Act, acts_of
from detente.reading.learned.arbiter import Arbiter, Judged
from detente.reading.learned.arrays import Floats
from detente.reading.learned.encoder import Encoder
from detente.reading.learned.features import Describer
from detente.reading.learned.proposals import Proposal, proposals_of
from detente.reading.page import Page
from detente.reading.stages import Findings

FACTS = tuple(Factuality)
WRAPPING = frozenset({EventType.REQUEST, EventType.THREATEN, EventType.REJECT, EventType.AGREE, EventType.CONCEDE})
SURE = 0.4
"""Readings worth as much stand within another act."""
LEAST = 0.15
"""Words less probable to name an act are candidates only where a frame coded them."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """All readings of one act with their features."""

    act: Act
    proposals: list[Proposal]
    rows: Floats


def weighed(encoder: Encoder, page: Page, findings: Findings, coded: tuple[Event, ...]) -> Iterator[Weighed]:
    """Yield the candidate acts of a page with their readings, in text order; ``coded`` are the frames' events."""
    acts = list(acts_of(encoder, page, findings, coded, LEAST))
    describer, discourse = Describer(page, findings, acts), Discourse(page, findings)
    for act in acts:
        proposals = list(proposals_of(act, discourse))
        if proposals:
            yield Weighed(act, proposals, describer.rows(proposals))
        if act.coded:
            discourse.note(act.sentence.index, frozenset(act.coded[0].source), frozenset(act.coded[0].target))
        elif proposals and act.weight >= 0.5:
            discourse.note(act.sentence.index, proposals[0].source, proposals[0].target)


@dataclass(frozen=True)
class LearnedEvents:
    """Implements :class:`detente.reading.stages.EventStage` by encoder, frames and arbiter."""

    encoder: Encoder = field(default_factory=Encoder)
    rules: RuleEvents = field(default_factory=RuleEvents)
    least: float = 0.27
    """Readings worth less are left out."""
    arbiter: Arbiter = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "arbiter", Arbiter(self.encoder.folder))

    def find(self, page: Page, findings: Findings) -> tuple[Event, ...]:
        """Return the events in text order."""
        if not findings.mentions:
            return ()
        findings = without_datelines(page, findings)
        found = list(weighed(self.encoder, page, findings, self.rules.find(page, findings)))
        if not found:
            return ()
        proposals = [p for w in found for p in w.proposals]
        judged = self.arbiter.judge(proposals, np.concatenate([w.rows for w in found]))
        writer = _Writer(page, findings)
        events = [writer.event(j) for j in _outer(list(self.chosen(judged)))]
        return tuple(sorted(events, key=lambda e: (e.trigger.start, e.trigger.end)))

    def chosen(self, judged: list[Judged]) -> Iterator[Judged]:
        """Yield the best reading of each act, and those of other pairs that a frame saw there, if worth enough."""
        by_act: dict[int, list[Judged]] = {}
        for one in judged:
            by_act.setdefault(id(one.proposal.act), []).append(one)
        for readings in by_act.values():
            ranked = sorted(readings, key=lambda j: -j.worth)
            taken: list[Judged] = []
            for one in ranked:
                apart = all(not (_pairs(one.proposal) & _pairs(t.proposal)) for t in taken)
                if one.worth >= self.least and (not taken or (apart and _is_coded(one.proposal))):
                    taken.append(one)
            yield from taken


def _outer(chosen: list[Judged]) -> Iterator[Judged]:
    """Yield readings but for doubtful ones of acts that are only asked for, threatened, promised or refused.

    The act inside another is not coded (guidelines, decision 1).
    """
    wrapping = {j.proposal.act.token.i: j for j in chosen if j.proposal.type in WRAPPING}
    for one in chosen:
        around = [wrapping[t.i] for t in one.proposal.act.token.ancestors if t.i in wrapping]
        if one.worth >= SURE or not any(one.worth < outer.worth for outer in around):
            yield one


def _pairs(p: Proposal) -> set[tuple[str, str]]:
    return {(a, b) for a in p.source for b in p.target}


def _is_coded(p: Proposal) -> bool:
    return any(
        e.type is p.type and frozenset(e.source) == p.source and frozenset(e.target) == p.target for e in p.act.coded
    )


class _Writer:
    """Writes chosen readings of one page as events."""

    def __init__(self, page: Page, findings: Findings) -> None:
        self._page, self._findings = page, findings
        self._dates = DateChooser(Candidates(page, findings.times, Dates(page, findings.times)))

    def event(self, judged: Judged) -> Event:
        """Return the event of a reading."""
        p, share = judged.proposal, round(judged.dyad, 3)
        act, coded = p.act, p.coded
        source, target = tuple(sorted(p.source)), tuple(sorted(p.target))
        if coded is not None and (coded.type, coded.source, coded.target) == (p.type, source, target):
            return replace(coded, probability=share)
        words = act.span.of(self._page.document.text)
        why = f"{words} read as {p.type.value} with probability {act.types.max():.2f}"
        fact = coded.factuality if coded is not None else self._factuality(act)
        statement = self._findings.statement_around(act.span)
        return Event(
            trigger=coded.trigger if coded is not None else act.span,
            sentence=act.sentence.span,
            type=p.type,
            source=source,
            target=target,
            factuality=fact,
            mode=coded.mode if coded is not None and coded.type is p.type else None,
            date=self._date(p, fact, said=statement is not None),
            statement=statement.id if statement is not None else None,
            source_mentions=self._mentions(p, p.source),
            target_mentions=self._mentions(p, p.target),
            frame=coded.frame if coded is not None else "learned",
            why=f"{coded.why}; {why}" if coded is not None else f"learned: {why}",
            probability=share,
        )

    def _mentions(self, p: Proposal, codes: frozenset[str]) -> tuple[str, ...]:
        """Return the mentions of some actors: those in the sentence, else the last before it."""
        found: list[str] = []
        for part in (p.act.parts[c] for c in sorted(codes) if c in p.act.parts):
            here = [m for m in part.mentions if p.act.sentence.span.contains(m.head)]
            found += [m.id for m in here or part.mentions[-1:]]
        return tuple(dict.fromkeys(found))

    def _date(self, p: Proposal, fact: Factuality, *, said: bool) -> PartialDate | None:
        act = DatedAct(p.act.token, p.act.sentence.index, p.type, real=fact is Factuality.FACT, said=said)
        return self._dates.of(act)

    def _factuality(self, act: Act) -> Factuality:
        """Return the model's value mixed evenly with the rule's, which stands for certainty of .7."""
        ruled = np.zeros(len(FACTS))
        ruled[FACTS.index(factuality_of(act.token, self._page))] = 0.7
        return FACTS[int((act.facts + ruled).argmax())]
