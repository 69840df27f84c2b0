"""Quotations: where they stand, whose they are, and how one runs on over several sentences.

Attribution follows the surface, because a parse seldom survives quotation marks: the cue is the nearest verb of saying
outside the marks in the same sentence; a quotation without one belongs to the speaker before it in the paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.model.codes import Stance
from detente.reading.page import Page
from detente.reading.statements_attribution import Attribution, attribution
from detente.reading.statements_lexicon import statement_lexicon
from detente.reading.statements_source import source_of
from detente.reading.statements_stance import QUOTES
from detente.reading.syntax import NOMINAL

_NEAR = 14
_SENTENCE_END = re.compile(r"[.?!…]$")
_NOT_AN_END = frozenset(
    ["mr.", "mrs.", "ms.", "dr.", "u.s.", "u.n.", "e.u.", "st.", "gen.", "jr.", "no.", "prof.", "sen.", "rep."]
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens between a pair of quotation marks, marks left out; ``open`` and ``close`` are the marks' tokens."""

    inner: Tokens
    open: int
    close: int

    @property
    def is_utterance(self) -> bool:
        """Whether it is a whole utterance rather than words borrowed into a sentence."""
        first, doc = self.inner[0], self.inner.doc
        if not (first.text[0].isupper() or first.text[0].isdigit() or first.text in ("…", "...")):
            return False
        if self.inner[-1].text in (",", ".", "?", "!", "…", "—") or self.inner[-1].text[-1] in ".?!":
            return True
        before = doc[self.open - 1].text if self.open > 0 else ""
        return before in (",", ":") and len(self.inner) > 3


def quotations(page: Page) -> list[Quotation]:
    """Return the quotations of a page in text order; a mark left open closes with its paragraph."""
    found: list[Quotation] = []
    opened: int | None = None
    doc = page.doc
    for token in doc:
        if token.is_space and "\n" in token.text:
            if opened is not None:
                _close(doc[opened + 1 : token.i], opened, token.i, found)
            opened = None
        elif token.text in QUOTES:
            if opened is None or token.text == "“":
                opened = token.i
            else:
                _close(doc[opened + 1 : token.i], opened, token.i, found)
                opened = None
    if opened is not None:
        _close(doc[opened + 1 : len(doc)], opened, len(doc), found)
    return found


