"""How the brief puts an event, a claim and a list of states into words."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from detente.model.codes import Direction, EventType, Factuality
from detente.world import name_of


@cache
def _phrases() -> dict[str, dict[str, str]]:
    path = resources.files("detente.brief") / "data" / "phrases.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def listed(parts: Sequence[str]) -> str:
    """Join names: "A", "A and B", "A, B and C"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def names(codes: Sequence[str]) -> str:
    """Return the short names of actors, joined."""
    return listed([name_of(code) for code in codes])


def act(source: Sequence[str], target: Sequence[str], kind: EventType, factuality: Factuality) -> str:
    """Return a clause such as "Japan sanctioned Russia" or "Japan and Russia may hold talks"."""
    phrase = _phrases()[kind.value]
    mutual = tuple(source) == tuple(target)
    base, past = (phrase["mutual_base"], phrase["mutual_past"]) if mutual else (phrase["base"], phrase["past"])
    who = names(source)
    plural = len(source) > 1
    verb = {
        Factuality.FACT: past,
        Factuality.PLANNED: f"{'are' if plural else 'is'} to {base}",
        Factuality.POSSIBLE: f"may {base}",
        Factuality.DENIED: f"{'are' if plural else 'is'} said not to {base}",
    }[factuality]
    return f"{who} {verb}" if mutual else f"{who} {verb} {names(target)}"


_MOVES = {
    Direction.BETTER: "getting better",
    Direction.WORSE: "getting worse",
    Direction.STABLE: "unchanged",
}


def claim(dyad: tuple[str, str], direction: Direction) -> str:
    """Return a phrase such as "Japan – Russia: getting better"."""
    return f"{name_of(dyad[0])} – {name_of(dyad[1])}: {_MOVES[direction]}"


SURENESS = {
    Factuality.FACT: "asserted",
    Factuality.PLANNED: "as an aim or plan",
    Factuality.POSSIBLE: "hedged",
    Factuality.DENIED: "denied",
}
