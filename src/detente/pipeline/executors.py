"""Where batches are read: in this process, in several processes, or on Ray; always in order, never too far ahead."""

import importlib
import itertools
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from detente.model.document import Document
from detente.model.errors import ReaderError, UsageError
from detente.model.protocols import Reader
from detente.pipeline.batch import Batch, Outcome, read_batch
from detente.pipeline.settings import ExecutorName, PipelineSettings

Done = tuple[Batch, tuple[Outcome, ...]]
Pending = TypeVar("Pending")
_AHEAD = 2
"""Batches in hand for each worker: one being read, one waiting."""


class Executor(Protocol):
    """Reads batches and yields them with their outcomes in the order in which they came."""

    def map(self, reader: Reader, batches: Iterable[Batch]) -> Iterator[Done]:
        """Pull batches only as far as they are read soon, so that memory stays flat."""
        ...


def executor_of(settings: PipelineSettings) -> Executor:
    """Return the executor that the settings name; raise ``UsageError`` when it is not installed."""
    if settings.executor is ExecutorName.RAY:
        return RayExecutor(settings.workers)
    return InProcess() if settings.workers == 1 else Processes(settings.workers)


class InProcess:
    """Reads in this process."""

    def map(self, reader: Reader, batches: Iterable[Batch]) -> Iterator[Done]:
        """Read one batch after the other."""
        for batch in batches:
            yield batch, read_batch(reader, batch.documents)


class Processes:
    """Reads in several processes; the reader is pickled to each of them once.

    Processes are spawned, not forked: a forked DuckDB or network connection is unsafe.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def map(self, reader: Reader, batches: Iterable[Batch]) -> Iterator[Done]:
        """Read batches in parallel (a single one here: no process is worth starting for it).

        Raises:
            ReaderError: A process died.
        """
        batches = iter(batches)
        head = list(itertools.islice(batches, 2))
        if len(head) < 2:
            yield from InProcess().map(reader, head)
            return
        yield from self._in_pool(reader, itertools.chain(head, batches))

    def _in_pool(self, reader: Reader, batches: Iterable[Batch]) -> Iterator[Done]:
        pool = ProcessPoolExecutor(
            self._workers, multiprocessing.get_context("spawn"), initializer=_begin_worker, initargs=(reader,)
        )
        try:
            with _uninterrupted():
                # As many tasks at once as workers: the pool starts a process only for a task that finds none idle.
                for _ in range(self._workers):
                    pool.submit(int)
            yield from _in_order(
                batches,
                self._workers * _AHEAD,
                lambda batch: pool.submit(_read_in_worker, batch.documents),
                Future[tuple[Outcome, ...]].result,
            )
        except BrokenProcessPool as error:
            raise ReaderError(
                "a reading process ended unexpectedly (out of memory, or the reader cannot be built there); "
                "try fewer workers, or --workers 1 to see its error"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


class RayExecutor:
    """Reads on Ray: as many actors as ``workers``, each with its own copy of the reader."""

    def __init__(self, workers: int) -> None:
        try:
            self._ray: Any = importlib.import_module("ray")
        except ImportError as error:
            raise UsageError(
                "executor 'ray' needs the package ray, which is not installed: install it (pip install ray); "
                f"available executors: {ExecutorName.LOCAL}"
            ) from error
        self._workers = workers

    def map(self, reader: Reader, batches: Iterable[Batch]) -> Iterator[Done]:
        """Read batches in parallel; connects to the cluster that ``RAY_ADDRESS`` names, else starts one here."""
        if not self._ray.is_initialized():
            self._ray.init(log_to_driver=False)
        actor = self._ray.remote(_RayWorker)
        actors = deque(actor.remote(reader) for _ in range(self._workers))

        def submit(batch: Batch) -> Any:
            actors.rotate(-1)
            return actors[0].read.remote(batch.documents)

        try:
            yield from _in_order(batches, self._workers * _AHEAD, submit, self._ray.get)
        finally:
            for each in actors:
                self._ray.kill(each)


class _RayWorker:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, documents: tuple[Document, ...]) -> tuple[Outcome, ...]:
        return read_batch(self._reader, documents)


def _in_order(
    batches: Iterable[Batch],
    size: int,
    submit: Callable[[Batch], Pending],
    result: Callable[[Pending], tuple[Outcome, ...]],
) -> Iterator[Done]:
    """Keep at most ``size`` batches in hand and yield them in order."""
    window: deque[tuple[Batch, Pending]] = deque()
    for batch in batches:
        window.append((batch, submit(batch)))
        if len(window) >= size:
            first, pending = window.popleft()
            yield first, result(pending)
    while window:
        first, pending = window.popleft()
        yield first, result(pending)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes with Ctrl-C ignored: it is this process that finishes the work in hand and ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_worker_reader: Reader | None = None


def _begin_worker(reader: Reader) -> None:
    """Keep the reader in this worker process (a pool's initialiser has no other place to put it)."""
    global _worker_reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker_reader = reader


def _read_in_worker(documents: tuple[Document, ...]) -> tuple[Outcome, ...]:
    if _worker_reader is None:
        raise ReaderError("this process was not given a reader")
    return read_batch(_worker_reader, documents)
