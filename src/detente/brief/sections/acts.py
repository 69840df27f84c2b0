"""The events of the pair: a list without repetitions, counts per quad class."""

from collections import Counter
from datetime import date

from detente.brief import phrases
from detente.brief.dossier import Dossier
from detente.brief.model import Act, Tally
from detente.brief.notes import Notes
from detente.brief.speakers import Speakers
from detente.model.codes import Factuality, QuadClass
from detente.model.reading import Event
from detente.record import Finding


def acts(dossier: Dossier, notes: Notes, speakers: Speakers, limit: int) -> tuple[tuple[Act, ...], int]:
    """Return the newest acts in the order of time, undated ones last, and how many are left out."""
    groups = grouped(dossier)
    dated = sorted((g for g in groups if g[0].value.date), key=lambda g: _day(g[0]))
    undated = [g for g in groups if not g[0].value.date]
    shown = [*dated[-limit:], *undated[: max(0, limit - len(dated))]]
    return tuple(_act(group, dossier, notes, speakers) for group in shown), len(groups) - len(shown)


def grouped(dossier: Dossier) -> list[list[Finding[Event]]]:
    """Join the tellings of one act: same type, parties, factuality and date."""
    groups: dict[tuple[object, ...], list[Finding[Event]]] = {}
    for finding in dossier.events:
        e = finding.value
        groups.setdefault((e.type, e.source, e.target, e.factuality, e.date or finding.document), []).append(finding)
    return list(groups.values())


def tallies(dossier: Dossier) -> tuple[Tally, ...]:
    """Count the acts told as facts, in either direction; several tellings of one act count once."""
    counts: dict[tuple[str, str], Counter[QuadClass]] = {dossier.pair: Counter(), dossier.pair[::-1]: Counter()}
    for group in grouped(dossier):
        event = group[0].value
        if event.factuality is Factuality.FACT:
            for dyad in event.dyads:
                if dyad in counts:
                    counts[dyad][event.type.quad] += 1
    return tuple(Tally(s, t, tuple((quad, found[quad]) for quad in QuadClass)) for (s, t), found in counts.items())


def _day(finding: Finding[Event]) -> date:
    assert finding.value.date is not None
    return finding.value.date.first


def _act(group: list[Finding[Event]], dossier: Dossier, notes: Notes, speakers: Speakers) -> Act:
    finding = group[0]
    e = finding.value
    return Act(
        when=e.date,
        reported=finding.known,
        text=phrases.act(e.source, e.target, e.type, e.factuality),
        source=e.source,
        target=e.target,
        type=e.type,
        quad=e.type.quad,
        factuality=e.factuality,
        told_by=f"according to {speakers.of(finding, dossier.linked)}" if e.statement in dossier.linked else "",
        evidence=tuple(dict.fromkeys(notes.cite(f.value.sentence, f.value.trigger) for f in group)),
    )
