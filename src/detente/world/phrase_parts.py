"""A phrase cut into what its words are: names, agents, and words that say neither."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from detente.world.agents import AgentHit, Use, agents_in
from detente.world.entries import words_of
from detente.world.phrase_names import NameKind, PhraseName, names_at

_MARKS = frozenset({"-", "'s", "'", ",", "(", ")", '"', "–", "—", ";", ":", "."})
_ENDS_HEAD = frozenset(
    {"of", "in", "from", "for", "to", "at", "on", "with", "by", "who", "near", "against", "under", "between", "inside"}
    | {"outside", "and", "which", "that", "around", "across", ",", "loyal", "or", "after", "over", "along", "behind"}
)
_OTHERS = frozenset({"to", "against", "with", "by", "between", "loyal", "after", "over", "who", "which", "that"})
"""Words after which somebody else is named."""
_STAND_BY = frozenset({"backed", "led", "trained", "allied", "aligned", "sponsored", "supported", "funded", "born"})
"""Words that make the name before their hyphen a sponsor: "Iran-backed"."""
_EMPTY = frozenset(
    {"the", "a", "an", "some", "several", "many", "two", "three", "four", "five", "his", "her", "their", "its", "our"}
    | {"northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "northeastern"}
    | {"northwestern", "southeastern", "southwestern", "downtown", "greater", "mr", "mr.", "mrs", "mrs.", "ms", "ms."}
    | {"around", "over", "more", "than", "about", "nearly", "hundreds", "thousands", "dozens", "such", "large"}
    | {"these", "those", "this", "that", "other", "all", "both", "current", "new", "another", "most", "few", "no"}
)
_GIVEN = frozenset(
    {"jordan", "chad", "georgia", "israel", "sydney", "paris", "austin", "carolina", "florence", "victoria", "chelsea"}
    | {"brooklyn", "kenya", "india", "charlotte", "savannah", "cameron", "troy", "santiago", "ireland", "america"}
)
"""Names of places that are given names, too."""

_SURNAMES = frozenset(
    {"actor", "archer", "baker", "banks", "bishop", "boss", "butler", "carpenter", "church", "cook", "cooper", "dean"}
    | {
        "farmer",
        "fisher",
        "freeman",
        "guard",
        "house",
        "hunter",
        "judge",
        "king",
        "knight",
        "major",
        "marshall",
        "mayor",
    }
    | {"miner", "mason", "page", "parent", "park", "parker", "pope", "porter", "potter", "prince", "sailor", "sheriff"}
    | {
        "shepherd",
        "singer",
        "speaker",
        "taylor",
        "weaver",
        "young",
        "man",
        "people",
        "local",
        "child",
        "colon",
        "sheik",
    }
)
"""Nouns that are family names, too."""


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name at ``[start, end)``; ``in_head`` before the first preposition, ``is_owner`` if the actor is of it."""

    start: int
    end: int
    name: PhraseName
    in_head: bool = True
    is_owner: bool = True


@dataclass(frozen=True, slots=True)
class PhraseParts:
    """The words of a phrase with the names and agents found among them; ``head_end`` is where its head part ends."""

    words: tuple[str, ...]
    names: tuple[NameHit, ...]
    agents: tuple[AgentHit, ...]
    head_end: int

    def unexplained(self) -> Iterator[int]:
        """Yield the places of words that are neither names nor agents nor small words."""
        hits: tuple[NameHit | AgentHit, ...] = (*self.names, *self.agents)
        covered = {i for hit in hits for i in range(hit.start, hit.end)}
        for i, word in enumerate(self.words):
            small = word in _MARKS or word.lower() in _EMPTY | _ENDS_HEAD or word[0].isdigit()
            if i not in covered and not small:
                yield i


def parts_of(text: str, as_of: date | None) -> PhraseParts:
    """Cut a phrase into names and agents; where both are possible, the longer wins, a name among equals."""
    words = words_of(_joined(text))
    names = list(_names(words, as_of))
    everywhere = list(_agents(words, frozenset()))
    winners = [n for n in names if any(_beats(n, a) for a in everywhere)]
    agents = list(_agents(words, frozenset(i for n in winners for i in range(n.start, n.end))))
    agents = _without_surnames(words, names, agents)
    names = [n for n in names if n.name.kind is not NameKind.PERSON or not any(_overlap(n, a) for a in agents)]
    found = PhraseParts(words, tuple(names), tuple(agents), len(words))
    for _ in range(2):
        found = replace(found, names=tuple(n for n in found.names if _stands(n, found)))
    known = [*(name.start for name in found.names), *(agent.start for agent in agents)]
    if "," in words and known and min(known) > words.index(","):
        return parts_of(" ".join(words[words.index(",") + 1 :]), as_of)
    end = _head_end(found)
    placed = tuple(replace(n, in_head=n.start < end, is_owner=_is_owner(n, words, end)) for n in found.names)
    return replace(found, names=placed, head_end=end)


