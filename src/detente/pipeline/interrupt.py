"""Ctrl-C: the first one lets the batch in hand be finished, the second one stops at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

Item = TypeVar("Item")


class Interrupt:
    """Listens for SIGINT while it is entered (in the main thread; elsewhere Python delivers none)."""

    def __init__(self) -> None:
        self.requested = False
        self._waiting = False

    def __enter__(self) -> "Interrupt":
        self._in_main = threading.current_thread() is threading.main_thread()
        if self._in_main:
            self._before = signal.signal(signal.SIGINT, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        if self._in_main:
            signal.signal(signal.SIGINT, self._before)

    def until(self, items: Iterator[Item]) -> Iterator[Item]:
        """Yield items until an interruption; one that comes while the next item is awaited ends the wait at once."""
        while not self.requested:
            try:
                with self._waits():
                    item = next(items)
            except (StopIteration, KeyboardInterrupt):
                return
            yield item

    @contextmanager
    def _waits(self) -> Iterator[None]:
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        again, self.requested = self.requested, True
        if again or self._waiting:
            raise KeyboardInterrupt
