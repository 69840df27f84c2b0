"""Time expressions of a page, resolved against the publishing date and against one another in text order."""

import re
from dataclasses import dataclass, replace

from detente.model.actor import TimeMention
from detente.model.span import Span
from detente.model.when import PartialDate
from detente.reading.page import Page
from detente.reading.tense import is_ahead
from detente.reading.time_patterns import Expression, expressions
from detente.reading.time_resolution import TimeContext, resolve

_CLAUSE_FOLLOWS = re.compile(r"\s+(?!(?:and|but|or|in|on|at|by|with|against|for|to|from|when|that)\b)[\w“\"'‘]")


_PARTS_OF_DAYS = ("hour", "day", "night", "morning", "afternoon", "evening")
_RELATIVE = ("offset", "day_side", "neighbour", "that")
_DAY_MEMORY = 6
"""For so many sentences a day once named can be "that day"."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    date: PartialDate
    sentence: int
    gives_year: bool
    derived: bool
    ahead: bool


class RuleTimes:
    """Finds time expressions by their shape; implements :class:`detente.reading.stages.TimeStage`."""

    def find(self, page: Page) -> tuple[TimeMention, ...]:
        """Return the time mentions in text order; without a publishing date relative ones stay unresolved."""
        found: list[TimeMention] = []
        anchors: list[_Anchor] = []
        text = page.doc.text
        for expression in expressions(text):
            span = Span(page.document.id, expression.start, expression.end)
            root = page.tokens_in(span).root
            if root.is_space:
                continue
            sentence = page.sentence_of(root).index
            context = _context(page, anchors, sentence, is_ahead(root), _counts_days(expression))
            date = resolve(_bind(expression, text), context)
            found.append(TimeMention(span, date, _why(expression, context)))
            if date is not None:
                gives_year = "year" in expression.words and "month" in expression.words
                derived = expression.shape in _RELATIVE
                anchors.append(_Anchor(date, sentence, gives_year, derived, context.ahead))
        return tuple(found)


def _counts_days(expression: Expression) -> bool:
    unit = expression.words.get("unit")
    return expression.shape in _RELATIVE and unit in _PARTS_OF_DAYS


def _bind(expression: Expression, text: str) -> Expression:
    """Mark "three days after" as bound when the clause or noun that it dates follows."""
    side = expression.words.get("side")
    if side in ("after", "before") and _CLAUSE_FOLLOWS.match(text, expression.end):
        return replace(expression, words=expression.words | {"bound": side})
    return expression


def _context(page: Page, anchors: list[_Anchor], sentence: int, ahead: bool, by_day: bool) -> TimeContext:
    published = page.document.published
    here = [anchor for anchor in anchors if anchor.sentence == sentence]
    chosen = here or anchors
    if by_day and not here:
        days = [a for a in anchors if a.date.day is not None and sentence - a.sentence <= _DAY_MEMORY and not a.ahead]
        chosen = days or anchors
    anchor = chosen[-1].date if chosen else None
    year = here[-1].date.year if here and here[-1].gives_year else None
    if published is not None and year == published.year:
        year = None
    own = [a.date for a in here if not a.derived] or [a.date for a in here]
    return TimeContext(published, anchor, own[-1] if own else None, year, ahead)


def _why(expression: Expression, context: TimeContext) -> str:
    if "year" in expression.words or "iso" in expression.words:
        return "full date" if "month" in expression.words else expression.shape
    return f"{expression.shape}, {'ahead of' if context.ahead else 'up to'} the report"
