"""Public benchmarks: each task reads a file in the format in which its data set lies and predicts every row.

A task is a function from a path to a :class:`TaskResult`; ``TASKS`` lists them by name for the command line.
"""

from collections.abc import Callable
from pathlib import Path

from detente.evaluation.tasks.actors import actors
from detente.evaluation.tasks.attribution import attribution
from detente.evaluation.tasks.causality import causality
from detente.evaluation.tasks.factuality import factuality
from detente.evaluation.tasks.files import TaskResult
from detente.evaluation.tasks.pairs import pairs
from detente.evaluation.tasks.sentences import sentences

TASKS: dict[str, Callable[[Path], TaskResult]] = {
    "attribution": attribution,
    "factuality": factuality,
    "causality": causality,
    "pairs": pairs,
    "actors": actors,
    "sentences": sentences,
}

__all__ = ["TASKS", "TaskResult", "actors", "attribution", "causality", "factuality", "pairs", "sentences"]
