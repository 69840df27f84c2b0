"""Detente: an auditable account of how relations between states are shifting.

>>> import detente
>>> with detente.open("affairs.duckdb") as affairs:  # doctest: +SKIP
...     affairs.read(["reports/"])
...     affairs.brief("JPN", "RUS")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.api import Affairs, open
    from detente.brief import Brief, to_html, to_markdown
    from detente.model.document import Document
    from detente.model.errors import DetenteError
    from detente.model.reading import Reading
    from detente.model.span import Span
    from detente.reading.learned import learned_reader
    from detente.reading.rules import rule_reader

__version__ = "0.1.0"

_HOMES = {
    "Affairs": "detente.api",
    "open": "detente.api",
    "Brief": "detente.brief",
    "to_html": "detente.brief",
    "to_markdown": "detente.brief",
    "Document": "detente.model.document",
    "DetenteError": "detente.model.errors",
    "Reading": "detente.model.reading",
    "Span": "detente.model.span",
    "learned_reader": "detente.reading.learned",
    "rule_reader": "detente.reading.rules",
}

__all__ = [
    "Affairs",
    "Brief",
    "DetenteError",
    "Document",
    "Reading",
    "Span",
    "learned_reader",
    "open",
    "rule_reader",
    "to_html",
    "to_markdown",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: the program's help must not wait for the parser."""
    if name not in _HOMES:
        raise AttributeError(f"module 'detente' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)
