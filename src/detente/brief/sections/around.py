"""Third parties that come up beside the pair, what is announced, and what the record does not say."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from detente.brief import phrases
from detente.brief.dossier import Dossier, Third
from detente.brief.model import Absence, Coverage, Line
from detente.brief.notes import Notes
from detente.model.codes import Factuality, QuadClass
from detente.model.reading import Event
from detente.record import Finding
from detente.world import name_of

SHOWN = 3
OPEN_DAYS = 365


def third_parties(dossier: Dossier, notes: Notes) -> tuple[Line, ...]:
    """Return a line a third party: its acts with either state in the reports about the pair."""
    return tuple(_third(third, dossier, notes) for third in dossier.thirds if any(third.events))


def _third(third: Third, dossier: Dossier, notes: Notes) -> Line:
    parts, cited = [], []
    for side, events in zip(dossier.pair, third.events, strict=True):
        facts = [f for f in events if f.value.factuality is Factuality.FACT]
        acts = list(dict.fromkeys(_dated(f.value) for f in facts))
        if len(acts) > SHOWN:
            good = sum(f.value.type.quad.is_cooperative for f in facts)
            parts.append(f"{good} cooperative and {len(facts) - good} hostile acts with {name_of(side)}")
        else:
            parts += acts
        cited += list(facts or events)[-SHOWN:]
    text = f"{name_of(third.code)}: {' · '.join(parts) or 'named only in plans, denials or possibilities'}."
    return Line(text, tuple(dict.fromkeys(notes.cite(f.value.sentence, f.value.trigger) for f in cited)))


def _dated(event: Event) -> str:
    text = phrases.act(event.source, event.target, event.type, event.factuality)
    return f"{text} ({event.date})" if event.date else text


def open_questions(dossier: Dossier, notes: Notes, limit: int) -> tuple[Line, ...]:
    """Return acts announced or held possible in the last year that no report tells as done."""
    since = dossier.as_of - timedelta(days=OPEN_DAYS)
    lines: dict[str, Line] = {}
    for finding in reversed(dossier.events):
        event = finding.value
        pending = event.factuality in (Factuality.PLANNED, Factuality.POSSIBLE)
        if pending and (finding.known is None or finding.known >= since) and not _done(event, finding, dossier.events):
            text = phrases.act(event.source, event.target, event.type, event.factuality)
            text += f" ({event.date})." if event.date else "."
            lines.setdefault(text, Line(text, (notes.cite(event.sentence, event.trigger),)))
    return tuple(lines.values())[:limit]


def _done(event: Event, finding: Finding[Event], events: Sequence[Finding[Event]]) -> bool:
    return any(
        f.value.factuality is Factuality.FACT
        and (f.value.type, f.value.source, f.value.target) == (event.type, event.source, event.target)
        and (finding.known is None or (f.value.date is not None and f.value.date.last >= finding.known))
        for f in events
    )


def absences(dossier: Dossier, coverage: Coverage, spoke: Collection[str]) -> tuple[Absence, ...]:
    """Return what was looked for and is not in the record; ``spoke`` are the states with an official statement."""
    a, b = dossier.pair
    searched = f"{coverage.documents} report{'' if coverage.documents == 1 else 's'} searched"
    found = []
    if not coverage.enough:
        found.append("Whether relations have moved at all: there is too little for a series.")
    found += [
        f"What {name_of(speaker)} itself says about {name_of(other)}: no statement by an official."
        for speaker, other in ((a, b), (b, a))
        if speaker not in spoke
    ]
    facts = [f.value for f in dossier.events if f.value.factuality is Factuality.FACT]
    for quad, text in (
        (QuadClass.MATERIAL_COOPERATION, "Any deed of cooperation between the two (aid, trade, easing, withdrawal)."),
        (QuadClass.MATERIAL_CONFLICT, "Any hostile deed between the two (sanctions, coercion, force)."),
    ):
        if not any(e.type.quad is quad for e in facts):
            found.append(text)
    if len(coverage.publishers) == 1:
        found.append("Whether other outlets confirm what this one reports.")
    return tuple(Absence(text, searched) for text in found)
