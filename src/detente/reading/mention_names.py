"""Names that the gazetteer knows: states, demonyms, capitals, organisations, persons; and compounds of two."""

from datetime import date

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from detente.model.actor import Actor
from detente.model.codes import MentionKind, Sector
from detente.reading.mention_drafts import Draft, Drafts, actor_kind, actors_of, is_plural
from detente.reading.mention_listed import actor_of, gender_by_name, is_other_person, listed
from detente.reading.mention_places import is_location, is_place
from detente.reading.mention_words import mention_words
from detente.reading.page import Page
from detente.world import Entry, gazetteer, state_group_at

_HYPHENS = frozenset("-–‑/")


def find_names(page: Page, drafts: Drafts) -> None:
    """Add a draft for every name of the gazetteer, the longest first."""
    for tokens in page.sentence_tokens:
        words, surface = [t.lower_ for t in tokens], [t.text for t in tokens]
        at = 0
        while at < len(words):
            entries = _readings(words, surface, at, page.document.published)
            draft = _draft(tokens, at, entries, page.document.published) if entries else None
            draft = _group(tokens, words, at) or draft
            if draft is None and surface[at][:1].isupper():
                draft = _compound(tokens[at], page.document.published)
            if draft is not None:
                drafts.add(draft)
                at = draft.end - tokens.start
            else:
                at += 1
    _join_compounds(page, drafts)


def _readings(words: list[str], surface: list[str], at: int, as_of: date | None) -> list[Entry]:
    """Return the readings of the longest phrase at a word that its letters and the day allow."""
    matched = gazetteer().match(words, at)
    if not matched:
        return []
    found = [
        e
        for e in matched
        if e.fits(surface[at : at + len(e.words)])
        and not (e.kind is MentionKind.PERSON and e.is_common and e.is_surname)
    ]
    longest = max((len(e.words) for e in found), default=0)
    found = [e for e in found if len(e.words) == longest]
    return [e for e in found if e.holds_at(as_of)] or found


def _group(tokens: Tokens, words: list[str], at: int) -> Draft | None:
    """Read a phrase for several states at once: "the Baltic states"."""
    group = state_group_at(words, at)
    if group is None or not any(t.text[:1].isupper() for t in tokens[at : at + len(group.words)]):
        return None
    start, end = tokens.start + at, tokens.start + at + len(group.words)
    actors = actors_of(group.codes, Sector.GOVERNMENT)
    head = tokens.doc[start:end].root.i
    return Draft(start, end, head, MentionKind.NAME, actors, "group of states", plural=True, definite=True)


def _draft(tokens: Tokens, at: int, entries: list[Entry], as_of: date | None) -> Draft | None:
    start = tokens.start + at
    end = start + len(entries[0].words)
    head = tokens.doc[start:end].root
    if entries[0].kind is MentionKind.PERSON:
        return _person(tokens.doc, start, end, entries[0], as_of)
    entry, kind = _choose(entries, head)
    plural = kind is MentionKind.DEMONYM and is_plural(head)
    actor = Actor(entry.code, actor_kind(entry.code), entry.sector, entry.name, entry.office)
    seat = entry.kind is MentionKind.METONYM and entry.is_place
    return Draft(start, end, head.i, kind, (actor,), why="gazetteer", plural=plural, definite=True, is_seat=seat)


def _person(doc: Doc, start: int, end: int, entry: Entry, as_of: date | None) -> Draft | None:
    """Read a listed person's full name, or a surname that is not part of another name."""
    if entry.is_surname and is_other_person(doc[start], doc[end - 1], entry.code):
        return None
    term = listed(entry.phrase, as_of, is_surname=entry.is_surname)
    if term is None:
        return None
    draft = Draft(start, end, doc[start:end].root.i, MentionKind.PERSON, (actor_of(term, as_of),), why="listed person")
    draft.is_person = draft.definite = True
    draft.name, draft.office, draft.lemma = term.person, term.office, term.office.split()[-1]
    draft.is_surname, draft.gender = entry.is_surname, gender_by_name(term.person)
    return draft


def _choose(entries: list[Entry], head: Token) -> tuple[Entry, MentionKind]:
    """Choose between the place and the government of one name by the syntax around it."""
    entry = entries[0]
    seats = [e for e in entries if e.is_place or e.kind is MentionKind.PLACE]
    others = [e for e in entries if e not in seats]
    if seats and others:
        placed = is_place(head)
        entry = seats[0] if placed else others[0]
        return entry, MentionKind.PLACE if placed else entry.kind
    if entry.kind is MentionKind.METONYM and entry.is_place:
        return entry, MentionKind.PLACE if is_place(head) else MentionKind.METONYM
    if entry.kind is MentionKind.NAME and actor_kind(entry.code) == "state" and is_location(head):
        return entry, MentionKind.PLACE
    return entry, entry.kind


def _compound(token: Token, as_of: date | None) -> Draft | None:
    """Read one token that joins two names: "U.S.-Russian", "U.S.–China"."""
    text = token.text
    if not text[:1].isupper() or not any(h in text[1:-1] for h in _HYPHENS):
        return None
    for hyphen in _HYPHENS & set(text[1:-1]):
        text = text.replace(hyphen, "-")
    halves = text.split("-")
    codes = [code for half in halves if (code := _half(half, as_of))]
    if not codes or (len(codes) < len(halves) and halves[-1].lower() not in ("led", "based", "backed", "born", "made")):
        return None
    kind = MentionKind.DEMONYM
    return Draft(
        token.i, token.i + 1, token.i, kind, actors_of(codes, Sector.GOVERNMENT), "compound", plural=len(codes) > 1
    )


def _half(text: str, as_of: date | None) -> str | None:
    if (code := mention_words().combining.get(text.lower())) is not None:
        return code
    entries = _readings([text.lower()], [text], 0, as_of)
    return entries[0].code if entries and entries[0].kind is not MentionKind.PERSON else None


def _join_compounds(page: Page, drafts: Drafts) -> None:
    """Join "Japan-China", "Sino-Japanese" and "Israeli-Palestinian" into one mention of two actors."""
    doc, words = page.doc, mention_words()
    for right in [d for d in drafts.all if d.start >= 2 and doc[d.start - 1].text in _HYPHENS]:
        before = doc[right.start - 2]
        left = drafts.at(before.i)
        code = words.combining.get(before.lower_)
        if right not in drafts.all or doc[right.start - 1].whitespace_ or before.whitespace_:
            continue
        if left is not None and left.end == right.start - 1:
            drafts.drop(left)
            codes, start = (*left.codes, *right.codes), left.start
        elif code is not None:
            codes, start = (code, *right.codes), before.i
        else:
            continue
        drafts.drop(right)
        actors = actors_of(codes, Sector.GOVERNMENT)
        drafts.add(
            Draft(start, right.end, right.head, MentionKind.DEMONYM, actors, "compound", plural=True, definite=True)
        )
