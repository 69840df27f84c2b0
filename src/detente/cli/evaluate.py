"""``detente evaluate``: score the reader on gold dispatches, or predict a public benchmark."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.progress import Progress
from rich.table import Table

from detente.cli.common import AsJson, errors, out, print_json
from detente.cli.readers import ReaderChoice, ReaderName, reader_named
from detente.model.errors import UsageError

if TYPE_CHECKING:
    from detente.evaluation.scoring import Scorer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(evaluate)


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD.jsonl…", help="Files in the gold dispatch format, or one of a task's.")
    ],
    write: Annotated[Path | None, typer.Option("--write", help="Write the readings, in the gold format.")] = None,
    task: Annotated[
        str | None,
        typer.Option("--task", help="attribution, factuality, causality, pairs, actors or sentences; see models.md."),
    ] = None,
    none: Annotated[
        bool, typer.Option("--none/--no-none", help="Whether task pairs may answer that there is no event.")
    ] = True,
    reader: ReaderChoice = ReaderName.LEARNED,
    misses: Annotated[int, typer.Option("--misses", help="Show so many events that were not found.")] = 0,
    json: AsJson = False,
) -> None:
    """Score the reader on gold dispatches.

    Example: detente evaluate tests/corpus/dispatches.jsonl --write predicted.jsonl
    """
    if task is not None:
        _run_task(task, gold, write, none=none, json=json)
        return
    from detente.evaluation.dispatches import load, to_gold
    from detente.evaluation.scoring import Scorer

    pairs = [pair for path in gold for pair in load(path)]
    scorer = Scorer()
    predicted = []
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        readings = reader_named(reader).read_all(document for document, _ in pairs)
        for (document, wanted), reading in progress.track(
            zip(pairs, readings, strict=True), total=len(pairs), description="Reading"
        ):
            predicted.append(to_gold(document, reading))
            scorer.add(wanted, predicted[-1])
    if write is not None:
        write.write_bytes(b"".join(msgspec.json.encode(p) + b"\n" for p in predicted))
    if json:
        print_json(scorer.summary())
    else:
        _print(scorer, misses)


def _run_task(name: str, files: list[Path], write: Path | None, *, none: bool, json: bool) -> None:
    """Predict every row of one benchmark file, and show the figures where it carries gold."""
    from detente.evaluation.tasks import TASKS, pairs

    if name not in TASKS:
        raise UsageError(f"--task {name!r} is not known; allowed: {', '.join(TASKS)}")
    if len(files) != 1:
        raise UsageError(f"--task takes one file, {len(files)} were given")
    if not none and name != "pairs":
        raise UsageError(f"--no-none is for --task pairs, not {name}")
    result = TASKS[name](files[0]) if none else pairs(files[0], none=False)
    if write is not None:
        result.write(write)
    if json:
        print_json(result.figures)
        return
    table = Table("measure", "value", box=None)
    for measure, value in result.figures.items():
        table.add_row(measure, f"{value:.3f}")
    out.print(table if result.figures else f"{len(result.lines)} rows read; the file carries no gold")


def _print(scorer: "Scorer", misses: int) -> None:
    table = Table("measure", "F1", "precision", "recall", "gold", "found", box=None)
    for name, a in scorer.agreements.items():
        table.add_row(name, f"{a.f1:.3f}", f"{a.precision:.3f}", f"{a.recall:.3f}", str(a.gold), str(a.predicted))
    for name, accuracy in scorer.accuracies.items():
        value = "–" if accuracy.accuracy is None else f"{accuracy.accuracy:.3f}"
        table.add_row(name, value, "", "", str(accuracy.of), "", style="dim" if accuracy.of < 20 else None)
    out.print(table)
    for miss in scorer.misses[:misses]:
        out.print(miss, markup=False)
