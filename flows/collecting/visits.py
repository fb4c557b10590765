"""One article: fetch it, read it, say in a word what came of it. The words are the outcomes of ``ops.fetch``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from flows.collecting.ledger import MOST_TRIES, Waiting, attempt_row
from schemas.records import Reading
from sources import registry, walls
from sources.config import Source
from sources.http import Attempt, FetchError, Response
from sources.reading import Received
from sources.robots import RobotsError
from sources.visiting import PAGE_TYPES, AskedToWaitError, Known, Manners, Visitor
from warehouse.fetches import Visit

LIST = "list"
"""A feed, sitemap or answer of a search that was read well."""
LOADED = ("new", "changed", "unchanged", "not modified")
"""The article is in the warehouse."""
REFUSED = (*walls.KINDS.values(), walls.EMPTY, "not readable", "gone", "forbidden by robots.txt", "given up")
"""There is nothing to load, now or ever."""
VISITED = (*LOADED, *REFUSED)
"""Outcomes after which an article is left alone until there is a reason to look again."""


@dataclass(slots=True)
class Page:
    """One article in the course of a run."""

    waiting: Waiting
    outcome: str = ""
    received: Received | None = None
    readings: list[Reading] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    retry: Waiting | None = None
    """Set where it has to wait for the next run."""
    error: FetchError | None = None

    @property
    def url(self) -> str:
        return self.waiting.found.url

    def rows(self, source: str) -> list[dict[str, Any]]:
        """Its rows of ``ops.fetch``: the last one says what came of the article."""
        rows = [attempt_row(source, attempt) for attempt in self.attempts]
        if rows and self.outcome:
            # The address that was asked for: an article that redirects is known by it.
            rows[-1] |= {"outcome": self.outcome, "url": self.url}
        return rows


def is_due(url_changed: datetime | None, visit: Visit | None, source: Source, now: datetime) -> bool:
    """Whether an article that is listed now has to be fetched: it is new, said to have changed, or young enough."""
    if visit is None:
        return True
    if url_changed and visit.last < url_changed <= now:
        return True
    return is_young(visit, source, now)


def is_young(visit: Visit, source: Source, now: datetime) -> bool:
    """Whether an article that was fetched is looked at again for changes that no list tells."""
    if visit.outcome in ("gone", "given up", "forbidden by robots.txt"):
        return False
    recent = now - visit.first <= timedelta(days=source.recheck_days)
    return recent and now - visit.last >= timedelta(hours=source.recheck_hours)


def fetch(waiting: Waiting, visit: Visit | None, visitor: Visitor, source: Source, manners: Manners,
          now: datetime) -> Page:  # fmt: skip
    """Fetch one article; never raises for what a server does."""
    page = Page(waiting)
    # Validators only where the bytes they stand for are known to be loaded.
    known = Known(visit.etag, visit.last_modified) if visit and visit.outcome in LOADED else None
    try:
        response = visitor.get(
            page.url, manners, known=known, accept=PAGE_TYPES, on_attempt=page.attempts.append
        )
    except AskedToWaitError as error:
        page.outcome, page.retry, page.error = str(error), waiting, error
        return page
    except FetchError as error:
        _note_failure(page, error, now)
        return page
    if response.status == 304:
        page.outcome = "not modified"
    else:
        page.received = received(response, page, source, now)
    return page


def _note_failure(page: Page, error: FetchError, now: datetime) -> None:
    page.error = error
    if isinstance(error, RobotsError) and not error.temporary:
        page.outcome = "forbidden by robots.txt"
    elif error.status in (404, 410):
        page.outcome = "gone"
    else:
        again = page.waiting.failed(now)
        page.outcome = "given up" if again.tries >= MOST_TRIES else str(error)
        page.retry = None if again.tries >= MOST_TRIES else again
    if not page.attempts:
        # Nothing was sent, and that is worth knowing too.
        page.attempts.append(Attempt(page.url, None, None, page.outcome, None, None, now, 0.0))


def received(response: Response, page: Page, source: Source, now: datetime) -> Received:
    """A response as what a source module reads, with what the list and the configuration say of it."""
    found = page.waiting.found
    told = {
        "collector": source.name, "encoding": response.charset, "title": found.title,
        "published": found.published.isoformat() if found.published else None, "publisher": source.publisher,
        "site": found.publisher, "language": source.language or found.language, "licence": source.licence,
        "redistributable": source.redistributable or None,
    }  # fmt: skip
    name = unquote(PurePosixPath(urlsplit(response.url).path).name) or "index"
    if not name.endswith((".html", ".htm")) and response.media_type != "text/plain":
        name += ".html"
    return Received(
        data=response.content, name=name, origin=page.url, snapshot_id=hashlib.sha256(response.content).hexdigest(),
        received_at=now, media_type=response.media_type, source=source.reader or "articles", url=response.url,
        metadata={key: value for key, value in told.items() if value is not None},
    )  # fmt: skip


def read(page: Page) -> None:
    """Read what came, and name what it is where it is no article."""
    if page.received is None:
        return
    module = registry.module(page.received.source or "articles")
    page.readings = list(module.read(page.received)) if page.received.size else []
    if any(reading.facts for reading in page.readings):
        return
    kinds = [reject.schema for reading in page.readings for reject in reading.rejects]
    page.outcome = next((kind for kind in kinds if kind in REFUSED), "not readable" if page.readings else walls.EMPTY)


def articles_of(pages: list[Page]) -> Iterator[tuple[Page, dict[str, str]]]:
    """The pages that gave documents, with the text of each by its version key."""
    for page in pages:
        texts = {fact.document.version_key: fact.document.text for one in page.readings for fact in one.facts}
        if texts:
            yield page, texts


def received_at(page: Page, at: datetime) -> None:
    """Make the page part of the load that is received ``at``."""
    if page.received:
        page.received = replace(page.received, received_at=at)
