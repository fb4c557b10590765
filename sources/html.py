"""A web page as a document: its main text, title, date, site and language, through trafilatura."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import date

from trafilatura import bare_extraction

from sources.table import UnreadableError

_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]*\slang\s*=\s*[\"']?([A-Za-z]{2,3})", re.IGNORECASE)
# Browsers read these three names as Windows-1252 (WHATWG Encoding Standard), and pages are written for browsers.
_WESTERN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
DECLARATION_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Page:
    """What a page gives; ``text`` is derived from it, and offsets refer to this text."""

    text: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    language: str | None


def extract(data: bytes, declared: str | None, received_on: date) -> Page:
    """The main text of a page and what it says of itself. No publication date after ``received_on`` is believed.

    Raises `UnreadableError` for a page without text (an empty page, a wall of consent or payment) and for bytes that
    are no text.
    """
    source = decode(data, declared)
    dates = {"extensive_search": False, "original_date": True, "max_date": received_on.isoformat()}
    found = bare_extraction(
        source, include_comments=False, with_metadata=True, date_extraction_params=dates, as_dict=False
    )
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise UnreadableError("the page has no main text: it is empty, or shows a consent or payment wall instead")
    language = _LANGUAGE.search(source[:DECLARATION_BYTES])
    return Page(
        text=text,
        title=_said(found, "title"),
        publisher=_said(found, "sitename"),
        published=_day(_said(found, "date")),
        url=_said(found, "url"),
        language=language[1].lower() if language else None,
    )


def _said(found: object, name: str) -> str | None:
    value = getattr(found, name, None)
    return value.strip() or None if isinstance(value, str) else None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def decode(data: bytes, declared: str | None) -> str:
    """By mark, what was declared beside the page, what the page declares, UTF-8, Windows-1252: the first that fits."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data:
        raise UnreadableError("it is a binary file, not a page")
    if not data.strip():
        raise UnreadableError("it is empty: there is no text in it")
    meta = _META.search(data[:DECLARATION_BYTES])
    for name in (declared, meta[1].decode("ascii") if meta else None, "utf-8"):
        try:
            if name:
                return data.decode("cp1252" if name.lower() in _WESTERN else name)
        except (LookupError, UnicodeError):
            continue
    # Pages declare wrongly; five bytes are undefined in Windows-1252 and become the replacement character.
    return data.decode("cp1252", errors="replace")
