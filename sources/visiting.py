"""Polite fetching: what one run may ask of each host, and how often.

Robots' rules, the pause between two requests to a host, a host's wish to be left alone for a while (Retry-After), and
the question whether something changed (ETag, Last-Modified) meet here; `sources.http` does the fetching itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from sources import http, robots
from sources.http import Attempt, FetchError, Limits, Response

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
FEED_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml", "text/plain",
    "text/html", "application/octet-stream", "application/gzip", "application/x-gzip",
})  # fmt: skip
"""Feeds and sitemaps: also what badly configured servers call them."""
JSON_TYPES = frozenset({"application/json", "text/json", "text/plain", "text/html", "application/x-javascript"})
"""APIs: some send their errors as text or as a page, which the reader then tells."""
PAGE_LIMITS = Limits(content_bytes=20_000_000)
ROBOTS_LIMITS = Limits(seconds=30, content_bytes=robots.FILE_BYTES, attempts=2, redirects=5)


class AskedToWaitError(FetchError):
    """The host wants to be left alone for longer than this run waits; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a server said of a URL when it was last fetched well."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The question whether it has changed since."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Manners:
    """How a source is visited."""

    seconds_between: float = 1.0
    """Between two requests to one host; a longer Crawl-delay of the site wins."""
    robots: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    """May hold secrets; they go to the source's own host only."""
    limits: Limits = PAGE_LIMITS


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    """Monotonic seconds: no request before."""
    closed_until: float = 0.0
    """Monotonic seconds: it asked to be left alone so long."""


class Visitor:
    """Fetches for one run; several threads may use it. Every request is told to ``on_attempt``, robots.txt too."""

    def __init__(
        self,
        contact: str,
        *,
        allow_hosts: frozenset[str] = frozenset(),
        on_attempt: Callable[[Attempt], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._contact = contact
        self._allow_hosts = allow_hosts
        self._on_attempt = on_attempt
        self._sleep = sleep
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._guard = threading.Lock()
        self._robots = robots.Robots(self._get_robots, clock=clock)
        self._robots_guard = threading.Lock()

    def get(
        self,
        url: str,
        manners: Manners,
        *,
        known: Known | None = None,
        accept: frozenset[str] = PAGE_TYPES,
        json: Mapping[str, Any] | None = None,
        on_attempt: Callable[[Attempt], None] | None = None,
    ) -> Response:
        """Fetch ``url`` when its host may be asked again; a response with status 304 where it is as ``known``.

        With ``on_attempt`` the requests for ``url`` are told to it and not to the visitor's.
        Raises `robots.RobotsError`, `AskedToWaitError`, `FetchError`.
        """
        headers = {**manners.headers, **(known.headers if known else {})}
        self._wait(url, manners)
        try:
            return http.fetch(
                url, headers=headers, json=json, accept=accept, contact=self._contact, allow_hosts=self._allow_hosts,
                limits=manners.limits, sleep=self._sleep, on_attempt=on_attempt or self._on_attempt,
                before_hop=lambda hop: self._wait(hop, manners),
            )  # fmt: skip
        except FetchError as error:
            if error.retry_after is not None:
                self._host(error.url).closed_until = self._clock() + error.retry_after
            raise

    def _wait(self, url: str, manners: Manners) -> None:
        """Return when the host of ``url`` may be asked. Raises `FetchError` where it may not be."""
        pause = manners.seconds_between
        host = self._host(url)
        if host.closed_until > self._clock():
            wait = host.closed_until - self._clock()
            raise AskedToWaitError(url, f"its host asked to be left alone for another {wait:.0f} s", 429, wait)
        if manners.robots:
            with self._robots_guard:
                pause = max(pause, self._robots.check(url))
        with host.lock:
            wait = host.free_at - self._clock()
            if wait > 0:
                self._sleep(wait)
            host.free_at = self._clock() + pause

    def _host(self, url: str) -> _Host:
        with self._guard:
            return self._hosts.setdefault(urlsplit(url).netloc.lower(), _Host())

    def _get_robots(self, url: str) -> Response:
        return http.fetch(
            url, contact=self._contact, allow_hosts=self._allow_hosts, limits=ROBOTS_LIMITS, sleep=self._sleep,
            on_attempt=self._told_robots,
        )  # fmt: skip

    def _told_robots(self, attempt: Attempt) -> None:
        if self._on_attempt:
            self._on_attempt(replace(attempt, outcome=f"robots.txt: {attempt.outcome}"))
