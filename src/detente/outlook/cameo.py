"""What the relation names of the ICEWS benchmarks mean: quad classes and PLOVER types by CAMEO event name."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from detente.model.errors import UsageError
from detente.outlook.acts import NO_TYPE, QUAD_CLASSES, TYPES
from detente.outlook.quads import Ints
from detente.world.schemes import SchemeCode, cameo_codes


@cache
def _by_name() -> dict[str, SchemeCode]:
    return {_letters(code.name): code for code in reversed(cameo_codes()) if code.name}


def _letters(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalpha())


def quads_of_relations(names: Sequence[str]) -> tuple[Ints, Ints]:
    """Return index into ``QUAD_CLASSES`` (of the CAMEO root) and into ``TYPES``, or ``NO_TYPE``, of each event name.

    Raises:
        UsageError: A name is no CAMEO event name.
    """
    known = _by_name()
    unknown = [name for name in names if _letters(name) not in known or known[_letters(name)].root_quad is None]
    if unknown:
        raise UsageError(f"{unknown[0]!r} is no CAMEO event name; those of detente.world.schemes.cameo_codes are")
    codes = [known[_letters(name)] for name in names]
    quads = [QUAD_CLASSES.index(code.root_quad) for code in codes if code.root_quad is not None]
    types = [NO_TYPE if code.type is None else TYPES.index(code.type) for code in codes]
    return np.array(quads, np.int32), np.array(types, np.int32)
