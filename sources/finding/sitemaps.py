"""Sitemaps (sitemaps.org 0.9) with Google's news extension: the pages that a site lists, and its other sitemaps.

The XML is read as a stream by expat: what is kept is the links, never the tree. A document type is refused, because
sitemaps have none and entities are how XML bombs are built.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from sources.finding import FindingError, Found, moment, plain_url

SITEMAP_BYTES = 60_000_000
"""Decompressed; the protocol allows 50 MB."""
CHUNK = 65_536
_WANTED = frozenset({"loc", "lastmod", "publication_date", "title", "name", "language"})


@dataclass(slots=True)
class Sitemap:
    """What a sitemap holds."""

    pages: list[Found] = field(default_factory=list)
    sitemaps: list[Found] = field(default_factory=list)
    """Of an index: other sitemaps, with the time of their last change."""
    broken: str | None = None
    """Where the XML breaks off; what stands before is here."""


def read(content: bytes, url: str) -> Sitemap:
    """The links of the sitemap that came from ``url``, XML (also gzipped) or plain text with a link a line.

    Raises `FindingError` where it is none, or too large.
    """
    if not content.startswith(b"\x1f\x8b") and content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"http"):
        return _lines(content, url)
    reader = _Reader(url)
    try:
        for chunk in _unpacked(content):
            reader.parser.Parse(chunk, False)
        reader.parser.Parse(b"", True)
    except (expat.ExpatError, zlib.error) as error:
        reader.sitemap.broken = f"its XML is broken: {error}"
    sitemap = reader.sitemap
    if not reader.is_sitemap:
        raise FindingError(f"it is no sitemap: it begins {content[:60].decode('utf-8', 'replace')!r}")
    return sitemap


def _lines(content: bytes, url: str) -> Sitemap:
    links = (plain_url(line, url) for line in content.decode("utf-8-sig", "replace").splitlines())
    return Sitemap(pages=[Found(link) for link in dict.fromkeys(links) if link])


def _unpacked(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"\x1f\x8b"):
        for start in range(0, len(content), CHUNK):
            yield content[start : start + CHUNK]
        return
    inflater, size = zlib.decompressobj(31), 0
    rest = content
    while rest and not inflater.eof:
        chunk = inflater.decompress(rest, CHUNK)
        rest = inflater.unconsumed_tail
        size += len(chunk)
        if size > SITEMAP_BYTES:
            raise FindingError(f"it has more than {SITEMAP_BYTES:,} bytes when unpacked")
        yield chunk


class _Reader:
    """Handlers of expat: texts of the elements that are wanted, a `Found` at the end of each entry."""

    def __init__(self, url: str) -> None:
        self.sitemap = Sitemap()
        self.is_sitemap = False
        self._url = url
        self._seen: set[str] = set()
        self._entry: dict[str, str] = {}
        self._text: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise FindingError("it has a document type, which no sitemap has: a web page, or an attack")

    def _start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local in ("urlset", "sitemapindex"):
            self.is_sitemap = True
        elif local in ("url", "sitemap"):
            self._entry = {}
        self._text = [] if local in _WANTED else None

    def _data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if self._text is not None and not space.endswith("/sitemap-image/1.1"):
            self._entry.setdefault(local, "".join(self._text).strip())
        self._text = None
        if local in ("url", "sitemap"):
            self._keep(self.sitemap.pages if local == "url" else self.sitemap.sitemaps)

    def _keep(self, into: list[Found]) -> None:
        entry = self._entry
        link = plain_url(entry.get("loc", ""), self._url)
        if link is None or link in self._seen:
            return
        self._seen.add(link)
        published = moment(entry.get("publication_date"))
        into.append(
            Found(
                url=link, title=entry.get("title") or None, published=published.date() if published else None,
                changed=moment(entry.get("lastmod")) or published, language=entry.get("language") or None,
                publisher=entry.get("name") or None,
            )
        )  # fmt: skip
