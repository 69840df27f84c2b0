"""Country pairs of ICEWS18: will there be an act of a quad class within seven days? Brier scores beside the floors.

Pairs are undirected pairs of plain country names with at least 20 acts in the training days; models are fitted on the
training days, and every fifth day of the validation days whose week is complete is an origin.

Usage: python bench/outlook_pairs.py [--horizon 7]
"""

import argparse
import os
import time
from pathlib import Path

import numpy as np

from detente.outlook.acts import QUAD_CLASSES, Acts
from detente.outlook.cameo import quads_of_relations
from detente.outlook.pairs import active_pairs, fit_pairs, stack_rows
from detente.outlook.panel import KINDS, Panel
from detente.outlook.places import STATE_ROLE, read_places
from detente.outlook.quads import load_benchmark
from detente.outlook.scores import brier, calibration_error, reliability

ORIGIN = 736_696
"""Ordinal of day 0: 1 January 2018."""


def main() -> None:
    """Fit, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--horizon", type=int, default=7)
    horizon = parser.parse_args().horizon
    data = Path(os.environ.get("DETENTE_DATA", "../shared")) / "data" / "outlook" / "icews18"
    benchmark = load_benchmark(data)
    quads = benchmark.everything
    places = read_places(quads.entities)
    is_state = places.role == places.roles.index(STATE_ROLE)
    kept = is_state[quads.subject] & is_state[quads.object] & (quads.subject != quads.object)
    names = np.array(quads.entities)
    day = quads.day[kept].astype(np.int64) + ORIGIN
    quad, kind = quads_of_relations(quads.relations)
    acts = Acts.of(
        *(names[quads.subject[kept]], names[quads.object[kept]]),
        *(kind[quads.relation[kept]], quad[quads.relation[kept]], day, day),
    )
    last = int(benchmark.train.day.max()) + ORIGIN
    end = int(benchmark.valid.day.max()) + ORIGIN
    started = time.perf_counter()
    classes = [each.value for each in QUAD_CLASSES]
    boosted = fit_pairs(acts, last, horizon, classes)
    plain = fit_pairs(acts, last, horizon, classes, boosted=False)
    pairs = active_pairs(acts.known_by(last))
    origins = np.arange(last, end - horizon + 1, 5)
    rows = stack_rows(Panel.of(acts, pairs), origins, horizon)
    print(f"{len(pairs)} pairs, {len(origins)} origins, {time.perf_counter() - started:.1f} s")
    print("class | happened | base rate | EWMA | logistic | boosted | ECE")
    for tree, line in zip(boosted[:4], plain[:4], strict=True):
        index = KINDS.index(tree.kind)
        happened = rows.count[:, index] > 0
        x = rows.x[:, index]
        p = tree.probability(x)
        scores = [
            float(happened.mean()),
            brier(np.full(len(x), tree.base_rate), happened),
            brier(rows.ewma[:, index].astype(np.float64), happened),
            brier(line.probability(x), happened),
            brier(p, happened),
            calibration_error(reliability(p, happened)),
        ]
        print(tree.kind, "|", " | ".join(f"{score:.4f}" for score in scores))


if __name__ == "__main__":
    main()
