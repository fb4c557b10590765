"""Posts of a monitor that publishes with WordPress: text, pages and WordPress JSON become documents of prose.

Text is taken as it is. From a page and from JSON the text is title, blank line, paragraphs; what was cut off around
them is kept in the record (key ``cut``). A post that its monitor changed has the same address and so becomes a new
version of the same document.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from schemas.records import Document, Facts, Reading, Reject
from sources import files
from sources.reading import DOCUMENT_BYTES, Received, failure
from sources.table import UnreadableError
from sources.wordpress.page import Post, compose, plain, read_page

_PLAIN_ENDINGS = frozenset({".txt", ".md", ".markdown"})
_LINE_ENDINGS = frozenset({".jsonl", ".ndjson"})
_TAG = re.compile(rb"<(?:link|meta)\b[^>]*>", re.IGNORECASE)
_OWN_ADDRESS = re.compile(rb"canonical|og:url", re.IGNORECASE)
_TRACKING = re.compile(r"(?:fbclid|gclid|utm_\w+)")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHLY = re.compile(
    rf"\b(?:in|of|during|throughout)\s+(?:the month of\s+)?(?:{_MONTHS})(?:\s+of)?[,\s]+\d{{4}}\b|\bmonthly\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Monitor:
    """Whose posts they are: source name, name as publisher, and the hosts of its sites (subdomains included)."""

    name: str
    publisher: str
    hosts: tuple[str, ...]
    licence: str | None = None


def recognises(monitor: Monitor, head: bytes) -> bool:
    """By the address that the post gives for itself: ``link`` in WordPress JSON, canonical or og:url in a page."""
    hosts = b"|".join(re.escape(host.encode()) for host in monitor.hosts)
    address = rb"https?:(?:\\?/){2}(?:[\w-]+\.)*(?:" + hosts + rb")(?=[\\/\"'?#:]|$)"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"[", b"{"):
        return b'"rendered"' in head and re.search(rb'"link"\s*:\s*"' + address, head) is not None
    if start != b"<":
        return False
    return any(_OWN_ADDRESS.search(tag) and re.search(address, tag) for tag in _TAG.findall(head))


def read(monitor: Monitor, received: Received) -> Iterator[Reading]:
    """The posts of one input. A page of another kind, an error answer or JSON without posts is a failed reading."""
    try:
        if PurePath(received.name).suffix.lower() in _PLAIN_ENDINGS:
            yield Reading((_from_text(monitor, received),))
            return
        start = received.head(1024).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        if start == b"{" and b'"rendered"' not in received.head() and _is_lines(received):
            yield from (_owned(monitor, reading) for reading in files.read_lines(received, monitor.name))
        elif start in (b"[", b"{"):
            yield _from_json(monitor, received)
        else:
            yield Reading((_from_page(monitor, received) if start == b"<" else _from_text(monitor, received),))
    except UnreadableError as error:
        yield failure(monitor.name, received.origin, str(error))


def address_key(url: str) -> str:
    """An address without fragment and without what only tells where a reader came from: the same for the same post."""
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(key)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def _is_lines(received: Received) -> bool:
    if PurePath(received.name).suffix.lower() in _LINE_ENDINGS:
        return True
    first, _, rest = received.head().partition(b"\n")
    return first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _owned(monitor: Monitor, reading: Reading) -> Reading:
    facts = tuple(
        replace(each, document=replace(
            each.document, publisher=each.document.publisher or monitor.publisher,
            doc_type=_kind(each.document.title or each.document.text),
        ))
        for each in reading.facts
    )  # fmt: skip
    return replace(reading, facts=facts)


def _from_text(monitor: Monitor, received: Received) -> Facts:
    _check_size(received)
    text = files.decode(received.content(), _encoding(received))
    return _whole(monitor, received, Post(text=text, title=None, cut=()))


def _from_page(monitor: Monitor, received: Received) -> Facts:
    from sources.html import decode  # trafilatura, which it imports, takes half a second

    _check_size(received)
    return _whole(monitor, received, read_page(decode(received.content(), _encoding(received))))


def _check_size(received: Received) -> None:
    if received.size > DOCUMENT_BYTES:
        raise UnreadableError(f"it has {received.size:,} bytes, more than any post ({DOCUMENT_BYTES:,}); split it")


def _encoding(received: Received) -> str | None:
    declared = received.metadata.get("encoding")
    return declared if isinstance(declared, str) else None


def _whole(monitor: Monitor, received: Received, post: Post) -> Facts:
    """The document of an input that is one post."""
    told = files.describe(received.metadata, monitor.name, received.name)
    url = received.url or told.url or post.url
    by_page = files.parse_published(post.published)
    published = told.published or by_page
    record = dict(received.metadata) | _kept(post)
    document = Document(
        document_id=received.snapshot_id,
        document_name=told.name or received.name,
        source=monitor.name,
        doc_type=_kind(told.title or post.title or post.text),
        text=post.text,
        version_key=_version_key(monitor, url, post.native_id) or received.origin,
        snapshot_id=received.snapshot_id,
        title=told.title or post.title,
        publisher=told.publisher or monitor.publisher,
        published=published,
        published_basis="external" if told.published else "explicit" if by_page else "none",
        url=url,
        language=told.language or post.language,
        licence=monitor.licence,
        received_at=received.received_at,
        record=record or None,
    )
    rejects = list(told.rejects)
    if not post.whole:
        check = f"{received.name} ends before the page does: its text may be incomplete; save it again"
        rejects.append(Reject(monitor.name, "warn", check, column="text"))
    return Facts(document, rejects=tuple(rejects))


def _kept(post: Post) -> dict[str, Any]:
    said = {"post_id": post.native_id, "modified": post.modified, "cut": list(post.cut)}
    return {key: value for key, value in said.items() if value}


def _version_key(monitor: Monitor, url: str | None, native_id: str | None) -> str | None:
    if url:
        return address_key(url)
    return f"{monitor.name}:{native_id}" if native_id else None


def _kind(title: str) -> str:
    """A month's toll says its month without a day in the title (the first line, where there is none)."""
    return "monitor_toll" if _MONTHLY.search(title.strip().split("\n", 1)[0]) else "monitor_post"


