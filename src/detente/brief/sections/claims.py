"""Who says that a relation moves, with what certainty."""

from collections.abc import Sequence

from detente.assessment.speakers import Speakers
from detente.brief import phrases
from detente.brief.dossier import Dossier
from detente.brief.model import Claim
from detente.brief.notes import Notes
from detente.model.reading import RelationClaim
from detente.record import Finding, Record


def claims(dossier: Dossier, record: Record, notes: Notes, limit: int) -> tuple[Claim, ...]:
    """Return the newest claims about the pair, then those about either state and a third; like claims are joined."""
    speakers = Speakers(record)
    about = _grouped(dossier.claims, dossier, speakers)[:limit]
    thirds = _grouped([c for third in dossier.thirds for c in third.claims], dossier, speakers)[:limit]
    first = [group[0].value for _, group in (*about, *thirds)]
    words = [e.quote for e in record.evidence_of([claim.evidence for claim in first])]
    return tuple(
        _claim(who, group, quote, place < len(about), notes)
        for place, ((who, group), quote) in enumerate(zip((*about, *thirds), words, strict=True))
    )


_Group = tuple[str, list[Finding[RelationClaim]]]


def _grouped(found: Sequence[Finding[RelationClaim]], dossier: Dossier, speakers: Speakers) -> list[_Group]:
    """Join what one voice says of one pair in one way, newest first."""
    groups: dict[tuple[object, ...], _Group] = {}
    for finding in sorted(found, key=lambda f: str(f.known or ""), reverse=True):
        value = finding.value
        who = speakers.of(finding, dossier.linked)
        groups.setdefault((value.dyad, value.direction, value.factuality, who), (who, []))[1].append(finding)
    return list(groups.values())


def _claim(who: str, group: list[Finding[RelationClaim]], words: str, about_pair: bool, notes: Notes) -> Claim:
    claim = group[0].value
    return Claim(
        dyad=claim.dyad,
        claim=phrases.claim(claim.dyad, claim.direction),
        words=" ".join(words.split()),
        direction=claim.direction,
        factuality=claim.factuality,
        who=who,
        sure=phrases.SURENESS[claim.factuality],
        when=next((f.value.date for f in group if f.value.date), None),
        known=group[0].known,
        about_pair=about_pair,
        evidence=tuple(dict.fromkeys(notes.cite(f.value.sentence, f.value.evidence) for f in group)),
    )
