"""What each served page holds: one dataclass a page, which its template draws and its ``.json`` twin prints."""

from dataclasses import dataclass
from datetime import date

from detente.brief import Brief
from detente.model.document import Document
from detente.model.reading import Reading
from detente.record import Held


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair of actors and the number of acts told as facts between them."""

    pair: tuple[str, str]
    names: tuple[str, str]
    acts: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the record holds."""

    record: str
    """File name."""
    documents: tuple[Held, ...]
    """The newest."""
    total: int
    """All documents, listed or not."""
    pairs: tuple[PairRow, ...]
    """Those with the most acts."""


@dataclass(frozen=True, slots=True)
class BriefPage:
    """The brief of a pair."""

    brief: Brief


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with what was read in it."""

    document: Document
    reading: Reading


@dataclass(frozen=True, slots=True)
class TroublePage:
    """Why a page is not shown, and what would be allowed."""

    status: int
    what: str
    allowed: str


Page = HomePage | BriefPage | DocumentPage | TroublePage


@dataclass(frozen=True, slots=True)
class Asked:
    """An address taken apart: path segments without ``.json``, the ``as_of`` day, and whether JSON is wanted."""

    path: tuple[str, ...]
    as_of: date | None
    json: bool
