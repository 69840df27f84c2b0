r"""From bytes to normal text: encoding, Unicode NFC, and ``\n\n`` between paragraphs."""

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress

from charset_normalizer import from_bytes

from detente.model.errors import InputRefusedError

ALLOWED_TEXT = "text in UTF-8, or in another encoding that can be told from its bytes"
_UTF16 = (BOM_UTF16_LE, BOM_UTF16_BE)
_BINARY_SHARE = 0.01
"""Share of control characters above which bytes are not text; real text has none but tabs and line ends."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_SAMPLE = 65_536
_WESTERN_SHARE = 0.2
"""Share of non-ASCII bytes below which a text may be Windows-1252, as browsers take it: English and its neighbours
with a few accents and curly quotes are too little for a statistical guess."""
_MISREAD = re.compile("[A-Za-z][\u00a1-\u00bf\u00d7\u00f7][A-Za-z]")
"""Signs within a word, as text of another encoding shows them when it is taken for Windows-1252."""
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_BLANKS = re.compile(r"[ \t\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PARAGRAPH_BREAK = re.compile(r"\n[ ]*(?:\n[ ]*)+")
_WRAPPED_WIDTH = (40, 100)
_WRAPPED_SHARE = 0.6


def decoded(data: bytes, where: str, declared: str | None = None) -> str:
    """Decode bytes: by byte order mark, as UTF-8, as ``declared``, else by charset-normalizer's best guess.

    Raises:
        InputRefusedError: The bytes are binary, or no encoding explains them.
    """
    if data.startswith(_UTF16):
        return _strictly(data, "utf-16", where)
    refuse_binary(data, where)
    if data.startswith(BOM_UTF8):
        return _strictly(data, "utf-8-sig", where)
    for encoding in ("utf-8", declared):
        if encoding is not None:
            # A page may name an encoding that does not exist, or one that its bytes contradict.
            with suppress(UnicodeDecodeError, LookupError):
                return data.decode(encoding)
    return _guessed(data, where)


def refuse_binary(data: bytes, where: str) -> None:
    """Raise ``InputRefusedError`` when bytes are a PDF, hold a NUL, or abound in control characters."""
    if data.lstrip()[:5] == b"%PDF-":
        raise InputRefusedError(where, "a PDF", "its text as .txt, or the page that it belongs to as HTML")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in sample or controls > _BINARY_SHARE * len(sample):
        raise InputRefusedError(where, "binary data, not text", ALLOWED_TEXT)


def normalised(text: str) -> str:
    r"""Return text in NFC with ``\n\n`` between paragraphs, without invisible characters, line wraps or stray blanks.

    A text without blank lines has one paragraph a line, unless its lines are wrapped at one width.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = re.sub(r"\r\n?|[\u0085\u2028]", "\n", text).replace("\u2029", "\n\n")
    text = _BLANKS.sub(" ", _CONTROL_CHARACTERS.sub("", text))
    text = "\n".join(line.strip() for line in text.split("\n")).strip()
    paragraphs = [_unwrapped(paragraph) for paragraph in _PARAGRAPH_BREAK.split(text)]
    return "\n\n".join(paragraphs) if len(paragraphs) > 1 else paragraphs[0].replace("\n", "\n\n")


def _unwrapped(paragraph: str) -> str:
    lines = paragraph.split("\n")
    widths = [len(line) for line in lines[:-1]]
    low, high = _WRAPPED_WIDTH
    if not widths or not low <= max(widths) <= high or len(lines[-1]) > max(widths):
        return paragraph
    if min(widths) < _WRAPPED_SHARE * max(widths):
        return paragraph
    return " ".join(lines)


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputRefusedError(
            where, f"its byte order mark says {encoding}, but byte {error.start} is not", ALLOWED_TEXT
        ) from error


def _guessed(data: bytes, where: str) -> str:
    if sum(byte > 127 for byte in data[:_SAMPLE]) < _WESTERN_SHARE * len(data[:_SAMPLE]):
        with suppress(UnicodeDecodeError):
            western = data.decode("cp1252")
            if not _MISREAD.search(western):
                return western
    best = from_bytes(data[:_SAMPLE]).best()
    try:
        if best is not None:
            return data.decode(best.encoding)
    except UnicodeDecodeError:
        pass
    raise InputRefusedError(where, "its encoding cannot be told", ALLOWED_TEXT)
