"""Train the pair coder: MiniLM that reads a sentence with a marked source and target and says what the one does.

python training/pairs.py --plv 0 --epochs 4 --out training/runs/pairs_base              # what does not come from PLV
python training/pairs.py --start training/runs/pairs_base --rest 0.3 --none 0.15 --fold 0 --out training/runs/pairs_0
python training/pairs.py --start training/runs/pairs_base --rest 0.3 --none 0.15 --fold -1 --out training/runs/pairs
python training/export_pairs.py training/runs/pairs

The second line measures on every fifth row of PLV, the third makes what ships.

Marks are four unused word pieces (Baldini Soares et al. 2019, "Matching the Blanks", entity markers) that begin as rare
punctuation (Zhou and Chen 2022); the sentence is read from the two opening marks and the first piece. The word
embeddings stay as they are, so that a word not seen in training keeps its place.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from detente.model.codes import EventType
from detente.reading.learned.pairs import MARKS
from pair_negatives import negatives
from pair_sets import NO_EVENT, TYPES, Item, cameo_items, marked_items, plv_rows, written_rows
from train import BASE, begin, padded
from windows import load_tokenizer

SIZE, CLASSES, MASK = 384, 17, 103
SMOOTHING = 0.07
PUNCTUATION = ("@", "#", "^", "~")


class PairNetwork(nn.Module):
    """Encoder and one classifier over the two opening marks and the first piece."""

    def __init__(self) -> None:
        super().__init__()
        config = AutoConfig.from_pretrained(BASE)
        self.encoder = AutoModel.from_pretrained(BASE, config=config, add_pooling_layer=False)
        words = self.encoder.embeddings.word_embeddings.weight
        words.requires_grad_(False)
        for mark, sign in zip(MARKS, PUNCTUATION, strict=True):
            words[mark] = words[load_tokenizer().token_to_id(sign)]
        self.dropout = nn.Dropout(0.15)
        self.inner, self.out = nn.Linear(3 * SIZE, SIZE), nn.Linear(SIZE, CLASSES)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return logits (batch, CLASSES)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        at = [((ids == mark).to(hidden.dtype)[:, :, None] * hidden).sum(1) for mark in (MARKS[0], MARKS[2])]
        joined = torch.cat([*at, hidden[:, 0]], -1)
        return self.out(self.dropout(nn.functional.gelu(self.inner(self.dropout(joined)))))


def hidden_names(ids: list[int], chance: random.Random, share: float) -> list[int]:
    """Mask the pieces of a marked span now and then, so that the code does not hang on who it is."""
    out, inside = list(ids), 0
    hide = {mark: chance.random() < share for mark in (MARKS[0], MARKS[2])}
    for n, piece in enumerate(ids):
        if piece in hide:
            inside = piece
        elif piece in (MARKS[1], MARKS[3]):
            inside = 0
        elif inside and hide[inside]:
            out[n] = MASK
    return out


def batches(items: list[Item], size: int, chance: random.Random | None) -> Iterator[list[Item]]:
    """Yield batches of like length."""
    order = list(range(len(items)))
    if chance:
        chance.shuffle(order)
    order.sort(key=lambda i: len(items[i][0]) // 8)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    if chance:
        chance.shuffle(groups)
    for group in groups:
        yield [items[i] for i in group]


def logits_of(net: PairNetwork, batch: list[Item]) -> Tensor:
    """Run a batch."""
    ids = padded([np.array(i, dtype=np.int32) for i, _ in batch], 0).long()
    with torch.autocast("cpu", torch.bfloat16):
        return net(ids, ids != 0).float()


def loss_of(logits: Tensor, batch: list[Item]) -> Tensor:
    """Return minus the log probability of the classes that are right, smoothed a little."""
    right = torch.full(logits.shape, -torch.inf)
    for n, (_, allowed) in enumerate(batch):
        right[n, list(allowed)] = 0.0
    shares = logits.log_softmax(-1)
    return -((1 - SMOOTHING) * (shares + right).logsumexp(-1) + SMOOTHING * shares.mean(-1)).mean()


def probabilities(net: PairNetwork, items: list[Item]) -> np.ndarray:
    """Return class probabilities (items, CLASSES)."""
    net.eval()
    with torch.no_grad():
        return np.concatenate([logits_of(net, [i]).softmax(-1).numpy() for i in items])


def figures(shares: np.ndarray, wanted: list[tuple[int, ...]]) -> dict[str, float]:
    """Score class probabilities (rows, CLASSES)."""
    concede, retreat = TYPES.index(EventType.CONCEDE), TYPES.index(EventType.RETREAT)
    roots = shares[:, :NO_EVENT].copy()
    roots[:, retreat] += roots[:, concede]
    roots[:, concede] = 0.0
    gold = [max(w) if len(w) == 1 else retreat for w in wanted]
    found = roots.argmax(-1)
    quad = [list(dict.fromkeys(t.quad for t in TYPES)).index(t.quad) for t in TYPES]
    out = {"root": f1_score(gold, found, average="macro")}
    out["quad"] = f1_score([quad[g] for g in gold], [quad[f] for f in found], average="macro")
    out["binary"] = f1_score([quad[g] > 1 for g in gold], [quad[f] > 1 for f in found], average="macro")
    return {k: round(float(v), 4) for k, v in out.items()}


def main() -> None:
    """Train, score the held-out fold, keep or export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", type=int, default=0, help="fold of PLV to hold out; -1 for none")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--plv", type=int, default=1, help="times that PLV is repeated in an epoch")
    parser.add_argument("--rest", type=float, default=1.0, help="share of the other rows in an epoch")
    parser.add_argument("--none", type=float, default=0.0, help="share of the pairs without an event in an epoch")
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--hide", type=float, default=0.15)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    rows = plv_rows()
    known = [r for n, r in enumerate(rows) if n % 5 != args.fold] if args.plv else []
    own = marked_items(known)
    held = marked_items(r for n, r in enumerate(rows) if n % 5 == args.fold)
    rest = (marked_items(written_rows()) + cameo_items()) if args.rest else []
    nothing = [i for found in negatives([*known, *written_rows()]) for i in found] if args.none else []
    net = PairNetwork()
    if args.start:
        print("begin anew:", begin(net, torch.load(args.start / "best.pt")))
    print(json.dumps({"plv": len(own), "held out": len(held), "others": len(rest), "no event": len(nothing)}))
    train(net, own, [(rest, args.rest), (nothing, args.none)], held, args)


