"""The served pages and the JSON API."""
