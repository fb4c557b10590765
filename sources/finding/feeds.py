"""RSS and Atom: the articles that a feed lists.

feedparser is given the bytes and nothing else: it opens no address and no file, and resolves no entity. Feeds that are
not well-formed are read as far as they can be.
"""

from __future__ import annotations

import calendar
import io
import time
from datetime import UTC, datetime

import feedparser  # type: ignore[import-untyped]

from sources.finding import FindingError, Found, plain_url


def articles(content: bytes, url: str, charset: str | None = None) -> list[Found]:
    """The entries of the feed that came from ``url``, in its order, each link once.

    Raises `FindingError` where the bytes are no feed: a web page, JSON, nothing.
    """
    headers = {"content-location": url, "content-type": f"application/xml; charset={charset or 'utf-8'}"}
    parsed = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    if not parsed.get("version") and not parsed.entries:
        raise FindingError(f"it is no RSS or Atom feed: it begins {content[:60].decode('utf-8', 'replace')!r}")
    publisher = _text(parsed.feed.get("title"))
    language = _text(parsed.feed.get("language"))
    found: dict[str, Found] = {}
    for entry in parsed.entries:
        link = plain_url(_text(entry.get("link")) or _text(entry.get("id")) or "", url)
        if link is None or link in found:
            continue
        published = _moment(entry.get("published_parsed"))
        found[link] = Found(
            url=link, title=_text(entry.get("title")), published=published.date() if published else None,
            changed=_moment(dict.get(entry, "updated_parsed")) or published, publisher=publisher,
            language=language[:2].lower() if language else None,
        )  # fmt: skip
    return list(found.values())


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _moment(value: time.struct_time | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC).replace(tzinfo=None) if value else None
    except (OverflowError, ValueError, OSError):
        return None
