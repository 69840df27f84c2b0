"""Parts of speech and lemmas as spaCy's attribute ruler and lemmatizer give them, remembered.

Nearly all rules look at one word alone, so that their outcome for such a word is always the same; to have them look at
every word anew takes a good part of the time of parsing.
"""

import re
from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

ATTRIBUTES = "detente_attributes"
LEMMAS = "detente_lemmas"
Pattern = list[dict[str, Any]]
Key = tuple[str, str, str, str]
"""Tag, and where a rule asks for it dependency, form and the dependency of the word before."""


class Attributes:
    """Does what the ruler does; what it made of a word stands for all words alike.

    Documents with the words of a rule over several ("gon na") are left to the ruler.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        rules: list[dict[str, Any]] = ruler.patterns
        patterns: list[Pattern] = [pattern for rule in rules for pattern in rule["patterns"]]
        words = [word for pattern in patterns for word in pattern]
        joined = [pattern[0] for pattern in patterns if len(pattern) > 1]
        self._forms = frozenset(form for word in words for form in _named(word, "LOWER"))
        self._dependencies = frozenset(dep for word in words for dep in _named(word, "DEP"))
        self._before = frozenset(word["DEP"] for word in joined if "DEP" in word)
        left = [pattern for pattern in patterns if len(pattern) > 1 or _shape(pattern[0]) not in self._forms | {""}]
        shapes = ["\n".join(map(_shape, pattern)) for pattern in left if _shape(pattern[0])]
        self._left = re.compile("|".join(f"^{shape}$" for shape in shapes), re.MULTILINE)
        self._kept: dict[Key, tuple[int, Any, str]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, morphology, and the lemmas that the ruler knows."""
        if self._left.search("\n".join([token.lower_ for token in doc])):
            return self._ruler(doc)
        keys = list(self._keys(doc))
        if not self._kept.keys() >= set(keys):
            self._ruler(doc)
            self._kept |= {key: (t.pos, t.morph, t.lemma_) for t, key in zip(doc, keys, strict=True)}
            return doc
        for token, key in zip(doc, keys, strict=True):
            token.pos, token.morph, lemma = self._kept[key]
            if lemma:
                token.lemma_ = lemma
        return doc

    def _keys(self, doc: Doc) -> Iterator[Key]:
        before = ""
        for token in doc:
            form, dependency = token.lower_, token.dep_
            known = form if form in self._forms else " " if token.is_space else ""
            yield token.tag_, dependency if dependency in self._dependencies else "", known, before
            before = dependency if dependency in self._before else ""


def _named(word: dict[str, Any], attribute: str) -> list[str]:
    """Return the values that a rule asks a word's attribute to have, or not to have."""
    asked = word.get(attribute, {})
    return [asked] if isinstance(asked, str) else [*asked.get("IN", []), *asked.get("NOT_IN", [])]


def _shape(word: dict[str, Any]) -> str:
    """Return the expression that a word's form has to match by a rule, empty where it may be any of several or all."""
    form = word.get("LOWER", "")
    return re.escape(form) if isinstance(form, str) else str(form.get("REGEX", "")).strip("^$")


class Lemmas:
    """Does what the lemmatizer does; the lemma of a form with its part of speech and morphology stands."""

    def __init__(self, lemmatizer: Lemmatizer) -> None:
        self._lemmatizer = lemmatizer
        self._kept: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas that are not yet set."""
        for token in doc:
            if not token.lemma:
                key = token.orth, token.pos, hash(token.morph)
                if key not in self._kept:
                    self._kept[key] = doc.vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
                token.lemma = self._kept[key]
        return doc


def remember(nlp: Language) -> None:
    """Put the two in the place of an English pipeline's ruler and lemmatizer, where it has these."""
    if nlp.has_pipe("attribute_ruler"):
        nlp.add_pipe(ATTRIBUTES, before="attribute_ruler")
        nlp.disable_pipe("attribute_ruler")
    if nlp.has_pipe("lemmatizer"):
        nlp.add_pipe(LEMMAS, before="lemmatizer")
        nlp.disable_pipe("lemmatizer")


@Language.factory(ATTRIBUTES)
def _attributes(nlp: Language, name: str) -> Attributes:
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    return Attributes(ruler)


@Language.factory(LEMMAS)
def _lemmas(nlp: Language, name: str) -> Lemmas:
    lemmatizer = nlp.get_pipe("lemmatizer")
    assert isinstance(lemmatizer, Lemmatizer)
    return Lemmas(lemmatizer)
