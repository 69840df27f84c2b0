"""Where reports and events come from: files, pages, feeds, archives; event data files."""

from detente.sources.opening import open_sources
from detente.sources.settings import SourceSettings

__all__ = ["SourceSettings", "open_sources"]
