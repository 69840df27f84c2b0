"""Windows: the stretches of text that the encoder sees at once.

A window is a run of sentences of one document, with the sentences just before it as a lead-in. What is read in a
window is read in its own sentences; the lead-in tells who "it" and "the ministry" are.
"""

from collections.abc import Iterator, Sequence
from importlib import resources

from tokenizers import Tokenizer

MAX_TOKENS = 384
"""Word pieces of a window, lead-in and two special pieces included."""
LEAD_TOKENS = 48
"""Word pieces of a lead-in at most."""


def load_tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer; offsets count Unicode code points."""
    path = resources.files("detente.reading.learned") / "weights" / "tokenizer.json"
    tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def cut(lengths: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield sentence numbers ``lead, first, last``: a window is ``lead:last``, its own sentences are ``first:last``.

    Every sentence is in the own part of exactly one window; one that is too long for a window has it to itself.

    Args:
        lengths: Word pieces of each sentence, without special pieces.
    """
    first = 0
    while first < len(lengths):
        lead, room = first, MAX_TOKENS - 2
        longest_lead = min(LEAD_TOKENS, room - lengths[first])
        while lead > 0 and sum(lengths[lead - 1 : first]) <= longest_lead:
            lead -= 1
        room -= sum(lengths[lead:first])
        last = first + 1
        while last < len(lengths) and sum(lengths[first : last + 1]) <= room:
            last += 1
        yield lead, first, last
        first = last
