"""What an entity's name says about it: its role and its country, as in "Police (Japan)" or "Police_(Japan)"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROLE_AND_COUNTRY = re.compile(r"(?P<role>.+?)[ _]\((?P<country>[^()]+)\)")

STATE_ROLE = "state"
"""Role of an entity whose whole name is a country that other names give in brackets."""
NAMED_ROLE = "named"
"""Role of persons and groups, whose names give neither role nor country."""


@dataclass(frozen=True, slots=True)
class Places:
    """Role and country of each entity; country 0 stands for "the name does not say"."""

    role: NDArray[np.int32]
    country: NDArray[np.int32]
    roles: tuple[str, ...]
    countries: tuple[str, ...]


def read_places(names: Sequence[str]) -> Places:
    """Read role and country out of entity names.

    ICEWS names agents of a state "Role (Country)"; a plain name counts as a country if brackets elsewhere name it.
    """
    matches = [_ROLE_AND_COUNTRY.fullmatch(name) for name in names]
    found = sorted({match["country"] for match in matches if match})
    countries = ("", *found)
    number = {name: index for index, name in enumerate(countries)}
    role_names: list[str] = []
    country = np.zeros(len(names), np.int32)
    for index, (name, match) in enumerate(zip(names, matches, strict=True)):
        if match:
            role_names.append(match["role"])
            country[index] = number[match["country"]]
        else:
            country[index] = number.get(name, 0)
            role_names.append(STATE_ROLE if country[index] else NAMED_ROLE)
    roles = tuple(sorted(set(role_names)))
    role_number = {name: index for index, name in enumerate(roles)}
    role = np.array([role_number[name] for name in role_names], np.int32)
    return Places(role, country, roles, countries)
