"""Reports with readings for the tests of the record: made by hand-written rules, and drawn by hypothesis."""

from datetime import date

from hypothesis import strategies as st

from detente.model.actor import Actor, Mention, TimeMention
from detente.model.codes import (
    ActorKind,
    Direction,
    EventType,
    Factuality,
    Form,
    MentionKind,
    Sector,
    Stance,
)
from detente.model.document import Copy, Document
from detente.model.entry import Entry
from detente.model.reading import CausalClaim, Event, Reading, RelationClaim, Sentence, Statement
from detente.model.span import Span
from detente.model.when import PartialDate

JAPAN = Actor("JPN", ActorKind.STATE)
RUSSIA = Actor("RUS", ActorKind.STATE, Sector.MILITARY, "Sergei Lavrov", "foreign minister")
SAID = "Tokyo said it condemned Moscow because of the drills."
DID = "Japan imposed sanctions on Russia."


def document(number: int = 0, published: date | None = date(2026, 1, 10), publisher: str | None = "Wire") -> Document:
    """Return a report of two sentences; ``number`` makes it another one."""
    text = f"{SAID} {DID}\n\nItem {number}."
    title = f"Report {number}"
    return Document(
        id=Document.id_of(text, published, publisher, title),
        text=text,
        title=title,
        publisher=publisher,
        published=published,
        language="en",
        url=f"https://example.org/{number}",
        origin=f"wire.jsonl:{number}",
        name=f"wire-{number}",
    )


def reading(of: Document, version: str = "1", shift: int = 0, kind: EventType = EventType.SANCTION) -> Reading:
    """Return a reading of ``document``; ``shift`` widens the trigger, as another reader version might."""

    def at(words: str, more: int = 0) -> Span:
        start = of.text.index(words)
        return Span(of.id, start, start + len(words) + more)

    said, did = Sentence(at(SAID), 0, 0), Sentence(at(DID), 1, 0)
    tokyo = Mention(at("Tokyo"), at("Tokyo"), MentionKind.METONYM, (JAPAN,), why="capital")
    moscow = Mention(at("Moscow"), at("Moscow"), MentionKind.METONYM, (RUSSIA, JAPAN), antecedent=tokyo.id)
    statement = Statement(
        source=at("Tokyo"),
        cue=at("said"),
        content=(at("it condemned Moscow"), at("because of the drills")),
        sentence=said.span,
        speaker="JPN",
        form=Form.INDIRECT,
        stance=Stance.ASSERT,
        source_mention=tokyo.id,
    )
    accusation = Event(
        trigger=at("condemned"),
        sentence=said.span,
        type=EventType.ACCUSE,
        source=("JPN",),
        target=("RUS",),
        factuality=Factuality.FACT,
        statement=statement.id,
        source_mentions=(tokyo.id,),
        target_mentions=(moscow.id,),
        frame="condemn",
        why="condemn with an object",
    )
    sanction = Event(
        trigger=at("imposed sanctions", shift),
        sentence=did.span,
        type=kind,
        source=("JPN",),
        target=("RUS",),
        factuality=Factuality.FACT,
        mode="embargo",
        date=PartialDate(2026, 1),
        probability=0.75,
    )
    claim = RelationClaim(
        at("condemned Moscow"), said.span, ("JPN", "RUS"), Direction.WORSE, Factuality.FACT, date=PartialDate(2025)
    )
    cause = CausalClaim(at("the drills"), at("condemned Moscow"), said.span, signal=at("because of"))
    return Reading(
        document=of.id,
        reader="rules",
        version=version,
        sentences=(said, did),
        mentions=(tokyo, moscow),
        times=(TimeMention(at("Item"), None), TimeMention(at("drills"), PartialDate(2026, 1, 9), "made up")),
        statements=(statement,),
        events=(accusation, sanction),
        relations=(claim,),
        causes=(cause,),
    )


def entry(number: int = 0, published: date | None = date(2026, 1, 10), version: str = "1", shift: int = 0) -> Entry:
    """Return a report with its reading."""
    report = document(number, published)
    return Entry(report, reading(report, version, shift), f"signature {number}".encode())


