"""Who says "we" and "I": the subject of the verb that reports the quotation."""

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from detente.reading.mention_drafts import Draft, Drafts
from detente.reading.mention_words import mention_words
from detente.reading.page import Page

_QUOTES = frozenset('“”"')


def speaker_of(pronoun: Token, drafts: Drafts, page: Page) -> Draft | None:
    """Return the mention of the speaker of the sentence, of the one before it, or of the one after it."""
    index = page.sentence_of(pronoun).index
    for other in (index, index - 1, index + 1):
        if 0 <= other < len(page.sentence_tokens):
            found = _reported(page.sentence_tokens[other], drafts)
            if found is not None:
                return found
    return None


def _reported(sentence: Tokens, drafts: Drafts) -> Draft | None:
    says, quoted = mention_words().says, False
    for token in sentence:
        if token.text in _QUOTES:
            quoted = not quoted
        elif not quoted and token.lemma_ in says and token.pos_ == "VERB":
            for child in token.children:
                if child.dep_ == "nsubj" and (draft := drafts.at(child.i)) is not None and draft.lemma != "speaker":
                    return draft
    return None


def quoted(page: Page) -> frozenset[int]:
    """Return the tokens that stand inside quotation marks; a mark left open ends with its paragraph."""
    found: set[int] = set()
    for paragraph in _paragraphs(page):
        inside = False
        for token in paragraph:
            if token.text in _QUOTES:
                inside = token.text != "”" and (token.text == "“" or not inside)
            elif inside:
                found.add(token.i)
    return frozenset(found)


def _paragraphs(page: Page) -> Iterator[list[Token]]:
    grouped: dict[int, list[Token]] = {}
    for sentence, tokens in zip(page.sentences, page.sentence_tokens, strict=True):
        grouped.setdefault(sentence.paragraph, []).extend(tokens)
    return iter(grouped.values())