def train(
    net: PairNetwork, own: list[Item], rest: list[tuple[list[Item], float]], held: list[Item], args: argparse.Namespace
) -> None:
    """Loop over epochs and log; keep the mean of the weights at the end of the epochs of the second half."""
    chance, size = random.Random(args.seed), args.size
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": 5 * args.rate}], weight_decay=0.01
    )
    others = sum(int(share * len(items)) for items, share in rest)
    steps = args.epochs * -(-(len(own) * args.plv + others) // size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.08 * steps), max(0.1, (steps - s) / (0.92 * steps)))
    )
    started, kept = time.time(), []
    for epoch in range(args.epochs):
        net.train()
        seen = []
        items = own * args.plv + [i for r, share in rest for i in chance.sample(r, int(share * len(r)))]
        for batch in batches(items, size, chance):
            loss = loss_of(logits_of(net, [(hidden_names(i, chance, args.hide), a) for i, a in batch]), batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            seen.append(loss.item())
        line = {"epoch": epoch, "s": round(time.time() - started), "loss": round(float(np.mean(seen)), 4)}
        wanted = [allowed for _, allowed in held]
        found = figures(probabilities(net, held), wanted) if held else {}
        print(json.dumps({**line, **found}), flush=True)
        if epoch >= args.epochs // 2:
            kept.append({k: v.clone() for k, v in net.state_dict().items()})
    net.load_state_dict({k: torch.stack([s[k].float() for s in kept]).mean(0).to(v.dtype) for k, v in kept[-1].items()})
    torch.save(net.state_dict(), args.out / "best.pt")
    if held:
        shares = probabilities(net, held)
        np.savez(args.out / "held.npz", shares=shares)
        print(json.dumps({"mean": len(kept), **figures(shares, wanted)}), flush=True)


if __name__ == "__main__":
    main()
