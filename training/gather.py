"""The sets by name, tokenised once and kept beside the runs."""

import pickle
from collections.abc import Iterator
from pathlib import Path

from detente.reading.page import Parser
from sets import causal_news, factuality, polnear
from windows import Window, data_folder, load_tokenizer

RUNS = Path(__file__).parent / "runs"


def gather(name: str, hold_out: str = "") -> list[Window]:
    """Return the training windows of a set; ``hold_out`` names dispatch sets to leave out."""
    kept = RUNS / "windows" / f"{name}.pickle"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(list(_build(name))))
    windows: list[Window] = pickle.loads(kept.read_bytes())
    if name == "dispatches":
        return [w for w in windows if w.name[0] not in hold_out.split(",")]
    return windows


def _build(name: str) -> Iterator[Window]:
    tokenizer, parser, data = load_tokenizer(), Parser(), data_folder() / "data"
    if name == "dispatches":
        from dispatches import dispatches

        return dispatches()
    if name in ("written", "written_dev"):
        from dispatches import written_windows

        return written_windows(held_out=name == "written_dev")
    if name == "alone":
        from dispatches import single_sentences

        return single_sentences(0.2)
    if name == "polnear":
        return polnear(tokenizer, parser, data / "attribution" / "polnear_train.jsonl.gz")
    if name == "polnear_dev":
        return polnear(tokenizer, parser, data / "attribution" / "polnear_dev.jsonl.gz")
    if name in ("causal", "causal_dev"):
        rows = causal_news(tokenizer, data / "causality" / "train_subtask2_grouped.csv")
        return (w for n, w in enumerate(rows) if (n % 10 == 0) == (name == "causal_dev"))
    if name in ("uds", "uds_dev"):
        split = "dev" if name == "uds_dev" else "train"
        return factuality(tokenizer, data / "factuality" / "uds_ih2" / f"{split}.jsonl.gz")
    if name == "megaveridicality":
        return factuality(tokenizer, data / "factuality" / "megaveridicality" / "train.jsonl.gz")
    known = "polnear[_dev], causal[_dev], uds[_dev], megaveridicality, dispatches, written[_dev], alone"
    raise SystemExit(f"unknown set {name!r}; known: {known}")
