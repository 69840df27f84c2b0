"""Event data of others: files of ICEWS, GDELT, POLECAT, KEDS and any CSV through a mapping file."""

from detente.sources.events.formats import EventFormat, built_in_formats, format_named, read_format
from detente.sources.events.loading import EventStore, Load, load_events

__all__ = ["EventFormat", "EventStore", "Load", "built_in_formats", "format_named", "load_events", "read_format"]
