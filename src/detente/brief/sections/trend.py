"""Shifts of the pair and what changed between leaders, each on the sentences of its own weeks, or not at all."""

from dataclasses import dataclass
from itertools import pairwise

from detente.brief.dossier import Dossier
from detente.brief.model import Absence, Coverage, Line
from detente.brief.notes import Notes
from detente.brief.wording import counted
from detente.model.codes import Direction, QuadClass
from detente.record import Record
from detente.relations.acts import READ, Selection
from detente.relations.periods import as_date
from detente.relations.series import PairSeries, pair_series
from detente.relations.shares import Difference, Share
from detente.relations.shifts import Shift, find_shifts
from detente.relations.tenures import TenureCut, cut_by_tenures, tenures_of
from detente.relations.witnesses import witnesses
from detente.world import name_of

CITED = 4
CHANNELS = {
    QuadClass.VERBAL_COOPERATION: "cooperative words",
    QuadClass.MATERIAL_COOPERATION: "cooperative deeds",
    QuadClass.VERBAL_CONFLICT: "hostile words",
    QuadClass.MATERIAL_CONFLICT: "hostile deeds",
}
WAYS = {Direction.BETTER: "for the better", Direction.WORSE: "for the worse", Direction.STABLE: "without direction"}


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines about shifts, then about leaders, in order of time; ``absences`` says what was looked for in vain."""

    shifts: tuple[Line, ...] = ()
    leaders: tuple[Line, ...] = ()
    absences: tuple[Absence, ...] = ()


def trend(dossier: Dossier, record: Record, notes: Notes, coverage: Coverage, limit: int) -> Trend:
    """Return the newest shifts and leader changes; nothing where the coverage is too thin to speak of a trend."""
    if not coverage.enough:
        return Trend()
    series = pair_series(record, *dossier.pair, selection=dossier.selection, with_volume=False)
    found = find_shifts(series).shifts[-limit:]
    lines = [line for shift in found if (line := _shift(shift, dossier, record, notes))]
    searched = f"{counted(series.acts, 'dated act')} compared {series.period} by {series.period}"
    absences: tuple[Absence, ...] = ()
    if not found:
        absences = (Absence("A shift of the relation: none stands out from the usual ups and downs.", searched),)
    elif len(lines) < len(found):
        bare = counted(len(found) - len(lines), "shift")
        absences = (Absence(f"What reports say of {bare} that only event data show.", searched),)
    leaders = [line for code in dossier.pair for line in _leaders(code, series, dossier, notes)]
    return Trend(tuple(lines), tuple(leaders), absences)


def _shift(shift: Shift, dossier: Dossier, record: Record, notes: Notes) -> Line | None:
    near = witnesses(record, shift, Selection(as_of=dossier.as_of, origins=(READ,)), most=CITED)
    cited = [notes.cite(w.finding.value.sentence, w.finding.value.trigger) for w in near if w.finding]
    if not cited:
        return None
    moved = next(c for c in shift.changes if c.quad is shift.channel)
    text = (
        f"Shift {WAYS[shift.direction]} from {shift.when} (90 %: {shift.low} to {shift.high}; probability "
        f"{min(shift.probability, 0.99):.0%}), most of all in {CHANNELS[shift.channel]}: {moved.before:.1f} acts a "
        f"month before, {moved.after:.1f} after (×{_times(moved.ratio)}, {_times(moved.low)} to {_times(moved.high)}); "
        f"a second method {'agrees' if shift.agreed else 'does not see it'}."
    )
    return Line(text, tuple(dict.fromkeys(cited)))


def _leaders(code: str, series: PairSeries, dossier: Dossier, notes: Notes) -> list[Line]:
    """Return a line for the newest leader whose time can be compared with that of the one before."""
    if not len(series.starts):
        return []
    tenures = tenures_of(code, as_date(series.starts[0]), as_date(series.starts[-1]))
    cuts = cut_by_tenures(series, tenures)
    for before, cut in reversed(list(pairwise(cuts))):
        parts = [
            part
            for part in (
                _change("words", before.words, cut.words, cut.words_change),
                _change("deeds", before.deeds, cut.deeds, cut.deeds_change),
            )
            if part
        ]
        cited = _within(cut, dossier, notes) if parts else ()
        if cited:
            who = f"{cut.tenure.person} ({name_of(code)}, acts from {cut.since} to {cut.until})"
            return [Line(f"Under {who}, against the time of {before.tenure.person}: {'; '.join(parts)}.", cited)]
    return []


def _change(what: str, before: Share, after: Share, change: Difference | None) -> str | None:
    if change is None:
        return None
    way = "more cooperative" if change.low > 0 else "less cooperative" if change.high < 0 else "no credible change"
    shares = " → ".join(f"{share.cooperative / share.total:.0%} of {share.total}" for share in (before, after))
    return f"{what} {way} ({shares} cooperative; log-odds {change.value:+.2f}, {change.low:+.2f} to {change.high:+.2f})"


def _within(cut: TenureCut, dossier: Dossier, notes: Notes) -> tuple[int, ...]:
    facts = [
        f.value
        for f in dossier.dated_facts
        if f.value.date is not None and cut.since <= f.value.date.first and f.value.date.last <= cut.until
    ]
    return tuple(dict.fromkeys(notes.cite(event.sentence, event.trigger) for event in facts[-CITED:]))


def _times(ratio: float) -> str:
    """Write a ratio so that a person can read it: "0.39", "2.7", "23", "330"."""
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"
