"""The sourced brief and its charts, in Markdown, HTML and JSON."""
