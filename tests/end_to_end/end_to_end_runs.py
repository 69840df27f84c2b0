"""A run of the program, and a report to read."""

from collections.abc import Callable
from dataclasses import dataclass

REPORT = """Title: Talks in the spring
Date: 2026-02-20
Publisher: Harbour Wire

Japan imposed sanctions on Russia in March 2022. The foreign ministry in Moscow accused Japan of hostility.
"""


@dataclass(frozen=True)
class Ran:
    """What a run printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines on standard error; a traceback is never among them."""
        assert "Traceback" not in self.err, self.err
        return self.err.splitlines()


Run = Callable[..., Ran]
