"""The Python interface: an open record that reads reports, counts series and writes briefs."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from detente.brief import Brief
from detente.brief import brief as write_brief
from detente.model.protocols import Reader
from detente.model.run import Run
from detente.pipeline import PipelineSettings
from detente.pipeline import read as read_all
from detente.reading.rules import rule_reader
from detente.record import Record
from detente.relations.acts import Selection
from detente.relations.periods import Period
from detente.relations.series import PairSeries, pair_series
from detente.world import resolve_code


class Affairs(Record):
    """A record with everything that the command line does, for use from Python; made by :func:`detente.open`."""

    def read(
        self, sources: Sequence[str | Path], reader: Reader | None = None, settings: PipelineSettings | None = None
    ) -> Run:
        """Read reports into the record; see :func:`detente.pipeline.read` for errors."""
        return read_all([str(source) for source in sources], self, reader or rule_reader(), settings)

    def series(
        self, a: str, b: str, *, period: str = "month", since: date | None = None, as_of: date | None = None
    ) -> PairSeries:
        """Count the acts between two actors (codes or names) per ``day``, ``week`` or ``month``."""
        selection = Selection(since=since, as_of=as_of)
        return pair_series(self, resolve_code(a), resolve_code(b), period=Period.of(period), selection=selection)

    def brief(self, a: str, b: str, as_of: date | None = None) -> Brief:
        """Write the brief about two actors (codes or names); ``as_of`` is today unless given."""
        return write_brief(self, (resolve_code(a), resolve_code(b)), as_of or datetime.now(UTC).date())


def open(path: str | Path = "affairs.duckdb", read_only: bool = False) -> Affairs:
    """Open the record at ``path``, or make one; raises ``RecordError`` when that cannot be."""
    return Affairs.open(path, read_only)
