"""robots.txt per host, read once (RFC 9309): absent allows everything, a failing server allows nothing."""

from collections.abc import Callable

from protego import Protego

_LIMIT = 512_000
"""RFC 9309 2.5: at least 500 kibibytes must be parsed; the rest may be ignored."""


class Robots:
    """What the robots.txt of each host allows this user agent."""

    def __init__(self, user_agent: str, read: Callable[[str], tuple[int, bytes]]) -> None:
        self._agent = user_agent
        self._read = read
        self._rules: dict[str, Protego] = {}

    def allows(self, host: str, url: str) -> bool:
        """Tell whether ``url`` on ``host`` (scheme and authority) may be fetched."""
        return bool(self._of(host).can_fetch(url, self._agent))

    def delay(self, host: str) -> float | None:
        """Return the ``Crawl-delay`` in seconds, ``None`` if there is none."""
        delay = self._of(host).crawl_delay(self._agent)
        return None if delay is None else float(delay)

    def _of(self, host: str) -> Protego:
        if host not in self._rules:
            status, data = self._read(host)
            if status >= 500:
                text = "User-agent: *\nDisallow: /"
            else:
                text = data[:_LIMIT].decode("utf-8", "replace") if status < 400 else ""
            self._rules[host] = Protego.parse(text)
        return self._rules[host]
