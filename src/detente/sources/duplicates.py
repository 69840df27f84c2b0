"""Copies of one story: exact ones by hash, near ones by MinHash and locality-sensitive hashing, checked on the text.

Broder (1997), *On the resemblance and containment of documents*: a text is the set of its five-word shingles, the
resemblance of two texts is the Jaccard index of their sets, and equal positions of two MinHash signatures estimate
it. Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*, ch. 3: signatures cut into 32 bands of 4 rows make
texts of resemblance 0.8 candidates with probability above 0.9999, of 0.5 with 0.87, of 0.1 with 0.003.
"""

import hashlib
import itertools
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.sources.furniture import body
from detente.sources.minhash import PERMUTATIONS, minhash

SHINGLE = 5
"""Words in a shingle."""
ROWS = 4
BANDS = PERMUTATIONS // ROWS
RESEMBLANCE = 0.8
"""Jaccard index from which a text is a near copy."""
CONTAINMENT = 0.9
"""Share of a text's shingles that an earlier, longer story holds from which it is a (shortened) near copy."""
_SCHEME = b"\x01"
"""First byte of a signature; it changes whenever signatures of equal texts would."""
_DIGEST = 16
_SIZE = 1 + _DIGEST + 4 * BANDS * ROWS
_WORD = re.compile(r"\w+")
_MULTIPLIERS = np.random.Generator(np.random.PCG64(5)).integers(1, 2**63, size=(BANDS, ROWS), dtype=np.uint64)
_MERGE_AT = 65_536
"""Newest keys held in a dictionary before they are merged into the sorted arrays."""
_CHUNK = 4096

Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a text repeats an earlier one: ``kind`` is ``"exact"`` or ``"near"``, ``similarity`` lies in [0, 1]."""

    kind: str
    similarity: float


def signature(text: str) -> bytes:
    """Return the signature of a text: scheme, hash of its words, MinHash of its shingles (furniture left out)."""
    words = _words(text)
    digest = hashlib.blake2b(" ".join(words).encode("utf-8"), digest_size=_DIGEST).digest()
    return _SCHEME + digest + minhash(_hashed(words)).astype("<u4").tobytes()


def is_current(signed: bytes) -> bool:
    """Tell whether a stored signature was made by this version of the scheme."""
    return len(signed) == _SIZE and signed[:1] == _SCHEME


def likeness(text: str, earlier: str) -> Likeness | None:
    """Compare a text with an earlier story; ``None`` when it is a story of its own.

    A text that says more than the earlier one (an update, a full report after a flash) is a story of its own: only
    the reverse containment makes a copy.
    """
    words, others = _words(text), _words(earlier)
    if words == others:
        return Likeness("exact", 1.0)
    own, other = set(_shingles(words)), set(_shingles(others))
    shared = len(own & other)
    resemblance = shared / len(own | other) if own | other else 0.0
    contained = shared / len(own) if own else 0.0
    if resemblance >= RESEMBLANCE or contained >= CONTAINMENT:
        return Likeness("near", max(resemblance, contained))
    return None


class StoryIndex:
    """Finds the stories that a text may repeat; it takes under a kilobyte of memory a story."""

    def __init__(self) -> None:
        self._documents: list[str] = []
        self._known: set[str] = set()
        self._keys: Keys = np.empty(0, dtype=np.uint64)
        self._stories: NDArray[np.uint32] = np.empty(0, dtype=np.uint32)
        self._newest: dict[int, list[int]] = {}

    def __contains__(self, document: str) -> bool:
        return document in self._known

    def __len__(self) -> int:
        return len(self._documents)

    def add(self, document: str, signed: bytes) -> None:
        """Add a story with its signature; a story that is held already stays where it is.

        Raises:
            ValueError: The signature was made by another version of the scheme.
        """
        if document in self._known:
            return
        keys = _keys([signed])[0]
        number = self._numbered(document)
        for key in keys.tolist():
            self._newest.setdefault(key, []).append(number)
        if len(self._newest) > _MERGE_AT:
            pairs = sorted((key, number) for key, numbers in self._newest.items() for number in numbers)
            self._merge(np.array([key for key, _ in pairs], np.uint64), np.array([n for _, n in pairs], np.uint32))
            self._newest = {}

    def load(self, stories: Iterable[tuple[str, bytes]]) -> None:
        """Add many stories with their signatures, faster than one by one; memory peaks at twice what is kept.

        Raises:
            ValueError: A signature was made by another version of the scheme.
        """
        keys, numbers = [np.empty(0, np.uint64)], [np.empty(0, np.uint32)]
        for chunk in _chunks((document, signed) for document, signed in stories if document not in self._known):
            keys.append(_keys([signed for _, signed in chunk]).reshape(-1))
            numbers.append(
                np.repeat(np.array([self._numbered(document) for document, _ in chunk], np.uint32), 1 + BANDS)
            )
        new, order = np.concatenate(keys), np.argsort(np.concatenate(keys), kind="stable")
        self._merge(new[order], np.concatenate(numbers)[order])

    def find(self, signed: bytes) -> tuple[str, ...]:
        """Return the stories that share the hash or a band with a signature, in the order in which they came."""
        keys = _keys([signed])[0]
        starts = np.searchsorted(self._keys, keys, side="left")
        ends = np.searchsorted(self._keys, keys, side="right")
        found = {int(n) for a, b in zip(starts, ends, strict=True) if a < b for n in self._stories[a:b]}
        found.update(number for key in keys.tolist() for number in self._newest.get(key, ()))
        return tuple(self._documents[number] for number in sorted(found))

    def _numbered(self, document: str) -> int:
        self._documents.append(document)
        self._known.add(document)
        return len(self._documents) - 1

    def _merge(self, keys: Keys, stories: NDArray[np.uint32]) -> None:
        """Merge sorted keys into the sorted arrays."""
        places = np.searchsorted(self._keys, keys, side="right")
        self._stories = np.insert(self._stories, places, stories)
        self._keys = np.insert(self._keys, places, keys)


def _chunks(stories: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    left = iter(stories)
    while chunk := list(itertools.islice(left, _CHUNK)):
        yield chunk


def _keys(signatures: list[bytes]) -> Keys:
    """Return one 64-bit key for the hash and one for each band of every signature, shape (signatures, 1 + BANDS)."""
    for signed in signatures:
        if not is_current(signed):
            raise ValueError(f"signature of {len(signed)} bytes, scheme {signed[:1]!r}; need {_SIZE} and {_SCHEME!r}")
    table = np.frombuffer(b"".join(signatures), dtype=np.uint8).reshape(-1, _SIZE)
    hashes = np.ascontiguousarray(table[:, 1:9]).view("<u8").astype(np.uint64)
    rows = np.ascontiguousarray(table[:, 1 + _DIGEST :]).view("<u4").astype(np.uint64).reshape(-1, BANDS, ROWS)
    return np.hstack((hashes, (rows * _MULTIPLIERS).sum(axis=2, dtype=np.uint64)))


def _words(text: str) -> list[str]:
    return _WORD.findall(body(text).casefold())


def _shingles(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield each run of five words; a shorter text is one shingle."""
    for start in range(max(1, len(words) - SHINGLE + 1)) if words else ():
        yield tuple(words[start : start + SHINGLE])


def _hashed(words: list[str]) -> NDArray[np.uint32]:
    """Return the 32-bit hashes of the distinct shingles."""
    hashes = {zlib.crc32(" ".join(shingle).encode("utf-8")) for shingle in _shingles(words)}
    return np.fromiter(hashes, dtype=np.uint32, count=len(hashes))
