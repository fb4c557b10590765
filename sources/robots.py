"""What a site lets robots fetch, by its robots.txt (RFC 9309)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from sources.http import FetchError, Response

AGENT = "casualty-facts"
LIFE_SECONDS = 24 * 3600
"""RFC 9309, 2.4: not older than a day."""
FILE_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB have to be read."""
LONGEST_DELAY = 60.0
"""Seconds: a longer Crawl-delay would only mean that nothing is fetched."""


class RobotsError(FetchError):
    """The site's robots.txt does not let us fetch the URL, or (``temporary``) cannot be had."""

    def __init__(self, url: str, reason: str, *, temporary: bool) -> None:
        super().__init__(url, reason)
        self.temporary = temporary


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego | None
    """None: everything may be fetched."""
    refused: str | None
    """Why nothing may be fetched; None when the rules decide."""
    until: float


class Robots:
    """The rules of the sites of one run. ``get`` fetches a URL and raises `FetchError`."""

    def __init__(
        self, get: Callable[[str], Response], *, clock: Callable[[], float] = time.monotonic
    ) -> None:  # fmt: skip
        self._get = get
        self._clock = clock
        self._rules: dict[str, _Rules] = {}

    def check(self, url: str) -> float:
        """Seconds that the site wants between two requests (0: it does not say). Raises `RobotsError`."""
        rules = self._of(url)
        if rules.refused:
            raise RobotsError(url, rules.refused, temporary=True)
        if rules.parsed is None:
            return 0.0
        if not rules.parsed.can_fetch(url, AGENT):
            raise RobotsError(url, "the site's robots.txt does not let robots fetch it", temporary=False)
        return min(float(rules.parsed.crawl_delay(AGENT) or 0.0), LONGEST_DELAY)

    def _of(self, url: str) -> _Rules:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        found = self._rules.get(site)
        if found is None or found.until < self._clock():
            found = self._rules[site] = self._ask(site)
        return found

    def _ask(self, site: str) -> _Rules:
        until = self._clock() + LIFE_SECONDS
        try:
            response = self._get(f"{site}/robots.txt")
        except FetchError as error:
            # RFC 9309, 2.3.1: 4xx means that there are no rules; anything else that nothing may be fetched for now.
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return _Rules(None, None, until)
            why = f"the site's robots.txt cannot be had ({error}); nothing is fetched until it can"
            return _Rules(None, why, until)
        return _Rules(Protego.parse(response.content.decode("utf-8", "replace")), None, until)
