"""Put ONNX Runtime's own attention in the place of the one that export wrote out.

What is run by itself needs no mask; without one the runtime's ``MultiHeadAttention`` goes over the heads without
writing their weights to memory (Dao et al. 2022).
"""

from pathlib import Path

import onnx
from onnx import NodeProto, helper


def fuse_attention(path: Path, heads: int) -> None:
    """Rewrite a model file: every softmax with what stands around it becomes one node; what is left over goes."""
    model = onnx.load(path)
    graph = model.graph
    nodes = list(graph.node)
    source = {name: node for node in nodes for name in node.output}
    user = {name: node for node in nodes for name in node.input}
    fused = {}
    for softmax in (n for n in nodes if n.op_type == "Softmax"):
        scores = _back(softmax, source, "MatMul")
        mixed = user[softmax.output[0]]
        sides = [_unheaded(name, source) for name in (*scores.input, mixed.input[1])]
        out = user[user[mixed.output[0]].output[0]].output[0]
        fused[out] = helper.make_node("MultiHeadAttention", sides, [out], domain="com.microsoft", num_heads=heads)
    kept = [fused.get(n.output[0], n) for n in nodes]
    del graph.node[:]
    graph.node.extend(_needed(kept, [o.name for o in graph.output]))
    named = {name for node in graph.node for name in node.input}
    for part in (graph.initializer, graph.input):
        for item in [i for i in part if i.name not in named]:
            part.remove(item)
    onnx.save(model, path)


def _back(node: NodeProto, source: dict[str, NodeProto], kind: str) -> NodeProto:
    """Return the node of a kind from which a node's first input comes, through whatever lies between."""
    while node.op_type != kind:
        node = source[node.input[0]]
    return node


def _unheaded(name: str, source: dict[str, NodeProto]) -> str:
    """Return the projection (batch, tokens, size) that was cut into heads and transposed."""
    return str(source[source[name].input[0]].input[0])


def _needed(nodes: list[NodeProto], wanted: list[str]) -> list[NodeProto]:
    """Return the nodes that outputs hang on, in order."""
    names, kept = set(wanted), []
    for node in reversed(nodes):
        if names & set(node.output):
            kept.append(node)
            names |= set(node.input)
    return kept[::-1]
