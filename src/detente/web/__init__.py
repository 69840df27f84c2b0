"""The served pages and the JSON API."""

from detente.web.server import Server

__all__ = ["Server"]
