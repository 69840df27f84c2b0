"""Learned models at run time: int8 ONNX on one CPU core, no training library."""

from detente.reading.learned.reader import learned_reader

__all__ = ["learned_reader"]
