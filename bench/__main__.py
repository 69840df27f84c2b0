"""Measure, and write the page: ``python -m bench [--only dispatches,speed] [--reader rules] [--list]``.

What was measured goes to ``bench/results.json``, ``docs/benchmarks.md`` and the table of ``README.md``; parts that are
not run, or whose data are not at hand, keep the figures of their last run.
"""

import argparse
import sys

from bench.figures import Result, load, save
from bench.gold import ROOT
from bench.page import number, page, with_summary
from bench.parts import measured, parts
from bench.readers import DEFAULT_READER, READERS

RESULTS = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"
README = ROOT / "README.md"


def main() -> int:
    """Run the chosen parts; return 1 when one of them gave nothing although it was named."""
    everything = parts()
    names = tuple(part.name for part in everything)
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", metavar="NAME,…", help=f"parts to run, of {', '.join(names)}")
    parser.add_argument("--reader", default=DEFAULT_READER, choices=READERS)
    parser.add_argument("--list", action="store_true", help="name the parts and stop")
    options = parser.parse_args()
    chosen = options.only.split(",") if options.only else names
    if unknown := [name for name in chosen if name not in names]:
        parser.error(f"no part {', '.join(unknown)}; allowed: {', '.join(names)}")
    if options.list:
        print(*(f"{part.name:12s} {part.title}" for part in everything), sep="\n")
        return 0
    missed = 0
    for part in everything:
        if part.name in chosen:
            print(f"== {part.name}: {part.title}", flush=True)
            result = measured(part, options.reader)
            show(result)
            missed += result.skipped is not None
            results = load(RESULTS).replaced(result, names)  # another run may have written meanwhile
            save(results, RESULTS)
            PAGE.write_text(page(results), encoding="utf-8")
            README.write_text(with_summary(README.read_text(encoding="utf-8"), results), encoding="utf-8")
    return 1 if options.only and missed else 0


def show(result: Result) -> None:
    """Print a result as a person at the terminal wants it."""
    if result.skipped is not None:
        print(f"   skipped: {result.skipped}")
    for f in result.figures:
        floor = f"   floor {number(f.floor, f)}" if f.floor is not None else ""
        mark = {True: "   reached", False: "   missed", None: ""}[f.is_reached]
        target = f"   target {f.targets[-1]:g}{mark}" if f.targets else ""
        print(f"   {f.measure:70s} {number(f.value, f):>12s}{floor}{target}")
    if result.printed and not result.figures:
        print(result.printed.rstrip())


if __name__ == "__main__":
    sys.exit(main())
