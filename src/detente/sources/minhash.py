"""MinHash signatures of sets of 32-bit numbers.

Broder (1997), *On the resemblance and containment of documents*: the share of equal positions of two signatures
estimates the Jaccard index of the sets. The permutations are those of datasketch 2 (scheme ``affine32``, seed 1):
``a * fmix(h) + b mod 2**32`` with odd ``a`` after MurmurHash3's finaliser. They are written out here because importing
that library costs more time than all the rest of a short run; a test holds the two against each other.
"""

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 128
_SEED = 1

Hashes = NDArray[np.uint32]


def _multipliers_and_offsets() -> tuple[Hashes, Hashes]:
    draw = np.random.RandomState(_SEED)  # the legacy generator, whose stream is frozen for good
    multipliers = draw.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return multipliers, draw.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)


_A, _B = _multipliers_and_offsets()


def minhash(hashes: Hashes) -> Hashes:
    """Return the signature of a set, shape (PERMUTATIONS,); that of the empty set is all ones."""
    signature = np.full(PERMUTATIONS, 0xFFFFFFFF, dtype=np.uint32)
    mixed = _mixed(hashes)
    for start in range(0, len(mixed), 4096):
        rows = mixed[start : start + 4096, np.newaxis] * _A + _B
        np.minimum(signature, rows.min(axis=0), out=signature)
    return signature


def _mixed(hashes: Hashes) -> Hashes:
    """Spread 32-bit numbers over their range (MurmurHash3's ``fmix32``, a bijection)."""
    mixed: Hashes = hashes ^ (hashes >> np.uint32(16))
    mixed = mixed * np.uint32(0x85EBCA6B)
    mixed = mixed ^ (mixed >> np.uint32(13))
    mixed = mixed * np.uint32(0xC2B2AE35)
    mixed = mixed ^ (mixed >> np.uint32(16))
    return mixed
