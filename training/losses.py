"""What the layers' answers cost, a batch at a time."""

import random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as fn

from cast import Players
from detente.reading.learned.encoder import MOST_MENTIONS, REACH
from model import ANCHOR_LAYERS, CAST_LAYERS, LINK_LAYERS, Anchors, Network, _key, pool, reach_of
from names import Swaps
from windows import IGNORED, Anchor, Window

Batch = list[Window]


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
        place = reach_of(mask, anchors, REACH[layer])
        with torch.autocast("cpu", torch.bfloat16):
            logits = net.anchored[_key(layer)](hidden, mask, anchors, place).float()
        if found[0][1].ends is None:
            want = padded([a.tags for _, a in found], IGNORED).long()  # type: ignore[misc]
            want = fn.pad(want, (0, hidden.shape[1] - want.shape[1]), value=IGNORED).gather(1, place)
            out[f"@{layer}"] = fn.cross_entropy(logits.flatten(0, 1), want.flatten(), ignore_index=IGNORED)
        else:
            out[f"@{layer}"] = ends_loss(logits, mask, anchors, place, [a for _, a in found])
    if layer in LINK_LAYERS:
        out[f"@{layer}"] = link_loss(net, layer, hidden, anchors, [a for _, a in found])
    if layer in CAST_LAYERS:
        out.update(cast_losses(net, layer, hidden, anchors, [a for _, a in found]))
    for name in {k for _, a in found for k in a.classes}:
        want = torch.tensor([a.classes.get(name, IGNORED) for _, a in found])
        logits = net.classes[_key(name)](net.dropout(pool(hidden, anchors)))
        out[f"={name}"] = fn.cross_entropy(logits, want, ignore_index=IGNORED)
    return out


def ends_loss(logits: Tensor, mask: Tensor, anchors: Anchors, place: Tensor, found: list[Anchor]) -> Tensor:
    """Return the mean loss of the places where spans begin and end; ``logits`` (anchors, reach, ends)."""
    logits = logits.masked_fill(~mask[anchors.row[:, None], place][..., None], -1e4)
    want = torch.zeros(len(found), logits.shape[2], mask.shape[1])
    for row, anchor in enumerate(found):
        want[row, :, : anchor.ends.shape[1]] = torch.from_numpy(anchor.ends)  # type: ignore[union-attr]
    want = want.gather(2, place[:, None].expand(-1, want.shape[1], -1))
    return -(want * logits.transpose(1, 2).log_softmax(-1)).sum(-1).mean()


def players_of(found: list[Anchor]) -> tuple[Players, Tensor]:
    """Return the last mentions of the actors of some anchors, and the number of each one's actor, -1 for none."""
    rows = []
    for anchor in found:
        placed = sorted((t, g) for g, (_, tokens) in enumerate(anchor.groups) for t in tokens)[-MOST_MENTIONS:]
        rows.append([(t, int(t >= anchor.since), g) for t, g in placed])
    most = max([1, *map(len, rows)])
    token, here, actor = torch.tensor([r + [(-1, 0, -1)] * (most - len(r)) for r in rows]).permute(2, 0, 1)
    return Players(token, here), actor


def cast_losses(net: Network, layer: str, hidden: Tensor, anchors: Anchors, found: list[Anchor]) -> dict[str, Tensor]:
    """Return the losses of the anchors' kinds and of the actors' parts, the latter as in ``link_loss``."""
    players, actor = players_of(found)
    at = (anchors.row[:, None] * hidden.shape[1] + players.token.clamp(min=0)).flatten()
    mentioned = net.dropout(hidden.flatten(0, 1).index_select(0, at).view(*actor.shape, -1))
    parts, kinds = net.casts[_key(layer)](net.dropout(pool(hidden, anchors)), anchors.start, mentioned, players)
    out = {f"%{layer}": fn.cross_entropy(kinds, torch.tensor([a.kind for a in found]))}
    most = max(1, *(len(a.groups) for a in found))
    want = torch.zeros(len(found), most, dtype=torch.long)
    for row, anchor in enumerate(found):
        want[row, : len(anchor.groups)] = torch.tensor([kind for kind, _ in anchor.groups])
    counts = (actor >= 0) & torch.tensor([[a.kind > 0] for a in found])
    if counts.any():
        group = (actor + torch.arange(len(found))[:, None] * most)[counts]
        kind = want.flatten()[group]
        share = parts[counts].log_softmax(-1).gather(1, kind[:, None])[:, 0]
        out[f"@{layer}"] = group_loss(share, group, kind, want.numel())
    return out


def group_loss(share: Tensor, group: Tensor, kind: Tensor, groups: int) -> Tensor:
    """Return the mean over actors of the loss of the mention that tells most: for a part, or against any."""
    empty = torch.zeros(groups)
    most = empty.scatter_reduce(0, group, share, "amax", include_self=False)
    least = empty.scatter_reduce(0, group, share, "amin", include_self=False)
    kinds = torch.zeros(groups, dtype=torch.long).scatter(0, group, kind)
    there = group.unique()
    return -torch.where(kinds > 0, most, least)[there].mean()


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
    return group_loss(share, group, kinds[group], len(kinds))
