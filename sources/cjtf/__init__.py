"""US-led Coalition (CJTF-OIR, CENTCOM): civilian casualty reports 2016-2025 and single statements taken from them.

Reads: monthly, quarterly and periodic reports as text, HTML or PDF (PDF needs the extra ``pdf``), and JSON lines of
single statements with the keys ``statement``, ``statement_id``, ``statement_date`` (also the common ``text``,
``document_name``, ``published``). A statement may hold several entries.
Definitions: "credible" means that the Coalition finds it more likely than not that its strike harmed civilians;
"non-credible" only that it could not find so. Fighters are kept apart from civilians. Running totals are "at least",
since August 2014, Iraq and Syria together.
Licence: work of the US federal government; the codes of Airwars and others in the entries are theirs.
Quirks: years mistyped (kept as written, reported), grid references mistyped (kept without coordinates), numbering that
starts again in each section (``entry_no`` counts through the document), reopened reports counted among those open.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser

from schemas.records import Document, Facts, Reading, Reject
from sources import files
from sources.cjtf.facts import NAME, find_entries, interpret, parse_report, parse_statement
from sources.cjtf.report import release_date
from sources.expectations import Expectations, compare
from sources.reading import DOCUMENT_BYTES, Received, failure
from sources.table import UnreadableError

__all__ = ["LICENCE", "NAME", "REDISTRIBUTABLE", "parse_report", "parse_statement", "read", "recognises"]

LICENCE: str | None = "US Government work (public domain)"
REDISTRIBUTABLE = True
PUBLISHER = "CJTF-OIR"
EXPECTS = Expectations(records_at_least=1, records_at_most=20_000, shares={"finding": 0.9})
"""Of some two thousand statements in ten years all but a handful say what was found."""
OWN_KEYS = {"statement": "text", "statement_id": "document_name", "statement_date": "published"}
"""The source's own keys in JSON lines, and the common names that they stand for."""

_REPORT = re.compile(rb"CJTF.?OIR|Operation Inherent Resolve", re.IGNORECASE)
_REPORT_NAME = re.compile(r"civ(?:ilian)?[ _-]?(?:cas|harm)|cjtf", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|head|body|article|main|div|p)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    ["p", "div", "li", "ul", "ol", "br", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"]
)
_HIDDEN = frozenset(["script", "style", "nav", "head", "noscript", "form"])


def recognises(head: bytes, name: str) -> bool:
    """True for a PDF named like a civilian casualty report, or a text that names the Coalition and has its formulas."""
    if head.startswith(b"%PDF"):
        return _REPORT_NAME.search(name) is not None
    if head.lstrip()[:1] in (b"{", b"[") or not _REPORT.search(head):
        return False
    entries, figures = find_entries(_plain(head.decode("utf-8", errors="replace")), None)
    return bool(figures) and any(entry.date_text for entry in entries)


def read(received: Received) -> Iterator[Reading]:
    """Read JSON lines of statements, or one report as text, HTML or PDF, told apart by their content.

    A broken line is a reject beside the good ones. An input that holds nothing of a report (an error page, a scan, an
    empty file) is a failed reading with the reason.
    """
    if received.head().lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        for reading in files.read_lines(received, NAME, OWN_KEYS, LICENCE):
            yield replace(reading, facts=tuple(_statement(facts) for facts in reading.facts))
        return
    try:
        yield Reading((_report(received),))
    except UnreadableError as error:
        yield failure(NAME, received.origin, str(error))


def expectations(readings: Sequence[Reading]) -> list[Reject]:
    """Compare a load with `EXPECTS`."""
    return compare(readings, EXPECTS, NAME, complete=True)


def pdf_text(data: bytes) -> str:
    """The text of a PDF, page after page. Raises `UnreadableError` for a broken or scanned one, or without pypdf."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise UnreadableError("it is a PDF: install casualty-facts[pdf] to read it") from error
    try:
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError) as error:
        raise UnreadableError(f"it is a broken PDF ({error}): fetch it again") from error
    if not text.strip():
        raise UnreadableError("it is a PDF without text (a scan?): give its text instead")
    return text


def html_text(source: str) -> str:
    """The text of an HTML page, one line a paragraph, list item or table row, without scripts, forms and menus."""
    parser = _Text()
    parser.feed(source)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            # A tag left open inside is closed with what holds it
            del self._hidden[self._hidden.index(tag) :]
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            # Line breaks of the source are blanks
            self.pieces.append(" ".join(data.split("\n")))


def _plain(text: str) -> str:
    return html_text(text) if _MARKUP.match(text) else text


def _statement(found: Facts) -> Facts:
    read = interpret(_official(found.document))
    return replace(read, rejects=found.rejects + read.rejects)


def _report(received: Received) -> Facts:
    if received.size > DOCUMENT_BYTES:
        raise UnreadableError(f"it has {received.size:,} bytes, more than any report; split it")
    data = received.content()
    text = pdf_text(data) if data.startswith(b"%PDF") else _plain(files.decode(data))
    entries, figures = find_entries(text, None)
    if not figures and all(entry.entry.finding == "not_stated" for entry in entries):
        begins = " ".join(text.split())[:80]
        raise UnreadableError(f"it holds no civilian casualty report of the Coalition; it begins {begins!r}")
    told = files.describe(received.metadata, NAME, received.name)
    published = told.published or release_date(text)
    document = Document(
        document_id=received.snapshot_id,
        document_name=told.name or received.name,
        source=NAME,
        doc_type="official_report",
        text=text,
        version_key=received.url or told.url or received.origin,
        snapshot_id=received.snapshot_id,
        title=told.title,
        publisher=told.publisher,
        published=published,
        published_basis="external" if told.published else "explicit" if published else "none",
        url=received.url or told.url,
        licence=LICENCE,
        received_at=received.received_at,
        record=dict(received.metadata) or None,
    )
    read = interpret(_official(document))
    return replace(read, rejects=told.rejects + read.rejects)


def _official(document: Document) -> Document:
    return replace(
        document,
        doc_type="official_report",
        publisher=document.publisher or PUBLISHER,
        language=document.language or "en",
        redistributable=REDISTRIBUTABLE,
    )
