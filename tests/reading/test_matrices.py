"""The parser's matrix products are NumPy's, on one thread."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from detente.reading.matrices import OneThreadOps
from detente.reading.page import Parser


@pytest.mark.parametrize("trans1", [False, True])
@pytest.mark.parametrize("trans2", [False, True])
def test_products_are_those_of_the_matrices_turned_as_asked(trans1, trans2):
    chance = np.random.default_rng(3)
    x, y = (chance.normal(size=(5, 5)).astype("f") for _ in range(2))
    out = np.empty((5, 5), "f")
    wanted = (x.T if trans1 else x) @ (y.T if trans2 else y)
    ops = OneThreadOps()
    assert np.allclose(ops.gemm(x, y, trans1=trans1, trans2=trans2), wanted, atol=1e-5)
    ops.gemm(x, y, out=out, trans1=trans1, trans2=trans2)
    assert np.allclose(out, wanted, atol=1e-5)


def test_every_layer_of_the_pipeline_multiplies_so():
    layers = [layer for _, pipe in Parser().nlp.pipeline if hasattr(pipe, "model") for layer in pipe.model.walk()]
    assert len(layers) > 20
    assert all(isinstance(layer.ops, OneThreadOps) for layer in layers)


def test_the_threads_of_others_are_left_alone():
    before = [(pool["filepath"], pool["num_threads"]) for pool in threadpool_info()]
    OneThreadOps().gemm(np.ones((300, 300), "f"), np.ones((300, 300), "f"))
    assert [(pool["filepath"], pool["num_threads"]) for pool in threadpool_info()] == before
