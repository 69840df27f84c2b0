"""What people say about the pair, and the reasons that they give."""

from dataclasses import dataclass

from detente.assessment.speakers import Speakers
from detente.brief.dossier import Dossier
from detente.brief.model import Line
from detente.brief.notes import Notes
from detente.model.codes import Stance
from detente.model.reading import CausalClaim, Statement
from detente.record import Finding, Record

_MANNER = {Stance.HEDGE: "hedging", Stance.DENY: "denying", Stance.PREDICT: "predicting", Stance.CALL: "calling for"}
_SAYS_BY_ITSELF = {Stance.DENY: ("den", "reject", "refus"), Stance.CALL: ("call", "urg", "ask", "demand")}


@dataclass(frozen=True, slots=True)
class Voice:
    """A statement about the pair as a line; ``speaker`` is the actor code, ``official`` whether the state speaks."""

    speaker: str
    official: bool
    line: Line


def voices(dossier: Dossier, record: Record, notes: Notes, speakers: Speakers, limit: int) -> tuple[Voice, ...]:
    """Return the newest statements about the pair: those of the two states first, at most two a speaker."""
    newest = sorted(dossier.statements, key=lambda f: (str(f.known or ""), f.value.sentence.start), reverse=True)
    official = [f for f in newest if f.value.speaker in dossier.pair and speakers.is_official(f)]
    others = [f for f in newest if f not in official]
    chosen: list[tuple[str, Finding[Statement]]] = []
    said: dict[str, int] = {}
    for finding in (*official, *others):
        who = speakers.of_statement(finding)
        said[who] = said.get(who, 0) + 1
        if said[who] <= 2 and len(chosen) < limit:
            chosen.append((who, finding))
    return tuple(_voice(who, finding, finding in official, record, notes) for who, finding in chosen)


def _voice(who: str, finding: Finding[Statement], official: bool, record: Record, notes: Notes) -> Voice:
    statement = finding.value
    cue, *parts = (e.quote for e in record.evidence_of([statement.cue, *statement.content]))
    verb = cue if cue[:1].isalpha() and cue.split()[0].lower() not in _NO_VERBS else "said"
    manner = _MANNER.get(statement.stance)
    if manner and not cue.lower().startswith(_SAYS_BY_ITSELF.get(statement.stance, ("\0",))):
        verb = f"{verb} ({manner})"
    day = f" ({finding.known.isoformat()})" if finding.known else ""
    text = f"{_capital(who)} {' '.join(verb.split())} “{_trimmed(' … '.join(parts))}”{day}."
    return Voice(statement.speaker, official, Line(text, (notes.cite(statement.sentence, *statement.content),)))


_NO_VERBS = frozenset({"according", "in", "as", "for", "by", "to", "from", "with", "per"})
"""Cues that are no verbs: "according to", "in his view"."""


def reasons(dossier: Dossier, record: Record, notes: Notes, speakers: Speakers, limit: int) -> tuple[Line, ...]:
    """Return causal claims without repetitions: those that name the pair first, then those told beside."""
    lines: dict[str, Line] = {}
    for finding in dossier.causes:
        if len(lines) == limit:
            break
        text, claim = _reason(finding, dossier, record, speakers), finding.value
        if text not in lines:  # only what is printed may be cited: evidence that no line names leads nowhere
            lines[text] = Line(text, (notes.cite(claim.sentence, claim.cause, claim.effect),))
    return tuple(lines.values())


def _reason(finding: Finding[CausalClaim], dossier: Dossier, record: Record, speakers: Speakers) -> str:
    claim = finding.value
    cause, effect = (e.quote for e in record.evidence_of([claim.cause, claim.effect]))
    return f"“{_trimmed(cause)}” led to “{_trimmed(effect)}”, according to {speakers.of(finding, dossier.linked)}."


def _trimmed(quote: str) -> str:
    """Leave out end punctuation and outer or unpaired quotation marks, and turn inner ones into single ones."""
    text = " ".join(quote.split()).strip(" .,;:")
    if text.count("“") != text.count("”") or text.count('"') % 2:
        return text.translate(_NO_MARKS)
    if text[:1] == "“" and text[-1:] == "”" and text.count("“") == 1:
        return text[1:-1]
    return text.replace("“", "‘").replace("”", "’")


_NO_MARKS = str.maketrans("", "", '“”"')


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
