"""Learned models at run time: int8 ONNX on one CPU core, no training library."""
