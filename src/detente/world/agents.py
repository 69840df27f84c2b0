"""Common nouns for those who act ("riot police", "trade union"), and the PLOVER sector for which each acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from detente.world.codes import fold
from detente.world.tables import parts, rows


class Use(StrEnum):
    """How much a noun says about the sector."""

    FULL = ""
    WEAK = "weak"
    """Another word of the phrase decides: "police spokesman"."""
    TITLE = "title"
    """A rank or form of address, which counts where no other word tells: "Minister General X"."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun and its PLOVER sector (a code of ``plover.sectors()``); ``second`` is a further sector."""

    phrase: str
    sector: str
    second: str | None
    use: Use


@dataclass(frozen=True, slots=True)
class AgentHit:
    """An agent at ``[start, end)`` of a list of words."""

    start: int
    end: int
    agent: Agent


_IRREGULAR = {"men": "man", "children": "child", "wives": "wife", "thieves": "thief", "lives": "life", "buses": "bus"}
_KEPT = ("ss", "us", "is")
_LONGEST = 6


def singular(word: str) -> str:
    """Return the form under which a folded word is looked up: "ministries", "ministry" → "ministry".

    One rule for singular and plural words alike, so that it need not be right, only the same for both.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(_KEPT) and len(word) > 3:
        return word[:-1]
    return word


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(singular(word) for word in fold(phrase).replace("-", " ").replace("'s", " ").replace("'", "").split())


@cache
def _agents() -> dict[tuple[str, ...], Agent]:
    found: dict[tuple[str, ...], Agent] = {}
    for sector, second, use, phrases in rows("agents.csv"):
        for phrase in parts(phrases):
            found.setdefault(_key(phrase), Agent(phrase, sector, second or None, Use(use)))
    for sector, second, phrases in rows("phoenix_agents.csv"):
        for phrase in parts(phrases):
            found.setdefault(_key(phrase), Agent(phrase, sector, second or None, Use.FULL))
    return found


def agents_in(words: Sequence[str]) -> Iterator[AgentHit]:
    """Yield the agents among words, from the left, the longest at each place.

    Args:
        words: The words of a phrase in any case, without hyphens and possessive endings.
    """
    known = _agents()
    keys = [singular(fold(word)) for word in words]
    at = 0
    while at < len(keys):
        for length in range(min(_LONGEST, len(keys) - at), 0, -1):
            agent = known.get(tuple(keys[at : at + length]))
            if agent is not None:
                yield AgentHit(at, at + length, agent)
                at += length - 1
                break
        at += 1


def near_agent(word: str) -> Agent | None:
    """Return the agent whose single long word is nearest to a misspelled one, None if none is near."""
    import difflib  # only for words that nothing else explains

    if len(word) < _NEAR_FROM:
        return None
    singles = [key[0] for key in _agents() if len(key) == 1 and len(key[0]) >= _NEAR_FROM]
    near = difflib.get_close_matches(singular(fold(word)), singles, n=1, cutoff=_NEAR)
    return _agents()[(near[0],)] if near else None


_NEAR_FROM, _NEAR = 7, 0.87
