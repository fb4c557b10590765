"""Articles and posts in files: text, markdown and HTML, one document each; JSONL, one document a line.

For ``.txt`` and ``.md`` the text is the decoded file exactly as it is, line ends included, so that offsets refer to
what was taken; only a byte order mark is left out. What a sidecar or manifest says wins over what the page says.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from schemas.records import Document, Facts, Reading, Reject
from sources.reading import DOCUMENT_BYTES, Received, failure
from sources.table import UnreadableError

NAME = "files"
LICENCE: str | None = None
REDISTRIBUTABLE = False

BATCH_DOCUMENTS = 500
BATCH_CHARACTERS = 8_000_000

_HTML_ENDINGS = frozenset({".html", ".htm"})
_LINE_ENDINGS = frozenset({".jsonl", ".ndjson"})
_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_SURROGATE = re.compile("[\ud800-\udfff]")
# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_FIELDS = ("title", "publisher", "url", "language")


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a document besides its text, and what of it did not pass."""

    name: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    rejects: tuple[Reject, ...] = field(default=())


def recognises(head: bytes, name: str) -> bool:
    """Standard input, and pages by their first bytes. Files with a text ending come here without being asked."""
    return name == "stdin" or bool(_PAGE.match(head))


def read(received: Received) -> Iterator[Reading]:
    """The documents of one file, response or stream; see `sources.reading.SourceModule`."""
    kind = _kind(received)
    if kind == "lines":
        yield from read_lines(received)
        return
    if received.size > DOCUMENT_BYTES:
        yield failure(NAME, received.origin, _too_large(received.size))
        return
    try:
        yield Reading(facts=(_page(received) if kind == "page" else _plain(received),))
    except UnreadableError as error:
        yield failure(NAME, received.origin, str(error))


def read_lines(
    received: Received, source: str = NAME, keys: Mapping[str, str] | None = None, licence: str | None = LICENCE
) -> Iterator[Reading]:
    """The documents of a JSONL file, in batches; broken lines and lines without text are rejects with their number.

    ``keys`` names a source's own keys (``{"statement": "text"}``); a name of the contract that is there stays as it is.
    """
    documents = parsed = rejected = 0
    facts: list[Facts] = []
    rejects: list[Reject] = []
    characters = 0
    for number, line in _lines(received):
        record = _record(line, number, source)
        if isinstance(record, Reject):
            rejects.append(record)
        else:
            parsed += 1
            found = _line_facts(record, number, received, source, keys or {}, licence)
            if isinstance(found, Reject):
                rejects.append(found)
            else:
                facts.append(found)
                characters += len(found.document.text)
        if len(facts) + len(rejects) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            documents, rejected, characters = documents + len(facts), rejected + len(rejects), 0
            yield Reading(tuple(facts), tuple(rejects))
            facts, rejects = [], []
    documents, rejected = documents + len(facts), rejected + len(rejects)
    failed = None
    if not parsed:
        why = "no line of it is a JSON object: it is not JSONL" if rejected else "it holds no text"
        failed = f"{received.origin}: {why}"
    if facts or rejects or failed:
        yield Reading(tuple(facts), tuple(rejects), failed)


def describe(record: Mapping[str, Any], source: str, where: str | None = None) -> Described:
    """The fields of the contract that ``record`` gives; a value that does not fit is rejected alone."""
    rejects: list[Reject] = []

    def refuse(column: str, value: Any, check: str) -> None:
        check = f"{check} ({where})" if where else check
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        rejects.append(Reject(source, "read", check, column=column, failure_case=_printable(shown)))

    found: dict[str, str | None] = {}
    for column in _FIELDS:
        value = record.get(column)
        if value is None or (isinstance(value, str) and not _SURROGATE.search(value)):
            found[column] = (value or "").strip() or None
        else:
            refuse(column, value, f"{column} is no text; left out")
    name = next((record[key] for key in ("document_name", "id") if record.get(key) not in (None, "")), None)
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if name is not None and (not isinstance(name, str) or _SURROGATE.search(name)):
        refuse("document_name", name, "document_name is no text; the file's name is used")
        name = None
    published = record.get("published")
    day = parse_published(published)
    if published not in (None, "") and day is None:
        refuse("published", published, "not a date of the calendar in the form YYYY-MM-DD; left out")
    return Described(name=name, published=day, rejects=tuple(rejects), **found)


def parse_published(value: Any) -> date | None:
    """An ISO day, also with a time after it (dropped); None for anything else and for days that do not exist."""
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file: by its byte order mark, else the declared encoding, else UTF-8.

    Raises `UnreadableError` for an empty or binary file, an unknown encoding and bytes that do not fit it.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    encoding = marked or declared or "utf-8"
    if not marked and b"\x00" in data:
        raise UnreadableError(
            f"it is a binary file (a zero byte at offset {data.index(0)}); give the text, or name its --source"
        )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"it is not {encoding}: byte 0x{data[error.start]:02x} at offset {error.start}; save it as UTF-8, or "
            'declare its encoding in the sidecar ({"encoding": "cp1252"})'
        ) from error
    except (LookupError, UnicodeError) as error:
        raise UnreadableError(f"its declared encoding {encoding!r} cannot be used: {error}") from error
    if not text.strip():
        raise UnreadableError("it is empty: there is no text in it")
    return text


