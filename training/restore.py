"""Turn the weights that ship back into a run, so that training can go on from them.

python training/restore.py --out training/runs/shipped

The int8 matrices come back at int8 precision; a few hundred steps heal what that costs.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from export import WEIGHTS
from model import ANCHOR_LAYERS, CLASS_LAYERS, LINK_LAYERS, TAG_LAYERS, VALUE_LAYERS, Network, _key
from train import BASE

INNER = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
         "intermediate.dense", "output.dense")  # fmt: skip
EMBEDDINGS = ("word_embeddings", "position_embeddings", "token_type_embeddings")
Arrays = dict[str, np.ndarray]


def arrays_of(name: str) -> tuple[onnx.ModelProto, Arrays]:
    """Return a model of the package and its constants."""
    model = onnx.load(WEIGHTS / f"{name}.onnx")
    return model, {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}


def encoder_state() -> dict[str, Tensor]:
    """Return the encoder's and the token layers' weights."""
    model, kept = arrays_of("encoder")
    state = {k: v for k, v in kept.items() if k.startswith("encoder.") and not k.endswith(("_scale", "_zero_point"))}
    for name in EMBEDDINGS:
        key = f"encoder.embeddings.{name}.weight"
        state[key] = _whole(kept, key)
        state.pop(f"{key}_quantized")
    matrices = [_whole(kept, n.input[1].removesuffix("_quantized")).T for n in model.graph.node
                if n.op_type == "MatMulInteger"]  # fmt: skip
    layers = (len(matrices) - 3) // len(INNER)
    names = [f"encoder.encoder.layer.{n}.{part}.weight" for n in range(layers) for part in INNER]
    state |= dict(zip(names, matrices, strict=False))
    bounds = np.cumsum([0, *TAG_LAYERS.values()])
    for name, low, high in zip(TAG_LAYERS, bounds[:-1], bounds[1:], strict=True):
        state[f"tags.{_key(name)}.weight"] = matrices[-3][low:high]
        state[f"tags.{_key(name)}.bias"] = kept["tags.bias"][low:high]
    for layer, matrix in zip((0, 3), matrices[-2:], strict=True):
        state[f"values.{_key(VALUE_LAYERS[0])}.{layer}.weight"] = matrix
        state[f"values.{_key(VALUE_LAYERS[0])}.{layer}.bias"] = kept[f"values.0.{layer}.bias"]
    return {k: torch.tensor(np.ascontiguousarray(v)) for k, v in state.items()}


def _whole(kept: Arrays, name: str) -> np.ndarray:
    """Return a quantised matrix in full precision."""
    steps = kept[f"{name}_quantized"].astype(np.float32) - kept[f"{name}_zero_point"].astype(np.float32)
    return steps * kept[f"{name}_scale"]


def head_state(net: Network) -> dict[str, Tensor]:
    """Return the weights of anchored layers, links and classifiers, cut back to each one's number of classes."""
    own, state = net.state_dict(), {}
    for folder, layers in (("anchored", ANCHOR_LAYERS), ("links", LINK_LAYERS)):
        _, kept = arrays_of(folder)
        for number, layer in enumerate(layers):
            prefix = f"{folder}.{_key(layer)}."
            for name in (k for k in own if k.startswith(prefix) and not k.endswith("edges")):
                value = torch.tensor(kept[name.removeprefix(prefix).replace(".", "_")][number].astype(np.float32))
                state[name] = value[: own[name].shape[0]]
    _, kept = arrays_of("classes")
    row = at = 0
    for layer, classes in CLASS_LAYERS.items():
        prefix, high = f"classes.{_key(layer)}", row + 256
        parts = {
            "0.weight": kept["first"][row:high], "0.bias": kept["first_bias"][row:high],
            "3.weight": kept["second"][at : at + classes, row:high], "3.bias": kept["second_bias"][at : at + classes],
        }  # fmt: skip
        state |= {f"{prefix}.{k}": torch.tensor(v.astype(np.float32)) for k, v in parts.items()}
        row, at = high, at + classes
    return state


def main() -> None:
    """Restore."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    net = Network(BASE)
    state = encoder_state() | head_state(net)
    print(net.load_state_dict(state, strict=False))
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), args.out / "best.pt")


if __name__ == "__main__":
    main()
