"""The parts of the bench by name: what each measures, with which command."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from bench import accuracy
from bench.figures import Figure, Result, Surroundings
from bench.gold import DataMissingError, corpus, development
from bench.readers import DEFAULT_READER, READERS
from bench.scripts import run, run_module, scripts
from bench.speed import Speed

from detente.model.errors import ReaderError

Measured = tuple[tuple[Figure, ...], str | None]
"""The figures, and what a script printed."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part; ``measure`` takes the reader's name."""

    name: str
    title: str
    command: str
    notes: tuple[str, ...]
    measure: Callable[[str], Measured]


FLOOR = "Floor: the same mentions, times and trigger lemmas with the nearest actors, without syntax (`bench/floor.py`)."


def parts() -> tuple[Part, ...]:
    """Return all parts in the order of the page."""
    own = (
        _part("unseen", "Dispatches: sets f, i, l", _dispatches(UNSEEN), _UNSEEN, FLOOR),
        *(
            _part(name, f"The same sets, reader `{name}`", _dispatches(UNSEEN, name))
            for name in READERS
            if name != DEFAULT_READER
        ),
        _part("dispatches", "Dispatches: all development sets, reader `rules`", _dispatches(None, "rules"), _SEEN),
        _part(
            "corpus",
            "Dispatches: the bundled corpus, reader `rules`",
            lambda _: (accuracy.dispatches(corpus(), "rules", False), None),
            "`tests/corpus/dispatches.jsonl`, which anybody can run; the networks were trained on it.",
        ),
        _part("mentions", "Mentions and times", lambda _: (accuracy.mentions(development()), None)),
        _part(
            "speed",
            "Reading speed and memory",
            _speed,
            "Reports are cut from the bundled corpus; seconds are CPU seconds of one process, medians of five runs.",
        ),
    )
    return (*own, *(_script(script.name) for script in scripts()))


UNSEEN = "fil"
_UNSEEN = (
    "Composed dispatches on security, official diplomacy and second-hand reporting: those that were looked at least "
    "while the rules were written, and left out when the models were trained; thresholds were chosen on other texts, "
    "though these figures were seen during development. The nearest thing here to a new text."
)
_SEEN = "Most of these were before the authors of the rules: a ceiling. All but f, i and l trained the networks."


def _part(name: str, title: str, measure: Callable[[str], Measured], *notes: str) -> Part:
    return Part(name, title, f"python -m bench --only {name}", notes, measure)


def _dispatches(sets: str | None, always: str | None = None) -> Callable[[str], Measured]:
    return lambda reader: (accuracy.dispatches(development(sets), always or reader, True), None)


def _script(name: str) -> Part:
    (script,) = (s for s in scripts() if s.name == name)
    return Part(name, script.title, script.command, script.notes, lambda _: run(script))


def _speed(reader: str) -> Measured:
    """Measure in a process of its own, so that memory is the reader's alone."""
    short, long = (
        msgspec.json.decode(
            run_module("speed", ["--json", "--reader", reader, "--words", words], minutes=15), type=Speed
        )
        for words in ("500", "750")
    )
    rate = "documents per CPU-second"
    return (
        Figure("reading, everything on, 500-word reports", short.read_rate, 1, rate, (6,)),
        Figure("spaCy parse alone, the same reports", short.parse_rate, 1, rate),
        Figure("reading takes so many times as long as the parse alone", short.times_parse, 2),
        Figure("reading, everything on, 750-word reports", long.read_rate, 1, rate, (4,)),
        Figure("until the first report is read", short.loading, 1, "s of CPU"),
        Figure("peak memory", short.peak, 0, "MiB", (1536,), lower_is_better=True),
        Figure("memory added by the runs after the first", short.growth, 0, "MiB"),
    ), None


_READ = ("unseen", "speed")
"""Parts that measure the reader which the command line names."""


def measured(part: Part, reader: str) -> Result:
    """Run a part; what it lacks, or what goes wrong, becomes the reason why it was skipped."""
    started = time.perf_counter()
    notes = (f"Reader: `{reader}`.", *part.notes) if part.name in _READ else part.notes
    try:
        figures, printed = part.measure(reader)
    except (DataMissingError, ReaderError, RuntimeError) as error:
        return Result(part.name, part.title, part.command, skipped=str(error))
    seconds = time.perf_counter() - started
    return Result(part.name, part.title, part.command, figures, notes, printed, None, seconds, Surroundings.here())
