"""What an event data file looks like, kept as data: one TOML file per format, the same for built-in and own ones."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from detente.model.errors import UsageError
from detente.world.crosswalk import SCHEMES

CODE_SCHEMES = ("CAMEO", "CAMEO names", "WEIS", "PLOVER")
ROLES = ("source", "target", "day", "code")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of the file holds what; the first of several names that the file has is taken.

    ``source`` and ``target`` are what the actor scheme resolves; ``source_name`` and ``target_name`` are kept beside
    them as the file wrote them. ``known`` is when the row was added or its report published.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    day: tuple[str, ...]
    code: tuple[str, ...]
    known: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    source_name: tuple[str, ...] = ()
    target_name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventFormat:
    r"""One format of event data.

    Attributes:
        dataset: Short name under which rows are stored, such as ``"gdelt"``.
        title: Name for people.
        origin: Where the data come from.
        licence: What the data may be used for.
        actors: Actor scheme, one of ``detente.world.crosswalk.SCHEMES``.
        codes: Code scheme, one of ``CODE_SCHEMES``.
        columns: Which column holds what.
        names: The file's columns in order when it has no header; None when its first line names them.
        delimiter: Between columns.
        quote: Around columns that hold the delimiter; "" for none.
        day_formats: strptime formats of days, tried in order.
        known_formats: Likewise of ``known``.
        hours_since: First day (ISO) from which ``day`` counts hours, for temporal knowledge graphs.
        actor_ids: File beside the data that gives ``name<TAB>id`` of actors.
        code_ids: File beside the data that gives ``name<TAB>id`` of event codes.
        comment: Lines that begin so are no rows.
    """

    dataset: str
    title: str
    origin: str
    licence: str
    actors: str
    codes: str
    columns: Columns
    names: tuple[str, ...] | None = None
    delimiter: str = "\t"
    quote: str = ""
    day_formats: tuple[str, ...] = ("%Y-%m-%d",)
    known_formats: tuple[str, ...] = ("%Y-%m-%d",)
    hours_since: str | None = None
    actor_ids: str | None = None
    code_ids: str | None = None
    comment: str = ""

    def __post_init__(self) -> None:
        for value, allowed, what in ((self.actors, SCHEMES, "actors"), (self.codes, CODE_SCHEMES, "codes")):
            if value not in allowed:
                raise ValueError(f"{what} {value!r} is not known; allowed: {', '.join(allowed)}")
        if len(self.delimiter) != 1 or len(self.quote) > 1:
            raise ValueError(f"delimiter {self.delimiter!r} and quote {self.quote!r} must be one character each")


def read_format(path: Path) -> EventFormat:
    """Read a mapping file.

    Raises:
        UsageError: The file cannot be read, or does not say what a format must say.
    """
    try:
        return _format(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"mapping file {path} cannot be read: {error}; allowed: TOML in UTF-8") from error


@cache
def built_in_formats() -> dict[str, EventFormat]:
    """Return the formats that ship with the project, by the name that ``detente load`` takes."""
    folder = files("detente.sources.events").joinpath("formats")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return {e.name.removesuffix(".toml"): _format(e.read_text(encoding="utf-8"), e.name) for e in found}


def format_named(name: str) -> EventFormat:
    """Return a built-in format, or the one that the mapping file ``name`` describes.

    Raises:
        UsageError: There is neither.
    """
    if name in built_in_formats():
        return built_in_formats()[name]
    if name.endswith(".toml"):
        return read_format(Path(name))
    allowed = ", ".join(built_in_formats())
    raise UsageError(f"no event format is called {name!r}; allowed: {allowed}, or a mapping file ending in .toml")


def _format(text: str, where: str) -> EventFormat:
    try:
        table = tomllib.loads(text)
        columns = {role: _names(value) for role, value in table.pop("columns", {}).items()}
        missing = [role for role in ROLES if role not in columns]
        if missing:
            raise ValueError(f"[columns] lacks {', '.join(missing)}")
        return msgspec.convert({**_lists(table), "columns": columns}, EventFormat)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        known = ", ".join(f.name for f in fields(EventFormat))
        raise UsageError(f"{where}: {error}; allowed: {known}, see docs/loaders.md") from error


def _names(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value)


def _lists(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
