"""Benches that are scripts of their own: run in a process, figures taken from what they print (``scripts.toml``)."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence

import msgspec
from bench.figures import Figure
from bench.gold import ROOT, DataMissingError, data_folder


class Pattern(msgspec.Struct, frozen=True):
    """A figure in a script's output: the first group of the first match is its value."""

    measure: str
    pattern: str
    targets: tuple[float, ...] = ()
    digits: int = 3
    unit: str | None = None
    floor: str | None = None
    """Pattern of the trivial method's value."""
    lower_is_better: bool = False


class Script(msgspec.Struct, frozen=True):
    """A script with its arguments."""

    name: str
    title: str
    module: str
    """Name in ``bench``."""
    arguments: tuple[str, ...] = ()
    needs: str | None = None
    """Folder below DETENTE_DATA without which it cannot run."""
    minutes: int = 20
    notes: tuple[str, ...] = ()
    figures: tuple[Pattern, ...] = ()

    @property
    def command(self) -> str:
        """What a person types to run it alone."""
        return " ".join(["python", "-m", f"bench.{self.module}", *self.arguments])


def scripts() -> tuple[Script, ...]:
    """Return the scripts of ``scripts.toml``."""
    text = (ROOT / "bench" / "scripts.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["script"], tuple[Script, ...])


def run(script: Script) -> tuple[tuple[Figure, ...], str]:
    """Run a script and return its figures and all that it printed.

    Raises:
        DataMissingError: Its file or its data are not on this machine.
        RuntimeError: It failed or took longer than its minutes; the message ends with its last line of error.
    """
    if not (ROOT / "bench" / f"{script.module}.py").exists():
        raise DataMissingError(f"there is no bench/{script.module}.py")
    if script.needs:
        data_folder(script.needs)
    printed = run_module(script.module, script.arguments, script.minutes)
    return tuple(figure(pattern, printed) for pattern in script.figures), printed


def run_module(module: str, arguments: Sequence[str], minutes: int) -> str:
    """Run a module of ``bench`` in a process of its own, each library on one thread; return what it printed."""
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    env.setdefault("DETENTE_DATA", str(ROOT.parent / "shared"))
    try:
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{module}", *arguments],
            capture_output=True,
            text=True,
            env=env,
            cwd=ROOT,
            timeout=60 * minutes,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"took longer than {minutes} minutes") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise RuntimeError(f"ended with exit code {done.returncode}: {last.replace(str(ROOT), '.')}")
    return done.stdout


def figure(pattern: Pattern, printed: str) -> Figure:
    """Take one figure from a script's output; its value is None when the script did not print it."""
    floor = re.search(pattern.floor, printed) if pattern.floor else None
    value = re.search(pattern.pattern, printed)
    return Figure(
        pattern.measure,
        _number(value),
        pattern.digits,
        pattern.unit,
        pattern.targets,
        _number(floor),
        lower_is_better=pattern.lower_is_better,
    )


def _number(match: re.Match[str] | None) -> float | None:
    return float(match[1].replace(",", "")) if match else None
