"""``detente evaluate``: score the reader on gold files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.progress import Progress
from rich.table import Table

from detente.cli.common import AsJson, errors, out, print_json

if TYPE_CHECKING:
    from detente.evaluation.scoring import Scorer


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(evaluate)


def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl…", help="Files in the gold dispatch format.")],
    write: Annotated[Path | None, typer.Option("--write", help="Write the readings, in the gold format.")] = None,
    misses: Annotated[int, typer.Option("--misses", help="Show so many events that were not found.")] = 0,
    json: AsJson = False,
) -> None:
    """Score the reader on gold dispatches.

    Example: detente evaluate tests/corpus/dispatches.jsonl --write predicted.jsonl
    """
    from detente.evaluation.dispatches import load, to_gold
    from detente.evaluation.scoring import Scorer
    from detente.reading.rules import rule_reader

    pairs = [pair for path in gold for pair in load(path)]
    reader, scorer = rule_reader(), Scorer()
    predicted = []
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        readings = reader.read_all(document for document, _ in pairs)
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
