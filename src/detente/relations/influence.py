"""Influence: whether what happens with a third party moves first, tested against chance that keeps its own rhythm.

The conflict of a pair in period t, log(1 + count), is regressed on its own last ``lags`` periods, and then also on
those of the third party's series (Granger 1969). Shifts of level are taken out of both first: two series that each
shifted once would seem to lead each other. The gain in explained variance is compared with that of the same
series cut into blocks which are put in random order: each keeps its short rhythm, none keeps its place in time (block
permutation; Politis & Romano 1994). Over many third parties the false-discovery rate is controlled. A low q says that
one series helps to foretell the other, not that it moves it: a cause of both that reaches one later looks the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from detente.relations.autoregression import Response, lagged, response_of, response_with_band, without_levels
from detente.relations.discovery import benjamini_hochberg
from detente.relations.pairs import PairTotals

Floats = NDArray[np.float64]
LAGS = 3
PERMUTATIONS = 399
CALLED_AT = 0.1
LEAST_ACTS = 30


@dataclass(frozen=True, slots=True, eq=False)
class Lead:
    """One test of "x leads y".

    ``gain`` is the share of what y's own past leaves unexplained that x's past explains; ``chance`` its mean over
    permutations, the floor beside it; ``p`` the share of permutations (and the data) with at least this gain.
    ``response`` is y's response over the next periods, in log counts, to one standard deviation more of x.
    """

    gain: float
    chance: float
    p: float
    response: Floats


@dataclass(frozen=True, slots=True)
class InfluenceScan:
    """All third parties of a pair.

    ``table`` has a row per third party and side: ``third``, ``side`` (the pair whose conflict might lead), ``gain``,
    ``chance``, ``p``, ``p_reverse`` (does the pair lead that side?), ``q``, ``response`` (summed over a year), and
    ``called`` (q at most 0.1). ``verdict`` says in one sentence what came out; "no evidence" is the usual answer.
    """

    pair: tuple[str, str]
    table: pa.Table
    tested: int
    verdict: str


def leads(
    x: ArrayLike,
    y: ArrayLike,
    *,
    lags: int = LAGS,
    permutations: int = PERMUTATIONS,
    control: ArrayLike | None = None,
    seed: int = 1,
) -> Lead:
    """Test whether counts ``x`` lead counts ``y``, both of shape (T,).

    Args:
        x: The series that might lead.
        y: The series that might follow.
        lags: Periods of the past that are looked at.
        permutations: How many orders of the blocks are tried.
        control: A third series whose past is held fixed, such as the record's volume; shape (T,).
        seed: Of the permutations, so that the same data give the same p.
    """
    lengths = len(np.asarray(x)), len(np.asarray(y))
    if lengths[0] != lengths[1] or lengths[0] < 8 * lags:
        raise ValueError(
            f"series of {lengths[0]} and {lengths[1]} periods; need two of one length, at least {8 * lags}"
        )
    a, b = without_levels(x), without_levels(y)
    base = [np.ones(len(b) - lags), *lagged(b, lags)]
    if control is not None:
        base += lagged(np.log1p(np.asarray(control, dtype=float)), lags)
    basis, _ = np.linalg.qr(np.stack(base, axis=1))
    target = _left(b[lags:], basis)
    own = _gain(a, target, basis, lags)
    generator = np.random.default_rng(seed)
    block = _block_length(len(a), lags)
    chance = np.array([_gain(_shuffled(a, block, generator), target, basis, lags) for _ in range(permutations)])
    p = (1.0 + float((chance >= own - 1e-12).sum())) / (1.0 + permutations)
    return Lead(own, float(chance.mean()), p, response_of(a, b, lags))


def influence_scan(
    totals: PairTotals,
    a: str,
    b: str,
    thirds: Sequence[str] | None = None,
    *,
    lags: int = LAGS,
    permutations: int = PERMUTATIONS,
) -> InfluenceScan:
    """Test for every third party C whether conflict in A–C, or in B–C, leads conflict in A–B."""
    pair = totals.of(a, b)
    sides = _sides(totals, a, b, thirds)
    if pair is None or _conflict(pair).sum() < LEAST_ACTS or not sides:
        why = f"too little evidence: a test needs {LEAST_ACTS} acts of conflict in the pair and with a third party"
        return InfluenceScan((a, b), pa.table({name: [] for name in _COLUMNS}), 0, why)
    volume = totals.counts.sum(axis=(0, 2)) - pair.sum(axis=1)
    rows = []
    for third, side, counts in sides:
        forth = leads(_conflict(counts), _conflict(pair), lags=lags, permutations=permutations, control=volume)
        back = leads(_conflict(pair), _conflict(counts), lags=lags, permutations=permutations, control=volume)
        rows.append((third, side, forth.gain, forth.chance, forth.p, back.p, float(forth.response.sum())))
    q = benjamini_hochberg([row[4] for row in rows])
    order = np.argsort(q, kind="stable")
    columns = [*(list(column) for column in zip(*rows, strict=True)), list(q), [bool(v <= CALLED_AT) for v in q]]
    table = pa.table(dict(zip(_COLUMNS, columns, strict=True))).take(pa.array(order))
    called = int((q <= CALLED_AT).sum())
    verdict = (
        f"{called} of {len(rows)} series {'leads' if called == 1 else 'lead'} at a false-discovery rate of {CALLED_AT}"
    )
    return InfluenceScan(
        (a, b), table, len(rows), verdict if called else f"no evidence that any of {len(rows)} series leads"
    )


def responses(
    totals: PairTotals, scan: InfluenceScan, *, lags: int = LAGS, most: int = 6
) -> list[tuple[str, bool, Response]]:
    """Return the side, whether it leads, and the pair's response with its band, of the first rows of a scan."""
    pair = totals.of(*scan.pair)
    if pair is None:
        return []
    y = without_levels(_conflict(pair))
    found = []
    for row in scan.table.slice(0, most).to_pylist():
        a, b = row["side"].split("–")
        counts = totals.of(a, b)
        if counts is not None:
            response = response_with_band(without_levels(_conflict(counts)), y, lags)
            found.append((row["side"], bool(row["called"]), response))
    return found


