"""Finding what a configured source lists now: its feeds, its sitemaps with those they name, its search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sources.config import Source
from sources.finding import FindingError, Found, feeds, gdelt, plain_url, sitemaps
from sources.http import FetchError, Response
from sources.visiting import FEED_TYPES, JSON_TYPES

MOST_SITEMAPS = 1_000
MOST_LINKS = 1_000_000

Ask = Callable[[str, frozenset[str]], Response | None]
"""Fetches an address with media types that are taken; None where it is as it was last time."""


@dataclass(slots=True)
class Discovery:
    """What was found, and what could not be looked at: the rest is worth having all the same."""

    found: list[Found] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Lists that were read in part or not at all: to be asked for again, whether or not they change."""
    asked: int = 0


def discover(
    source: Source, ask: Ask, since: datetime, until: datetime, seen: Callable[[str], datetime | None]
) -> Discovery:  # fmt: skip
    """What ``source`` lists. ``since`` and ``until`` (UTC) bound searches and dated sitemap entries.

    ``seen`` tells when a sitemap was last read well: one that has not changed since is not asked for again.
    """
    if source.kind == "pages":
        return Discovery([Found(link) for link in dict.fromkeys(plain_url(url) or url for url in source.urls)])
    result = Discovery()
    if source.kind == "gdelt":
        _try(result, source.query or "", lambda: _search(source, ask, since, until, result))
    elif source.kind == "feed":
        for url in source.url:
            _try(result, url, lambda url=url: _feed(url, ask, result))  # type: ignore[misc]
    else:
        _walk(source, ask, since, seen, result)
    return result


def _try(result: Discovery, url: str, read: Callable[[], None]) -> None:
    result.asked += 1
    try:
        read()
    except (FetchError, FindingError) as error:
        result.troubles.append(f"{url}: {error}")
        result.broken.add(url)


def _search(source: Source, ask: Ask, since: datetime, until: datetime, result: Discovery) -> None:
    def get(url: str) -> bytes:
        response = ask(url, JSON_TYPES)
        return response.content if response else b""

    base = source.url[0] if source.url else gdelt.URL
    result.found += gdelt.search(source.query or "", since, until, get, url=base)


def _feed(url: str, ask: Ask, result: Discovery) -> None:
    response = ask(url, FEED_TYPES)
    if response:
        result.found += feeds.articles(response.content, response.url, response.charset)


def _walk(
    source: Source, ask: Ask, since: datetime, seen: Callable[[str], datetime | None], result: Discovery
) -> None:  # fmt: skip
    """The source's sitemaps, and breadth first those that they name."""
    queue = list(source.url)
    reached = set(queue)

    def read(url: str) -> None:
        response = ask(url, FEED_TYPES)
        if response is None:
            return
        sitemap = sitemaps.read(response.content, response.url)
        result.found += [page for page in sitemap.pages if page.changed is None or page.changed >= since]
        for other in sitemap.sitemaps:
            last = seen(other.url)
            if other.url not in reached and not (other.changed and last and other.changed < last):
                reached.add(other.url)
                queue.append(other.url)
        if sitemap.broken:
            raise FindingError(f"{sitemap.broken}; {len(sitemap.pages):,} links before that are taken")

    while queue and result.asked < MOST_SITEMAPS and len(result.found) < MOST_LINKS:
        url = queue.pop(0)
        _try(result, url, lambda url=url: read(url))  # type: ignore[misc]
    if queue:
        result.troubles.append(f"{len(queue):,} more sitemaps were not read: name those you want, not their index")
