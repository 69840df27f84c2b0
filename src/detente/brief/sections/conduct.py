"""Words against deeds, and claims against claims."""

from collections.abc import Sequence
from datetime import timedelta

from detente.brief import phrases
from detente.brief.dossier import Dossier
from detente.brief.model import Claim, Line
from detente.brief.notes import Notes
from detente.brief.thresholds import WordsAndDeeds
from detente.model.codes import Direction, Factuality
from detente.model.reading import Event
from detente.record import Finding
from detente.world import name_of

SHOWN = 4


def words_and_deeds(dossier: Dossier, notes: Notes, settings: WordsAndDeeds) -> tuple[Line, ...]:
    """Return a line for each direction in which recent words and deeds point in opposite directions, or agree."""
    since = dossier.as_of - timedelta(days=settings.recent_days)
    lines = []
    for source, target in (dossier.pair, dossier.pair[::-1]):
        recent = [
            f
            for f in dossier.dated_facts
            if f.value.date is not None and f.value.date.last >= since and (source, target) in f.value.dyads
        ]
        words = [f for f in recent if f.value.type.quad.is_verbal]
        deeds = [f for f in recent if not f.value.type.quad.is_verbal]
        if words and deeds:
            lines.append(_compared(source, target, words, deeds, notes, settings))
    return tuple(lines)


def _share(found: Sequence[Finding[Event]]) -> float:
    return sum(f.value.type.quad.is_cooperative for f in found) / len(found)


def _compared(
    source: str,
    target: str,
    words: list[Finding[Event]],
    deeds: list[Finding[Event]],
    notes: Notes,
    settings: WordsAndDeeds,
) -> Line:
    said, done = _share(words), _share(deeds)
    if abs(said - done) < settings.apart:
        verdict = "words and deeds point the same way"
    else:
        verdict = f"words are {_tone(said)}, deeds {_tone(done)}: they point in opposite directions"
    text = (
        f"{name_of(source)} towards {name_of(target)} in the year before this brief: {verdict} "
        f"({_counted(words, 'word')}; {_counted(deeds, 'deed')})."
    )
    return Line(text, _cited([*words[-SHOWN:], *deeds[-SHOWN:]], notes))


def _tone(share: float) -> str:
    return "mostly cooperative" if share > 0.5 else "mostly hostile" if share < 0.5 else "evenly split"


def _counted(found: Sequence[Finding[Event]], noun: str) -> str:
    good = sum(f.value.type.quad.is_cooperative for f in found)
    return f"{good} cooperative and {len(found) - good} hostile {noun}{'s' if len(found) != 1 else ''}"


def _cited(found: Sequence[Finding[Event]], notes: Notes) -> tuple[int, ...]:
    return tuple(dict.fromkeys(notes.cite(f.value.sentence, f.value.trigger) for f in found))


def contradictions(dossier: Dossier, claims: Sequence[Claim], notes: Notes, limit: int) -> tuple[Line, ...]:
    """Return what stands against what: claims about the pair, and events both told as facts and denied."""
    return (*_opposed(claims), *_denied(dossier, notes))[:limit]


def _opposed(claims: Sequence[Claim]) -> list[Line]:
    """Set those who see the pair draw closer against those who see it drift apart or deny the movement."""
    about = [c for c in claims if c.about_pair]
    sides: dict[str, list[Claim]] = {}
    for claim in about:
        if claim.factuality is Factuality.DENIED:
            sides.setdefault(f"not {claim.direction}", []).append(claim)
        else:
            sides.setdefault(claim.direction, []).append(claim)
    lines = []
    for one, other, text in (
        (Direction.BETTER, Direction.WORSE, "{} see the relation getting better; {} see it getting worse."),
        (Direction.BETTER, f"not {Direction.BETTER}", "{} see the relation getting better; {} deny it."),
        (Direction.WORSE, f"not {Direction.WORSE}", "{} see the relation getting worse; {} deny it."),
    ):
        if sides.get(one) and sides.get(other):
            left, right = sides[one][:3], sides[other][:3]
            words = text.format(_people(left), _people(right))
            numbers = tuple(dict.fromkeys(n for c in (*left, *right) for n in c.evidence))
            lines.append(Line(words[0].upper() + words[1:], numbers))
    return lines


def _people(claims: Sequence[Claim]) -> str:
    return phrases.listed(list(dict.fromkeys(c.who for c in claims)))


def _denied(dossier: Dossier, notes: Notes) -> list[Line]:
    """Find acts that one source tells as facts and another denies: same type and parties, dates that can agree."""
    facts = [f for f in dossier.events if f.value.factuality is Factuality.FACT]
    lines = []
    for denied in (f for f in dossier.events if f.value.factuality is Factuality.DENIED):
        against = [f for f in facts if _same_act(f.value, denied.value) and _dates_agree(f.value, denied.value)]
        if against and denied.value.date:
            e = denied.value
            text = f"{phrases.act(e.source, e.target, e.type, Factuality.FACT)} ({e.date}): told as a fact, and denied."
            lines.append(Line(text, _cited([*against[:SHOWN], denied], notes)))
    return lines


def _same_act(a: Event, b: Event) -> bool:
    return (a.type, a.source, a.target) == (b.type, b.source, b.target)


def _dates_agree(a: Event, b: Event) -> bool:
    return bool(a.date and b.date and a.date.first <= b.date.last and b.date.first <= a.date.last)
