"""Fits kept between runs in the user's own cache, so that a second question about the same record is quick.

A fit is a pickle, which can run code when read: it is kept in the user's cache folder and never beside a record, which
may come from somebody else, and read only where the file belongs to the user.
"""

import hashlib
import os
import pickle
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from detente.outlook.acts import ActSource
from detente.outlook.fitted import HORIZONS, Fitted, fit_outlook, load, save
from detente.outlook.settings import VERSION

FOLDER = "DETENTE_CACHE"
"""Environment variable that names another folder for the cache."""
KEPT = 4
"""Fits of one record that are kept, the newest."""

_CONTENTS = """
SELECT (SELECT count(*) FROM coded_events) AS coded, (SELECT max(day) FROM coded_events) AS last,
    (SELECT string_agg(hash, ' ' ORDER BY hash) FROM datasets) AS files,
    (SELECT count(*) FROM events) AS events, (SELECT string_agg(id, ' ' ORDER BY id) FROM runs) AS runs,
    (SELECT count(*) FROM corrections) AS corrections
"""


def cached_fit(
    record: ActSource, place: Path, as_of: date | None = None, boosted: bool = False, horizons: Sequence[int] = HORIZONS
) -> Fitted:
    """Return the fit of a record, from the cache when its contents are those that were fitted.

    Args:
        record: The open record.
        place: Where it lies; fits of other states of the same record are dropped after a while.
        as_of: See ``fit_outlook``.
        boosted: See ``fit_outlook``.
        horizons: See ``fit_outlook``.

    Raises:
        UsageError: The record holds no dated acts.
    """
    contents = record.query(_CONTENTS).to_pylist()
    key = hashlib.sha256(repr((VERSION, contents, as_of, boosted, tuple(horizons))).encode()).hexdigest()[:16]
    name = hashlib.sha256(str(place.resolve()).encode()).hexdigest()[:12]
    path = folder() / f"{name}-{key}.fit"
    found = _read(path)
    if found is None:
        found = fit_outlook(record, as_of, boosted, horizons)
        _write(found, path, name)
    return found


def folder() -> Path:
    """Return the folder of the cache: ``DETENTE_CACHE``, else the user's cache folder."""
    if named := os.environ.get(FOLDER):
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "detente"


def _read(path: Path) -> Fitted | None:
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        return load(path)
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError):
        return None  # no fit there, or one that another version wrote: it is made anew


def _write(fitted: Fitted, path: Path, name: str) -> None:
    """Write a fit; a cache that cannot be written costs time, not the answer."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        save(fitted, fresh)
        fresh.replace(path)
        held = sorted(path.parent.glob(f"{name}-*.fit"), key=lambda each: each.stat().st_mtime)
        for old in held[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return
