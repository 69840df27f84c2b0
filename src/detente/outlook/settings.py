"""What shapes a forecaster."""

from dataclasses import dataclass, replace

from detente.outlook.boosted import ROUNDS

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Settings:
    """What shapes a forecaster.

    Attributes:
        boosted: Rank with trees (and learned profiles) rather than with the conditional logit alone.
        learned: Whether the neural profiles take part.
        candidates: Actors that the second stage sees per query.
        horizon: Days for which forecasts are made without news; 1 is the single-step setting.
        warm, first: Shares of the training days after which the networks replay and after which stage two is sampled.
        tower_queries, rule_queries, scorer_queries, first_queries: Most queries learned from per day.
        scorer_total: Most queries that the second stage is fitted to.
        negatives: Wrong candidates kept per query when the second stage is fitted.
        replays: Passes over the warm days' queries.
        threads: Threads for scoring and trees.
    """

    boosted: bool = True
    learned: bool = True
    candidates: int = 100
    horizon: int = 1
    warm: float = 0.55
    first: float = 0.6
    tower_queries: int = 768
    tower_batch: int = 256
    rule_queries: int = 600
    scorer_queries: int = 160
    scorer_total: int = 20_000
    first_queries: int = 200
    negatives: int = 40
    replays: int = 4
    rounds: int = ROUNDS
    threads: int = 1
    seed: int = 0

    def with_horizon(self, horizon: int) -> "Settings":
        """Return the same settings for forecasts ``horizon`` days ahead."""
        return replace(self, horizon=horizon)
