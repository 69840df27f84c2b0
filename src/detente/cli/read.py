"""``detente read``: reports into the record."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from detente.cli.common import DEFAULT_RECORD, AsJson, RecordPath, day, errors, out, print_json
from detente.cli.readers import Pipeline, ReaderChoice, ReaderName, reader_named
from detente.model.document import Document
from detente.model.errors import UsageError
from detente.model.run import Counts, Refusal, Run

SHOWN = 20
"""Refusals printed one by one at the end; the record keeps them all."""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(read)


def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, patterns, feeds, addresses.")
    ],
    record: RecordPath = DEFAULT_RECORD,
    publisher: Annotated[str | None, typer.Option(help="Publisher of inputs that name none.")] = None,
    published: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Date of inputs that carry none.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read.")] = 1,
    ray: Annotated[bool, typer.Option("--ray", help="Read on a Ray cluster (needs the `cluster` extra).")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing from the network.")] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for each piece of a web page.")] = 20.0,
    reader: ReaderChoice = ReaderName.LEARNED,
    pipeline: Pipeline = None,
    json: AsJson = False,
) -> int:
    """Read reports into the record: plain text, HTML, JSON lines, RSS and Atom, folders, patterns, web addresses.

    Reading twice changes nothing; a run that was interrupted goes on where it stopped. Inputs that cannot be taken
    are named with the reason, and the exit code is then 3.

    Example: detente read reports/ article.html feed.xml archive.jsonl --record affairs.duckdb
    """
    from detente.pipeline import ExecutorName, PipelineSettings
    from detente.pipeline import read as read_all
    from detente.record import Record
    from detente.sources import SourceSettings

    settings = PipelineSettings(
        workers=workers,
        executor=ExecutorName.RAY if ray else ExecutorName.LOCAL,
        sources=SourceSettings(
            publisher=publisher, published=day(published, "--published"), network=not offline, timeout=timeout
        ),
    )
    with Record.open(record) as store, _Bar() as bar:
        run = read_all(sources, store, reader_named(reader, pipeline), settings, bar)
    if json:
        print_json(run)
    else:
        _report(run, record)
    if not (run.read or run.copies or run.skipped or run.refusals):
        raise UsageError(
            f"nothing to read in {', '.join(sources)}; allowed: files, folders, patterns, feeds, addresses"
        )
    return 130 if run.interrupted else 3 if run.refusals else 0


class _Bar:
    """Shows how many documents are in the record; a bar without an end, since sources are streams."""

    def __init__(self) -> None:
        columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20), TimeElapsedColumn()
        self._bar = Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)
        self._task = self._bar.add_task("Reading …", total=None)

    def __enter__(self) -> "_Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def refused(self, refusal: Refusal) -> None:
        """Leave it to the report at the end."""

    def written(self, documents: Sequence[Document], counts: Counts) -> None:
        """Show the running counts."""
        text = f"{counts.read:,} read · {counts.copies:,} copies · {counts.skipped:,} known"
        self._bar.update(self._task, description=text)


def _report(run: Run, record: Path) -> None:
    parts = [f"{run.read:,} read", f"{run.copies:,} copies of known stories", f"{run.skipped:,} already in the record"]
    out.print(f"{' · '.join(parts)} → {record}", markup=False)
    if run.interrupted:
        errors.print("interrupted; what is counted above is kept, the same command goes on from there", style="yellow")
    if run.refusals:
        errors.print(f"{len(run.refusals):,} not taken:", style="yellow")
    for refusal in run.refusals[:SHOWN]:
        errors.print(f"  {refusal}", markup=False)
    if len(run.refusals) > SHOWN:
        errors.print(f"  … and {len(run.refusals) - SHOWN:,} more (all are in the record's run {run.id})")
