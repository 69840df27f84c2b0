"""Running the program in this process, a report to read, and a user without the rights of root."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from end_to_end_runs import REPORT, Ran, Run  # type: ignore[import-not-found]

from detente.cli import main


@pytest.fixture(scope="session")
def detente() -> Run:
    """Run the program in this process."""

    def run(*arguments: object) -> Ran:
        said, complained = StringIO(), StringIO()
        with redirect_stdout(said), redirect_stderr(complained), pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        return Ran(int(stop.value.code or 0), said.getvalue(), complained.getvalue())

    return run


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return one good report."""
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def as_nobody() -> Callable[[bool], AbstractContextManager[None]]:
    """Return a context in which one may be a user who is not root, to whom file permissions apply."""

    @contextmanager
    def be(nobody: bool) -> Iterator[None]:
        changes = nobody and os.geteuid() == 0
        if changes:
            os.seteuid(65534)
        try:
            yield
        finally:
            if changes:
                os.seteuid(0)

    return be
