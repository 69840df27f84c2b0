"""The sourced brief and its charts, in Markdown, HTML and JSON."""

from detente.brief.compose import brief
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from detente.brief.model import Brief

__all__ = ["Brief", "brief", "to_html", "to_markdown"]
