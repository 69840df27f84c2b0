"""One phrase of the gazetteer, and how phrases are cut into words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.model.codes import MentionKind, Sector
from detente.world.tables import holds

_HYPHEN = re.compile(r"(?<=[^\W\d_])(-)(?=[^\W\d_])")
_CLITIC = re.compile(r"(?<=\w)(['’]s|['’](?!\w))$")
_PUNCTUATION = re.compile(r"([(),;:/&+]|(?<=\w)&(?=\w))")
_AS_SPACY = {"p5+1": ("P5", "+", "1"), "e3+3": ("E3", "+", "3"), "opec+": ("OPEC+",), "no.": ("No", ".")}


def words_of(phrase: str) -> tuple[str, ...]:
    """Cut a phrase into words as the English tokenizer of spaCy does: ``Guinea-Bissau`` gives three words.

    Hyphens between letters, possessive endings, commas and brackets are words of their own; abbreviations keep
    their full stops.
    """
    if phrase.replace(" ", "").isalnum():
        return tuple(phrase.split())
    words: list[str] = []
    for chunk in phrase.split():
        if chunk.lower() in _AS_SPACY:
            words += _AS_SPACY[chunk.lower()]
            continue
        spaced = _HYPHEN.sub(r" \1 ", _PUNCTUATION.sub(r" \1 ", chunk))
        for part in spaced.split():
            match = _CLITIC.search(part)
            words += [part[: match.start()], match.group()] if match else [part]
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase can mean.

    ``words`` are the words of ``phrase``; their count is the length of a match. ``kind`` is NAME, DEMONYM, METONYM,
    PERSON or PLACE; a METONYM with ``is_place`` (a capital) names a place after "in" and "to". ``code`` is the actor
    code (``XXX`` without a state, the actor then being called ``name``). For PERSON, ``person`` is the key for
    ``detente.world.persons_named``; ``is_surname`` marks a surname standing alone, ``is_common`` one that is also an
    everyday word or a very common name and needs a title or an earlier full name. ``valid_from`` and ``valid_to``
    bound the reading. ``case_sensitive``: the text must be written with these capitals (acronyms, "Male").
    """

    phrase: str
    words: tuple[str, ...]
    kind: MentionKind
    code: str
    sector: Sector = Sector.GOVERNMENT
    name: str | None = None
    person: str | None = None
    office: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    case_sensitive: bool = False
    is_place: bool = False
    is_surname: bool = False
    is_common: bool = False
    needs_article: bool = False

    def holds_at(self, as_of: date | None) -> bool:
        """Tell whether the reading holds on that day."""
        return holds(self.valid_from, self.valid_to, as_of)

    def fits(self, surface: Sequence[str]) -> bool:
        """Tell whether the words as the text writes them may be this phrase.

        A proper name must start with a capital ("turkey" is no state). A case-sensitive phrase must be written as
        it is here, or wholly in capitals when it has more than one word.
        """
        if self.case_sensitive:
            same = tuple(word.replace("’", "'") for word in surface) == self.words
            return same or (len(self.words) > 1 and all(word.upper() == word for word in surface))
        return not self.words[0][0].isupper() or surface[0][:1].isupper()
