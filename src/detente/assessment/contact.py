"""Acts between the pair in the window of the assessment, counted by kind, with the newest as examples."""

from datetime import date

from detente.assessment.model import Act, Contact
from detente.model.codes import Factuality, QuadClass
from detente.model.reading import Event
from detente.model.when import Granularity
from detente.record import Finding, Record
from detente.relations.acts import Selection
from detente.relations.series import pair_series

SHOWN = 5


def contact(record: Record, pair: tuple[str, str], since: date, as_of: date) -> Contact:
    """Count what the reports and the event data tell as facts, by the rules of ``relations.acts``."""
    series = pair_series(record, *pair, selection=Selection(since=since, until=as_of, as_of=as_of), with_volume=False)
    counts = series.total.sum(axis=0)
    return Contact(
        counts=tuple((quad, int(count)) for quad, count in zip(QuadClass, counts, strict=True)),
        undated=series.undated,
        acts=_newest(record, pair, since, as_of),
    )


def _newest(record: Record, pair: tuple[str, str], since: date, as_of: date) -> tuple[Act, ...]:
    found: dict[tuple[object, ...], Finding[Event]] = {}
    for finding in record.events(pair, as_of, factuality=(Factuality.FACT,)):
        event = finding.value
        when = event.date
        if when and when.granularity is not Granularity.YEAR and when.last >= since and when.first <= as_of:
            found.setdefault((event.type, event.source, event.target, when), finding)  # one act, told several times
    newest = list(found.values())[-SHOWN:]
    words = record.evidence_of([f.value.trigger for f in newest])
    return tuple(
        Act(f.value.type.quad, f.value.date, " ".join(e.quote.split()), f.value.trigger, f.value.sentence)
        for f, e in zip(newest, words, strict=True)
    )
