"""Content-hash identifiers: the same input and the same reader version give the same ids."""

import hashlib

SEPARATOR = "\x1f"


def content_id(kind: str, *parts: object) -> str:
    """Return a stable identifier such as ``"event-3f2a9c0d1b7e4a65"``.

    Args:
        kind: Short name of the record type; it prefixes the id so that ids of different tables never collide.
        parts: The values that make the record what it is, in a fixed order. ``None`` is kept distinct from ``""``.
    """
    text = SEPARATOR.join("\x00" if part is None else str(part) for part in parts)
    return f"{kind}-{hashlib.blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"
