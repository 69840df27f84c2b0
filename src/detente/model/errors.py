"""The error tree: each message says what is wrong, where, and what would be allowed.

DetenteError
├── InputRefusedError     one input cannot be taken; the run goes on and reports it at the end
├── RecordError      the record cannot be opened, read or written
├── UsageError       a person asked for something that does not exist (unknown state, format, dataset)
└── ReaderError      a reader cannot be built (a missing pipeline or model)
"""

from detente.model.run import Refusal


class DetenteError(Exception):
    """Base of all errors that Detente raises on purpose."""


class InputRefusedError(DetenteError):
    """One input cannot be taken."""

    def __init__(self, where: str, what: str, allowed: str) -> None:
        self.refusal = Refusal(where, what, allowed)
        super().__init__(str(self.refusal))


class RecordError(DetenteError):
    """The record cannot be opened, read or written."""


class UsageError(DetenteError):
    """A person asked for something that does not exist; the message lists what does."""


class ReaderError(DetenteError):
    """A reader cannot be built."""
