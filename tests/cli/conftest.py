"""Running the program in this process, with what it prints and its exit code."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest

from detente.cli import main
from detente.model.coded import CodedEvent
from detente.model.codes import EventType
from detente.record import Record

FIRST = date(2019, 1, 1)
TURN = date(2021, 1, 1)
PAIRS = (("JPN", "RUS"), ("CHN", "JPN"), ("CHN", "RUS"), ("JPN", "USA"), ("RUS", "USA"))
RATES = {EventType.CONSULT: 0.25, EventType.ACCUSE: 0.08, EventType.COOPERATE: 0.05, EventType.SANCTION: 0.04}
"""Acts a day."""


@dataclass(frozen=True)
class Ran:
    """What a run printed and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, monkeypatch, tmp_path) -> Callable[..., Ran]:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Ran:
        try:
            main([str(argument) for argument in arguments])
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return call


@pytest.fixture(scope="session")
def fill() -> Callable[..., None]:
    """Write event data made for the tests into a record: five pairs, one of which turns on ``TURN``."""
    return _fill


def _fill(path, days=1460, seed=1):
    """Write the events; from ``TURN`` on Japan and Russia sanction each other eight times as often."""
    generator = np.random.default_rng(seed)
    events: list[CodedEvent] = []
    for pair in PAIRS:
        for kind, rate in RATES.items():
            for number in range(days):
                day = FIRST + timedelta(days=number)
                turned = pair == ("JPN", "RUS") and kind is EventType.SANCTION and day >= TURN
                for _ in range(int(generator.poisson(rate * 8 if turned else rate))):
                    source, target = pair if generator.random() < 0.5 else pair[::-1]
                    values = ("desk", source, target, day, day, "PLOVER", kind.value, kind, kind.quad, None)
                    events.append(CodedEvent(*values, place=str(len(events)), line=len(events)))
    with Record.open(path) as store:
        store.write_coded(events)
