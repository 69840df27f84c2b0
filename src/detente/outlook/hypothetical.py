"""Acts that a person assumes: "CHN SANCTION JPN 2026-12-01"."""

from dataclasses import dataclass
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
    """Return the acts with the hypothetical ones among them, each known on its day."""
    codes = np.array(acts.codes, dtype=object)
    day = np.array([each.day.toordinal() for each in assumptions], np.int64)
    return Acts.of(
        np.array([*codes[acts.source], *(each.source for each in assumptions)], dtype=str),
        np.array([*codes[acts.target], *(each.target for each in assumptions)], dtype=str),
        np.concatenate([acts.type, [TYPES.index(each.type) for each in assumptions]]),
        np.concatenate([acts.quad, [QUAD_CLASSES.index(each.type.quad) for each in assumptions]]),
        np.concatenate([acts.day, day]),
        np.concatenate([acts.known, day]),
    )
