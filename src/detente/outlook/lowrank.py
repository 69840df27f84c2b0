"""Low-rank profiles: who tends to act on whom, smoothed by a few dozen directions of the recent event matrices.

Truncated singular value decomposition by subspace iteration (Halko, Martinsson & Tropp 2011), started from the last
subspace so that a refresh costs one product. Matrices are degree-normalised as in spectral collaborative filtering.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from detente.outlook.tables import Floats


@dataclass(frozen=True, slots=True)
class LowRank:
    """An orthonormal basis of the columns of a non-negative matrix.

    Attributes:
        basis: shape ``(columns, rank)``.
        weight: how each column is scaled before projection, shape ``(columns,)``.
    """

    basis: Floats
    weight: Floats

    @property
    def scaled(self) -> Floats:
        """The basis with the weighting undone, so that products are in counts; shape ``(columns, rank)``."""
        return np.asarray(self.basis / self.weight[:, None], np.float32)

    def project(self, rows: sparse.csr_array) -> Floats:
        """Return the coordinates of ``rows``, each scaled to unit length after weighting; shape ``(n, rank)``."""
        scaled = rows @ (self.basis * self.weight[:, None])
        squares = rows.multiply(rows) @ (self.weight**2)
        return np.asarray(scaled / np.sqrt(np.maximum(squares, 1e-9))[:, None], np.float32)


def start(columns: int, rank: int) -> Floats:
    """Return a fixed random orthonormal basis to begin with."""
    noise = np.random.default_rng(20140101).standard_normal((columns, min(rank, columns))).astype(np.float32)
    return np.asarray(np.linalg.qr(noise)[0], np.float32)


def refresh(matrix: sparse.csr_array, basis: Floats, rounds: int) -> LowRank:
    """Return the leading right singular subspace of the degree-normalised ``matrix``, from ``basis`` on."""
    columns = np.asarray(matrix.sum(axis=0)).ravel()
    rows = np.asarray(matrix.sum(axis=1)).ravel()
    weight = (1.0 / np.sqrt(columns + 1.0)).astype(np.float32)
    left = sparse.diags_array((1.0 / np.sqrt(rows + 1.0)).astype(np.float32))
    scaled = (left @ matrix @ sparse.diags_array(weight)).tocsr()
    for _ in range(rounds):
        product = scaled.T @ (scaled @ basis)
        basis = np.asarray(np.linalg.qr(product)[0], np.float32)
    return LowRank(basis, weight)
