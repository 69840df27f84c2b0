"""What a phrase names: country, sector, dated office (the format of NGEC's assertions on its actor resolver)."""

import ast
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from detente.evaluation.tasks.files import Json, TaskResult, table_rows
from detente.model.actor import STATELESS, Actor, Mention
from detente.model.codes import ActorKind, MentionKind, Sector
from detente.model.document import Document
from detente.reading.mentions import RuleMentions
from detente.reading.page import Page, Parser
from detente.world.offices import sector_of

_CHECKED = {"country": "country", "code_1": "sector"}
_DATES = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y/%m/%d", "%Y")


def actors(path: Path) -> TaskResult:
    """Resolve each phrase as a report of its own, published on the row's ``query_date``.

    Args:
        path: TSV with ``text``, ``kwargs`` (a Python dictionary that may hold ``query_date``) and ``assertion``
            (``code['country'] == 'RUS'``), which is used for the figures alone.

    Returns:
        Lines ``{"text", "country", "sector", "name", "office"}``, ``None`` where nothing is known; as the assertions
        have it, a state named alone has no sector. Figures: the shares of assertions on country and on the primary
        sector that hold.
    """
    parser, finder = Parser(), RuleMentions()
    lines: list[Json] = []
    checks: dict[str, list[bool]] = {name: [] for name in _CHECKED}
    for row in table_rows(path, "text", "kwargs"):
        line = _resolved(row, parser, finder)
        lines.append(line)
        for name, wanted in _assertions(row.get("assertion") or ""):
            checks[name].append((line[_CHECKED[name]] or "") == wanted)
    figures = {f"{name} right": sum(rights) / len(rights) for name, rights in checks.items() if rights}
    every = [right for rights in checks.values() for right in rights]
    return TaskResult(tuple(lines), figures | ({"right": sum(every) / len(every)} if every else {}))


def _resolved(row: Json, parser: Parser, finder: RuleMentions) -> Json:
    published = _day((ast.literal_eval(row["kwargs"]) if row["kwargs"] else {}).get("query_date"))
    text = row["text"]
    if not text.strip():
        return _line(text, None, None)
    page = parser.parse(Document(Document.id_of(text, published, None, None), text, published=published))
    mention = _main(page, finder.find(page))
    if mention is None:
        return _line(text, None, _sector_by_words(text))
    actor = mention.actors[0]
    bare = actor.kind is ActorKind.STATE and mention.kind is MentionKind.NAME and not actor.name and not actor.office
    whole = mention.span.end - mention.span.start >= len(text.strip().removeprefix("the "))
    return _line(text, actor, None if bare and whole else actor.sector)


def _sector_by_words(text: str) -> Sector | None:
    """Return the sector that the words of a phrase without an actor tell, those before its last words included."""
    words = text.split()
    found = (sector_of(" ".join(words[:end])) for end in range(len(words), 0, -1))
    return next((s for s in found if s is not None), None)


def _day(asked: str | None) -> date | None:
    """Read a date as the assertions write it; None for "today", as what holds today is not said by the file."""
    for pattern in _DATES if asked and asked != "today" else ():
        with suppress(ValueError):
            return datetime.strptime(str(asked), pattern).date()
    return None


def _main(page: Page, mentions: tuple[Mention, ...]) -> Mention | None:
    """Return the mention around the head of the phrase, else the longest."""
    if not mentions:
        return None
    root = next(iter(page.doc.sents)).root
    around = [m for m in mentions if m.span.start <= root.idx < m.span.end]
    return max(around or mentions, key=lambda m: m.span.end - m.span.start)


def _line(text: str, actor: Actor | None, sector: Sector | None) -> Json:
    country = None if actor is None or actor.code == STATELESS else actor.code
    return {
        "text": text,
        "country": country,
        "sector": sector.value if sector else None,
        "name": actor.name if actor else None,
        "office": actor.office if actor else None,
    }


def _assertions(assertion: str) -> list[tuple[str, str]]:
    """Read ``code['country'] == 'RUS'``; other assertions are about things that Detente does not say."""
    found = []
    for name in _CHECKED:
        left, _, right = assertion.partition(" == ")
        if left.strip() == f"code['{name}']" and right.strip()[:1] in "'\"":
            found.append((name, str(ast.literal_eval(right.strip()))))
    return found