_COLUMNS = ("third", "side", "gain", "chance", "p", "p_reverse", "response", "q", "called")


def _sides(
    totals: PairTotals, a: str, b: str, thirds: Sequence[str] | None
) -> list[tuple[str, str, NDArray[np.int32]]]:
    found = []
    for i, pair in enumerate(totals.pairs):
        inside = {a, b} & set(pair)
        if len(inside) == 1 and _conflict(totals.counts[i]).sum() >= LEAST_ACTS:
            third = next(code for code in pair if code not in inside)
            if thirds is None or third in thirds:
                found.append((third, "–".join((next(iter(inside)), third)), totals.counts[i]))
    return found


def _conflict(counts: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.asarray(counts[:, 2] + counts[:, 3], dtype=np.int32)


def _left(values: Floats, basis: Floats) -> Floats:
    return np.asarray(values - basis @ (basis.T @ values))


def _gain(x: Floats, target: Floats, basis: Floats, lags: int) -> float:
    past = _left(np.stack(lagged(x, lags), axis=1), basis)
    gram = past.T @ past + 1e-9 * np.eye(lags)
    shared = past.T @ target
    whole = float(target @ target)
    return float(shared @ np.linalg.solve(gram, shared)) / whole if whole > 0 else 0.0


def _block_length(length: int, lags: int) -> int:
    """Blocks hold several times the lags, and there are at least eight of them."""
    return max(2 * lags, min(8 * lags, length // 8))


def _shuffled(x: Floats, block: int, generator: np.random.Generator) -> Floats:
    """Cut a series, turned round by a random stretch, into blocks and put them in random order."""
    turned = np.roll(x, int(generator.integers(len(x))))
    pieces = np.array_split(turned, max(2, len(x) // block))
    return np.concatenate([pieces[i] for i in generator.permutation(len(pieces))])
