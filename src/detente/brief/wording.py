"""Words that every format of the brief shares: the standing line, the basis, groups and rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.brief.model import Act, Brief, Claim
from detente.brief.phrases import listed
from detente.model.codes import QuadClass
from detente.world import name_of

SHOWN_PUBLISHERS = 4


def long_date(day: date) -> str:
    """Return a date such as "20 February 2026"."""
    return f"{day.day} {day:%B %Y}"


def when(act: Act) -> str:
    """Return the date of an act, or that of the report that tells it, marked as such."""
    if act.when:
        return str(act.when)
    return f"told {act.reported}" if act.reported else "undated"


def counted(number: int, noun: str) -> str:
    """Return "1 report", "3 reports"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def standing(brief: Brief) -> str:
    """Return the first line: how much can be said at all."""
    return brief.coverage.why


def basis(brief: Brief) -> str:
    """Return what the brief rests on: reports, publishers, span of time."""
    coverage = brief.coverage
    parts = [counted(coverage.documents, "report")]
    if coverage.copies:
        parts[0] += f" ({counted(coverage.copies, 'further copy').replace('copys', 'copies')} not counted)"
    if coverage.publishers:
        shown = list(coverage.publishers[:SHOWN_PUBLISHERS])
        rest = len(coverage.publishers) - len(shown)
        shown += [f"{rest} others" if rest > 1 else "1 other"] if rest else []
        parts.append(f"{counted(len(coverage.publishers), 'publisher')}: {listed(shown)}")
    if coverage.first and coverage.last:
        one = coverage.first == coverage.last
        parts.append(long_date(coverage.last) if one else f"{long_date(coverage.first)} to {long_date(coverage.last)}")
    return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims under one heading."""

    title: str
    claims: tuple[Claim, ...]


def claim_groups(brief: Brief) -> tuple[ClaimGroup, ...]:
    """Split the claims: about the pair, and about either state and a third."""
    about = tuple(c for c in brief.claims if c.about_pair)
    others = tuple(c for c in brief.claims if not c.about_pair)
    return ClaimGroup("Who says that the relation moves", about), ClaimGroup("Claims about third relations", others)


@dataclass(frozen=True, slots=True)
class TallyRow:
    """Counts per quad class in the order of ``QuadClass``."""

    label: str
    counts: tuple[int, ...]


def tally_rows(brief: Brief) -> Sequence[TallyRow]:
    """Return a row a direction; none when nothing was counted."""
    rows = [
        TallyRow(
            f"{name_of(tally.source)} → {name_of(tally.target)}",
            tuple(dict(tally.counts).get(quad, 0) for quad in QuadClass),
        )
        for tally in brief.tallies
    ]
    return rows if any(any(row.counts) for row in rows) else []
