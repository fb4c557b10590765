"""GDELT DOC 2.0: discovery of articles by a search; it gives links, never texts.

An answer lists at most 250 articles and does not page: where it is full, the span of time is halved. Errors come as
text with HTTP 200. At most one request in five seconds is welcome.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sources.finding import FindingError, Found, plain_url

URL = "https://api.gdeltproject.org/api/v2/doc/doc"
MOST_ARTICLES = 250
SECONDS_BETWEEN = 5.0
SHORTEST = timedelta(minutes=15)
"""GDELT's own step: a shorter span cannot be asked for."""
LONGEST = timedelta(days=90)
"""How far back the search reaches."""
_STAMP = "%Y%m%d%H%M%S"


def search(
    query: str, since: datetime, until: datetime, get: Callable[[str], bytes], *, url: str = URL
) -> Iterator[Found]:
    """Articles that GDELT saw between ``since`` and ``until`` (UTC), the newest span first.

    ``get`` fetches a URL. Raises `FindingError`, and what ``get`` raises.
    """
    spans = [(max(since, until - LONGEST), until)]
    while spans:
        first, last = spans.pop()
        if last <= first:
            continue
        found = _articles(get(f"{url}?{urlencode(_question(query, first, last))}"))
        if len(found) >= MOST_ARTICLES and last - first > SHORTEST:
            middle = first + (last - first) / 2
            spans += [(first, middle), (middle, last)]
        else:
            yield from found


def _question(query: str, since: datetime, until: datetime) -> dict[str, str]:
    return {
        "query": query, "mode": "artlist", "format": "json", "sort": "datedesc", "maxrecords": str(MOST_ARTICLES),
        "startdatetime": since.strftime(_STAMP), "enddatetime": until.strftime(_STAMP),
    }  # fmt: skip


def _articles(body: bytes) -> list[Found]:
    try:
        answer = json.loads(body) if body.strip() else {}
    except ValueError as error:
        raise FindingError(f"GDELT answers: {body[:200].decode('utf-8', 'replace').strip()}") from error
    rows = answer.get("articles", []) if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise FindingError("GDELT answers without a list of articles: the API has changed")
    return [found for found in map(_found, rows) if found]


def _found(row: Any) -> Found | None:
    url = plain_url(str(row.get("url", ""))) if isinstance(row, dict) else None
    if url is None:
        return None
    try:
        seen = datetime.strptime(str(row.get("seendate")), "%Y%m%dT%H%M%SZ")
    except ValueError:
        seen = None
    # GDELT's day is when it saw the page, not when that was published: the page itself has to tell.
    title, domain = row.get("title"), row.get("domain")
    return Found(url, title=title if isinstance(title, str) else None, changed=seen,
                 publisher=domain if isinstance(domain, str) else None)  # fmt: skip