def _names(words: Sequence[str], as_of: date | None) -> Iterator[NameHit]:
    at = 0
    while at < len(words):
        name = None if words[at] in _MARKS else names_at(words, at, as_of)
        if name is None:
            at += 1
        else:
            yield NameHit(at, at + len(name.words), name)
            at += len(name.words)


def _joined(text: str) -> str:
    """Undo what tokenizers do to a phrase: "1 , 141", "Mr . X", "Iraq ’ s", "Iran - allied"."""
    for pattern, joined in _SPLIT:
        text = pattern.sub(joined, text)
    return " ".join(text.strip("\"'“”‘ ").split())


_SPLIT = (
    (re.compile(r"[’`´]"), "'"),
    (re.compile(r"(?<=\d) , (?=\d)"), ","),
    (re.compile(r"\s+'\s*(?=s\b)"), "'"),
    (re.compile(r"(?<=\w) - (?=\w)"), "-"),
    (re.compile(r"\b([A-Z]) \. ?(?=[A-Z]\b)"), r"\1."),
    (re.compile(r"\b(Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Adm|Sen|Rep|Gov|St|Prof) \."), r"\1."),
)


def _agents(words: Sequence[str], taken: frozenset[int]) -> Iterator[AgentHit]:
    """Yield the agents among the words that are not taken, hyphens and possessive endings aside."""
    places: list[int] = []
    for i in range(len(words) + 1):
        if i < len(words) and i not in taken:
            places += [i] if words[i] not in _MARKS else []
            continue
        for hit in agents_in([words[place].rstrip(".") for place in places]):
            yield AgentHit(places[hit.start], places[hit.end - 1] + 1, hit.agent)
        places = []


def _without_surnames(words: Sequence[str], names: list[NameHit], agents: list[AgentHit]) -> list[AgentHit]:
    """Leave out nouns that end an unknown name: "Emil Quxley Cook"."""
    strange = set(PhraseParts(tuple(words), tuple(names), tuple(agents), len(words)).unexplained())

    def ends_a_name(hit: AgentHit) -> bool:
        before = hit.start - 1
        return (
            words[hit.start].lower() in _SURNAMES
            and hit.end == len(words) == hit.start + 1
            and before in strange
            and all(words[i][:1].isupper() for i in (before, hit.start))
        )

    return [hit for hit in agents if not ends_a_name(hit)]


def _overlap(one: NameHit, other: AgentHit) -> bool:
    return one.start < other.end and other.start < one.end


def _beats(name: NameHit, agent: AgentHit) -> bool:
    if not _overlap(name, agent) or name.name.needs_title:
        return False
    return name.end - name.start >= agent.end - agent.start


def _stands(hit: NameHit, found: PhraseParts) -> bool:
    """Tell whether a name is one here: a surname or a place may be part of a longer, unknown name."""
    strange = {i for i in found.unexplained() if found.words[i][:1].isupper()}
    touches = hit.start - 1 in strange or hit.end in strange
    one_word = hit.end - hit.start == 1
    if hit.name.kind is NameKind.PLACE and one_word and hit.start == 1 and 0 in strange:
        return hit.end < len(found.words) and found.words[hit.end] != ","
    if hit.name.kind is NameKind.PERSON:
        titled = any(a.end == hit.start and a.agent.use is not Use.WEAK for a in found.agents)
        alone = all(word.lower() in _EMPTY for word in (*found.words[: hit.start], *found.words[hit.end :]))
        if hit.name.needs_title and not titled and not alone:
            return False
        return not touches
    return not (one_word and hit.start == 0 and hit.end in strange and found.words[0].lower() in _GIVEN)


def _head_end(found: PhraseParts) -> int:
    hits: tuple[NameHit | AgentHit, ...] = (*found.names, *found.agents)
    covered = {i for hit in hits for i in range(hit.start + 1, hit.end)}
    for i, word in enumerate(found.words):
        if i and i not in covered and word.lower() in _ENDS_HEAD:
            return i
    return len(found.words)


def _is_owner(hit: NameHit, words: Sequence[str], head_end: int) -> bool:
    after = words[hit.end : hit.end + 2]
    if len(after) == 2 and after[0] == "-" and after[1].lower() in _STAND_BY:
        return False
    between = (word.lower() for word in reversed(words[head_end : hit.start]))
    last = next((word for word in between if word in _ENDS_HEAD), None)
    return last not in _OTHERS
