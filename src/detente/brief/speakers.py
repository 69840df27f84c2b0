"""Who tells something: a named speaker, an office, anonymous sources, or the report itself."""

from detente.brief.dossier import Claimed
from detente.model.actor import STATELESS
from detente.model.codes import Sector
from detente.model.reading import Statement
from detente.record import Finding, Record
from detente.world import name_of

PRIVATE = frozenset({Sector.EDUCATION, Sector.MEDIA, Sector.BUSINESS, Sector.CIVILIANS, Sector.NGO, Sector.LABOUR})
"""Sectors whose people do not speak for their state."""


class Speakers:
    """Names speakers; a pronoun is followed to the person or body that it stands for."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._names: dict[str, tuple[str | None, str | None]] = {}
        self._sectors: dict[str, str] = {}

    def of_statement(self, statement: Finding[Statement]) -> str:
        """Return a name such as "Kenro Nagoshi (Japan)" or "diplomatic sources"."""
        said_by = statement.value
        name, office = self._resolved(said_by)
        who = name or office or self._record.evidence(said_by.source).quote
        if said_by.speaker == STATELESS or name_of(said_by.speaker).lower() in who.lower():
            return who
        return f"{who} ({name_of(said_by.speaker)})"

    def of(self, finding: Claimed, linked: dict[str, Finding[Statement]]) -> str:
        """Return who tells an event or makes a claim: the innermost speaker, else the outlet."""
        statement = linked.get(finding.value.statement or "")
        return self.of_statement(statement) if statement else outlet(finding.publisher)

    def is_official(self, statement: Finding[Statement]) -> bool:
        """Tell whether a part of a state speaks, rather than an expert, a newspaper or a firm; if untold, it does."""
        key = statement.value.source_mention
        self._resolved(statement.value)
        return key is None or self._sectors.get(key) not in PRIVATE

    def _resolved(self, statement: Statement) -> tuple[str | None, str | None]:
        key = statement.source_mention
        if key is None:
            return None, None
        if key not in self._names:
            rows = self._record.query(
                "SELECT a.name, a.office, a.sector FROM mentions m JOIN actors a ON a.id = m.actors[1] WHERE m.id = ? LIMIT 1",
                [key],
            ).to_pylist()
            self._names[key] = (rows[0]["name"], rows[0]["office"]) if rows else (None, None)
            self._sectors.update({key: row["sector"] for row in rows})
        return self._names[key]


def outlet(publisher: str | None) -> str:
    """Return how the report's own voice is named."""
    return f"the report itself ({publisher})" if publisher else "the report itself"