def _close(inner: Tokens, opened: int, closed: int, found: list[Quotation]) -> None:
    if len(inner) and not inner.text.isspace():
        found.append(Quotation(inner, opened, closed))


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who spoke last in a paragraph and with which cue."""

    source: Token
    cue: Tokens
    last: int
    carried: bool = False


def quoted_statements(page: Page, found: list[Quotation], reported: Sequence[Attribution]) -> list[Attribution]:
    """Return one attribution per sentence of each whole utterance that has a speaker.

    ``reported`` are the statements without quotation marks; a quotation may go on from the one just before it.
    """
    statements: list[Attribution] = []
    voice: _Voice | None = None
    for index, quotation in enumerate(found):
        if not quotation.is_utterance and not _resumes(quotation, voice):
            continue
        upper = found[index + 1].open if index + 1 < len(found) else len(page.doc)
        lower = found[index - 1].close if index else -1
        spoken = _voice_of(quotation, lower, upper)
        if spoken is None and voice is not None and _same_paragraph(page, voice.last, quotation.open):
            spoken = voice
        if spoken is None:
            spoken = _voice_before(page, quotation, reported)
        if spoken is None:
            continue
        voice = _Voice(spoken.source, spoken.cue, quotation.close, spoken.carried)
        for part in _sentences(quotation.inner):
            one = attribution(
                spoken.source, spoken.cue, [part], Stance.ASSERT, f"quote: {spoken.cue.text}", carried=spoken.carried
            )
            if one is not None:
                statements.append(one)
    return statements


def _voice_before(page: Page, quotation: Quotation, reported: Sequence[Attribution]) -> _Voice | None:
    """Return the voice of the sentence that ends right before a quotation ("…, said Ito. '…'")."""
    if quotation.open == 0 or page.doc[quotation.open - 1].text not in (".", "?", "!"):
        return None
    sentence = page.doc[quotation.open - 1].sent
    inside = [a for a in reported if sentence.start <= a.cue.start < sentence.end and a.why.startswith("say")]
    if not inside:
        return None
    last = max(inside, key=lambda a: a.cue.start)
    return _Voice(last.source, last.cue, quotation.close, carried=True)


def _resumes(quotation: Quotation, voice: _Voice | None) -> bool:
    """Tell whether a quotation goes on in lower case after an inserted "…," he said, "…"."""
    if voice is None or quotation.open == 0:
        return False
    between = quotation.inner.doc[voice.last : quotation.open]
    return (
        between[-1].text == ","
        and len(between) <= _NEAR + 2
        and between.start <= voice.cue.start < between.end
        and quotation.inner[-1].text[-1] in ",.?!"
    )


def _same_paragraph(page: Page, first: int, second: int) -> bool:
    return "\n\n" not in page.doc[first : second + 1].text


def _voice_of(quotation: Quotation, lower: int, upper: int) -> _Voice | None:
    after = _cue_after(quotation, upper)
    before = _cue_before(quotation, lower) if after is None else None
    verb = after or before
    if verb is None:
        return None
    source = _speaker(verb, quotation)
    return _Voice(source, verb.doc[verb.i : verb.i + 1], quotation.close) if source is not None else None


def _cue_after(quotation: Quotation, upper: int) -> Token | None:
    """Return the cue of '"…," said X' and '"…," X said'."""
    last = quotation.inner[-1].text
    if last[-1] not in ",?!—…" or quotation.close >= len(quotation.inner.doc):
        return None
    near = 6 if last[-1] in "?!" else _NEAR
    for token in quotation.inner.doc[quotation.close + 1 : min(upper, quotation.close + 1 + near)]:
        if token.text in (";", ".") or (token.is_space and "\n" in token.text):
            return None
        if _says(token):
            return token
    return None


def _cue_before(quotation: Quotation, lower: int) -> Token | None:
    """Return the cue of 'X said, "…"' and 'X is blunt: "…"'."""
    doc = quotation.inner.doc
    if quotation.open == 0:
        return None
    mark = doc[quotation.open - 1]
    if mark.text not in (",", ":") and not _says(mark) and mark.lower_ != "that":
        return None
    nearest = None
    for i in range(quotation.open - 1, lower, -1):
        token = doc[i]
        if token.text in (".", ";") or (token.is_space and "\n" in token.text):
            break
        if _says(token):
            return token
        if mark.text == ":" and token.pos_ in ("VERB", "AUX") and token.tag_ in ("VBD", "VBZ", "VBP"):
            nearest = token
    return nearest


def _says(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in statement_lexicon().verbs and token.tag_ != "VB"


def _speaker(verb: Token, quotation: Quotation) -> Token | None:
    source = source_of(verb)
    if source is not None and not quotation.open <= source.i <= quotation.close:
        return source
    following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    if verb.i > quotation.close:
        nouns = [t for t in verb.doc[quotation.close + 1 : verb.i] if t.pos_ in NOMINAL]
        if nouns:
            return nouns[-1]
    if following is not None and following.pos_ in (*NOMINAL, "DET", "ADJ"):
        return _phrase_head(following)
    for token in reversed(list(verb.lefts)):
        if token.pos_ in NOMINAL:
            return token
    return None


def _phrase_head(token: Token) -> Token:
    while token.dep_ in ("det", "amod", "compound", "poss", "nummod") and token.head.i > token.i:
        token = token.head
    return token


def _sentences(inner: Tokens) -> list[Tokens]:
    """Split a quotation into its sentences by its own punctuation."""
    parts: list[Tokens] = []
    start = inner.start
    doc = inner.doc
    for token in inner[:-1]:
        following = doc[token.i + 1]
        ends = _SENTENCE_END.search(token.text) and token.lower_ not in _NOT_AN_END
        if ends and (following.text[:1].isupper() or following.text[:1].isdigit()) and token.whitespace_:
            parts.append(doc[start : token.i + 1])
            start = token.i + 1
    parts.append(doc[start : inner.end])
    return parts
