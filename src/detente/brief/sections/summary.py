"""The brief in one paragraph."""

from collections.abc import Sequence

from detente.brief import phrases
from detente.brief.model import Act, Claim, Line
from detente.model.codes import Direction, Factuality
from detente.world import name_of

WHO = 3
"""People named for one direction."""


def summary(
    pair: tuple[str, str], claims: Sequence[Claim], acts: Sequence[Act], more: Sequence[Line]
) -> tuple[Line, ...]:
    """Return who sees the relation move which way, the last deed and the last words, then what ``more`` adds."""
    about = [c for c in claims if c.about_pair]
    lines = [line for direction in Direction for line in _seen(pair, about, direction)]
    denied = [c for c in about if c.factuality is Factuality.DENIED]
    if denied:
        text = f"{_people(denied)} {_verb(denied, 'denies', 'deny')} that relations are {_WAYS[denied[0].direction]}."
        lines.append(Line(_capital(text), _numbers(denied)))
    return (*lines, *_last(acts), *more)


_WAYS = {Direction.BETTER: "getting better", Direction.WORSE: "getting worse", Direction.STABLE: "unchanged"}


def _seen(pair: tuple[str, str], about: Sequence[Claim], direction: Direction) -> list[Line]:
    found = [c for c in about if c.direction is direction and c.factuality is not Factuality.DENIED]
    if not found:
        return []
    hedged = all(c.factuality is not Factuality.FACT for c in found)
    verb = _verb(found, "says", "say")
    moving = "remain" if direction is Direction.STABLE else "are"
    text = (
        f"{_people(found)} {verb}{', with hedges or as an aim,' if hedged else ''} that relations between "
        f"{name_of(pair[0])} and {name_of(pair[1])} {moving} {_WAYS[direction]}."
    )
    return [Line(_capital(text), _numbers(found))]


def _people(claims: Sequence[Claim]) -> str:
    people = list(dict.fromkeys(c.who for c in claims))
    rest = len(people) - WHO
    return phrases.listed(people if rest <= 0 else [*people[:WHO], f"{rest} more"])


def _verb(claims: Sequence[Claim], one: str, many: str) -> str:
    people = {c.who for c in claims}
    return one if len(people) == 1 and not next(iter(people)).split(" (")[0].endswith("s") else many


def _numbers(claims: Sequence[Claim]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for c in claims[:WHO] for n in c.evidence))


def _last(acts: Sequence[Act]) -> list[Line]:
    """Name the newest deed and the newest words that are told as facts."""
    lines = []
    for noun, verbal in (("deed", False), ("words", True)):
        known = [a for a in acts if a.when and a.quad.is_verbal is verbal and a.factuality is Factuality.FACT]
        if known:
            last = known[-1]
            lines.append(Line(f"The latest {noun} in the record ({last.when}): {last.text}.", last.evidence))
    return lines


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
