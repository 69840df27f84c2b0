"""Pieces of HTML as feeds carry them, turned into paragraphs of text."""

import re
from html.parser import HTMLParser

_BLOCK = re.compile(
    "address|article|aside|blockquote|br|d[dlt]|div|figcaption|figure|footer|h[1-6r]|header|li|main|nav|[ou]l|p|pre"
    "|section|table|t[dhr]"
)
_SILENT = frozenset(("script", "style", "template"))


class _Text(HTMLParser):
    """Collects paragraphs; block elements end one, scripts and styles are passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = [""]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if _BLOCK.fullmatch(tag):
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if _BLOCK.fullmatch(tag):
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.blocks[-1] += data


def fragment_text(fragment: str) -> str:
    r"""Return the text of a piece of HTML with ``\n\n`` between blocks; plain text comes back as it is."""
    if "<" not in fragment and "&" not in fragment:
        return fragment
    parser = _Text()
    parser.feed(fragment)
    parser.close()
    return "\n\n".join(line for block in parser.blocks if (line := " ".join(block.split())))
