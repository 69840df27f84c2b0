"""The acts of the weeks around a day, with the sentence of each that was read from a report: what a shift rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.model.coded import CodedEvent
from detente.model.codes import EventType, Factuality, QuadClass
from detente.model.reading import Event
from detente.model.span import Span
from detente.record import Finding, Record
from detente.relations.acts import READ, Selection
from detente.relations.lineage import heir, lineage
from detente.relations.shifts import Shift
from detente.world.schemes import cameo, weis

DAYS = 28
"""So many days before and after a shift's date are looked at."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One act near a shift.

    Attributes:
        first: First day on which it can have happened.
        last: Last day.
        source: Actor codes of those who act.
        target: Actor codes of those acted upon.
        type: PLOVER type, None where the code has none.
        quad: Quad class.
        what: The name of the act in its own code scheme.
        origin: ``"read"`` or the data set.
        finding: The event in its report, None for event data.
    """

    first: date
    last: date
    source: tuple[str, ...]
    target: tuple[str, ...]
    type: EventType | None
    quad: QuadClass
    what: str
    origin: str
    finding: Finding[Event] | None

    @property
    def sentence(self) -> Span | None:
        """The sentence that tells of it, None for event data."""
        return self.finding.value.sentence if self.finding else None


def witnesses(
    record: Record, shift: Shift, selection: Selection | None = None, *, most: int = 5, days: int = DAYS
) -> tuple[Witness, ...]:
    """Return the acts of the pair within ``days`` of a shift, in order of time.

    When there are more than ``most``, those in the channel that moved come first, then those read from reports, then
    those on the busier side of the date, then those nearest to it.
    """
    chosen = selection or Selection()
    first, last = shift.when - timedelta(days=days), shift.when + timedelta(days=days)
    found = [*_read(record, shift.pair, chosen, first, last), *_coded(record, shift.pair, chosen, first, last)]
    distinct = {(w.first, w.source, w.target, w.type, w.what, w.origin): w for w in reversed(found)}
    rises = next(c.after > c.before for c in shift.changes if c.quad is shift.channel)

    def rank(witness: Witness) -> tuple[bool, bool, bool, int, str]:
        away = (witness.first - shift.when).days
        return (
            witness.quad is not shift.channel,
            witness.finding is None,
            (away >= 0) is not rises,
            abs(away),
            witness.what,
        )

    ranked = sorted(distinct.values(), key=rank)
    return tuple(sorted(ranked[:most], key=lambda w: (w.first, w.source, w.target, w.what)))


def _codes(pair: tuple[str, str]) -> list[tuple[str, str]]:
    return [(a, b) for a in lineage(pair[0]) for b in lineage(pair[1])]


def _read(record: Record, pair: tuple[str, str], selection: Selection, first: date, last: date) -> Sequence[Witness]:
    if selection.origins is not None and READ not in selection.origins:
        return []
    found = [
        finding
        for codes in _codes(pair)
        for finding in record.events(codes, selection.as_of, factuality=(Factuality.FACT,))
    ]
    return [
        Witness(e.date.first, e.date.last, e.source, e.target, e.type, e.type.quad, e.type.value, READ, finding)
        for finding in found
        if (e := finding.value).date is not None and e.date.first >= first and e.date.last <= last
    ]


def _coded(record: Record, pair: tuple[str, str], selection: Selection, first: date, last: date) -> Sequence[Witness]:
    events = [e for codes in _codes(pair) for e in record.coded_events(codes, selection.as_of, first, last)]
    return [
        Witness(e.day, e.day, (heir(e.source),), (heir(e.target),), e.type, e.quad, _name(e), e.dataset, None)
        for e in events
        if e.quad is not None and (selection.origins is None or e.dataset in selection.origins)
    ]


def _name(event: CodedEvent) -> str:
    known = {"CAMEO": cameo, "WEIS": weis}.get(event.scheme)
    code = known(event.code) if known else None
    return code.name if code and code.name else event.type.value if event.type else event.code
