"""Charts as files: the ending of the name says whether a page, SVG or PNG is wanted."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.common import errors
from detente.model.errors import UsageError

if TYPE_CHECKING:
    from detente.relations.charts import Spec
    from detente.relations.series import PairSeries
    from detente.relations.shifts import Shift

ENDINGS = (".html", ".svg", ".png")

Chart = Annotated[Path | None, typer.Option(metavar="FILE", help="Also draw it, as .html, .svg or .png.")]


def drawable(path: Path | None) -> Path | None:
    """Return the path when its ending is one that can be drawn; asked before any work is done."""
    if path is not None and path.suffix.lower() not in ENDINGS:
        raise UsageError(f"--chart {path}: a chart ends in {', '.join(ENDINGS)}")
    return path


def draw(spec: "Spec", title: str, path: Path) -> None:
    """Write a chart to a file and say so on standard error."""
    from detente.relations.charts import to_html, to_png, to_svg

    ending = path.suffix.lower()
    if ending == ".png":
        path.write_bytes(to_png(spec))
    else:
        path.write_text(to_svg(spec) if ending == ".svg" else to_html(spec, title), encoding="utf-8")
    errors.print(f"chart written to {path}", style="dim", markup=False)


def draw_pair(series: "PairSeries", shifts: "Sequence[Shift]", path: Path) -> None:
    """Draw a pair's acts, its shifts, and the terms of the first state's leaders."""
    from detente.relations.charts import pair_chart
    from detente.relations.periods import as_date
    from detente.relations.tenures import tenures_of
    from detente.world import name_of

    if not len(series.starts):
        raise UsageError(f"--chart {path}: the record holds no dated act of {' and '.join(series.pair)} to draw")
    tenures = tenures_of(series.pair[0], as_date(series.starts[0]), as_date(series.starts[-1]))
    draw(pair_chart(series, shifts, tenures), " – ".join(map(name_of, series.pair)), path)
