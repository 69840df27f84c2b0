"""Columns of text to coded events: actors and codes are resolved once per distinct value, rows only by look-up."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente.model.actor import STATELESS
from detente.model.codes import EventType
from detente.model.errors import InputRefusedError
from detente.sources.events.formats import EventFormat
from detente.world.crosswalk import event_actor
from detente.world.plover import definition_of
from detente.world.schemes import cameo, cameo_codes, weis
from detente.world.states import states

Indices = NDArray[np.int64]
BLANKS = {"", "NA", "NULL", "---"}
V = TypeVar("V")
W = TypeVar("W")


@dataclass(frozen=True, slots=True, eq=False)
class Encoded(Generic[V]):
    """A column as its distinct values and where each row's stands among them, shape (N,)."""

    values: list[V | None]
    places: Indices

    @staticmethod
    def of(column: pa.ChunkedArray) -> "Encoded[str]":
        """Encode a text column."""
        encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
        return Encoded(encoded.dictionary.to_pylist(), encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64))

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which rows have a value."""
        return np.array([value is not None for value in self.values], dtype=bool)[self.places]

    def mapped(self, function: Callable[[V], W | None]) -> "Encoded[W]":
        """Apply a function to each distinct value once."""
        return Encoded([None if value is None else function(value) for value in self.values], self.places)

    def where(self, rows: NDArray[np.bool_]) -> "Encoded[V]":
        """Keep the rows that are true."""
        return Encoded(self.values, self.places[rows])

    def column(self, kind: pa.DataType) -> pa.Array:
        """Return the column spelled out."""
        return pa.array(self.values, kind).take(pa.array(self.places))


@dataclass(frozen=True, slots=True)
class Code:
    """What an event code means in PLOVER, and its Goldstein value of the primary table."""

    code: str
    type: str | None
    quad: str | None
    goldstein: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Mapped:
    """One batch of coded events, and what was left out of it.

    ``bad`` are (line, what is wrong); ``without_parties`` counts rows that lack an actor, or both of whose actors
    are no state and no coded organisation.
    """

    events: pa.Table
    bad: tuple[tuple[int, str], ...]
    refused: int
    without_parties: int


class Mapper:
    """Maps batches of one file; remembers what it resolved."""

    def __init__(self, shape: EventFormat, dataset: str, folder: Path) -> None:
        self._shape = shape
        self._dataset = dataset
        self._actor_names = _ids(folder / shape.actor_ids) if shape.actor_ids else None
        self._code_names = _ids(folder / shape.code_ids) if shape.code_ids else None
        self._actors: dict[tuple[str, int], str | None] = {}
        self._codes: dict[str, Code | None] = {}

    def map(self, batch: pa.Table, shown: int) -> Mapped:
        """Map one batch of ``RawTable``; say of at most ``shown`` bad rows what is wrong with them."""
        cells = {role: Encoded.of(batch.column(role)) for role in batch.column_names if role != "line"}
        code = cells["code"].mapped(self._code)
        day = cells["day"].mapped(lambda text: self._day(text, self._shape.day_formats))
        source, target = (cells[role].mapped(_blank_as_none) for role in ("source", "target"))
        named = source.known & target.known
        good = named & day.known & code.known
        faulty = np.flatnonzero(named & ~good)
        bad = tuple(_fault(batch, int(i), bool(day.known[i]), self._shape.codes) for i in faulty[:shown])
        day, code = day.where(good), code.where(good)
        actors = [self._actor_column(column.where(good), day) for column in (source, target)]
        somebody = ~np.asarray(pc.and_(*(pc.equal(actor, STATELESS) for actor in actors)))
        rest = {role: cells[role].where(good) for role in ("known", "place", "source_name", "target_name")}
        events = self._events(code, day, actors, rest, batch.column("line").filter(pa.array(good)))
        if not somebody.all():
            events = events.filter(pa.array(somebody))
        return Mapped(events, bad, len(faulty), int((~named).sum() + (~somebody).sum()))

    def _events(
        self,
        code: "Encoded[Code]",
        day: "Encoded[date]",
        actors: list[pa.Array],
        rest: "dict[str, Encoded[str]]",
        line: pa.ChunkedArray,
    ) -> pa.Table:
        names = [rest[role].mapped(self._name) for role in ("source_name", "target_name")]
        known = rest["known"].mapped(lambda text: self._day(text, self._shape.known_formats))
        columns = {
            "dataset": pa.repeat(self._dataset, len(line)),
            "source": actors[0],
            "target": actors[1],
            "day": day.column(pa.date32()),
            "known": known.column(pa.date32()),
            "scheme": pa.repeat(self._shape.codes.split()[0], len(line)),
            "code": code.mapped(lambda c: c.code).column(pa.string()),
            "type": code.mapped(lambda c: c.type).column(pa.string()),
            "quad": code.mapped(lambda c: c.quad).column(pa.string()),
            "goldstein": code.mapped(lambda c: c.goldstein).column(pa.float32()),
            "place": rest["place"].mapped(_blank_as_none).column(pa.string()),
            "source_name": names[0].column(pa.string()),
            "target_name": names[1].column(pa.string()),
            "line": line,
        }
        return pa.table(columns)

    def _name(self, text: str) -> str | None:
        return _blank_as_none(text) if self._actor_names is None else self._actor_names.get(text.strip())

    def _day(self, text: str, formats: tuple[str, ...]) -> date | None:
        if self._shape.hours_since is not None:
            zero = date.fromisoformat(self._shape.hours_since)
            return zero + timedelta(days=int(text) // 24) if text.strip().isdigit() else None
        for one in formats:
            try:
                return datetime.strptime(text.strip(), one).date()
            except ValueError:
                continue
        return None

    def _actor_column(self, column: "Encoded[str]", when: "Encoded[date]") -> pa.Array:
        """Resolve the actors of a batch: once per distinct code and era, an era being a stretch of stable states."""
        turns = _turns([day for day in when.values if day is not None])
        if not turns:
            first = min((day for day in when.values if day is not None), default=date.min)
            return column.mapped(lambda text: self._actor(text, first)).column(pa.string())
        starts = [date.min, *turns]
        eras = np.array([bisect_right(turns, day) if day else 0 for day in when.values])[when.places]
        keys, inverse = np.unique(column.places * len(starts) + eras, return_inverse=True)
        resolved = [self._actor(str(column.values[key // len(starts)]), starts[key % len(starts)]) for key in keys]
        return pa.array(resolved, pa.string()).take(pa.array(inverse))

    def _actor(self, text: str, as_of: date) -> str:
        key = (text, as_of.toordinal())
        if key not in self._actors:
            name = text if self._actor_names is None else self._actor_names.get(text, text)
            self._actors[key] = event_actor(name, self._shape.actors, as_of).code
        return self._actors[key] or STATELESS

    def _code(self, text: str) -> Code | None:
        if text not in self._codes:
            name = text.strip() if self._code_names is None else self._code_names.get(text.strip(), text)
            self._codes[text] = code_of(name, self._shape.codes)
        return self._codes[text]


def _fault(batch: pa.Table, row: int, is_dated: bool, scheme: str) -> tuple[int, str]:
    line = int(batch.column("line")[row].as_py())
    if not is_dated:
        return line, f"day {batch.column('day')[row].as_py()!r} is not understood"
    return line, f"code {batch.column('code')[row].as_py()!r} is no {scheme} code"


def code_of(text: str, scheme: str) -> Code | None:
    """Return what an event code of a scheme means, None when the scheme lacks it.

    The quad class is that of the PLOVER type; for CAMEO codes that PLOVER leaves out (comments, appeals), that of the
    code's root, as event data sets print it.
    """
    if scheme == "PLOVER":
        kind = text.strip().upper()
        if kind not in EventType.__members__:
            return None
        event_type = EventType(kind)
        return Code(kind, kind, event_type.quad.value, definition_of(event_type).score)
    if scheme == "CAMEO names":
        found = cameo(_cameo_by_name().get(_name_key(text), ""))
    else:
        found = cameo(text) if scheme == "CAMEO" else weis(text)
    if found is None:
        return None
    quad = found.quad or found.root_quad
    code = text.strip().rstrip("]") if scheme != "CAMEO names" else found.code
    return Code(code, found.type.value if found.type else None, quad.value if quad else None, found.goldstein)


def _name_key(name: str) -> str:
    return " ".join(name.replace("_", " ").lower().replace(",", " ").split())


def _cameo_by_name() -> dict[str, str]:
    if not _CAMEO_NAMES:
        _CAMEO_NAMES.update({_name_key(c.name): c.code for c in reversed(cameo_codes()) if c.name})
    return _CAMEO_NAMES


_CAMEO_NAMES: dict[str, str] = {}


def _turns(days: Sequence[date]) -> list[date]:
    """Return the days within ``days`` on which a state ends or begins: who bears a code or name may change there."""
    found = {s.valid_from for s in states() if s.valid_from}
    found |= {s.valid_to + timedelta(days=1) for s in states() if s.valid_to}
    return sorted(day for day in found if min(days) < day <= max(days)) if days else []


def _blank_as_none(text: str) -> str | None:
    cleaned = text.strip()
    return None if cleaned in BLANKS else cleaned


def _ids(path: Path) -> dict[str, str]:
    """Read ``name<TAB>id`` lines as a table from id to name."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefusedError(str(path), f"cannot be read ({error})", "name, tab, id on each line") from error
    pairs = [line.rsplit("\t", 1) for line in lines if "\t" in line]
    return {key.strip(): name.strip() for name, key in pairs}
