"""The cast of an act: a small transformer over a trigger and the mentions around it, which see one another.

A mention's part hangs on those of the others (who else could have done it to whom), and whether words name an act at
all on who there is to act.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as fn

SIZE = 384
WIDTH = 192
HEADS = 4
BUCKETS = (-128, -64, -32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64)


@dataclass(slots=True)
class Players:
    """Mentions of a batch of anchors, each (anchors, mentions)."""

    token: Tensor
    """First piece of the mention's head; -1 where there is none."""
    here: Tensor
    """1 if it stands in the anchor's sentence, else 0."""


class Block(nn.Module):
    """Attention, then a feed-forward layer; norms come first."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.sides, self.joined = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, absent: Tensor) -> Tensor:
        """Return (anchors, seen, WIDTH); ``absent`` is -1e4 for empty places."""
        rows, seen, width = x.shape
        sides = self.sides(self.norm1(x)).view(rows, seen, 3, HEADS, width // HEADS)
        query, key, value = sides.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-1, -2) / (width // HEADS) ** 0.5 + absent[:, None, None]
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(rows, seen, width)
        x = x + self.dropout(self.joined(mixed))
        return x + self.dropout(self.outer(fn.gelu(self.inner(self.norm2(x)))))


class Cast(nn.Module):
    """Says of each mention what part it has in what the anchor names, and of the anchor of what kind that is."""

    def __init__(self, parts: int, kinds: int) -> None:
        super().__init__()
        self.anchor = nn.Linear(2 * SIZE, 2 * WIDTH)
        self.mention = nn.Linear(SIZE, WIDTH)
        self.distance = nn.Embedding(len(BUCKETS) + 1, WIDTH)
        self.here = nn.Embedding(2, WIDTH)
        self.register_buffer("edges", torch.tensor(BUCKETS, dtype=torch.float32) - 0.5)
        self.blocks = nn.ModuleList([Block(), Block()])
        self.norm = nn.LayerNorm(WIDTH)
        self.part, self.kind = nn.Linear(WIDTH, parts), nn.Linear(WIDTH, kinds)

    def forward(self, anchor: Tensor, start: Tensor, hidden: Tensor, players: Players) -> tuple[Tensor, Tensor]:
        """Return parts (anchors, mentions, parts) and kinds (anchors, kinds) as logits.

        Args:
            anchor: Pooled spans (anchors, 2 * SIZE).
            start: First piece of each (anchors,).
            hidden: Vectors of the mentions' pieces (anchors, mentions, SIZE); any where there is none.
            players: The mentions.
        """
        bucket = ((players.token - start[:, None]).float()[..., None] >= self.edges).sum(-1)
        first, beside = self.anchor(anchor).chunk(2, -1)
        others = self.mention(hidden) + beside[:, None] + self.distance(bucket) + self.here(players.here)
        x = torch.cat([first[:, None], others], 1)
        absent = fn.pad(torch.where(players.token < 0, -1e4, 0.0).to(x.dtype), (1, 0))
        for block in self.blocks:
            x = block(x, absent)
        x = self.norm(x)
        return self.part(x[:, 1:]), self.kind(x[:, 0])
