"""ReliefWeb API v2: situation reports and news that a search finds, with their text.

The API needs an application name that ReliefWeb has approved; a search is POSTed as JSON and pages by ``offset``. What
is kept is the answers as received; each report is a document, versions told apart by its address.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from schemas.records import Document, Facts, Reading, Reject
from sources.files import parse_published
from sources.finding import FindingError
from sources.reading import Received, failure

NAME = "reliefweb"
LICENCE: str | None = None
REDISTRIBUTABLE = False
"""Reports belong to those who wrote them."""

URL = "https://api.reliefweb.int/v2/reports"
PAGE_SIZE = 100
MOST_OFFSET = 100_000
_FIELDS = ["id", "title", "body", "url", "url_alias", "source.name", "date.original", "date.created", "language.code"]
_TAG = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>")
_BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})


def search(
    query: str, since: datetime, until: datetime, appname: str, post: Callable[[str, Mapping[str, Any]], bytes], *,
    url: str = URL, page_size: int = PAGE_SIZE,
) -> Iterator[bytes]:  # fmt: skip
    """Answers of the API, page by page, oldest change first. ``post`` sends an object to a URL.

    Raises `FindingError`, and what ``post`` raises.
    """
    asked = {
        "query": {"value": query, "operator": "AND"},
        "filter": {"field": "date.changed", "value": {"from": _stamp(since), "to": _stamp(until)}},
        "fields": {"include": _FIELDS}, "sort": ["date.changed:asc"], "limit": page_size,
    }  # fmt: skip
    offset = 0
    while offset <= MOST_OFFSET:
        body = post(f"{url}?{urlencode({'appname': appname})}", {**asked, "offset": offset})
        count = len(rows(body))
        if count:
            yield body
        if count < page_size:
            return
        offset += count
    raise FindingError(f"more than {MOST_OFFSET:,} reports: narrow the search or the span of time")


def recognises(head: bytes, name: str) -> bool:
    """A saved answer of the API."""
    return head.lstrip()[:1] == b"{" and b"api.reliefweb.int" in head


def read(received: Received) -> Iterator[Reading]:
    """The reports of one answer; one without a text (only an attachment) is a reject."""
    try:
        found = rows(received.content())
    except FindingError as error:
        yield failure(NAME, received.origin, str(error))
        return
    facts: list[Facts] = []
    rejects: list[Reject] = []
    for row in found:
        one = _facts(row, received)
        if isinstance(one, Reject):
            rejects.append(one)
        else:
            facts.append(one)
    yield Reading(tuple(facts), tuple(rejects))


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def rows(body: bytes) -> list[Any]:
    """The reports of an answer. Raises `FindingError` for any other answer."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FindingError(f"ReliefWeb answers no JSON: {body[:200].decode('utf-8', 'replace')}") from error
    found = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(found, list):
        said = (answer.get("error") or answer) if isinstance(answer, dict) else answer
        raise FindingError(f"ReliefWeb answers no reports: {json.dumps(said)[:200]}")
    return found


def _facts(row: Any, received: Received) -> Facts | Reject:
    fields = row.get("fields") if isinstance(row, dict) else None
    number = str(row.get("id", "")) if isinstance(row, dict) else ""
    if not isinstance(fields, dict) or not number.isdigit():
        return Reject(NAME, "read", "a row is no report", failure_case=json.dumps(row)[:200])
    text = plain(_text(fields.get("body")) or "")
    if not text:
        check = "the report has no text (most likely only an attachment)"
        return Reject(NAME, "read", check, schema="empty page", column="body", failure_case=number)
    told = {key: fields.get(key) or {} for key in ("date", "source", "language")}
    published = parse_published(told["date"].get("original") or told["date"].get("created"))
    url = _text(fields.get("url_alias")) or _text(fields.get("url")) or f"https://reliefweb.int/node/{number}"
    canonical = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    document = Document(
        document_id=hashlib.sha256(canonical.encode()).hexdigest(), document_name=f"{NAME}:{number}",
        source=_text(received.metadata.get("collector")) or NAME, doc_type="news_article", text=text, version_key=url,
        snapshot_id=received.snapshot_id, locator=number, title=_text(fields.get("title")),
        publisher=_first(told["source"], "name"), published=published,
        published_basis="explicit" if published else "none", url=url, language=_first(told["language"], "code"),
        licence=_text(received.metadata.get("licence")),
        redistributable=received.metadata.get("redistributable") is True, received_at=received.received_at,
        record={key: value for key, value in fields.items() if key != "body"},
    )  # fmt: skip
    return Facts(document)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _first(value: Any, key: str) -> str | None:
    row = value[0] if isinstance(value, list) and value else value
    return _text(row.get(key)) if isinstance(row, dict) else None


class _Words(HTMLParser):
    """The text between the tags, a line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(body: str) -> str:
    """The text of a report's body, which is Markdown with stray HTML, without the tags."""
    if _TAG.search(body):
        words = _Words()
        words.feed(body)
        words.close()
        body = "".join(words.parts)
    return re.sub(r"[ \t]*\n(?:[ \t]*\n)+", "\n\n", body).strip()
