"""What people say about the pair, and the reasons that they give."""

from detente.brief.dossier import Dossier
from detente.brief.model import Line
from detente.brief.notes import Notes
from detente.brief.speakers import Speakers
from detente.model.codes import Stance
from detente.model.reading import CausalClaim, Statement
from detente.record import Finding, Record

SAYS = {
    Stance.ASSERT: "says",
    Stance.HEDGE: "says, hedging",
    Stance.DENY: "denies",
    Stance.CALL: "calls for",
    Stance.PREDICT: "expects",
}


def voices(dossier: Dossier, record: Record, notes: Notes, speakers: Speakers, limit: int) -> tuple[Line, ...]:
    """Return the newest statements about the pair: those of the two states first, at most two a speaker."""
    newest = sorted(dossier.statements, key=lambda f: (str(f.known or ""), f.value.sentence.start), reverse=True)
    official = [f for f in newest if f.value.speaker in dossier.pair]
    chosen: list[tuple[str, Finding[Statement]]] = []
    said: dict[str, int] = {}
    for finding in (*official, *(f for f in newest if f.value.speaker not in dossier.pair)):
        who = speakers.of_statement(finding)
        said[who] = said.get(who, 0) + 1
        if said[who] <= 2 and len(chosen) < limit:
            chosen.append((who, finding))
    return tuple(_voice(who, finding, record, notes) for who, finding in chosen)


def _voice(who: str, finding: Finding[Statement], record: Record, notes: Notes) -> Line:
    statement = finding.value
    quote = " … ".join(e.quote for e in record.evidence_of(statement.content))
    day = f", {finding.known.isoformat()}" if finding.known else ""
    text = f"{_capital(who)}{day}, {SAYS[statement.stance]}: “{_trimmed(quote)}”."
    return Line(text, (notes.cite(statement.sentence, *statement.content),))


def reasons(dossier: Dossier, record: Record, notes: Notes, speakers: Speakers, limit: int) -> tuple[Line, ...]:
    """Return causal claims without repetitions: those that name the pair first, then those told beside."""
    lines: dict[str, Line] = {}
    for finding in dossier.causes:
        line = _reason(finding, dossier, record, notes, speakers)
        lines.setdefault(line.text, line)
    return tuple(lines.values())[:limit]


def _reason(finding: Finding[CausalClaim], dossier: Dossier, record: Record, notes: Notes, speakers: Speakers) -> Line:
    claim = finding.value
    cause, effect = (e.quote for e in record.evidence_of([claim.cause, claim.effect]))
    text = f"“{_trimmed(cause)}” led to “{_trimmed(effect)}”, according to {speakers.of(finding, dossier.linked)}."
    return Line(text, (notes.cite(claim.sentence, claim.cause, claim.effect),))


def _trimmed(quote: str) -> str:
    """Leave out end punctuation and outer or unpaired quotation marks, and turn inner ones into single ones."""
    text = " ".join(quote.split()).strip(" .,;:")
    if text.count("“") != text.count("”"):
        return text.replace("“", "").replace("”", "")
    if text[:1] == "“" and text[-1:] == "”" and text.count("“") == 1:
        return text[1:-1]
    return text.replace("“", "‘").replace("”", "’")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
