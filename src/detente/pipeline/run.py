"""One run: sources are opened, copies sifted out, stories read, and everything written batch by batch.

A batch is in the record as a whole or not at all, and is reported after that; whatever ends a run (Ctrl-C, a full
disk, a crash) costs at most the batches in hand, and the next run over the same inputs goes on from there.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from detente.model.document import Copy, Document
from detente.model.entry import Entry
from detente.model.errors import RecordError
from detente.model.protocols import Reader, Store
from detente.model.reading import Reading
from detente.model.run import Counts, Refusal, Run
from detente.pipeline.batch import Batch, Outcome, Story
from detente.pipeline.executors import executor_of
from detente.pipeline.interrupt import Interrupt
from detente.pipeline.progress import Progress, Quiet
from detente.pipeline.refusals import Refusals
from detente.pipeline.settings import PipelineSettings
from detente.pipeline.sift import Sifter
from detente.sources import open_sources

VERB = "read"
_LIGHT = 256
"""Copies and skipped inputs that are handed on without waiting for a full batch of stories."""


def read(
    specs: Sequence[str],
    store: Store,
    reader: Reader,
    settings: PipelineSettings | None = None,
    progress: Progress | None = None,
) -> Run:
    """Read everything that ``specs`` name into the record.

    Args:
        specs: Files, folders, patterns and web addresses (see :func:`detente.sources.open_sources`).
        store: The record.
        reader: What reads; it is pickled when there are several workers.
        settings: Workers, batches, sources; stored with the run.
        progress: Is told of refusals at once and of documents once they are written.

    Returns:
        The run as the record holds it; ``interrupted`` when Ctrl-C ended it.

    Raises:
        RecordError: The record could not be written (a full disk); what was reported as written stays.
        ReaderError: The reader cannot be built, or a reading process died.
        UsageError: The executor is not installed.
    """
    settings = settings or PipelineSettings()
    return _Run(store, reader, settings, progress or Quiet()).over(specs)


class _Run:
    def __init__(self, store: Store, reader: Reader, settings: PipelineSettings, progress: Progress) -> None:
        self._store, self._reader, self._settings, self._progress = store, reader, settings, progress
        self._executor = executor_of(settings)
        self._refusals = Refusals(settings.max_refusals, progress)
        self._counts = Counts()
        self._unread: set[str] = set()
        self._interrupt = Interrupt()

    def over(self, specs: Sequence[str]) -> Run:
        """Carry the run out and close it, however it ends."""
        started, settings = datetime.now(UTC), msgspec.json.encode(self._settings).decode()
        run = self._store.begin_run(VERB, self._reader.name, self._reader.version, settings)
        interrupted = True
        try:
            with self._interrupt:
                interrupted = self._work(run, specs)
        except KeyboardInterrupt:
            pass
        finally:
            # When writing failed, closing the run will mostly fail too; the error on its way says what matters.
            with suppress(OSError, RecordError):
                self._store.end_run(run, self._counts, self._refusals.kept, interrupted)
        return Run(
            id=run,
            started=started,
            finished=datetime.now(UTC),
            verb=VERB,
            reader=self._reader.name,
            version=self._reader.version,
            settings=settings,
            read=self._counts.read,
            copies=self._counts.copies,
            skipped=self._counts.skipped,
            refusals=self._refusals.kept,
            interrupted=interrupted,
        )

    def _work(self, run: str, specs: Sequence[str]) -> bool:
        """Read and write until the inputs or the person's patience end; tell whether it was the latter."""
        sifter = Sifter(self._store, self._reader)
        items = open_sources(specs, self._settings.sources)
        for batch, outcomes in self._executor.map(self._reader, self._batches(self._interrupt.until(items), sifter)):
            self._write(run, batch, outcomes)
            sifter.written(batch.documents)
        return self._interrupt.requested

    def _batches(self, items: Iterator[Document | Refusal], sifter: Sifter) -> Iterator[Batch]:
        stories: list[Story] = []
        copies: list[Copy] = []
        skipped = 0
        for item in items:
            if isinstance(item, Refusal):
                self._refusals.add(item)
                continue
            sifted = sifter.sift(item)
            if sifted.clash is not None:
                self._refusals.add(sifted.clash)
            if sifted.story is not None:
                stories.append(sifted.story)
            elif sifted.copy is not None:
                copies.append(sifted.copy)
            else:
                skipped += 1
            if len(stories) >= self._settings.batch or len(copies) + skipped >= _LIGHT:
                yield Batch(tuple(stories), tuple(copies), skipped)
                stories, copies, skipped = [], [], 0
        yield Batch(tuple(stories), tuple(copies), skipped)

    def _write(self, run: str, batch: Batch, outcomes: tuple[Outcome, ...]) -> None:
        entries = []
        for story, outcome in zip(batch.stories, outcomes, strict=True):
            if isinstance(outcome, Reading):
                entries.append(Entry(story.document, outcome, story.signature))
            else:
                self._unread.add(story.document.id)
                self._refusals.add(outcome)
        copies = [copy for copy in batch.copies if copy.document not in self._unread]
        for copy in batch.copies:
            if copy.document in self._unread:
                what = f"a copy of {copy.document}, which the reader could not read"
                self._refusals.add(Refusal(copy.origin or copy.id, what, "a text that the reader can take"))
        try:
            if entries or copies:
                self._store.write(run, entries, copies)
        except (OSError, RecordError) as error:
            raise self._stopped(error) from error
        self._counts = replace(
            self._counts,
            read=self._counts.read + len(entries),
            copies=self._counts.copies + len(copies),
            skipped=self._counts.skipped + batch.skipped,
        )
        self._progress.written([entry.document for entry in entries], self._counts)

    def _stopped(self, error: Exception) -> RecordError:
        return RecordError(
            f"the record could not be written ({error}); the {self._counts.read} documents reported as read are kept; "
            "make room or choose another record (--record), then run again: it goes on from there"
        )
