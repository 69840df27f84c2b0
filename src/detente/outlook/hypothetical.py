"""Acts that a person assumes: "CHN SANCTION JPN 2026-12-01"."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from detente.model.codes import EventType
from detente.model.errors import UsageError
from detente.outlook.acts import QUAD_CLASSES, TYPES, Acts


@dataclass(frozen=True, slots=True)
class Assumption:
    """A hypothetical act; it never enters the record."""

    source: str
    type: EventType
    target: str
    day: date

    @classmethod
    def parse(cls, text: str) -> "Assumption":
        """Read ``SOURCE TYPE TARGET YYYY-MM-DD``.

        Raises:
            UsageError: The text is not of this form; the message says what is.
        """
        parts = text.split()
        if len(parts) != 4 or parts[1].upper() not in EventType.__members__:
            raise UsageError(
                f"assumption {text!r} is not understood; write SOURCE TYPE TARGET YYYY-MM-DD, "
                f"where TYPE is one of {', '.join(EventType)}"
            )
        try:
            day = date.fromisoformat(parts[3])
        except ValueError as error:
            raise UsageError(f"assumption {text!r}: {parts[3]!r} is no day; write YYYY-MM-DD") from error
        if parts[0] == parts[2]:
            raise UsageError(f"assumption {text!r}: source and target are the same; an act needs two actors")
        return cls(parts[0], EventType(parts[1].upper()), parts[2], day)

    def __str__(self) -> str:
        return f"{self.source} {self.type.value} {self.target} {self.day.isoformat()} (hypothetical)"


def with_assumptions(acts: Acts, assumptions: tuple[Assumption, ...]) -> Acts:
    """Return the acts with the hypothetical ones among them, each known on its day.

    Raises:
        UsageError: An assumption names an actor of whom there is no act.
    """
    number = {code: index for index, code in enumerate(acts.codes)}
    unknown = sorted({code for each in assumptions for code in (each.source, each.target)} - number.keys())
    if unknown:
        raise UsageError(f"assumption: the record holds no act of {', '.join(unknown)}; name actors that it knows")
    rows = np.array(
        [
            (
                *(number[each.source], number[each.target], TYPES.index(each.type)),
                *(QUAD_CLASSES.index(each.type.quad), each.day.toordinal(), each.day.toordinal()),
            )
            for each in assumptions
        ],
        np.int32,
    )
    columns = (acts.source, acts.target, acts.type, acts.quad, acts.day, acts.known)
    s, o, kind, quad, day, known = (
        np.concatenate([column, new]) for column, new in zip(columns, rows.reshape(-1, 6).T, strict=True)
    )
    order = np.argsort(known, kind="stable")
    s, o, kind, quad, day, known = (column[order] for column in (s, o, kind, quad, day, known))
    return replace(acts, source=s, target=o, type=kind, quad=quad, day=day, known=known)
