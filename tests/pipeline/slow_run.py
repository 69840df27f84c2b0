"""Run as a program by test_interruption: reads a folder slowly into a folder of JSON files, one line a batch.

python slow_run.py REPORTS RECORD WORKERS
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from detente.model.document import Copy, Document
from detente.model.entry import Entry
from detente.model.reading import Reading
from detente.model.run import Counts, Refusal
from detente.pipeline import PipelineSettings, read


class SlowReader:
    """Takes 50 ms a document."""

    name, version = "slow", "1"

    def read(self, document: Document) -> Reading:
        """Wait."""
        time.sleep(0.05)
        return Reading(document.id, self.name, self.version, ())

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Wait for each."""
        return map(self.read, documents)


class FolderStore:
    """One file a document; a batch is flushed before it is reported."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def begin_run(self, verb: str, reader: str, version: str, settings: str) -> str:
        return "run"

    def has_reading(self, document: str, reader: str, version: str) -> bool:
        return (self._folder / document).exists()

    def signatures(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted(self._folder.glob("document-*")):
            yield path.name, bytes.fromhex(json.loads(path.read_text())["signature"])

    def text(self, document: str) -> str | None:
        path = self._folder / document
        return str(json.loads(path.read_text())["text"]) if path.exists() else None

    def named(self, name: str) -> Sequence[str]:
        return ()

    def write(self, run: str, entries: Sequence[Entry], copies: Sequence[Copy]) -> None:
        for entry in entries:
            content = {"text": entry.document.text, "signature": entry.signature.hex()}
            (self._folder / entry.document.id).write_text(json.dumps(content))

    def end_run(self, run: str, counts: Counts, refusals: Sequence[Refusal], interrupted: bool) -> None:
        (self._folder / "closed.json").write_text(json.dumps({"read": counts.read, "interrupted": interrupted}))


class Printer:
    """Prints the id of each document that is written."""

    def refused(self, refusal: Refusal) -> None:
        print(f"refused {refusal}", flush=True)  # noqa: T201

    def written(self, documents: Sequence[Document], counts: Counts) -> None:
        for document in documents:
            print(document.id, flush=True)  # noqa: T201


if __name__ == "__main__":
    reports, record, workers = sys.argv[1:]
    settings = PipelineSettings(workers=int(workers), batch=4)
    run = read([reports], FolderStore(Path(record)), SlowReader(), settings, Printer())
    sys.exit(130 if run.interrupted else 0)
