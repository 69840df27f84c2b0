"""Titles and sector words: which office a title names, and for which part of society a body acts."""

from dataclasses import dataclass
from functools import cache

from detente.model.codes import Sector
from detente.world.codes import fold
from detente.world.tables import parts, rows
from detente.world.terms import OfficeKind


@dataclass(frozen=True, slots=True)
class Title:
    """A title.

    ``kind`` is None where the title does not tell the office ("professor"). ``governs`` says that the holder speaks
    for a government. ``code`` is set where the reading holds for one actor alone ("secretary of state": USA).
    """

    phrase: str
    kind: OfficeKind | None
    governs: bool
    sector: Sector
    code: str | None


@cache
def _titles() -> dict[str, tuple[Title, ...]]:
    found: dict[str, tuple[Title, ...]] = {}
    for phrases, code, kind, governs, sector in rows("titles.csv"):
        office = OfficeKind(kind) if kind else None
        for phrase in parts(phrases):
            title = Title(phrase, office, governs == "yes", Sector(sector), code or None)
            found[fold(phrase)] = (*found.get(fold(phrase), ()), title)
    return found


def title_of(phrase: str, code: str | None = None) -> Title | None:
    """Return what a title means, for the actor ``code`` if it is known; None for a phrase that is no title.

    A title that means an office with one actor alone is taken for that actor when none is given: "secretary of
    state" without a state is the American one.
    """
    found = _titles().get(fold(phrase.strip()), ())
    own = [title for title in found if title.code is not None and title.code == code]
    general = [title for title in found if title.code is None]
    alone = list(found[:1]) if code is None else []
    return next(iter(own + general + alone), None)


def title_phrases() -> tuple[str, ...]:
    """Return every title in lower case, longest first."""
    return tuple(sorted(_titles(), key=lambda phrase: (-len(phrase.split()), phrase)))


@cache
def _sectors() -> dict[str, Sector]:
    return {fold(word): Sector(sector) for sector, words in rows("sectors.csv") for word in parts(words)}


def sector_of(phrase: str) -> Sector | None:
    """Return the sector of a body or group ("troops", "foreign ministry"), None if the words do not tell.

    The longest ending of the phrase that is known decides: "the Belgian riot police" acts as police.
    """
    words = fold(phrase).split()
    for start in range(len(words)):
        ending = " ".join(words[start:])
        for form in _singulars(ending):
            if form in _sectors():
                return _sectors()[form]
    return None


def _singulars(phrase: str) -> tuple[str, ...]:
    forms = [phrase]
    if phrase.endswith("ies"):
        forms.append(phrase[:-3] + "y")
    if phrase.endswith("es"):
        forms.append(phrase[:-2])
    if phrase.endswith("s"):
        forms.append(phrase[:-1])
    if phrase.endswith("men"):
        forms.append(phrase[:-3] + "man")
    return tuple(forms)
