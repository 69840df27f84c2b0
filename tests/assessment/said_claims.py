"""Hand-made relation claims about Japan and Russia, each in a report of its own: who says what."""

from dataclasses import dataclass
from datetime import date

from detente.model.actor import Actor, Mention
from detente.model.codes import ActorKind, Direction, EventType, Factuality, Form, MentionKind, Sector, Stance
from detente.model.document import Document
from detente.model.entry import Entry
from detente.model.reading import Event, Reading, RelationClaim, Sentence, Statement
from detente.model.span import Span
from detente.model.when import PartialDate


@dataclass(frozen=True)
class Said:
    """One report with one claim; without a speaker it is the outlet's own."""

    direction: Direction
    factuality: Factuality = Factuality.FACT
    outlet: str = "Harbour Wire"
    day: str = "2026-02-01"
    speaker: str | None = None
    office: str | None = None
    code: str = "JPN"
    about: str | None = None


def entry(said: Said, number: int) -> Entry:
    who = said.speaker or "The desk"
    text = f"{who} says that ties between Japan and Russia move. Report {number} ends."
    d = Document(
        Document.id_of(text, date.fromisoformat(said.day), said.outlet, None),
        *(text, None, said.outlet, date.fromisoformat(said.day)),
    )
    end = text.index(".") + 1
    sentence, claim = Span(d.id, 0, end), Span(d.id, text.index("ties"), end - 1)
    source, cue = Span(d.id, 0, len(who)), Span(d.id, len(who) + 1, len(who) + 5)
    sector = Sector.GOVERNMENT if said.office else Sector.EDUCATION
    unnamed = who.islower() or who.startswith(("An ", "The "))
    actor = Actor(said.code, ActorKind.STATE, sector, None if unnamed else who, said.office)
    mention = Mention(source, source, MentionKind.NOMINAL if unnamed else MentionKind.PERSON, (actor,))
    statement = Statement(
        *(source, cue, (claim,), sentence, said.code, Form.INDIRECT, Stance.ASSERT), source_mention=mention.id
    )
    relation = RelationClaim(
        *(claim, sentence, ("JPN", "RUS"), said.direction, said.factuality),
        date=PartialDate.parse(said.about) if said.about else None,
        statement=statement.id if said.speaker else None,
    )
    event = Event(
        *(Span(d.id, text.index("move"), end - 1), sentence, EventType.SANCTION, ("JPN",), ("RUS",), Factuality.FACT),
        date=PartialDate.parse("2026-01-05"),
    )
    reading = Reading(
        *(d.id, "hand", "1", (Sentence(sentence, 0, 0),), (mention,)),
        statements=(statement,) if said.speaker else (),
        events=(event,),
        relations=(relation,),
    )
    return Entry(d, reading, d.id.encode())
