"""What a bench measured: figures with floors and targets, kept in one JSON file that every run adds to."""

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

PACKAGES = ("detente", "spacy", "duckdb", "numpy", "onnxruntime", "lightgbm")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number.

    Attributes:
        measure: What was measured, in the words of the page.
        value: The number; None when the script that measures it did not print it.
        digits: Digits after the point that mean something.
        unit: None for shares and scores between 0 and 1.
        targets: What was set to be reached, the first goal first.
        floor: What the trivial method reaches in the same run.
        over: What the number was taken over.
        lower_is_better: Whether a target is an upper limit.
    """

    measure: str
    value: float | None
    digits: int = 3
    unit: str | None = None
    targets: tuple[float, ...] = ()
    floor: float | None = None
    over: str | None = None
    lower_is_better: bool = False

    @property
    def is_reached(self) -> bool | None:
        """Whether the last target is reached; None without a target or a value."""
        if not self.targets or self.value is None:
            return None
        return self.value <= self.targets[-1] if self.lower_is_better else self.value >= self.targets[-1]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """With what and on what kind of machine a part was measured; ``load`` is the mean of waiting processes then."""

    date: str
    python: str
    machine: str
    packages: dict[str, str]
    load: float | None = None

    @classmethod
    def here(cls) -> "Surroundings":
        """Describe this process; neither paths nor host names."""
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB of memory"
        packages = {name: version(name) for name in PACKAGES}
        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        return cls(now, platform.python_version(), machine, packages, round(os.getloadavg()[0], 1))


@dataclass(frozen=True, slots=True)
class Result:
    """What one part of the bench found.

    Attributes:
        name: Name of the part, as ``--only`` takes it.
        title: Heading on the page.
        command: What measures this part alone.
        figures: The numbers, in the order of the page.
        notes: What the reader of the numbers must know.
        printed: What a script printed, where the page shows that as it is.
        skipped: Why nothing was measured; None when something was.
        seconds: Wall time.
        surroundings: None when nothing was measured.
    """

    name: str
    title: str
    command: str
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    printed: str | None = None
    skipped: str | None = None
    seconds: float = 0.0
    surroundings: Surroundings | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The latest result of every part."""

    parts: tuple[Result, ...] = field(default=())

    def replaced(self, new: Result, order: tuple[str, ...]) -> "Results":
        """Return the results with one part measured anew; a part that was skipped keeps its earlier figures."""
        held = {part.name: part for part in self.parts}
        if new.skipped is None or new.name not in held or held[new.name].skipped is not None:
            held[new.name] = new
        return Results(tuple(held[name] for name in order if name in held))


def load(path: Path) -> Results:
    """Read the results file; empty results when there is none."""
    return msgspec.json.decode(path.read_bytes(), type=Results) if path.exists() else Results()


def save(results: Results, path: Path) -> None:
    """Write the results file."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")
