"""Finds the page's furniture in a text: subscriptions, captions, cookie notices, credits, related links, end marks.

The patterns are data (``data/furniture.toml``). Whole paragraphs, and sentences at the end of one, are marked;
precision goes first, because a marked sentence is not read.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*\s+(?=[\"“‘(\[©@#]*[A-Z0-9©@#])")
_TITLES = r"Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Rep|Sen|Gov|Prof|No|vs|Inc|Ltd|Co|U\.S|U\.N|U\.K"
_ABBREVIATION = re.compile(rf"\b(?:{_TITLES}|[A-Z])\.\s+$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    opens: re.Pattern[str]
    opens_words: int
    whole: re.Pattern[str]
    closes: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    raw = tomllib.loads(resources.files("detente.sources").joinpath("data/furniture.toml").read_text("utf-8"))

    def joined(table: str) -> re.Pattern[str]:
        return re.compile("|".join(_scoped(pattern) for group in raw[table] for pattern in group["patterns"]))

    return _Patterns(joined("opens"), raw["opens_words"], joined("whole"), joined("closes"))


def _scoped(pattern: str) -> str:
    """Confine a leading ``(?i)`` to its own pattern, so that patterns can be joined."""
    return f"(?i:{pattern.removeprefix('(?i)')})" if pattern.startswith("(?i)") else f"(?:{pattern})"


def furniture_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open character ranges of ``text`` that are furniture: sorted and apart."""
    return tuple(found for line in _LINE.finditer(text) if (found := _in_line(line[0], line.start())))


def body(text: str) -> str:
    """Return ``text`` without its furniture: what copies of one story have in common."""
    kept, last = [], 0
    for start, end in furniture_ranges(text):
        kept.append(text[last:start])
        last = end
    return "".join((*kept, text[last:]))


def _in_line(line: str, offset: int) -> tuple[int, int] | None:
    patterns = _patterns()
    stripped = line.strip()
    if not stripped:
        return None
    start = offset + line.index(stripped)
    end = start + len(stripped)
    if patterns.whole.fullmatch(stripped):
        return start, end
    if patterns.opens.match(stripped) and len(stripped.split()) <= patterns.opens_words:
        return start, end
    tail = len(stripped)
    for first, last in reversed(tuple(_sentences(stripped))):
        if not patterns.closes.fullmatch(stripped, first, last):
            break
        tail = first
    return (start + tail, end) if tail < len(stripped) else None


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    """Split a line roughly: it only matters where its last sentences begin."""
    start = 0
    for match in _SENTENCE_END.finditer(line):
        if not _ABBREVIATION.search(line, start, match.end()):
            yield start, match.start() + len(match[0].rstrip())
            start = match.end()
    yield start, len(line)
