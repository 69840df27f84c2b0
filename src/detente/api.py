"""The Python interface: an open record that reads reports, loads event data, measures, foretells and writes briefs.

The measures return records of the rooms that make them; those over many rows hold or give Arrow tables, which pandas
and polars take (``series.to_arrow()``, ``shifts.to_arrow()``, ``influence.table``).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from detente.brief import Brief
from detente.brief import brief as write_brief
from detente.model.protocols import Reader
from detente.model.run import Run
from detente.outlook import Assumption, Outlook
from detente.outlook import outlook as foretell
from detente.outlook.cache import cached_fit
from detente.pipeline import PipelineSettings
from detente.pipeline import read as read_all
from detente.pipeline.load import Loads
from detente.pipeline.load import load as load_all
from detente.reading.learned import learned_reader
from detente.record import Record
from detente.relations.acts import Selection
from detente.relations.evidence import thresholds
from detente.relations.gap import Gap, GapScan, gap_of, gap_scan
from detente.relations.influence import LEAST_ACTS, InfluenceScan, influence_scan
from detente.relations.lineage import heir
from detente.relations.pairs import PairTotals, pair_totals
from detente.relations.periods import Period
from detente.relations.precedents import Precedents, find_precedents
from detente.relations.scan import Scan, scan_shifts
from detente.relations.series import PairSeries, pair_series
from detente.relations.shifts import ShiftReport, find_shifts
from detente.relations.triads import Triad, triad_of
from detente.relations.wedge import WedgeCandidate, find_wedges
from detente.sources.events import format_named
from detente.world import resolve_code


class Affairs(Record):
    """A record with everything that the command line does, for use from Python; made by :func:`detente.open`."""

    def read(
        self, sources: Sequence[str | Path], reader: Reader | None = None, settings: PipelineSettings | None = None
    ) -> Run:
        """Read reports into the record, by the learned reader if none is given; see :func:`detente.pipeline.read`."""
        return read_all([str(source) for source in sources], self, reader or learned_reader(), settings)

    def series(
        self, a: str, b: str, *, period: str = "month", since: date | None = None, as_of: date | None = None
    ) -> PairSeries:
        """Count the acts between two actors (codes or names) per ``day``, ``week`` or ``month``."""
        selection = Selection(since=since, as_of=as_of)
        return pair_series(self, resolve_code(a), resolve_code(b), period=Period.of(period), selection=selection)

    def load(self, form: str, files: Sequence[str | Path], *, dataset: str | None = None) -> Loads:
        """Load event data files of a format (``"icews"``, a mapping file …); see :func:`detente.pipeline.load.load`."""
        return load_all(files, format_named(form), self, dataset=dataset)

    def shifts(
        self, a: str, b: str, *, budget: float = 0.4, period: str = "week", as_of: date | None = None
    ) -> ShiftReport:
        """Find the shifts of a pair, at most ``budget`` a year; see :func:`detente.relations.shifts.find_shifts`."""
        return find_shifts(self.series(a, b, period=period, as_of=as_of), budget)

    def all_shifts(self, *, budget: float = 0.4, period: str = "month", as_of: date | None = None) -> Scan:
        """Find the shifts of all pairs under one budget; see :func:`detente.relations.scan.scan_shifts`."""
        return scan_shifts(self._totals(period, as_of, thresholds().trend_acts), budget)

    def gap(self, a: str, b: str, *, period: str = "month", as_of: date | None = None) -> Gap:
        """Compare the words and deeds of a pair; see :mod:`detente.relations.gap`."""
        return gap_of(self.series(a, b, period=period, as_of=as_of))

    def all_gaps(self, *, period: str = "month", as_of: date | None = None) -> GapScan:
        """Compare the gaps of all pairs, shrunk toward each other by as much as their evidence is thin."""
        return gap_scan(self._totals(period, as_of, 1))

    def influence(self, a: str, b: str, *, period: str = "week", as_of: date | None = None) -> InfluenceScan:
        """Test whether conflict with any third party moves before the pair's own; "no evidence" is the usual answer."""
        return influence_scan(self._totals(period, as_of, LEAST_ACTS), _code(a), _code(b))

    def triad(
        self, a: str, b: str, c: str, *, since: date | None = None, until: date | None = None, as_of: date | None = None
    ) -> Triad:
        """Judge the three ties of three states within a stretch of time."""
        one, two, three = map(_code, (a, b, c))
        return triad_of(self._totals("month", as_of, 1, (one, two, three)), one, two, three, since, until)

    def wedges(
        self, a: str, b: str, c: str, *, window: int = 12, as_of: date | None = None
    ) -> tuple[WedgeCandidate, ...]:
        """Return wedge candidates among three states, window by window of so many months; never a verdict."""
        codes = _code(a), _code(b), _code(c)
        return find_wedges(self._totals("month", as_of, 1, codes), [codes], window)

    def precedents(self, a: str, b: str, *, as_of: date | None = None, most: int = 5) -> Precedents:
        """Find earlier windows of any pair that resemble the last year of this one, and what came next."""
        return find_precedents(self._totals("month", as_of, 1), _code(a), _code(b), most=most)

    def outlook(
        self,
        a: str,
        b: str,
        horizon: int = 30,
        as_of: date | None = None,
        assume: Sequence[str | Assumption] = (),
        *,
        boosted: bool = False,
    ) -> Outlook:
        """Say what the next days may bring (:func:`detente.outlook.outlook`); the fit is kept in the user's cache."""
        fitted = cached_fit(self, self.path, as_of, boosted)
        return foretell(self, resolve_code(a), resolve_code(b), horizon, as_of, assume, fitted)

    def _totals(
        self, period: str, as_of: date | None, at_least: int, among: tuple[str, ...] | None = None
    ) -> PairTotals:
        selection = Selection(as_of=as_of)
        found = pair_totals(self, period=Period.of(period), selection=selection, at_least=at_least, among=among)
        return found.of_named()

    def brief(self, a: str, b: str, as_of: date | None = None) -> Brief:
        """Write the brief about two actors (codes or names); ``as_of`` is today unless given."""
        return write_brief(self, (resolve_code(a), resolve_code(b)), as_of or datetime.now(UTC).date())


def _code(state: str) -> str:
    """Return the code under which a state's acts are counted."""
    return heir(resolve_code(state))


def open(path: str | Path = "affairs.duckdb", read_only: bool = False) -> Affairs:
    """Open the record at ``path``, or make one; raises ``RecordError`` when that cannot be."""
    return Affairs.open(path, read_only)
