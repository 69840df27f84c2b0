"""How the pipeline works: where reading happens, on how many cores, how much is written at once."""

from dataclasses import dataclass, field
from enum import StrEnum

from detente.sources import SourceSettings


class ExecutorName(StrEnum):
    """Where documents are read."""

    LOCAL = "local"
    """In this process, or in ``workers`` processes of this machine."""
    RAY = "ray"
    """On a Ray cluster (or a Ray started on this machine)."""


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """Settings of :func:`detente.pipeline.read`; they are stored with the run."""

    workers: int = 1
    """Processes that read; with 1, this process does."""
    executor: ExecutorName = ExecutorName.LOCAL
    batch: int = 16
    """Documents that are read and written together; after an interruption at most this many per worker in flight are
    finished first."""
    max_refusals: int = 10_000
    """Refusals kept one by one; further ones are counted."""
    sources: SourceSettings = field(default_factory=SourceSettings)

    def __post_init__(self) -> None:
        for name in ("workers", "batch", "max_refusals"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}; need at least 1")
