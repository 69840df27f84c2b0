"""From what a person types to places: files, folders, patterns and web addresses, each once and in a fixed order."""

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.model.run import Refusal

ALLOWED_PLACES = "a file, a folder, a pattern such as reports/*.txt, or an address that begins with http:// or https://"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

_ABOUT = frozenset(("README", "LICENSE", "LICENCE"))


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file on disk."""

    path: Path


@dataclass(frozen=True, slots=True)
class WebPlace:
    """An address on the web."""

    url: str


Place = FilePlace | WebPlace


def places(specs: Iterable[str]) -> Iterator[Place | Refusal]:
    """Yield every place that the specifications name, in their order; a place named twice comes once."""
    seen: set[str] = set()
    for spec in specs:
        for place in _of(spec):
            if isinstance(place, Refusal):
                yield place
                continue
            key = place.url if isinstance(place, WebPlace) else os.path.realpath(place.path)
            if key not in seen:
                seen.add(key)
                yield place


def _of(spec: str) -> Iterator[Place | Refusal]:
    if scheme := _ADDRESS.match(spec):
        if scheme[0].lower() in ("http://", "https://"):
            yield WebPlace(spec)
        else:
            yield Refusal(spec, "an address of a kind that is not fetched", ALLOWED_PLACES)
    elif os.path.isdir(spec):
        yield from _folder(spec)
    elif os.path.exists(spec):
        yield FilePlace(Path(spec))
    elif glob.has_magic(spec):
        yield from _pattern(spec)
    else:
        yield Refusal(spec or "''", "does not exist", ALLOWED_PLACES)


def _pattern(spec: str) -> Iterator[Place | Refusal]:
    found = sorted(path for path in glob.iglob(spec, recursive=True) if os.path.isfile(path))
    if not found:
        yield Refusal(spec, "no file matches this pattern", ALLOWED_PLACES)
    yield from (FilePlace(Path(path)) for path in found)


def _folder(spec: str) -> Iterator[Place | Refusal]:
    """Walk a folder in sorted order; hidden files and what tells of the folder itself (a README) are passed over."""
    failures: list[OSError] = []
    empty = True
    for root, folders, names in os.walk(spec, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).stem.upper() not in _ABOUT:
                empty = False
                yield FilePlace(Path(root, name))
    for failure in failures:
        yield Refusal(str(failure.filename), f"cannot be read ({failure.strerror})", "a folder that may be read")
    if empty and not failures:
        yield Refusal(spec, "no files in this folder", ALLOWED_PLACES)
