"""The network: one shared encoder, token layers, and anchored layers that read a text as seen from one of its spans."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

SIZE = 384
TAG_LAYERS = {
    "cue.p": 3, "source.p": 3, "content.p": 3, "cue.d": 3, "source.d": 3, "content.d": 3,
    "cause.c": 3, "effect.c": 3, "signal.c": 3, "cause.d": 3, "effect.d": 3, "signal.d": 3,
    "trigger.d": 33, "relation.d": 3,
}  # fmt: skip
ANCHOR_LAYERS = {
    "attribution.p": 5, "attribution.d": 5, "causal.c": 5, "causal.d": 5, "event.d": 4, "relation.d": 2,
}  # fmt: skip
CLASS_LAYERS = {"causal.c": 2, "type.d": 16, "fact.d": 4, "stance.d": 5, "direction.d": 3, "rfact.d": 4}
VALUE_LAYERS = ("factuality",)
PAIR_CLASSES = 17
"""The sixteen event types in the order of ``EventType``, then none."""
WIDTH = 192
BUCKETS = (-64, -32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64)


@dataclass(slots=True)
class Anchors:
    """Anchors of a batch: row in the batch, first token, end token."""

    row: Tensor
    start: Tensor
    end: Tensor


def pool(hidden: Tensor, anchors: Anchors) -> Tensor:
    """Return mean and first-token vectors of the anchors, concatenated: (anchors, 2 * SIZE)."""
    rows = hidden[anchors.row]
    place = torch.arange(hidden.shape[1], device=hidden.device)
    inside = ((place >= anchors.start[:, None]) & (place < anchors.end[:, None])).to(hidden.dtype)
    mean = (rows * inside[..., None]).sum(1) / inside.sum(1, keepdim=True).clamp(min=1)
    first = rows[torch.arange(len(anchors.row)), anchors.start]
    return torch.cat([mean, first], -1)


def pool_pairs(hidden: Tensor, first: Anchors, second: Anchors) -> Tensor:
    """Return both spans' mean vectors and the text's first token, concatenated: (pairs, 3 * SIZE)."""
    return torch.cat([pool(hidden, first)[:, :SIZE], pool(hidden, second)[:, :SIZE], hidden[first.row, 0]], -1)


class Anchored(nn.Module):
    """A one-layer transformer over the tokens, told where the anchor is, that tags every token as seen from it."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.down = nn.Linear(SIZE, WIDTH)
        self.anchor = nn.Linear(2 * SIZE, WIDTH)
        self.distance = nn.Embedding(len(BUCKETS) + 1, WIDTH)
        self.register_buffer("edges", torch.tensor(BUCKETS, dtype=torch.float32) - 0.5)
        self.layer = nn.TransformerEncoderLayer(WIDTH, 4, 2 * WIDTH, 0.1, "gelu", batch_first=True, norm_first=True)
        self.out = nn.Linear(WIDTH, classes)

    def forward(self, hidden: Tensor, mask: Tensor, anchors: Anchors) -> Tensor:
        """Return (anchors, tokens, classes)."""
        place = torch.arange(hidden.shape[1], device=hidden.device)[None]
        before = (place - anchors.start[:, None]).clamp(max=0)
        after = (place - anchors.end[:, None] + 1).clamp(min=0)
        bucket = torch.bucketize((before + after).float(), self.edges, right=True)
        x = self.down(hidden)[anchors.row] + self.anchor(pool(hidden, anchors))[:, None] + self.distance(bucket)
        return self.out(self.layer(x, src_key_padding_mask=~mask[anchors.row]))


class Network(nn.Module):
    """Encoder and all heads."""

    def __init__(self, base: str) -> None:
        super().__init__()
        config = AutoConfig.from_pretrained(base)
        self.encoder = AutoModel.from_pretrained(base, config=config, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.ModuleDict({_key(k): nn.Linear(SIZE, n) for k, n in TAG_LAYERS.items()})
        self.anchored = nn.ModuleDict({_key(k): Anchored(n) for k, n in ANCHOR_LAYERS.items()})
        self.classes = nn.ModuleDict({_key(k): _mlp(2 * SIZE, n) for k, n in CLASS_LAYERS.items()})
        self.pairs = _mlp(3 * SIZE, PAIR_CLASSES)
        self.values = nn.ModuleDict({_key(k): _mlp(SIZE, 1) for k in VALUE_LAYERS})

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return (batch, tokens, SIZE)."""
        hidden: Tensor = self.encoder(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        return self.dropout(hidden.float())


def _key(name: str) -> str:
    return name.replace(".", "_")


def _mlp(size: int, classes: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(size, 256), nn.GELU(), nn.Dropout(0.1), nn.Linear(256, classes))
