"""Write a trained network as what ships: an int8 encoder, the anchored layers, classifiers and links.

python training/export.py training/runs/joint
"""

import argparse
import json
import logging
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn import functional as fn

from cast import Cast, Players
from detente.reading.learned.encoder import REACH
from fuse import fuse_attention
from model import (
    ANCHOR_LAYERS,
    BUCKETS,
    CLASS_LAYERS,
    SIZE,
    TAG_LAYERS,
    VALUE_LAYERS,
    WIDTH,
    Anchored,
    Link,
    Network,
    _key,
)
from train import BASE

WEIGHTS = Path(__file__).parents[1] / "src" / "detente" / "reading" / "learned" / "weights"
HEADS = 4
Json = dict[str, Any]


class EncoderGraph(nn.Module):
    """Encoder with all token layers as one matrix: ids and mask to hidden vectors and logits."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.encoder = net.encoder
        rows = [net.tags[_key(k)] for k in TAG_LAYERS]
        self.tags = nn.Linear(SIZE, sum(TAG_LAYERS.values()))
        self.tags.weight.data = torch.cat([r.weight.data for r in rows])
        self.tags.bias.data = torch.cat([r.bias.data for r in rows])
        self.values = nn.ModuleList(net.values[_key(k)] for k in VALUE_LAYERS)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return hidden vectors (batch, tokens, SIZE) and logits (batch, tokens, classes of all token layers)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return hidden, torch.cat([self.tags(hidden), *(v(hidden) for v in self.values)], -1)


class AnchoredGraph(nn.Module):
    """One anchored layer, written so that its attention can be fused and its matrices quantised."""

    def __init__(self, layer: Anchored) -> None:
        super().__init__()
        self.layer = layer
        self.register_buffer("buckets", torch.tensor(BUCKETS, dtype=torch.float32) - 0.5)

    def forward(self, hidden: Tensor, index: Tensor, start: Tensor, end: Tensor) -> Tensor:
        """Tag the tokens at ``index`` (anchors, reach) of one window, hidden (tokens, SIZE), as seen from each anchor.

        Returns (anchors, reach, classes).
        """
        inner, pooled = self.layer.layer, pooled_spans(hidden, start, end)
        before = (index - start[:, None]).clamp(max=0)
        after = (index - end[:, None] + 1).clamp(min=0)
        bucket = ((before + after).float()[..., None] >= self.buckets).sum(-1)
        x = self.layer.down(hidden)[index] + self.layer.anchor(pooled)[:, None] + self.layer.distance(bucket)
        x = x + self.attend(inner.norm1(x))
        x = x + inner.linear2(fn.gelu(inner.linear1(inner.norm2(x))))
        return self.layer.out(x)

    def attend(self, x: Tensor) -> Tensor:
        """Self-attention with ``HEADS`` heads over (anchors, tokens, width)."""
        rows, tokens, width = x.shape
        own = self.layer.layer.self_attn
        sides = zip(own.in_proj_weight.chunk(3), own.in_proj_bias.chunk(3), strict=True)
        query, key, value = (
            fn.linear(x, weight, bias).view(rows, tokens, HEADS, width // HEADS).transpose(1, 2)
            for weight, bias in sides
        )
        weights = (query @ key.transpose(-1, -2) / (width // HEADS) ** 0.5).softmax(-1)
        return own.out_proj((weights @ value).transpose(1, 2).reshape(rows, tokens, width))


def encoder_onnx(net: Network, path: Path) -> None:
    """Write the int8 encoder."""
    ids = torch.randint(1000, 20000, (3, 24))
    batch, tokens = torch.export.Dim("batch"), torch.export.Dim("tokens", max=512)
    shapes = {"ids": {0: batch, 1: tokens}, "mask": {0: batch, 1: tokens}}
    quantised(EncoderGraph(net).eval(), (ids, torch.ones_like(ids)), shapes, ["hidden", "logits"], path)
    fuse_attention(path, net.encoder.config.num_attention_heads)  # each text is run by itself: the mask goes


def anchored_onnx(layer: Anchored, path: Path) -> None:
    """Write an int8 anchored layer."""
    index = torch.arange(20)[None].repeat(2, 1)
    example = (torch.randn(24, SIZE), index, torch.tensor([3, 5]), torch.tensor([4, 7]))
    anchors, tokens = torch.export.Dim("anchors"), torch.export.Dim("tokens", max=512)
    reach = torch.export.Dim("reach", max=max(REACH.values()))
    shapes = {"hidden": {0: tokens}, "index": {0: anchors, 1: reach}, "start": {0: anchors}, "end": {0: anchors}}
    quantised(AnchoredGraph(layer).eval(), example, shapes, ["logits"], path)
    fuse_attention(path, HEADS)


class CastGraph(nn.Module):
    """A cast over one window."""

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self.cast = cast

    def forward(
        self, hidden: Tensor, start: Tensor, end: Tensor, mention: Tensor, here: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return parts (anchors, mentions, parts) and kinds (anchors, kinds); mentions are (anchors, mentions)."""
        pooled = pooled_spans(hidden, start, end)
        return self.cast(pooled, start, hidden[mention.clamp(min=0)], Players(mention, here))


def cast_onnx(cast: Cast, path: Path) -> None:
    """Write an int8 cast."""
    side, mention = torch.tensor([3, 5]), torch.tensor([[1, 4, 9], [2, 6, -1]])
    example = (torch.randn(24, SIZE), side, side + 1, mention, mention % 2)
    anchors, tokens, mentions = (torch.export.Dim(n, max=512) for n in ("anchors", "tokens", "mentions"))
    beside = {0: anchors, 1: mentions}
    shapes = {"hidden": {0: tokens}, "start": {0: anchors}, "end": {0: anchors}, "mention": beside, "here": beside}
    quantised(CastGraph(cast).eval(), example, shapes, ["parts", "kinds"], path)


