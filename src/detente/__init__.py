"""Detente: an auditable account of how relations between states are shifting."""

__version__ = "0.1.0"
