"""How likely a claim is under each hypothesis, and the rules of the assessment, from ``data/likelihoods.toml``."""

import math
import tomllib
from functools import cache
from importlib import resources

import msgspec

from detente.model.codes import Direction, Factuality

HYPOTHESES = (Direction.BETTER, Direction.WORSE, Direction.STABLE)
"""What may be true of a pair, in the order of every tuple of this room; they exclude one another."""


class Movement(msgspec.Struct, frozen=True):
    """Likelihoods of a claim that the relation moves one way."""

    as_claimed: float
    unchanged: float
    opposite: float


class Stability(msgspec.Struct, frozen=True):
    """Likelihoods of a claim that the relation is unchanged."""

    unchanged: float
    moving: float


class Rules(msgspec.Struct, frozen=True):
    """When there is a posterior at all, from which days, and how much the weaker reckoning discounts."""

    voices: int
    outlets: int
    window_days: int
    weaker: float


class Likelihoods(msgspec.Struct, frozen=True):
    """The table: P(a voice makes this claim | hypothesis), which sums to one over the twelve claims."""

    movement: dict[Factuality, Movement]
    stability: dict[Factuality, Stability]
    rules: Rules

    def of(self, direction: Direction, factuality: Factuality) -> tuple[float, float, float]:
        """Return the likelihoods of a claim under ``HYPOTHESES``, in their order."""
        if direction is Direction.STABLE:
            still = self.stability[factuality]
            return still.moving, still.moving, still.unchanged
        row = self.movement[factuality]
        if direction is Direction.BETTER:
            return row.as_claimed, row.opposite, row.unchanged
        return row.opposite, row.as_claimed, row.unchanged


@cache
def likelihoods() -> Likelihoods:
    """Return the table that ships with the project.

    Raises:
        ValueError: The probabilities of the twelve claims do not sum to one under some hypothesis.
    """
    text = (resources.files("detente.assessment") / "data" / "likelihoods.toml").read_text(encoding="utf-8")
    return checked(msgspec.convert(tomllib.loads(text), Likelihoods))


def checked(table: Likelihoods) -> Likelihoods:
    """Return a table whose every column is a distribution over the twelve claims; raise ``ValueError`` otherwise."""
    rows = [table.of(direction, factuality) for direction in Direction for factuality in Factuality]
    for hypothesis, column in zip(HYPOTHESES, zip(*rows, strict=True), strict=True):
        if min(column) <= 0 or not math.isclose(sum(column), 1, abs_tol=1e-9):
            raise ValueError(
                f"likelihoods.toml: under {hypothesis!r} the twelve claims have probabilities that sum to "
                f"{sum(column):g}; allowed: positive ones that sum to 1"
            )
    return table
