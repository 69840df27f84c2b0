"""Who says that a relation moves, with what certainty."""

from collections.abc import Sequence

from detente.brief import phrases
from detente.brief.dossier import Dossier
from detente.brief.model import Claim
from detente.brief.notes import Notes
from detente.brief.speakers import Speakers
from detente.model.reading import RelationClaim
from detente.record import Finding


def claims(dossier: Dossier, notes: Notes, speakers: Speakers, limit: int) -> tuple[Claim, ...]:
    """Return the newest claims about the pair, then those about either state and a third; like claims are joined."""
    about = _joined(dossier.claims, dossier, notes, speakers, True)[:limit]
    thirds = [claim for third in dossier.thirds for claim in third.claims]
    return (*about, *_joined(thirds, dossier, notes, speakers, False)[:limit])


def _joined(
    found: Sequence[Finding[RelationClaim]], dossier: Dossier, notes: Notes, speakers: Speakers, about_pair: bool
) -> list[Claim]:
    groups: dict[tuple[object, ...], list[Finding[RelationClaim]]] = {}
    for finding in sorted(found, key=lambda f: str(f.known or ""), reverse=True):
        value = finding.value
        who = speakers.of(finding, dossier.linked)
        groups.setdefault((value.dyad, value.direction, value.factuality, who), []).append(finding)
    return [
        Claim(
            dyad=group[0].value.dyad,
            claim=phrases.claim(group[0].value.dyad, group[0].value.direction),
            direction=group[0].value.direction,
            factuality=group[0].value.factuality,
            who=str(key[-1]),
            sure=phrases.SURENESS[group[0].value.factuality],
            when=next((f.value.date for f in group if f.value.date), None),
            known=group[0].known,
            about_pair=about_pair,
            evidence=tuple(dict.fromkeys(notes.cite(f.value.sentence, f.value.evidence) for f in group)),
        )
        for key, group in groups.items()
    ]
