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
from model import ANCHOR_LAYERS, CAST_LAYERS, CLASS_LAYERS, TAG_LAYERS, VALUE_LAYERS, Network, _key
from train import BASE

EMBEDDINGS = ("word_embeddings", "position_embeddings", "token_type_embeddings")
Arrays = dict[str, np.ndarray]


def arrays_of(name: str) -> tuple[onnx.ModelProto, Arrays]:
    """Return a model of the package and its constants."""
    model = onnx.load(WEIGHTS / f"{name}.onnx")
    return model, {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}


def matrices(model: onnx.ModelProto, kept: Arrays) -> Arrays:
    """Return the int8 matrices in full precision, (out, in), by the name of the bias that is added to each."""
    user = {name: node for node in model.graph.node for name in node.input}
    found = {}
    for node in (n for n in model.graph.node if n.op_type == "MatMulInteger"):
        at = node
        while at.op_type != "Add":
            at = user[at.output[0]]
        bias = next(name for name in at.input if name in kept)
        found[bias] = _whole(kept, node.input[1].removesuffix("_quantized")).T
    return found


def encoder_state() -> dict[str, Tensor]:
    """Return the encoder's and the token layers' weights."""
    model, kept = arrays_of("encoder")
    found = matrices(model, kept)
    state = {k: v for k, v in kept.items() if k.startswith("encoder.") and k.endswith((".weight", ".bias"))}
    state |= {f"{k.removesuffix('.bias')}.weight": v for k, v in found.items() if k.startswith("encoder.")}
    for name in EMBEDDINGS:
        key = f"encoder.embeddings.{name}.weight"
        state[key] = _whole(kept, key)
    bounds = np.cumsum([0, *TAG_LAYERS.values()])
    for name, low, high in zip(TAG_LAYERS, bounds[:-1], bounds[1:], strict=True):
        state[f"tags.{_key(name)}.weight"] = found["tags.bias"][low:high]
        state[f"tags.{_key(name)}.bias"] = kept["tags.bias"][low:high]
    for layer in (0, 3):
        own, shipped = f"values.{_key(VALUE_LAYERS[0])}.{layer}", f"values.0.{layer}.bias"
        state |= {f"{own}.weight": found[shipped], f"{own}.bias": kept[shipped]}
    return _tensors(state)


def anchored_state(layer: str) -> dict[str, Tensor]:
    """Return the weights of an anchored layer."""
    model, kept = arrays_of(f"anchored.{layer}")
    found, own = matrices(model, kept), "layer.layer.self_attn.in_proj"
    sides = sorted(name for name in found if not name.startswith("layer."))  # query, key, value
    state = {k: v for k, v in kept.items() if k.startswith("layer.") and k.endswith((".weight", ".bias"))}
    state |= {f"{k.removesuffix('.bias')}.weight": v for k, v in found.items() if k.startswith("layer.")}
    state |= {
        f"{own}_weight": np.concatenate([found[n] for n in sides]),
        f"{own}_bias": np.concatenate([kept[n] for n in sides]),
        "layer.distance.weight": _whole(kept, "layer.distance.weight"),
    }
    prefix = f"anchored.{_key(layer)}."
    return _tensors({prefix + k.removeprefix("layer."): v for k, v in state.items()})


def cast_state(layer: str) -> dict[str, Tensor]:
    """Return the weights of a cast."""
    model, kept = arrays_of("cast")
    state = {k: v for k, v in kept.items() if k.startswith("cast.") and k.endswith((".weight", ".bias"))}
    state |= {f"{k.removesuffix('.bias')}.weight": v for k, v in matrices(model, kept).items()}
    state |= {f"cast.{name}.weight": _whole(kept, f"cast.{name}.weight") for name in ("distance", "here")}
    return _tensors({f"casts.{_key(layer)}.{k.removeprefix('cast.')}": v for k, v in state.items()})


def _tensors(state: Arrays) -> dict[str, Tensor]:
    return {k: torch.tensor(np.ascontiguousarray(v)) for k, v in state.items()}


def _whole(kept: Arrays, name: str) -> np.ndarray:
    """Return a quantised matrix in full precision."""
    steps = kept[f"{name}_quantized"].astype(np.float32) - kept[f"{name}_zero_point"].astype(np.float32)
    return steps * kept[f"{name}_scale"]


def head_state(net: Network) -> dict[str, Tensor]:
    """Return the weights of link and classifiers."""
    own, state = net.state_dict(), {}
    _, kept = arrays_of("links")
    prefix = f"links.{_key('relation.d')}."
    for name in (k for k in own if k.startswith(prefix) and not k.endswith("edges")):
        state[name] = torch.tensor(kept[name.removeprefix(prefix).replace(".", "_")].astype(np.float32))
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
    for layer in CAST_LAYERS:
        state |= cast_state(layer)
    for layer in ANCHOR_LAYERS:
        state |= anchored_state(layer)
    print(net.load_state_dict(state, strict=False))  # only the edges of the distances, which are fixed, are missing
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), args.out / "best.pt")


if __name__ == "__main__":
    main()
