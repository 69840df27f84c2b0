"""Events that others coded: rows of ICEWS, GDELT, POLECAT, KEDS and the like, crosswalked to PLOVER."""

import hashlib
from dataclasses import dataclass
from datetime import date

from detente.model.codes import EventType, QuadClass
from detente.model.ids import SEPARATOR


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One directed event row of an event data set.

    ``day`` is when it happened (valid time), ``known`` when it was reported or added (known time). ``code`` is the
    code in ``scheme`` ("CAMEO", "WEIS", "PLOVER"); ``type`` and ``quad`` are its crosswalk, ``None`` where none
    exists. ``goldstein`` is the value of the primary published table for the code.
    """

    dataset: str
    source: str
    target: str
    day: date
    known: date | None
    scheme: str
    code: str
    type: EventType | None
    quad: QuadClass | None
    goldstein: float | None
    place: str | None = None
    source_name: str | None = None
    target_name: str | None = None
    line: int | None = None

    @property
    def id(self) -> str:
        """Content hash of who, what, whom, when and where: the stated rule for duplicates.

        It is MD5, unlike other ids, because the record computes it in SQL for rows by the million.
        """
        parts = (self.dataset, self.source, self.target, self.code, self.day, self.place)
        text = SEPARATOR.join("\x00" if part is None else str(part) for part in parts)
        return f"coded-{hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:16]}"
