"""What finding gives: addresses of articles with what was said of them beside their links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "cmpid", "ito", "at_medium", "at_campaign")
"""Parameters of a query that tell where a reader came from and never choose the page."""
LONGEST_URL = 2_000


class FindingError(Exception):
    """A feed, sitemap or search cannot be understood; the text says what it holds instead and what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article as its feed, sitemap or search names it."""

    url: str
    title: str | None = None
    published: date | None = None
    changed: datetime | None = None
    """UTC without a time zone: when its source says that it was last changed (else published)."""
    language: str | None = None
    publisher: str | None = None


def plain_url(link: str, base: str = "") -> str | None:
    """``link`` made absolute, without fragment and tracking parameters; None where it is no web address."""
    if not link.strip():
        return None
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        if parts.scheme not in ("http", "https") or not parts.hostname or len(link) > LONGEST_URL:
            return None
        query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(TRACKING)]
    except ValueError:
        return None
    kept = parts.query if len(query) == parts.query.count("&") + 1 else urlencode(query)
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", kept, ""))


def moment(value: str | None) -> datetime | None:
    """An ISO 8601 moment or day as UTC without a time zone; None for anything else."""
    try:
        found = datetime.fromisoformat(value.strip()) if value else None
    except ValueError:
        return None
    if found is None:
        return None
    try:
        return (found.astimezone(UTC) if found.tzinfo else found).replace(tzinfo=None)
    except OverflowError:
        return None
