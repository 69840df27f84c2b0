"""The events of the pair: a list without repetitions, counts per quad class."""

from collections import Counter
from datetime import date

from detente.assessment.speakers import Speakers
from detente.brief import phrases
from detente.brief.dossier import Dossier
from detente.brief.model import Act, Tally
from detente.brief.notes import Notes
from detente.model.codes import QuadClass
from detente.model.reading import Event
from detente.record import Finding, Record


def acts(dossier: Dossier, record: Record, notes: Notes, speakers: Speakers, limit: int) -> tuple[tuple[Act, ...], int]:
    """Return the newest acts in the order of time, and how many older ones are left out.

    An act without a date stands where the report that tells it stands.
    """
    groups = sorted(grouped(dossier), key=lambda group: _day(group[0]))
    shown = groups[-limit:]
    words = record.evidence_of([group[0].value.trigger for group in shown])
    listed = (_act(group, e.quote, dossier, notes, speakers) for group, e in zip(shown, words, strict=True))
    return tuple(listed), len(groups) - len(shown)


def grouped(dossier: Dossier) -> list[list[Finding[Event]]]:
    """Join the tellings of one act: same type, parties, factuality and date."""
    groups: dict[tuple[object, ...], list[Finding[Event]]] = {}
    for finding in dossier.events:
        e = finding.value
        groups.setdefault((e.type, e.source, e.target, e.factuality, e.date or finding.document), []).append(finding)
    return list(groups.values())


def tallies(dossier: Dossier) -> tuple[Tally, ...]:
    """Count the acts of the last ten years told as facts, in either direction; tellings of one act count once."""
    counts: dict[tuple[str, str], Counter[QuadClass]] = {dossier.pair: Counter(), dossier.pair[::-1]: Counter()}
    for group in grouped(dossier):
        event = group[0].value
        if dossier.counts(event):
            for dyad in event.dyads:
                if dyad in counts:
                    counts[dyad][event.type.quad] += 1
    return tuple(Tally(s, t, tuple((quad, found[quad]) for quad in QuadClass)) for (s, t), found in counts.items())


def _day(finding: Finding[Event]) -> date:
    when = finding.value.date
    return when.first if when else finding.known or date.min


def _act(group: list[Finding[Event]], words: str, dossier: Dossier, notes: Notes, speakers: Speakers) -> Act:
    finding = group[0]
    e = finding.value
    return Act(
        when=e.date,
        reported=finding.known,
        text=phrases.act(e.source, e.target, e.type, e.factuality),
        words=" ".join(words.split()),
        source=e.source,
        target=e.target,
        type=e.type,
        quad=e.type.quad,
        factuality=e.factuality,
        told_by=f"according to {speakers.of(finding, dossier.linked)}" if e.statement in dossier.linked else "",
        evidence=tuple(dict.fromkeys(notes.cite(f.value.sentence, f.value.trigger) for f in group)),
    )
