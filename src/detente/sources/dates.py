"""Publishing dates as headers, JSON and file names write them; what is not understood is refused, never guessed."""

import re
from datetime import date, datetime

from detente.model.errors import InputRefusedError

ALLOWED_DATES = "2026-02-20, 2026-02-20T08:00:00Z, 20 February 2026, February 20, 2026"
_FORMATS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?(\d\d)[-_]?(\d\d)(?!\d)")


def published_date(value: str, where: str) -> date:
    """Read a publishing date.

    Raises:
        InputRefusedError: The value is none of the allowed forms.
    """
    value = value.strip()
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        pass
    for form in _FORMATS:
        try:
            return datetime.strptime(value, form).date()
        except ValueError:
            continue
    raise InputRefusedError(where, f"publishing date {value!r} is not understood", f"allowed: {ALLOWED_DATES}")


def date_in_name(name: str) -> date | None:
    """Return the date that a file name carries (``2026-02-20-tokyo.txt``, ``20260220.html``), if exactly one."""
    found = set()
    for match in _IN_NAME.finditer(name):
        try:
            found.add(date(*map(int, match.groups())))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None
