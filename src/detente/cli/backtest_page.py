"""A backtest as one self-contained page: scores beside their floors, their splits, and reliability diagrams."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente import __version__
from detente.brief.wording import long_date
from detente.model.codes import QuadClass
from detente.outlook import Backtest
from detente.outlook.backtest import ActScore, KindScore

QUADS = tuple(quad.value for quad in QuadClass)


@dataclass(frozen=True, slots=True)
class Cell:
    """A score as printed, whether it is the model's rather than a floor's, and whether none beside it is better."""

    text: str
    model: bool
    best: bool


@dataclass(frozen=True, slots=True)
class KindRow:
    """Scores of one kind or region: Brier, log score and CRPS, each followed by its floors."""

    name: str
    score: KindScore
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """Ranks of one split: MRR, Hits@1 and Hits@10, each followed by the floor's."""

    name: str
    n: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """The reliability diagram of one quad class; ``error`` is its expected calibration error."""

    kind: str
    svg: Markup
    error: float
    n: int


def backtest_page(result: Backtest) -> str:
    """Return the page; diagrams are inline SVG, there is no script and nothing is fetched."""
    whole = [each for each in result.kinds if each.region is None]
    quads = [each for each in whole if each.kind in QUADS]
    in_regions = [
        (quad.kind, [_kind_row(each.region, each) for each in result.kinds if each.kind == quad.kind and each.region])
        for quad in quads
    ]
    page: str = (
        _environment()
        .get_template("backtest.html.j2")
        .render(
            result=result,
            quads=[_kind_row(each.kind, each) for each in quads],
            types=[_kind_row(each.kind, each) for each in whole if each.kind not in QUADS],
            regions=in_regions,
            acts=[_act_row(each) for each in sorted(result.acts, key=_place)],
            diagrams=[_diagram(each) for each in quads],
            css=_css(),
            version=__version__,
            long_date=long_date,
        )
    )
    return page


def reliability_chart(score: KindScore) -> dict[str, Any]:
    """Return the Vega-Lite specification of a reliability diagram with its data, one row a bin."""
    path = resources.files("detente.cli") / "charts" / "reliability.vl.json"
    spec: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = []
    for each in score.bins:
        low, high = each.interval()
        text = f"forecast {each.forecast:.0%}, came true {each.happened:.0%} of {each.n:,}"
        rows.append(
            {"forecast": each.forecast, "happened": each.happened, "n": each.n, "low": low, "high": high, "text": text}
        )
    spec["data"]["values"] = rows
    return spec


def _diagram(score: KindScore) -> Diagram:
    svg = Markup(vl_convert.vegalite_to_svg(reliability_chart(score)))
    return Diagram(score.kind, svg, score.calibration_error, score.n)


def _kind_row(name: str, score: KindScore) -> KindRow:
    briers = (score.brier, score.brier_base_rate, score.brier_ewma)
    logs, counts = (score.log_score, score.log_base_rate), (score.crps, score.crps_ewma)
    cells = (*_cells(briers, 4, lower=True), *_cells(logs, 3, lower=True), *_cells(counts, 3, lower=True))
    return KindRow(name, score, cells)


def _place(score: ActScore) -> int:
    """Put the quad classes in the order of the other tables, after the splits that are none."""
    return QUADS.index(score.split) if score.split in QUADS else -1


def _act_row(score: ActScore) -> ActRow:
    model, floor = score.metrics, score.recurrency
    pairs = ((model.mrr, floor.mrr), (model.hits[0], floor.hits[0]), (model.hits[-1], floor.hits[-1]))
    return ActRow(score.split, model.n, tuple(cell for pair in pairs for cell in _cells(pair, 3, lower=False)))


def _cells(values: Iterable[float], digits: int, *, lower: bool) -> tuple[Cell, ...]:
    """Print values of one measure, the model's first; ties at the digits printed are all best."""
    shown = [round(value, digits) for value in values]
    best = min(shown) if lower else max(shown)
    return tuple(Cell(f"{value:.{digits}f}", number == 0, value == best) for number, value in enumerate(shown))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("detente.cli"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _css() -> Markup:
    return Markup((resources.files("detente.brief") / "templates" / "brief.css").read_text(encoding="utf-8"))
