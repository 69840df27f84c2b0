"""The command line: one verb per thing that a person does."""

from detente.cli.app import main

__all__ = ["main"]
