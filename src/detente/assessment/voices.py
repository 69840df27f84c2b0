"""The independent voices about a pair: who claims what, each counted once by the newest claim."""

from collections.abc import Sequence
from datetime import date

from detente.assessment.likelihoods import Likelihoods
from detente.assessment.model import Voice
from detente.assessment.speakers import Identity, Speakers, VoiceKind
from detente.model.reading import RelationClaim
from detente.record import Evidence, Finding, Record

Claim = Finding[RelationClaim]


def current(claims: Sequence[Claim], since: date) -> list[Claim]:
    """Leave out claims reported before the window, and those about a time that ended before it."""
    return [
        f for f in claims if (f.known or date.max) >= since and (f.value.date is None or f.value.date.last >= since)
    ]


def voices(record: Record, claims: Sequence[Claim], as_of: date, table: Likelihoods) -> tuple[Voice, ...]:
    """Return the voices, newest claim first, numbered from 1."""
    groups: dict[tuple[VoiceKind, str], list[tuple[Identity, Claim]]] = {}
    speakers = Speakers(record)
    linked = {
        s.id: s for d in dict.fromkeys(f.document for f in claims) for s in record.statements(None, as_of, document=d)
    }
    for finding in sorted(claims, key=_age, reverse=True):
        who = speakers.identity(finding, linked)
        groups.setdefault((who.kind, who.key), []).append((who, finding))
    newest = [group[0] for group in groups.values()]
    sentences = record.evidence_of([f.value.sentence for _, f in newest])
    words = record.evidence_of([f.value.evidence for _, f in newest])
    return tuple(
        _voice(number, who, finding, sentence, claimed.quote, len(group) - 1, table)
        for number, ((who, finding), group, sentence, claimed) in enumerate(
            zip(newest, groups.values(), sentences, words, strict=True), start=1
        )
    )


def _age(finding: Claim) -> tuple[date, str, int]:
    """Order by the day of the report; within a report the later words count as the newer."""
    return finding.known or date.min, finding.document, finding.value.evidence.start


def _voice(
    number: int, who: Identity, finding: Claim, sentence: Evidence, words: str, repeats: int, table: Likelihoods
) -> Voice:
    claim = finding.value
    column = table.of(claim.direction, claim.factuality)
    return Voice(
        number=number,
        kind=who.kind,
        name=who.name,
        direction=claim.direction,
        factuality=claim.factuality,
        when=claim.date,
        known=finding.known,
        words=" ".join(words.split()),
        quote=" ".join(sentence.quote.split()),
        evidence=claim.evidence,
        sentence=claim.sentence,
        document=finding.document,
        title=finding.title,
        publisher=finding.publisher,
        url=sentence.url,
        likelihoods=column,
        ratios=ratios(column),
        repeats=repeats,
    )


def ratios(column: Sequence[float]) -> tuple[float, ...]:
    """Return each likelihood against the mean of the others: the diagnosticity of a piece of evidence."""
    others = len(column) - 1
    return tuple(value * others / (sum(column) - value) for value in column)
