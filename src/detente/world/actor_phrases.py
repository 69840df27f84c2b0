"""What a phrase alone names: country, PLOVER sector, person and office as of a day.

For phrases without their text, such as the actor fields of event data; in a text, the mentions of
``detente.reading`` know more. The codes are those of PLOVER: armed groups bear the country in which they fight,
organisations of states are ``IGO`` but for ``EUR`` and ``UNO``, entities with partial recognition are filed under the
state that claims them with the sector ``PRE``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.model.actor import STATELESS
from detente.model.codes import MentionKind
from detente.world.agents import Agent, AgentHit, Use, near_agent
from detente.world.codes import fold
from detente.world.gazetteer import gazetteer
from detente.world.phrase_names import NameKind
from detente.world.phrase_parts import NameHit, PhraseParts, parts_of
from detente.world.plover import sectors

_FORMER = frozenset({"former", "ex", "retired", "ousted", "deposed", "exiled", "outgoing", "late", "onetime", "fallen"})
_OFFICES = frozenset({"GOV", "MIL", "SPY", "LEG", "COP", "ELI", "PTY", "JUD"})
_ARMED = frozenset({"REB", "PRM", "CRM", "UAF", "MIL", "SPY", "COP"})
_COMMANDS = frozenset({"army chief", "military chief", "military commander", "army commander", "commander in chief"})
_FIGHTERS = frozenset({"UAF", "REB", "PRM"})
_UNKNOWN = "UNK"


@dataclass(frozen=True, slots=True)
class PhraseActor:
    """The reading of a phrase.

    ``country`` is an actor code or ``IGO``, None for an actor of no one country; ``sector`` and ``second`` are codes
    of ``plover.sectors()``, ``sector`` None for a state or organisation as a whole. ``agent`` is the noun that told
    the sector, ``rest`` what is left of the phrase without the country's name.
    """

    country: str | None
    sector: str | None
    second: str | None = None
    name: str | None = None
    office: str | None = None
    agent: str | None = None
    rest: str = ""


def resolve_phrase(text: str, as_of: date | None = None) -> PhraseActor | None:
    """Return what a phrase names, None where neither its names nor its nouns are known.

    Args:
        text: A noun phrase, "Minsk police station".
        as_of: The day on which it was written: who has left office by then is a former holder (ELI). Without a day,
            people count as in the last office that they held, unless they left it more than eight years ago.
    """
    found = parts_of(text, as_of)
    if not found.names and not found.agents:
        return _unnamed(found)
    agent = _agent(found)
    body = _body(found, agent)
    owner = _owner(found, body)
    sector, second = _sector(found, agent, body)
    person = next((h.name for h in found.names if h.name.kind is NameKind.PERSON), None)
    named = person or (body.name if body else None)
    return PhraseActor(
        country=owner.name.code if owner else _misspelled(found),
        sector=sector,
        second=second,
        name=named.name if named else None,
        office=person.office if person else None,
        agent=agent.phrase if agent else None,
        rest=_rest(found, owner),
    )


def _agent(found: PhraseParts) -> Agent | None:
    """Return the noun that tells the sector: the last full one of the head, or of what follows a weak head."""
    heads = [hit for hit in found.agents if hit.start < found.head_end]
    below = list(found.agents) if _is_weak(heads, found) else []
    for hits in (heads, below):
        full = [hit.agent for hit in hits if hit.agent.use is Use.FULL]
        if full:
            return full[-1]
    ranked = [hit.agent for hit in heads if hit.agent.use is Use.TITLE]
    weak = [hit.agent for hit in below or heads if hit.agent.use is Use.WEAK]
    told = [agent for agent in weak if agent.sector != _UNKNOWN]
    return next(iter(ranked[-1:] or told[-1:] or weak[-1:]), None)


def _is_weak(heads: list[AgentHit], found: PhraseParts) -> bool:
    """Tell whether the head says nothing of its own: "members", "several", "a group"."""
    if any(hit.in_head for hit in found.names):
        return False
    return bool(heads) or not any(i < found.head_end for i in found.unexplained())


def _body(found: PhraseParts, agent: Agent | None) -> NameHit | None:
    """Return the named body that decides the sector, if one does."""
    bodies = [h for h in found.names if h.name.kind is NameKind.BODY and h.name.sector and h.is_owner]
    head = next((h for h in bodies if h.in_head), None)
    if agent is None:
        return head or next(iter(bodies), None)
    if agent.use is not Use.FULL:
        return head or next(iter(bodies), None)
    same = head is not None and (agent.sector in _FIGHTERS or {head.name.sector, agent.sector} <= _ARMED)
    return head if same else None


def _owner(found: PhraseParts, body: NameHit | None) -> NameHit | None:
    """Return the name that tells the country."""
    if body is not None and body.name.code is not None:
        return body
    kinds = (NameKind.STATE, NameKind.PERSON, NameKind.BODY, NameKind.PLACE)
    for in_head in (True, False):
        for kind in kinds:
            for hit in found.names:
                if hit.name.kind is kind and hit.in_head is in_head and hit.is_owner and hit.name.code is not None:
                    return hit
    return None


def _sector(found: PhraseParts, agent: Agent | None, body: NameHit | None) -> tuple[str | None, str | None]:
    sector, second = _now(found, agent, body)
    words = {found.words[i].lower() for i in range(found.head_end)}
    in_ranks = sector == "MIL" and agent is not None and agent.use is Use.FULL and agent.phrase not in _COMMANDS
    if words & _FORMER and not in_ranks and (sector in _OFFICES or sector is None):
        return "ELI", None
    return sector, second


def _now(found: PhraseParts, agent: Agent | None, body: NameHit | None) -> tuple[str | None, str | None]:
    if body is not None:
        return body.name.sector, None
    if agent is not None and agent.use is Use.FULL:
        return agent.sector, agent.second
    person = next((h.name for h in found.names if h.name.kind is NameKind.PERSON and h.in_head), None)
    if person is not None:
        return person.sector, None
    names = [h.name for h in found.names if h.in_head]
    if agent is not None:
        whole = agent.sector == _UNKNOWN and any(n.kind is NameKind.BODY and n.sector is None for n in names)
        return (None, None) if whole else (agent.sector, agent.second)
    left = any(i < found.head_end for i in found.unexplained())
    place = next((n for n in names if n.kind is NameKind.PLACE), None)
    if left:
        return _UNKNOWN, None
    return (place.sector, None) if place else (None, None)


def _unnamed(found: PhraseParts) -> PhraseActor | None:
    """Read a phrase of unknown words: one misspelled word, or common nouns; a name of capitals stays unknown."""
    strange = list(found.unexplained())
    country = _misspelled(found)
    if country is not None:
        return PhraseActor(country, None)
    if len(strange) == 1 and (code := found.words[strange[0]].upper()) in sectors():
        return PhraseActor(None, code)
    near = near_agent(found.words[strange[0]]) if len(strange) == 1 else None
    if near is not None:
        return PhraseActor(None, near.sector, near.second, agent=near.phrase)
    if not strange or any(not found.words[i].isalpha() or found.words[i][:1].isupper() for i in strange):
        return None
    return PhraseActor(None, _UNKNOWN, rest=" ".join(found.words)) if "," not in found.words else None


def _rest(found: PhraseParts, owner: NameHit | None) -> str:
    gone = set(range(owner.start, owner.end)) if owner and owner.name.kind is NameKind.STATE else set()
    kept = [word for i, word in enumerate(found.words) if i not in gone and word not in ("'s", "'")]
    while kept and kept[0].lower() in ("the", "a", "an"):
        kept = kept[1:]
    return " ".join(kept)


def _misspelled(found: PhraseParts) -> str | None:
    """Return the state whose name, people or capital a word with a capital nearly spells ("Dehli")."""
    import difflib  # only for words that nothing else explains

    if any(hit.in_head for hit in found.names):
        return None
    strange = list(found.unexplained())
    if len(strange) > 1 and not found.agents:
        return None
    for word in (fold(found.words[i]) for i in strange if found.words[i][:1].isupper()):
        near = [known for known in difflib.get_close_matches(word, _spellings(), n=3, cutoff=0.8) if _near(word, known)]
        if len(word) >= _SHORTEST and near:
            return _spellings()[near[0]]
    return None


_SHORTEST = 5


def _near(word: str, known: str) -> bool:
    """Two letters changed places, or one letter too many, too few or wrong in a long word."""
    if word[0] != known[0]:
        return False
    swapped = len(word) == len(known) and sorted(word) == sorted(known)
    return swapped or (len(word) > _SHORTEST + 1 and abs(len(word) - len(known)) <= 1 and _one_apart(word, known))


def _one_apart(one: str, other: str) -> bool:
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    short, long = sorted((one[start:], other[start:]), key=len)
    return short[1:] == long[1:] if len(short) == len(long) else short == long[1:]


@cache
def _spellings() -> dict[str, str]:
    return dict(_single_words())


def _single_words() -> Iterator[tuple[str, str]]:
    for entry in gazetteer():
        whole = entry.code != STATELESS and (entry.kind in (MentionKind.NAME, MentionKind.DEMONYM) or entry.is_place)
        if whole and len(entry.words) == 1 and len(entry.phrase) >= _SHORTEST and not entry.case_sensitive:
            yield fold(entry.phrase), entry.code
