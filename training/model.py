"""The network: a shared encoder, token layers, anchored layers that read a text as seen from a span, and links."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as fn
from transformers import AutoConfig, AutoModel

from cast import SIZE, WIDTH, Cast

TAG_LAYERS = {
    "cue.p": 3, "source.p": 3, "content.p": 3, "cue.d": 3, "source.d": 3, "content.d": 3,
    "cause.c": 3, "effect.c": 3, "signal.c": 3, "cause.d": 3, "effect.d": 3, "signal.d": 3,
    "trigger.d": 33, "relation.d": 3,
}  # fmt: skip
ANCHOR_LAYERS = {"attribution.p": 5, "attribution.d": 5, "causal.c": 5, "causal.d": 5}
"""Tags of the tokens as seen from a span; for ``causal.c``, from a cause's first piece, the ends of
cause, effect and signal (``sets.ends_of``)."""
LINK_LAYERS = {"relation.d": 2}
CAST_LAYERS = {"event.d": (4, 17)}
"""Parts of mentions; kinds of anchors: no act, or a type."""
CLASS_LAYERS = {"causal.c": 2, "type.d": 16, "fact.d": 4, "stance.d": 5, "direction.d": 3, "rfact.d": 4}
VALUE_LAYERS = ("factuality",)
BUCKETS = (-64, -32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64)


@dataclass(slots=True)
class Anchors:
    """Anchors of a batch: row in the batch, first token, end token."""

    row: Tensor
    start: Tensor
    end: Tensor


def pool(hidden: Tensor, anchors: Anchors) -> Tensor:
    """Return mean and first-token vectors of the anchors, concatenated: (anchors, 2 * SIZE)."""
    rows, tokens, size = hidden.shape
    flat = hidden.reshape(rows * tokens, size)
    place = torch.arange(rows * tokens)
    start = anchors.row * tokens + anchors.start
    end = anchors.row * tokens + anchors.end
    inside = ((place >= start[:, None]) & (place < end[:, None])).to(hidden.dtype)
    mean = (inside / inside.sum(1, keepdim=True).clamp(min=1)) @ flat
    return torch.cat([mean, flat.index_select(0, start)], -1)


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

    def forward(self, hidden: Tensor, mask: Tensor, anchors: Anchors, place: Tensor) -> Tensor:
        """Return (anchors, reach, classes) for the tokens at ``place`` (anchors, reach)."""
        before = (place - anchors.start[:, None]).clamp(max=0)
        after = (place - anchors.end[:, None] + 1).clamp(min=0)
        bucket = torch.bucketize((before + after).float(), self.edges, right=True)
        flat = self.down(hidden).flatten(0, 1)
        at = anchors.row[:, None] * hidden.shape[1] + place
        x = flat.index_select(0, at.flatten()).view(*at.shape, WIDTH)
        x = x + self.anchor(pool(hidden, anchors))[:, None] + self.distance(bucket)
        return self.out(self.layer(x, src_key_padding_mask=~mask[anchors.row[:, None], place]))


class Link(nn.Module):
    """Scores what part a mention has in what a span names, from both vectors, their product and their distance."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.anchor = nn.Linear(2 * SIZE, 2 * WIDTH)
        self.mention = nn.Linear(SIZE, 2 * WIDTH)
        self.distance = nn.Embedding(len(BUCKETS) + 1, WIDTH)
        self.register_buffer("edges", torch.tensor(BUCKETS, dtype=torch.float32) - 0.5)
        self.inner = nn.Linear(2 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, classes)

    def forward(self, anchor: Tensor, mention: Tensor, distance: Tensor) -> Tensor:
        """Return (links, classes) of pooled anchors (links, 2 * SIZE), mentions (links, SIZE), distances in tokens."""
        bucket = torch.bucketize(distance.float(), self.edges, right=True)
        one, other = self.anchor(anchor), self.mention(mention)
        joined = fn.gelu(one[:, :WIDTH] + other[:, :WIDTH] + self.distance(bucket))
        return self.out(fn.gelu(self.inner(torch.cat([joined, one[:, WIDTH:] * other[:, WIDTH:]], -1))))


def reach_of(mask: Tensor, anchors: Anchors, reach: int) -> Tensor:
    """Return the places (anchors, reach) of the tokens that a layer sees around its anchors."""
    tokens = mask.shape[1]
    most = (mask.sum(1)[anchors.row] - reach).clamp(min=0)
    low = torch.minimum((anchors.start - reach // 2).clamp(min=0), most)
    return low[:, None] + torch.arange(min(tokens, reach))[None]


class Network(nn.Module):
    """Encoder and all heads."""

    def __init__(self, base: str) -> None:
        super().__init__()
        config = AutoConfig.from_pretrained(base)
        self.encoder = AutoModel.from_pretrained(base, config=config, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.ModuleDict({_key(k): nn.Linear(SIZE, n) for k, n in TAG_LAYERS.items()})
        self.anchored = nn.ModuleDict({_key(k): Anchored(n) for k, n in ANCHOR_LAYERS.items()})
        self.links = nn.ModuleDict({_key(k): Link(n) for k, n in LINK_LAYERS.items()})
        self.casts = nn.ModuleDict({_key(k): Cast(*n) for k, n in CAST_LAYERS.items()})
        self.classes = nn.ModuleDict({_key(k): _mlp(2 * SIZE, n) for k, n in CLASS_LAYERS.items()})
        self.values = nn.ModuleDict({_key(k): _mlp(SIZE, 1) for k in VALUE_LAYERS})

    def lean(self) -> None:
        """Train half as fast again: word vectors stay as they are, and attention, never dropped out, is fused."""
        self.encoder.embeddings.requires_grad_(False)
        for layer in self.encoder.encoder.layer:
            layer.attention.self.dropout.p = 0.0
        for anchored in self.anchored.values():
            anchored.layer.self_attn.dropout = 0.0

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return (batch, tokens, SIZE)."""
        hidden: Tensor = self.encoder(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        return self.dropout(hidden.float())


def _key(name: str) -> str:
    return name.replace(".", "_")


def _mlp(size: int, classes: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(size, 256), nn.GELU(), nn.Dropout(0.1), nn.Linear(256, classes))