def quantised(graph: nn.Module, example: tuple[Tensor, ...], shapes: Json, outputs: list[str], path: Path) -> None:
    """Write a module with its matrices in int8, one scale a column."""
    names = {"input_names": list(shapes), "output_names": outputs}
    with tempfile.TemporaryDirectory() as folder:
        full, ready = Path(folder) / "full.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(graph, example, full, dynamo=True, dynamic_shapes=shapes, external_data=False, **names)
        quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), per_channel=True, weight_type=QuantType.QInt8)


class ClassesGraph(nn.Module):
    """All classifiers over pooled spans, side by side; the weights are kept in half precision."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        heads = [net.classes[_key(k)] for k in CLASS_LAYERS]
        self.register_buffer("first", torch.cat([h[0].weight.data for h in heads]).half())
        self.register_buffer("first_bias", torch.cat([h[0].bias.data for h in heads]))
        self.register_buffer("second", torch.block_diag(*(h[3].weight.data for h in heads)).half())
        self.register_buffer("second_bias", torch.cat([h[3].bias.data for h in heads]))

    def forward(self, hidden: Tensor, start: Tensor, end: Tensor) -> Tensor:
        """Return the logits of all layers (spans, classes) for spans of one window, hidden (tokens, SIZE)."""
        inner = fn.gelu(fn.linear(pooled_spans(hidden, start, end), self.first.float(), self.first_bias))
        return fn.linear(inner, self.second.float(), self.second_bias)


class LinkGraph(nn.Module):
    """The link of relation claims; the weights are kept in half precision."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.names = [name for name in link.state_dict() if name != "edges"]
        for name in self.names:
            self.register_buffer(name.replace(".", "_"), link.state_dict()[name].half())
        self.register_buffer("edges", torch.tensor(BUCKETS, dtype=torch.float32) - 0.5)

    def forward(self, hidden: Tensor, start: Tensor, end: Tensor, mention: Tensor) -> Tensor:
        """Return (anchors, mentions, classes) for anchors and mentions of one window, hidden (tokens, SIZE)."""
        at = {name: getattr(self, name.replace(".", "_")).float() for name in self.names}
        one = fn.linear(pooled_spans(hidden, start, end), at["anchor.weight"], at["anchor.bias"])[:, None]
        other = fn.linear(hidden[mention], at["mention.weight"], at["mention.bias"])[None]
        apart = (mention[None] - start[:, None]).float()
        bucket = (apart[..., None] >= self.edges).sum(-1)
        joined = fn.gelu(one[..., :WIDTH] + other[..., :WIDTH] + at["distance.weight"][bucket])
        both = torch.cat([joined, one[..., WIDTH:] * other[..., WIDTH:]], -1)
        return fn.linear(
            fn.gelu(fn.linear(both, at["inner.weight"], at["inner.bias"])), at["out.weight"], at["out.bias"]
        )


def pooled_spans(hidden: Tensor, start: Tensor, end: Tensor) -> Tensor:
    """Return each span's mean and first vector (spans, 2 * SIZE)."""
    place = torch.arange(hidden.shape[0])[None]
    inside = ((place >= start[:, None]) & (place < end[:, None])).float()
    return torch.cat([inside @ hidden / inside.sum(1, keepdim=True).clamp(min=1), hidden[start]], -1)


def small_onnx(net: Network, folder: Path) -> None:
    """Write the classifiers and the link."""
    hidden, start, end = torch.randn(24, SIZE), torch.tensor([3, 5]), torch.tensor([4, 7])
    anchors, tokens, mentions = (torch.export.Dim(n, max=512) for n in ("anchors", "tokens", "mentions"))
    shapes = {"hidden": {0: tokens}, "start": {0: anchors}, "end": {0: anchors}}
    example = (hidden, start, end)
    graphs = {
        "classes": (ClassesGraph(net).eval(), example, shapes),
        "links": (
            LinkGraph(net.links[_key("relation.d")]).eval(),
            (*example, torch.tensor([1, 4, 9])),
            shapes | {"mention": {0: mentions}},
        ),
    }
    for name, (graph, inputs, dims) in graphs.items():
        torch.onnx.export(
            graph, inputs, folder / f"{name}.onnx", dynamo=True, dynamic_shapes=dims, external_data=False,
            optimize=False, input_names=list(dims), output_names=["logits"],
        )  # fmt: skip


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    torch.set_num_threads(1)
    net = Network(BASE)
    net.encoder.set_attn_implementation("eager")
    print(net.load_state_dict(torch.load(args.run / "best.pt"), strict=False))
    net.eval()
    encoder_onnx(net, args.out / "encoder.onnx")
    for name in ANCHOR_LAYERS:
        anchored_onnx(net.anchored[_key(name)], args.out / f"anchored.{name}.onnx")
    cast_onnx(net.casts[_key("event.d")], args.out / "cast.onnx")
    small_onnx(net, args.out)
    layers = {
        "tags": TAG_LAYERS,
        "values": list(VALUE_LAYERS),
        "anchored": ANCHOR_LAYERS,
        "classes": CLASS_LAYERS,
    }
    (args.out / "layers.json").write_text(json.dumps(layers, indent=1) + "\n", encoding="utf-8")
    for name in (
        "encoder.onnx",
        *(f"anchored.{n}.onnx" for n in ANCHOR_LAYERS),
        "cast.onnx",
        "classes.onnx",
        "links.onnx",
    ):
        onnx.checker.check_model(onnx.load(args.out / name))
        print(name, round((args.out / name).stat().st_size / 1e6, 1), "MB")


if __name__ == "__main__":
    main()
