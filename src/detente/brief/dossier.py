"""What the record holds about a pair of states as of a day, gathered once for all sections of the brief."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.assessment.speakers import Claimed
from detente.brief.watch import watched_since
from detente.model.actor import STATELESS
from detente.model.reading import CausalClaim, Event, RelationClaim, Statement
from detente.model.when import Granularity
from detente.record import Finding, Record
from detente.relations.acts import Selection

BACKGROUND_YEARS = 10
"""Acts older than this are told where a report tells them, and not counted."""
Pair = tuple[str, str]
Found = Claimed | Finding[Statement]


@dataclass(frozen=True, slots=True)
class Third:
    """A third party: what happened between it and either state in the reports about the pair."""

    code: str
    events: tuple[tuple[Finding[Event], ...], tuple[Finding[Event], ...]]
    """With the first and with the second state of the pair."""
    claims: tuple[Finding[RelationClaim], ...]

    @property
    def weight(self) -> int:
        """Number of findings."""
        return len(self.events[0]) + len(self.events[1]) + len(self.claims)


@dataclass(frozen=True, slots=True)
class Dossier:
    """Findings about a pair, each list by date."""

    pair: Pair
    as_of: date
    events: tuple[Finding[Event], ...]
    claims: tuple[Finding[RelationClaim], ...]
    causes: tuple[Finding[CausalClaim], ...]
    statements: tuple[Finding[Statement], ...]
    thirds: tuple[Third, ...]
    watched: date | None
    """Since when the record has been kept up (``watch.py``); the series of the pair begins there."""
    linked: dict[str, Finding[Statement]]
    """Statement id → statement, for those in which an event or a claim stands."""

    @property
    def documents(self) -> dict[str, Found]:
        """Document id → some finding in it."""
        found: dict[str, Found] = {}
        every: tuple[Found, ...] = (*self.events, *self.claims, *self.causes, *self.statements)
        for finding in every:
            found.setdefault(finding.document, finding)
        return found

    @property
    def selection(self) -> Selection:
        """The acts that the series of the pair counts."""
        return Selection(since=self.watched, as_of=self.as_of)

    def counts(self, event: Event) -> bool:
        """Tell whether an event was told as a fact and is no mere background: of the last ten years, or undated."""
        recent = event.date is None or event.date.last.year >= self.as_of.year - BACKGROUND_YEARS
        return event.factuality == "fact" and recent

    @property
    def dated_facts(self) -> list[Finding[Event]]:
        """Events that count and are dated to a month or better, no later than the day of the brief."""
        return [
            f
            for f in self.events
            if self.counts(f.value)
            and f.value.date is not None
            and f.value.date.granularity is not Granularity.YEAR
            and f.value.date.first <= self.as_of
        ]


def gather(record: Record, pair: Pair, as_of: date, thirds: int) -> Dossier:
    """Collect what the record held at the end of ``as_of``; ``thirds`` is the number of third parties looked into."""
    a, b = pair
    events = record.events(pair, as_of)
    claims = record.relation_claims(_sorted(pair), as_of)
    causes = _causes(record, pair, as_of, [f.document for f in claims])
    statements = record.statements(pair, as_of)
    every: list[Found] = [*events, *claims, *causes, *statements]
    documents = list(dict.fromkeys(f.document for f in every))
    parties = _parties(record, pair, as_of, documents, thirds)
    linked = _linked(record, [*events, *claims, *causes, *(c for t in parties for c in t.claims)], as_of)
    return Dossier(
        (a, b),
        as_of,
        tuple(events),
        tuple(claims),
        tuple(causes),
        tuple(statements),
        tuple(parties),
        watched_since(record, as_of),
        linked,
    )


def _causes(record: Record, pair: Pair, as_of: date, documents: Sequence[str]) -> list[Finding[CausalClaim]]:
    """Return causal claims that name the pair, then the others of the reports that speak of the relation."""
    naming = record.causal_claims(pair, as_of)
    named = {f.id for f in naming}
    beside = (f for d in dict.fromkeys(documents) for f in record.causal_claims(None, as_of, document=d))
    return [*naming, *(f for f in beside if f.id not in named)]


def _sorted(pair: Pair) -> Pair:
    return (min(pair), max(pair))


def _parties(record: Record, pair: Pair, as_of: date, documents: Sequence[str], limit: int) -> list[Third]:
    """Find the third parties named most beside the pair in these documents, and their events with either state."""
    counts: Counter[str] = Counter()
    events: dict[tuple[str, str], list[Finding[Event]]] = {}
    claims: dict[str, list[Finding[RelationClaim]]] = {}
    for document in documents:
        for event in record.events(None, as_of, document=document):
            for other, side in _others(event.value, pair):
                events.setdefault((other, side), []).append(event)
                counts[other] += 1
        for claim in record.relation_claims(None, as_of, document=document):
            sides = set(claim.value.dyad) & set(pair)
            third = next(iter(set(claim.value.dyad) - set(pair)), None)
            if sides and third and third != STATELESS:
                claims.setdefault(third, []).append(claim)
                counts[third] += 2
    return [
        Third(
            code,
            (tuple(events.get((code, pair[0]), ())), tuple(events.get((code, pair[1]), ()))),
            tuple(claims.get(code, ())),
        )
        for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
    ]


def _others(event: Event, pair: Pair) -> set[tuple[str, str]]:
    """Return (third party, state of the pair) for the dyads of an event between one of the pair and a third."""
    found = set()
    for s, t in event.dyads:
        if s in pair and t not in pair and t != STATELESS:
            found.add((t, s))
        elif t in pair and s not in pair and s != STATELESS:
            found.add((s, t))
    return found


def _linked(record: Record, findings: Sequence[Claimed], as_of: date) -> dict[str, Finding[Statement]]:
    """Return the statements in which these findings stand."""
    documents = dict.fromkeys(f.document for f in findings if f.value.statement)
    statements = (s for d in documents for s in record.statements(None, as_of, document=d))
    return {s.id: s for s in statements}
