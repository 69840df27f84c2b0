"""How reports name a person: full names in their spellings, and surnames alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from detente.world.codes import fold
from detente.world.terms import all_terms, surname_of

_SPACES = re.compile(r"[\s-]+")
_ARABIC = re.compile(r"^(?:[ae]l|as|ash|ad|az|an|at|ar)-(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of one person: ``names`` are full names, ``surnames`` stand alone ("al-Assad", "Assad")."""

    person: str
    names: tuple[str, ...]
    surnames: tuple[str, ...]


def name_key(name: str) -> str:
    """Return the form under which a name is looked up: folded, hyphens as spaces, full stops of initials dropped."""
    return _SPACES.sub(" ", fold(name).replace(".", " ")).strip()


@cache
def namings() -> tuple[Naming, ...]:
    """Return the names of everybody in the data."""
    spellings: dict[str, dict[str, None]] = {}
    families: dict[str, str] = {}
    for term in all_terms():
        spellings.setdefault(term.person, {term.person: None}).update(dict.fromkeys(term.aliases))
        families.setdefault(term.person, term.surname)
    return tuple(_naming(person, tuple(names), families[person]) for person, names in spellings.items())


def _naming(person: str, spellings: tuple[str, ...], surname: str) -> Naming:
    names: dict[str, None] = {}
    surnames = dict.fromkeys((surname, *_without_article(surname)))
    family_first = person.startswith(surname + " ")
    for name in spellings:
        if " " in name or "-" in name:
            names.update(dict.fromkeys((name, *_without_article(name))))
            if family_first and " " not in surname:
                names.update(dict.fromkeys(_hyphenated(name, surname)))
        last = surname_of(name)
        if last == name or (not family_first and _is_spelling(last, surname, person)):
            surnames.update(dict.fromkeys((last, *_without_article(last))))
    return Naming(person, tuple(names), tuple(surnames))


def _without_article(name: str) -> Iterator[str]:
    """Yield an Arabic name without its articles: "Bashar Assad" for "Bashar al-Assad"."""
    if "-" in name:
        words = name.split()
        bare = [_ARABIC.sub("", word) for word in words]
        if bare != words:
            yield " ".join(word[:1].upper() + word[1:] for word in bare)


def _hyphenated(name: str, surname: str) -> Iterator[str]:
    """Yield East Asian given names with and without their hyphen: "Lee Jae-myung", "Lee Jae Myung"."""
    given = name.removeprefix(surname + " ")
    if given == name:
        return
    if given.count("-") == 1:
        yield f"{surname} {given.replace('-', ' ').title()}"
    elif given.count(" ") == 1 and "-" not in given:
        first, second = given.split()
        yield f"{surname} {first}-{second.lower()}"


def _is_spelling(last: str, surname: str, person: str) -> bool:
    """Tell whether the last word of an alias is the surname spelled otherwise ("Zelenskyy") or part of the name."""
    return fold(last)[:3] == fold(surname)[:3] or last in person.split()
