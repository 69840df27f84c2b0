"""A GDELT 2.0 event file made up: the real schema of 61 columns, marginals like the real ones, no real event.

Actor codes follow a Zipf law over states with CAMEO roles; a third of the rows lack an actor, as in GDELT; event
roots have the shares of a day of GDELT 2.0; places follow a Zipf law over 20,000 names; half of a per cent of the
rows have a faulty day or code.
"""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from detente.world import states
from detente.world.schemes import cameo_codes

ROLES = ("", "", "", "", "GOV", "MIL", "COP", "LEG", "BUS", "MED", "OPP", "REB", "CVL", "EDU")
ROOT_SHARES: dict[int, float] = {
    1: 9,
    2: 8,
    3: 8,
    4: 28,
    5: 10,
    6: 2,
    7: 3,
    8: 3,
    9: 1,
    10: 2,
    11: 7,
    12: 3,
    13: 2,
    14: 1,
}
ROOT_SHARES |= {15: 1, 16: 1, 17: 5, 18: 2, 19: 4, 20: 0.2}


def write(path: Path, rows: int, days: int = 30, seed: int = 1) -> None:
    """Write a tab file of ``rows`` made-up events that happened within ``days`` days."""
    generator = np.random.default_rng(seed)
    codes = np.array(sorted({s.code for s in states() if not s.is_historical}))
    actors = [_actors(codes, rows, missing, generator) for missing in (0.1, 0.3)]
    event = _events(rows, generator)
    first = date(2024, 1, 1)
    calendar = np.array([(first + timedelta(days=i)).strftime("%Y%m%d") for i in range(days)])
    day = np.sort(generator.integers(0, days, rows))
    sqldate = calendar[day]
    faulty = generator.random(rows) < 0.0025
    sqldate = np.where(faulty, "2024013", sqldate)
    event = np.where(generator.random(rows) < 0.0025, "---", event)
    place = np.array([f"Town {i}, District {i % 300}, Country {i % 200}" for i in range(20_000)])
    action = place[np.minimum(generator.zipf(1.3, rows) - 1, 19_999)]
    columns: dict[str, object] = {f"c{i:02}": pa.repeat("", rows) for i in range(61)}
    columns |= {"c00": np.arange(rows) + 1_200_000_000, "c01": sqldate, "c02": pa.repeat("202401", rows)}
    columns |= {"c03": pa.repeat("2024", rows), "c04": pa.repeat("2024.0411", rows), "c05": actors[0]}
    columns |= {"c06": pa.repeat("A NAME", rows), "c15": actors[1], "c16": pa.repeat("ANOTHER", rows)}
    columns |= {"c26": event, "c27": event, "c28": pa.repeat("04", rows), "c30": pa.repeat("1.0", rows)}
    columns |= {f"c{i}": pa.repeat("10", rows) for i in (25, 29, 31, 32, 33, 34, 35, 43, 51)}
    columns |= {f"c{i}": action for i in (36, 44, 52)}
    columns |= {f"c{i}": pa.repeat("55.7522", rows) for i in (40, 41, 48, 49, 56, 57)}
    columns["c59"] = np.char.add(calendar[day], "001500")
    columns["c60"] = np.char.add("https://news.example/world/2024/a-long-address-of-an-article-", day.astype(str))
    options = pc.WriteOptions(include_header=False, delimiter="\t", quoting_style="none")
    pc.write_csv(pa.table(columns), path, options)


def _actors(codes: "np.ndarray", rows: int, missing: float, generator: np.random.Generator) -> "np.ndarray":
    order = generator.permutation(codes)
    chosen = order[np.minimum(generator.zipf(1.4, rows) - 1, len(order) - 1)]
    full = np.char.add(chosen, np.array(ROLES)[generator.integers(0, len(ROLES), rows)])
    return np.where(generator.random(rows) < missing, "", full)


def _events(rows: int, generator: np.random.Generator) -> "np.ndarray":
    by_root: dict[int, list[str]] = {}
    for code in cameo_codes():
        if len(code.code) >= 3:
            by_root.setdefault(int(code.root), []).append(code.code)
    names, weights = [], []
    for root, share in ROOT_SHARES.items():
        for code_text in by_root[root]:
            names.append(code_text)
            weights.append(share / len(by_root[root]))
    probability = np.array(weights) / sum(weights)
    return np.array(names)[generator.choice(len(names), rows, p=probability)]
