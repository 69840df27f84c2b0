"""The refusals of a run: told at once, kept up to a limit, counted beyond it."""

from detente.model.run import Refusal
from detente.pipeline.progress import Progress


class Refusals:
    """Collects refusals in bounded memory."""

    def __init__(self, limit: int, progress: Progress) -> None:
        self._limit = limit
        self._progress = progress
        self._kept: list[Refusal] = []
        self.total = 0

    def add(self, refusal: Refusal) -> None:
        """Tell and keep one refusal."""
        self.total += 1
        self._progress.refused(refusal)
        if len(self._kept) < self._limit:
            self._kept.append(refusal)

    @property
    def kept(self) -> tuple[Refusal, ...]:
        """The refusals in order; a last one counts those beyond the limit."""
        further = self.total - len(self._kept)
        if not further:
            return tuple(self._kept)
        rest = Refusal("this run", f"{further} further inputs were refused", f"the first {self._limit} are kept")
        return (*self._kept, rest)
