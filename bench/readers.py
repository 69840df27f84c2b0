"""The readers that can be measured, by name."""

from detente.reading.reader import StagedReader

READERS = ("rules", "learned")
DEFAULT_READER = "learned"


def reader_named(name: str) -> StagedReader:
    """Build a reader; raise ``ValueError`` for another name."""
    if name == "rules":
        from detente.reading.rules import rule_reader

        return rule_reader()
    if name == "learned":
        from detente.reading.learned import learned_reader

        return learned_reader()
    raise ValueError(f"reader {name!r} is not known; allowed: {', '.join(READERS)}")
