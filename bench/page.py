"""The results as a page of the docs."""

from dataclasses import replace

from bench.figures import Figure, Result, Results

HEAD = """# Benchmarks

What Detente is measured at. `make bench` measures everything for which the data are at hand and writes this page and
`bench/results.json`; `python -m bench --only dispatches,speed` measures parts and leaves the others as they were. The
larger data sets are found through `DETENTE_DATA` and are no part of the project; `--list` names the parts.

- **target**: the goal that was set; of two, the first reader's and its successor's. A figure that misses its last
  target stands in *italics*.
- **load**: processes that wanted a core when the part ended; above the number of cores, times by the clock say little.
- **floor**: the trivial method in the same run, on the same input.
"""


def page(results: Results) -> str:
    """Return the page as Markdown."""
    return "\n".join([HEAD, *(_part(result) for result in results.parts)])


def table(figures: tuple[Figure, ...]) -> str:
    """Return figures as a Markdown table; columns that would be empty are left out."""
    has = {
        "target": any(f.targets for f in figures),
        "floor": any(f.floor is not None for f in figures),
        "over": any(f.over for f in figures),
    }
    names = ["measure", "figure", *(name for name in has if has[name])]
    lines = [f"| {' | '.join(names)} |", f"|---|{'--:|' * (len(names) - 1)}"]
    for f in figures:
        cells = {"target": _targets(f), "floor": number(f.floor, f), "over": f.over or ""}
        shown = [cells[name] for name in has if has[name]]
        lines.append(f"| {' | '.join([f.measure, _value(f), *shown])} |")
    return "\n".join(lines) + "\n"


def number(value: float | None, figure: Figure) -> str:
    """Return a value with the figure's digits and unit, and a dash for none."""
    if value is None:
        return "–"
    unit = f" {figure.unit}" if figure.unit else ""
    return f"{value:,.{figure.digits}f}{unit}"


def _value(figure: Figure) -> str:
    text = number(figure.value, figure)
    return f"*{text}*" if figure.is_reached is False else text


def _targets(figure: Figure) -> str:
    sign = "≤" if figure.lower_is_better else "≥"
    return f"{sign} {', then '.join(f'{t:g}' for t in figure.targets)}" if figure.targets else ""


def _part(result: Result) -> str:
    lines = [f"## {result.title}\n"]
    if result.skipped is not None:
        return "\n".join([*lines, f"Not measured: {result.skipped}. Command: `{result.command}`\n"])
    lines += [f"`{result.command}`{_measured(result)}\n", *(f"{note}\n" for note in result.notes)]
    if result.figures:
        lines.append(table(result.figures))
    if result.printed:
        lines += ["<details><summary>What the script printed</summary>\n", "```text", result.printed.rstrip(), "```\n"]
        lines.append("</details>\n")
    return "\n".join(lines)


def _measured(result: Result) -> str:
    """Tell when and where; a machine with more work than cores makes figures by the clock worse than they are."""
    where = result.surroundings
    if where is None:
        return ""
    busy = f", load {where.load:g}" if where.load is not None else ""
    return f" · {where.date} · {where.machine}{busy}, Python {where.python} · {result.seconds:.0f} s"


SUMMARY = (
    ("unseen", "event.strict F1", "events: type, source and target all right, F1"),
    ("unseen", "event.dyad F1", "events: pair and quad class right, F1"),
    ("unseen", "event.factuality, share right", "factuality of events found"),
    ("unseen", "event.factuality (gold not fact), share right", "the same, where the act is no fact"),
    ("unseen", "event.date, share right", "date of events found"),
    ("unseen", "statement.who F1", "statements: source and content, F1"),
    ("unseen", "relation.strict F1", "relation claims: pair and direction, F1"),
    ("unseen", "cause.strict F1", "causal claims: cause and effect, F1"),
    ("speed", "reading, everything on, 500-word reports", "reading, 500-word reports, one core"),
    ("speed", "peak memory", "peak memory while reading"),
    ("shifts", "KEDS counts: recall at 0.45 alarms a dyad-year, one penalty for all", "labelled shifts found, KEDS"),
    ("shifts", "Turing change-point set: cover", "Turing change-point set, cover"),
    ("icews14", "MRR", "next acts, ICEWS14, MRR"),
    ("icews18", "MRR", "next acts, ICEWS18, MRR"),
)
"""Part and measure of the figures that the README shows, and its words for them."""


def summary(results: Results) -> str:
    """Return the short table of the README: what was measured of the chosen figures."""
    measured = {(result.name, f.measure): f for result in results.parts for f in result.figures}
    chosen = [replace(measured[part, name], measure=words) for part, name, words in SUMMARY if (part, name) in measured]
    return table(tuple(replace(f, over=None) for f in chosen))


def with_summary(readme: str, results: Results) -> str:
    """Return the README with its table of figures written anew."""
    begin, end = "<!-- figures -->\n", "<!-- end of figures -->"
    head, _, rest = readme.partition(begin)
    _, _, tail = rest.partition(end)
    return f"{head}{begin}\n{summary(results)}\n{end}{tail}"
