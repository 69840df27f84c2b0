"""Every executor gives the same record, in the same order, and pulls its inputs only as far as they are read soon."""

import os
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

import pytest

from detente.model.document import Document
from detente.model.errors import ReaderError
from detente.model.reading import Reading
from detente.pipeline import ExecutorName, PipelineSettings, read
from detente.pipeline.batch import Batch, Story
from detente.pipeline.executors import InProcess, Processes, RayExecutor


class Reader:
    """Reads nothing; fails on the text ``bad``; ends its process on the text ``fatal``."""

    name, version = "plain", "1"

    def read(self, document: Document) -> Reading:
        if document.text == "bad":
            raise ValueError("bad text")
        if document.text == "fatal":
            os._exit(1)
        return Reading(document.id, self.name, self.version, ())

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        return map(self.read, documents)


def ray_like() -> Any:
    """Return a module that does in this process what the executor asks of Ray, one task after the other."""

    class Handle:
        def __init__(self, target: Any) -> None:
            self.read = type("Method", (), {"remote": staticmethod(target.read)})()

    ray: Any = ModuleType("ray")
    ray.killed = []
    ray.started = []
    ray.is_initialized = lambda: bool(ray.started)
    ray.init = lambda **options: ray.started.append(options)
    ray.remote = lambda cls: type("Actor", (), {"remote": staticmethod(lambda *args: Handle(cls(*args)))})
    ray.get = lambda value: value
    ray.kill = ray.killed.append
    return ray


def batches(*texts: str) -> list[Batch]:
    return [Batch((Story(Document(f"document-{n}", text), b""),)) for n, text in enumerate(texts)]


@pytest.fixture(params=["in process", "processes", "ray"])
def executor(request, monkeypatch):
    if request.param == "ray":
        monkeypatch.setitem(sys.modules, "ray", ray_like())
        return RayExecutor(2)
    return InProcess() if request.param == "in process" else Processes(2)


def test_order_and_refusals(executor):
    texts = ["a", "b", "bad", "c", "d", "e"]
    done = list(executor.map(Reader(), batches(*texts)))
    assert [batch.documents[0].text for batch, _ in done] == texts
    kinds = ["Reading", "Reading", "Refusal", "Reading", "Reading", "Reading"]
    assert [type(outcome).__name__ for _, (outcome,) in done] == kinds


def test_inputs_are_pulled_only_a_little_ahead(executor):
    pulled = []

    def source() -> Iterator[Batch]:
        for batch in batches(*"abcdefghijklmnopqrstuvwxyz"):
            pulled.append(batch)
            yield batch

    for number, _ in enumerate(executor.map(Reader(), source()), 1):
        assert len(pulled) - number < 4


def test_ray_actors_are_ended(monkeypatch):
    ray = ray_like()
    monkeypatch.setitem(sys.modules, "ray", ray)
    list(RayExecutor(3).map(Reader(), batches("a")))
    assert len(ray.started) == 1
    assert len(ray.killed) == 3


def test_single_batch_starts_no_process(monkeypatch):
    monkeypatch.setattr("detente.pipeline.executors.ProcessPoolExecutor", None)
    assert len(list(Processes(2).map(Reader(), batches("a")))) == 1
    assert list(Processes(2).map(Reader(), [])) == []


def test_process_that_dies_is_one_clear_error(store, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n{"text": "fatal"}\n{"text": "two"}\n')
    with pytest.raises(ReaderError, match="ended unexpectedly"):
        read([str(tmp_path)], store, Reader(), PipelineSettings(workers=2, batch=1))
    assert store.closed[0].interrupted


def test_processes_and_this_process_write_the_same(store, reports):
    other = type(store)()
    read([str(reports)], store, Reader(), PipelineSettings(workers=1, batch=3))
    read([str(reports)], other, Reader(), PipelineSettings(workers=2, batch=3, executor=ExecutorName.LOCAL))
    assert list(store.entries.items()) == list(other.entries.items())
