"""Write the trained pair coder as what ships: word pieces to logits, int8 per channel.

python training/export_pairs.py training/runs/pairs
"""

import argparse
import logging
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from detente.reading.learned.pairs import FILE, MARKS, MAX_TOKENS, VOCABULARY
from pairs import PairNetwork

WEIGHTS = Path(__file__).parents[1] / "src" / "detente" / "reading" / "learned" / "weights"


class PairGraph(nn.Module):
    """The network over sentences of one length."""

    def __init__(self, net: PairNetwork) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor) -> Tensor:
        """Return logits (batch, classes) of word pieces (batch, tokens) without padding."""
        return self.net(ids, torch.ones_like(ids))


def crop(net: PairNetwork) -> None:
    """Cut the embeddings to the word pieces and places that ``marked_ids`` gives."""
    embeddings = net.encoder.embeddings
    for part, rows in ((embeddings.word_embeddings, VOCABULARY), (embeddings.position_embeddings, MAX_TOKENS)):
        part.weight = nn.Parameter(part.weight.data[:rows].clone(), requires_grad=False)


def pair_onnx(net: PairNetwork, path: Path) -> None:
    """Write the int8 graph."""
    ids = torch.randint(1000, 20000, (2, 24))
    ids[:, [3, 5, 9, 11]] = torch.tensor(MARKS)
    shapes = {"ids": {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens", max=MAX_TOKENS)}}
    with tempfile.TemporaryDirectory() as folder:
        full, ready = Path(folder) / "full.onnx", Path(folder) / "ready.onnx"
        names = {"input_names": ["ids"], "output_names": ["logits"]}
        torch.onnx.export(
            PairGraph(net).eval(), (ids,), full, dynamo=True, dynamic_shapes=shapes, external_data=False, **names
        )
        quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), per_channel=True, weight_type=QuantType.QInt8)


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    torch.set_num_threads(1)
    net = PairNetwork()
    net.encoder.set_attn_implementation("eager")
    net.load_state_dict(torch.load(args.run / "best.pt"))
    crop(net)
    pair_onnx(net, args.out / FILE)
    onnx.checker.check_model(onnx.load(args.out / FILE))
    print(FILE, round((args.out / FILE).stat().st_size / 1e6, 1), "MB")


if __name__ == "__main__":
    main()
