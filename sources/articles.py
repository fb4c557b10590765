"""Pages that were collected from a configured source: their main text as a document, or why there is none.

What was configured or said by the feed travels in the receipt's metadata, so that a rebuild reads the same again:
``collector`` (the source's name in sources.toml), ``publisher``, ``licence``, ``redistributable`` as configured;
``title``, ``published``, ``language`` as the feed, sitemap or search says; ``encoding`` of the response.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from schemas.records import Document, Facts, Reading, Reject
from sources import walls
from sources.files import parse_published
from sources.finding import plain_url
from sources.reading import DOCUMENT_BYTES, Received
from sources.table import UnreadableError

if TYPE_CHECKING:
    from sources.html import Page

NAME = "articles"
LICENCE: str | None = None
REDISTRIBUTABLE = False

_HOST_PREFIX = re.compile(r"^(?:www|m|mobile|amp)\.")


def recognises(head: bytes, name: str) -> bool:
    """Never: a page that a user gives is a file; collecting names this reader."""
    return False


def read(received: Received) -> Iterator[Reading]:
    """The article of one page; a page without one is a reject whose ``schema`` says what it shows (`walls`)."""
    from sources import html  # trafilatura takes half a second to import

    if received.size > DOCUMENT_BYTES:
        yield _refused(received, "too large", f"it has {received.size:,} bytes; the limit is {DOCUMENT_BYTES:,}")
        return
    declared = _said(received, "encoding")
    try:
        source = html.decode(received.content(), declared)
        if received.media_type == "text/plain":
            page = html.Page(source, None, None, None, None, None)
        else:
            page = html.extract(received.content(), declared, received.received_at.date())
    except UnreadableError as error:
        shown = walls.recognise(_decoded(received, declared), None) or walls.EMPTY
        yield _refused(received, shown, str(error))
        return
    wall = walls.recognise(source, page.text)
    if wall:
        yield _refused(received, wall, f"the page shows no article ({wall})")
        return
    yield Reading(facts=(Facts(_document(received, page)),))


def source_of(received: Received) -> str:
    """The name of the configured source that a page was collected for."""
    return _said(received, "collector") or NAME


def _refused(received: Received, kind: str, why: str) -> Reading:
    return Reading(rejects=(Reject(source_of(received), "read", why, schema=kind, failure_case=received.origin),))


def _decoded(received: Received, declared: str | None) -> str:
    from sources import html

    try:
        return html.decode(received.content(), declared)
    except UnreadableError:
        return ""


def _document(received: Received, page: Page) -> Document:
    url = canonical(received.url or received.origin, page.url)
    told = parse_published(_said(received, "published"))
    published = page.published or told
    return Document(
        document_id=received.snapshot_id, document_name=received.name, source=source_of(received),
        doc_type="news_article", text=page.text, version_key=url, snapshot_id=received.snapshot_id,
        title=page.title or _said(received, "title"),
        publisher=_said(received, "publisher") or page.publisher or _said(received, "site"), published=published,
        published_basis="none" if published is None else "explicit" if page.published else "external", url=url,
        language=page.language or _said(received, "language"), licence=_said(received, "licence"),
        redistributable=received.metadata.get("redistributable") is True, received_at=received.received_at,
        record=dict(received.metadata) or None,
    )  # fmt: skip


def _said(received: Received, key: str) -> str | None:
    value = received.metadata.get(key)
    return value.strip() or None if isinstance(value, str) else None


def canonical(fetched: str, said: str | None) -> str:
    """The address that tells an article from others: what the page calls its own, where that can be believed.

    Many sites name their front page on every page, which would make all their articles versions of one: the canonical
    address counts only on the same host and with the same last part of the path.
    """
    own = plain_url(fetched) or fetched
    link = plain_url(said, fetched) if said else None
    if link is None or _host(link) != _host(own) or _last(link) != _last(own) or not _last(link):
        return own
    # A query may choose the article (?id=7): what only the canonical address leaves out is kept.
    return own if urlsplit(own).query and not urlsplit(link).query else link


def _host(url: str) -> str:
    return _HOST_PREFIX.sub("", urlsplit(url).hostname or "")


def _last(url: str) -> str:
    return PurePosixPath(urlsplit(url).path).stem
