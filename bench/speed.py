"""How fast a reader reads, and in how much memory, beside the parse that it builds on.

    python -m bench.speed [--reader rules] [--words 500] [--documents 30] [--runs 5] [--json]

The reports are cut from the bundled corpus: its paragraphs in a row, from another place each time, until the length is
reached. Every run parses all of them, then reads all of them; seconds are those of the CPU, all threads together.
"""

import argparse
import re
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
from bench.gold import corpus
from bench.readers import DEFAULT_READER, reader_named

from detente.model.document import Document
from detente.model.span import Span
from detente.sources.furniture import furniture_ranges


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured.

    Attributes:
        words: Length of a report.
        documents: Reports per run.
        runs: Runs, of which the medians are given.
        read_rate: Documents read per CPU-second, everything on.
        parse_rate: Documents parsed per CPU-second, by the spaCy pipeline alone.
        loading: CPU seconds until the first short report is read.
        peak: Largest resident memory of the process, MiB.
        growth: Memory that the runs after the first added, MiB.
    """

    words: int
    documents: int
    runs: int
    read_rate: float
    parse_rate: float
    loading: float
    peak: float
    growth: float

    @property
    def times_parse(self) -> float:
        """How often as long as the parse alone the reading takes."""
        return self.parse_rate / self.read_rate


def reports(words: int, count: int) -> Iterator[Document]:
    """Yield ``count`` reports of ``words`` words cut from the bundled corpus, each with another beginning."""
    paragraphs = [p for document, _ in corpus() for p in document.text.split("\n\n")]
    step = max(1, len(paragraphs) // count)
    for start in range(0, count * step, step):
        text, place = "", start
        while len(text.split()) < words:
            text += paragraphs[place % len(paragraphs)] + "\n\n"
            place += 1
        end = list(re.finditer(r"\S+", text))[words - 1].end()
        yield _document(text[:end], start)


def _document(text: str, number: int) -> Document:
    day = date(2026, 2, 20)
    key = Document.id_of(text, day, "Bench", str(number))
    furniture = tuple(Span(key, start, end) for start, end in furniture_ranges(text))
    return Document(key, text, str(number), "Bench", day, "en", furniture=furniture)


def measure(reader_name: str, words: int, count: int, runs: int) -> Speed:
    """Measure a reader in this process."""
    started = time.process_time()
    reader = reader_named(reader_name)
    reader.read(_document("Japan imposed sanctions on Russia.", -1))
    loading = time.process_time() - started
    documents = list(reports(words, count))
    parsed, read, first = [], [], 0.0
    for run in range(runs):
        parsed.append(_seconds(reader.parser.parse_all, documents))
        read.append(_seconds(reader.read_all, documents))
        first = _peak() if run == 0 else first
    return Speed(
        words=words,
        documents=count,
        runs=runs,
        read_rate=count / statistics.median(read),
        parse_rate=count / statistics.median(parsed),
        loading=loading,
        peak=_peak(),
        growth=_peak() - first,
    )


def _seconds(work: Callable[[Iterable[Document]], Iterable[object]], documents: list[Document]) -> float:
    started = time.process_time()
    for _ in work(documents):
        pass
    return time.process_time() - started


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", default=DEFAULT_READER)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    speed = measure(options.reader, options.words, options.documents, options.runs)
    if options.json:
        print(msgspec.json.encode(speed).decode())
        return
    print(f"{speed.documents} reports of {speed.words} words, median of {speed.runs} runs")
    print(f"read  {speed.read_rate:6.1f} documents per CPU-second")
    print(
        f"parse {speed.parse_rate:6.1f} documents per CPU-second; reading takes {speed.times_parse:.2f} times as long"
    )
    print(f"{speed.loading:.1f} s of CPU until the first report is read; peak {speed.peak:.0f} MiB")


if __name__ == "__main__":
    main()
