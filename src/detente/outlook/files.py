"""Backtests as files: everything as JSON, reliability and ranks as CSV."""

import csv
import json
from dataclasses import asdict
from pathlib import Path

from detente.outlook.backtest import Backtest

_SCORES = (
    *("n", "happened", "brier", "brier_base_rate", "brier_ewma", "log_score", "log_base_rate"),
    *("crps", "crps_ewma", "calibration_error"),
)


def write_backtest(result: Backtest, folder: Path) -> tuple[Path, ...]:
    """Write ``backtest.json``, ``kinds.csv``, ``reliability.csv`` and ``acts.csv`` into ``folder``.

    Returns:
        The paths written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "backtest.json"
    whole.write_text(json.dumps(asdict(result), default=str, indent=2) + "\n", encoding="utf-8")
    kinds = [[each.kind, each.region or "all", *(getattr(each, name) for name in _SCORES)] for each in result.kinds]
    bins = [
        [each.kind, each.region or "all", b.low, b.high, b.n, b.forecast, b.happened, *b.interval()]
        for each in result.kinds
        for b in each.bins
    ]
    acts = [
        [each.split, who, m.n, m.mrr, *m.hits]
        for each in result.acts
        for who, m in (("detente", each.metrics), ("recurrency", each.recurrency))
    ]
    return (
        whole,
        _table(folder / "kinds.csv", ["kind", "region", *_SCORES], kinds),
        _table(
            folder / "reliability.csv",
            ["kind", "region", "from", "to", "n", "forecast", "happened", "low", "high"],
            bins,
        ),
        _table(folder / "acts.csv", ["split", "forecaster", "n", "mrr", "hits_1", "hits_3", "hits_10"], acts),
    )


def _table(path: Path, heading: list[str], rows: list[list[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)
    return path