def _from_json(monitor: Monitor, received: Received) -> Reading:
    """WordPress JSON: a list of posts, one post, or one post a line. What is no post is a reject with its place."""
    found = _items(received)
    posts: dict[str, Facts] = {}
    rejects: list[Reject] = []
    for number, item in enumerate(found, start=1):
        try:
            facts = _from_item(monitor, received, item)
        except UnreadableError as error:
            shown = {"id": item["id"]} if isinstance(item, dict) and isinstance(item.get("id"), int) else None
            rejects.append(Reject(monitor.name, "read", f"post {number}: {error}", record=shown))
            continue
        key = facts.document.version_key
        if key in posts:
            check = f"post {number} comes twice; the one changed last is kept"
            rejects.append(Reject(monitor.name, "warn", check, column="id", failure_case=facts.document.document_name))
            facts = max(posts[key], facts, key=_changed)
        posts[key] = facts
    if not posts and not rejects:
        raise UnreadableError("it holds no post")
    failed = None if posts else f"{received.origin}: it holds no post that can be read"
    return Reading(tuple(posts.values()), tuple(rejects), failed)


def _changed(facts: Facts) -> str:
    record = facts.document.record or {}
    return str(record.get("modified_gmt") or record.get("modified") or "")


def _items(received: Received) -> list[Any]:
    text = files.decode(received.content())
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if error.msg == "Extra data" and len(lines) > 1:
            return [_line(line) for line in lines]
        where = f"line {error.lineno}, column {error.colno}"
        why = f"it is not valid JSON: {error.msg} at {where}; it may be truncated: fetch it again"
        raise UnreadableError(why) from error
    except RecursionError as error:
        raise UnreadableError("it is no JSON that can be read: nested too deeply") from error
    if isinstance(body, dict) and "content" not in body and isinstance(body.get("message"), str):
        raise UnreadableError(f"the site answered with an error instead of posts: {body['message'][:200]!r}")
    return body if isinstance(body, list) else [body]


def _line(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return UnreadableError(f"not JSON: {error}")


def _from_item(monitor: Monitor, received: Received, item: Any) -> Facts:
    if isinstance(item, UnreadableError):
        raise item
    body = _rendered(item, "content")
    if body is None:
        raise UnreadableError("it has no content.rendered: it is no WordPress post")
    title = plain(_rendered(item, "title") or "") or None
    canonical = json.dumps(item, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if re.search("[\ud800-\udfff]", canonical):
        raise UnreadableError("half a character (a lone surrogate escape); write the JSON as UTF-8")
    text, cut = compose(title, body)
    native_id = str(item["id"]) if isinstance(item.get("id"), int | str) and item["id"] != "" else None
    link = item["link"] if isinstance(item.get("link"), str) else None
    published, rejects = _published(monitor, item)
    document_id = hashlib.sha256(canonical.encode()).hexdigest()
    document = Document(
        document_id=document_id,
        document_name=f"{monitor.name}:{native_id}" if native_id else link or received.name,
        source=monitor.name,
        doc_type=_kind(title or text),
        text=text,
        version_key=_version_key(monitor, link, native_id) or f"{received.origin}#{document_id}",
        snapshot_id=received.snapshot_id,
        locator=native_id,
        title=title,
        publisher=monitor.publisher,
        published=published,
        published_basis="explicit" if published else "none",
        url=link,
        licence=monitor.licence,
        received_at=received.received_at,
        record={**item, **({"cut": list(cut)} if cut else {})},
    )
    return Facts(document, rejects=rejects)


def _rendered(item: Any, key: str) -> str | None:
    held = item.get(key) if isinstance(item, Mapping) else None
    value = held.get("rendered") if isinstance(held, Mapping) else held
    return value if isinstance(value, str) else None


def _published(monitor: Monitor, item: Mapping[str, Any]) -> tuple[Any, tuple[Reject, ...]]:
    """The day of the post on the site's own clock, which "today" in it means; in UTC where only that is told."""
    for key in ("date", "date_gmt"):
        written = item.get(key)
        if written in (None, ""):
            continue
        found = files.parse_published(written)
        if found:
            return found, ()
        return None, (Reject(monitor.name, "read", "not an ISO date; left out", column=key, failure_case=str(written)),)
    return None, ()