def _kind(received: Received) -> str:
    ending = PurePath(received.name).suffix.lower()
    if ending in _LINE_ENDINGS:
        return "lines"
    if ending in _HTML_ENDINGS or received.media_type in ("text/html", "application/xhtml+xml"):
        return "page"
    if ending in (".txt", ".md", ".markdown"):
        return "text"
    head = received.head().removeprefix(codecs.BOM_UTF8)
    if _PAGE.match(head):
        return "page"
    return "lines" if head.lstrip().startswith(b"{") else "text"


def _too_large(size: int) -> str:
    limit = f"the limit of one document is {DOCUMENT_BYTES:,}"
    return f"it has {size:,} bytes; {limit}: split it, or give JSONL with a document a line"


def _declared(received: Received) -> str | None:
    declared = received.metadata.get("encoding")
    return declared if isinstance(declared, str) else None


def _plain(received: Received) -> Facts:
    text = decode(received.content(), _declared(received))
    return _whole(received, text, describe(received.metadata, NAME, received.name), None)


def _page(received: Received) -> Facts:
    from sources import html  # trafilatura takes half a second to import

    page = html.extract(received.content(), _declared(received), received.received_at.date())
    return _whole(received, page.text, describe(received.metadata, NAME, received.name), page)


def _whole(received: Received, text: str, told: Described, page: Any) -> Facts:
    url = received.url or told.url or (page.url if page else None)
    published = told.published or (page.published if page else None)
    on_stream = received.origin == "-"
    document = Document(
        document_id=received.snapshot_id,
        document_name=told.name or received.name,
        source=NAME,
        doc_type="news_article",
        text=text,
        version_key=url or (f"stdin:{received.snapshot_id}" if on_stream else received.origin),
        snapshot_id=received.snapshot_id,
        title=told.title or (page.title if page else None),
        publisher=told.publisher or (page.publisher if page else None),
        published=published,
        published_basis="none" if published is None else "external" if told.published else "explicit",
        url=url,
        language=told.language or (page.language if page else None),
        licence=LICENCE,
        redistributable=REDISTRIBUTABLE,
        received_at=received.received_at,
        record=_storable(dict(received.metadata)) or None,
    )
    return Facts(document, rejects=told.rejects)


def _lines(received: Received) -> Iterator[tuple[int, bytes | int]]:
    """Each line that is not blank, with its number from 1; the length alone of one that is above the limit."""
    with received.open() as stream:
        number = 0
        while line := stream.readline(DOCUMENT_BYTES + 1):
            number += 1
            if len(line) > DOCUMENT_BYTES:
                length = len(line)
                while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
                    length += len(line)
                yield number, length
                continue
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                yield number, line


def _record(line: bytes | int, number: int, source: str) -> dict[str, Any] | Reject:
    def refuse(check: str, case: str | None = None) -> Reject:
        return Reject(source, "read", f"line {number}: {check}", failure_case=case)

    if isinstance(line, int):
        return refuse(_too_large(line))
    try:
        record = json.loads(line)
    except UnicodeDecodeError as error:
        return refuse(f"not UTF-8 (byte {error.start}); save the file as UTF-8", repr(line[:80]))
    except ValueError as error:
        return refuse(f"not JSON: {error}", _printable(line[:200].decode("utf-8", "replace")))
    except RecursionError:
        return refuse("not JSON that can be read: nested too deeply", _printable(line[:80].decode("utf-8", "replace")))
    if not isinstance(record, dict):
        return refuse("not a JSON object", _printable(json.dumps(record, ensure_ascii=False)[:200]))
    return record


def _line_facts(
    record: dict[str, Any], number: int, received: Received, source: str, keys: Mapping[str, str], licence: str | None
) -> Facts | Reject:
    named = {new: record[own] for own, new in keys.items() if own in record and new not in record} | record
    text = named.get("text")
    if not isinstance(text, str) or not text.strip():
        why = "; keys of a source's own need its --source" if text is None else " (it is blank or no string)"
        check = f"line {number}: the record has no text{why}"
        return Reject(source, "read", check, column="text", record=_storable(record))
    canonical = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if _SURROGATE.search(canonical):
        check = f"line {number}: half a character (a lone surrogate escape); write the text as UTF-8"
        return Reject(source, "read", check, failure_case=_printable(canonical[:200]))
    told = describe(named, source, f"line {number}")
    document_id = hashlib.sha256(canonical.encode()).hexdigest()
    name = told.name or received.name
    document = Document(
        document_id=document_id,
        document_name=name,
        source=source,
        doc_type="news_article",
        text=text,
        version_key=told.url or (f"stdin:{document_id}" if received.origin == "-" else f"{received.origin}#{name}"),
        snapshot_id=received.snapshot_id,
        locator=str(number),
        title=told.title,
        publisher=told.publisher,
        published=told.published,
        published_basis="explicit" if told.published else "none",
        url=told.url,
        language=told.language,
        licence=licence,
        redistributable=REDISTRIBUTABLE,
        received_at=received.received_at,
        record={key: value for key, value in record.items() if value is not text},
    )
    return Facts(document, rejects=told.rejects)


def _printable(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _storable(record: dict[str, Any]) -> dict[str, Any] | None:
    return None if _SURROGATE.search(json.dumps(record, ensure_ascii=False)) else record
