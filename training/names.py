"""Swap of state names in training, so that what is read does not hang on who it is about."""

import random

import numpy as np
from tokenizers import Tokenizer

NAMES = """
china chinese beijing, japan japanese tokyo, russia russian moscow, france french paris, germany german berlin,
iran iranian tehran, india indian delhi, turkey turkish ankara, israel israeli jerusalem, egypt egyptian cairo,
poland polish warsaw, mexico mexican mexico, brazil brazilian brasilia, ukraine ukrainian kiev,
syria syrian damascus, iraq iraqi baghdad, pakistan pakistani islamabad, cuba cuban havana,
chile chilean santiago, vietnam vietnamese hanoi, greece greek athens, sweden swedish stockholm,
norway norwegian oslo, kenya kenyan nairobi, nigeria nigerian lagos, canada canadian ottawa,
australia australian canberra, italy italian rome, spain spanish madrid, hungary hungarian budapest,
serbia serbian belgrade, peru peruvian lima, lebanon lebanese beirut, sudan sudanese khartoum,
finland finnish helsinki, denmark danish copenhagen, portugal portuguese lisbon, austria austrian vienna,
belgium belgian brussels, ireland irish dublin, armenia armenian yerevan, jordan jordanian amman,
libya libyan tripoli, colombia colombian bogota, afghanistan afghan kabul
"""


class Swaps:
    """Exchanges names, demonyms and capitals of states that are one word piece each."""

    def __init__(self, tokenizer: Tokenizer, share: float) -> None:
        rows = [[tokenizer.token_to_id(word) for word in row.split()] for row in NAMES.split(",")]
        self._rows = [row for row in rows if None not in row]
        self._pieces = np.array(sorted({piece for row in self._rows for piece in row}))
        self._share = share

    def of(self, ids: np.ndarray, chance: random.Random) -> np.ndarray:
        """Return the word pieces with the states exchanged, or as they are; the length stays."""
        if chance.random() >= self._share or not np.isin(ids, self._pieces).any():
            return ids
        order = chance.sample(range(len(self._rows)), len(self._rows))
        table = {
            old: new
            for row, other in enumerate(order)
            for old, new in zip(self._rows[row], self._rows[other], strict=True)
        }
        return np.array([table.get(piece, piece) for piece in ids.tolist()], dtype=ids.dtype)
