"""Windows: the stretches of text that the encoder sees at once.

A window is a paragraph, or a run of its sentences when it is longer than ``MAX_TOKENS`` word pieces.
"""

from collections.abc import Iterator, Sequence
from importlib import resources

from tokenizers import Tokenizer

MAX_TOKENS = 192


def load_tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer; offsets count Unicode code points."""
    path = resources.files("detente.reading.learned") / "weights" / "tokenizer.json"
    tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def cut(lengths: Sequence[int], paragraphs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges of sentences that make up the windows.

    Args:
        lengths: Word pieces of each sentence, without special tokens.
        paragraphs: Paragraph number of each sentence, same length, rising.
    """
    start, total = 0, 0
    for index, (length, paragraph) in enumerate(zip(lengths, paragraphs, strict=True)):
        if index > start and (paragraph != paragraphs[start] or total + length > MAX_TOKENS - 2):
            yield start, index
            start, total = index, 0
        total += length
    if start < len(lengths):
        yield start, len(lengths)
