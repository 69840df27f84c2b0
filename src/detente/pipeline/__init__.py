"""From sources to the record: open, sift out copies, read on one core or many, write batch by batch."""

from detente.pipeline.progress import Progress, Quiet
from detente.pipeline.run import read
from detente.pipeline.settings import ExecutorName, PipelineSettings

__all__ = ["ExecutorName", "PipelineSettings", "Progress", "Quiet", "read"]
