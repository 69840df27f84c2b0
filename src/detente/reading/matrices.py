"""Matrix products of the parser by NumPy's library, on one thread.

spaCy multiplies by its own BLIS; the library that NumPy was built with (OpenBLAS, MKL, Accelerate) knows newer
processors. On one with AVX-512 a layer's product (850 × 288 by 288 × 288) took 1.4 ms by OpenBLAS and 4.3 by BLIS, and
the parse of a report of 750 words 32 to 39 ms and 58. Threads are kept to one for the product: a reader has one core.
"""

from typing import Any

from spacy.language import Language
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController


class OneThreadOps(NumpyOps):  # type: ignore[misc]
    """NumPy's products in the place of BLIS's."""

    def __init__(self) -> None:
        super().__init__(use_blis=False)
        self._threads = ThreadpoolController()

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Return the product of two matrices, each transposed first if asked."""
        with self._threads.limit(limits=1, user_api="blas"):
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)


def multiply_by_numpy(nlp: Language) -> None:
    """Have the layers of a pipeline that runs on the CPU multiply by NumPy."""
    ops = OneThreadOps()
    for _, component in nlp.pipeline:
        for layer in component.model.walk() if hasattr(component, "model") else ():
            if isinstance(layer.ops, NumpyOps):
                layer.ops = ops
