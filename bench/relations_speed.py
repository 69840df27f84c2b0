"""Speed: loading GDELT rows, a pair's series out of many stored rows, a scan of many dyads, exact frustration.

    python -m bench.relations_speed [load] [series] [scan] [frustration] [--rows N] [--dyads N]

GDELT rows and stored rows are made up (``relations_gdelt``: real schema, marginals like the real ones).
"""

import argparse
import csv
import gzip
import resource
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
from bench.relations_gdelt import write
from bench.relations_labels import data_folder

from detente.record import Record
from detente.relations.acts import Selection, TableStore
from detente.relations.frustration import frustration
from detente.relations.pairs import PairTotals
from detente.relations.periods import Period
from detente.relations.scan import scan_shifts
from detente.relations.series import pair_series
from detente.relations.simulation import World, simulate
from detente.sources.events import format_named, load_events


def main() -> None:
    """Run the parts named, all by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["load", "series", "scan", "frustration"])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--dyads", type=int, default=1_000)
    chosen = parser.parse_args()
    for part in chosen.parts:
        {
            "load": lambda: load(chosen.rows),
            "series": lambda: series(chosen.rows),
            "scan": lambda: scan(chosen.dyads),
            "frustration": networks,
        }[part]()


def load(rows: int) -> None:
    """Load made-up GDELT 2.0 rows into a record."""
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "r.duckdb", memory="4GB") as record:
        path = Path(folder) / "gdelt.tsv"
        write(path, rows)
        wall, processor = time.perf_counter(), time.process_time()
        done = load_events(path, format_named("gdelt2"), record)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(
        f"load: {done.rows} rows, {done.new} new, {done.refused} refused; {done.rows / wall:,.0f} rows/s by the clock,"
    )
    print(f"      {done.rows / processor:,.0f} per second of processor time of one core")


def series(rows: int) -> None:
    """Count one pair per month out of a table of coded events in order of pair and day, as the record writes it."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "t.duckdb")) as connection:
        each = rows // (200 * 200)
        connection.execute(
            f"CREATE TABLE coded AS SELECT 'S' || lpad(CAST(i // {200 * each} AS VARCHAR), 3, '0') AS source,"
            f" 'S' || lpad(CAST((i // {each}) % 200 AS VARCHAR), 3, '0') AS target,"
            f" DATE '2004-01-01' + CAST((i % {each}) * 7300 // {each} AS INTEGER) AS day,"
            " CASE CAST(hash(i) % 4 AS INTEGER) WHEN 0 THEN 'verbal cooperation' WHEN 1 THEN 'material cooperation'"
            " WHEN 2 THEN 'verbal conflict' ELSE 'material conflict' END AS quad"
            f" FROM range({each * 200 * 200}) t(i)"
        )
        store = TableStore(connection, "coded")
        started = time.perf_counter()
        found = pair_series(store, "S017", "S101", selection=Selection(), with_volume=False)
        print(f"series: {found.acts} acts of one pair out of {rows:,} rows in {time.perf_counter() - started:.3f} s")


def scan(dyads: int) -> None:
    """Scan dyads of a twenty-year monthly world; one in five moves, the rest do not."""
    generator = np.random.default_rng(1)
    worlds = [World(length=240, period=Period.MONTH, shifts=2.0 if i % 5 == 0 else 0.0) for i in range(dyads)]
    simulated = [simulate(world, generator) for world in worlds]
    counts = np.stack([d.series.total for d in simulated]).astype(np.int32)
    pairs = tuple((f"A{i:05}", "ZZZ") for i in range(dyads))
    totals = PairTotals(pairs, Period.MONTH, simulated[0].series.starts, counts, Selection())
    wall, processor = time.perf_counter(), time.process_time()
    found = scan_shifts(totals, 0.1)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    whole = processor * 30_000 / dyads
    print(
        f"scan: {dyads} dyads x 240 months in {wall:.1f} s, {processor:.1f} s of one core; {len(found.reports)} moved"
    )
    print(f"      30,000 dyads: {whole:.0f} s of processor time, {whole / 2:.0f} s on two free cores (workers=2)")


def networks() -> None:
    """Solve the stored signed networks exactly and compare with the stored values."""
    folder = data_folder() / "cow_signed_1946_1999"
    edges: dict[str, list[tuple[str, str, int]]] = {}
    with gzip.open(folder / "edges.csv.gz", "rt") as handle:
        for row in csv.DictReader(handle):
            edges.setdefault(row["net"], []).append((row["a"], row["b"], int(row["sign"])))
    lines = (folder / "frustration_exact.txt").read_text().splitlines()
    wanted = {line.split()[0]: float(line.split(" L ")[1].split()[0]) for line in lines if line}
    equal, times = 0, []
    for name, ties in edges.items():
        place = {code: i for i, code in enumerate(sorted({code for a, b, _ in ties for code in (a, b)}))}
        started = time.perf_counter()
        index = frustration(len(place), [(place[a], place[b], sign) for a, b, sign in ties]).index
        times.append(time.perf_counter() - started)
        equal += index == wanted[name]
    print(f"frustration: {equal} of {len(wanted)} equal; slowest {max(times):.2f} s, median {np.median(times):.2f} s")


if __name__ == "__main__":
    main()
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