def copy_of(story: Document, number: int = 0, published: date | None = date(2026, 1, 11)) -> Copy:
    """Return a further appearance of a story."""
    return Copy(
        id=f"document-copy{number}",
        document=story.id,
        kind="exact",
        similarity=1.0,
        title=story.title,
        publisher=f"Outlet {number}",
        published=published,
        url=None,
        origin=f"copy{number}.txt",
    )


# --- drawn by hypothesis -------------------------------------------------------------------------------------------

_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12)
_MAYBE_WORDS = st.none() | _WORDS
_WHY = st.just("") | _WORDS
_CODES = st.lists(st.sampled_from(["CHN", "JPN", "RUS", "USA", "XXX"]), min_size=1, max_size=3, unique=True).map(
    lambda codes: tuple(sorted(codes))
)
_DATES = (
    st.none()
    | st.dates().map(PartialDate.of)
    | st.dates().flatmap(lambda day: st.sampled_from([PartialDate(day.year), PartialDate(day.year, day.month)]))
)
_CHANCES = st.none() | st.floats(0, 1)
_ACTORS = st.builds(
    Actor,
    _WORDS,
    st.sampled_from(ActorKind),
    st.sampled_from(Sector),
    _MAYBE_WORDS,
    _MAYBE_WORDS,
)


@st.composite
def entries(draw: st.DrawFn, version: str = "1") -> Entry:
    """Draw a document of any text and any reading whose spans lie in it."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60))
    key = Document.id_of(text, None, None, None)

    @st.composite
    def span(pick: st.DrawFn) -> Span:
        start = pick(st.integers(0, len(text) - 1))
        return Span(key, start, pick(st.integers(start + 1, len(text))))

    s, ids = span(), _MAYBE_WORDS
    several = st.lists(_WORDS, max_size=2).map(tuple)
    mentions = st.builds(
        Mention, s, s, st.sampled_from(MentionKind), st.lists(_ACTORS, max_size=3).map(tuple), ids, _WHY
    )
    statements = st.builds(
        Statement,
        *(s, s, st.lists(s, min_size=1, max_size=3).map(tuple), s, _WORDS),
        *(st.sampled_from(Form), st.sampled_from(Stance), ids, ids, _WHY, _CHANCES),
    )
    events = st.builds(
        Event,
        *(s, s, st.sampled_from(EventType), _CODES, _CODES, st.sampled_from(Factuality), _MAYBE_WORDS, _DATES, ids),
        *(several, several, _WHY, _WHY, _CHANCES),
    )
    dyads = st.sampled_from([("CHN", "JPN"), ("JPN", "RUS"), ("RUS", "USA")])
    relations = st.builds(
        RelationClaim,
        *(s, s, dyads, st.sampled_from(Direction), st.sampled_from(Factuality), _DATES, ids, _WHY, _WHY, _CHANCES),
    )
    causes = st.builds(CausalClaim, s, s, s, st.none() | s, ids, _WHY, _WHY, _CHANCES)
    found = Reading(
        document=key,
        reader="drawn",
        version=version,
        sentences=tuple(draw(st.lists(st.builds(Sentence, s, st.integers(0, 99), st.integers(0, 9)), max_size=3))),
        mentions=tuple(draw(st.lists(mentions, max_size=3))),
        times=tuple(draw(st.lists(st.builds(TimeMention, s, _DATES, _WHY), max_size=3))),
        statements=tuple(draw(st.lists(statements, max_size=3))),
        events=tuple(draw(st.lists(events, max_size=3))),
        relations=tuple(draw(st.lists(relations, max_size=3))),
        causes=tuple(draw(st.lists(causes, max_size=3))),
    )
    report = Document(
        id=key,
        text=text,
        title=draw(_MAYBE_WORDS),
        publisher=draw(_MAYBE_WORDS),
        published=draw(st.none() | st.dates()),
        language=draw(_MAYBE_WORDS),
        url=draw(_MAYBE_WORDS),
        origin=draw(_MAYBE_WORDS),
        name=draw(_MAYBE_WORDS),
        furniture=tuple(draw(st.lists(s, max_size=2))),
    )
    return Entry(report, found, draw(st.binary(max_size=40)))
