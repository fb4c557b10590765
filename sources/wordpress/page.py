"""The text of a WordPress post from its HTML: title and paragraphs, apart from teasers, tags and buttons around them.

Nothing is thrown away: what was cut off is given beside the text. A block all of whose words are links points to
another page and is no statement of this one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as markup

from sources.fields import data_table
from sources.table import UnreadableError

# lxml ships no types: its elements are Any here.
Element = Any

_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
     "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul"]
)  # fmt: skip
_SILENT = frozenset(["script", "style", "noscript", "form", "button", "iframe", "svg", "template", "nav"])
_CELLS = frozenset(["td", "th"])
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")
_POST_ID = re.compile(r"\b(?:postid|post)-(\d+)\b")
_SHORT_LINK = re.compile(r"[?&]p=(\d+)")
TEASER_CHARACTERS = 250
"""A line longer than this under a heading such as "Related News" is the post's own text again."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, heading or table row, its blanks collapsed; ``linked`` when every word is a link."""

    tag: str
    text: str
    linked: bool = False
    chrome: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """One post. ``text`` is title, blank line, paragraphs; ``cut`` is what stood between them and is not the post."""

    text: str
    title: str | None
    cut: tuple[str, ...]
    url: str | None = None
    published: str | None = None
    """As written; an ISO time where the page follows the rules."""
    modified: str | None = None
    native_id: str | None = None
    language: str | None = None
    whole: bool = True
    """False when the page breaks off before its end."""


def compose(title: str | None, body: str) -> tuple[str, tuple[str, ...]]:
    """Text and what was cut off, from the HTML of a post's body. Raises `UnreadableError` for a body without text."""
    return _compose(title, blocks(parse(f"<div>{body}</div>")))


def parse(source: str) -> Element:
    """The tree of a page or a piece of one, however broken. Raises `UnreadableError` where there is nothing in it."""
    try:
        return markup.fromstring(source.encode("utf-8"), parser=markup.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"it is no HTML that can be read: {error}") from error


def read_page(source: str) -> Post:
    """The post that a page shows. Raises `UnreadableError` for a page that shows none (an error, a list, a wall)."""
    page = parse(source)
    body = _body(page)
    if body is None:
        said = plain(next(iter(page.xpath("//title/text()")), ""))
        titled = f" (it is titled {said!r})" if said else ""
        raise UnreadableError(f"the page shows no post{titled}: save the page of the post itself")
    title = _title(page)
    text, cut = _compose(title, blocks(body))
    return Post(
        text=text,
        title=title,
        cut=cut,
        url=_first(page, "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"),
        published=_first(
            page,
            "//meta[@property='article:published_time']/@content",
            "//time[contains(@class, 'published') or contains(@class, 'entry-date')]/@datetime",
        ),
        modified=_first(page, "//meta[@property='article:modified_time']/@content"),
        native_id=_native_id(page),
        language=_language(page),
        whole="</html" in source[-2000:].lower(),
    )


def blocks(element: Element) -> list[Block]:
    """The blocks below ``element`` in order."""
    found: list[Block] = []
    pieces: list[tuple[str, bool]] = []

    def flush(tag: str, chrome: bool) -> None:
        text = "".join(piece for piece, _ in pieces)
        words = [(piece, linked) for piece, linked in pieces if re.search(r"\w", piece)]
        for line in re.split(r"\n[ \t\xa0]*\n\s*", text):
            tidy = "\n".join(filter(None, (" ".join(part.split()) for part in line.split("\n"))))
            if re.search(r"\w", tidy):
                found.append(Block(tag, tidy, bool(words) and all(linked for _, linked in words), chrome))
        pieces.clear()

    def walk(node: Element, tag: str, linked: bool, chrome: bool) -> None:
        if not isinstance(node.tag, str) or node.tag in _SILENT:
            return
        linked = linked or node.tag == "a"
        own_chrome = chrome or _is_chrome(node)
        inside = node.tag in _BLOCKS
        if inside:
            flush(tag, chrome)
        if node.tag == "br":
            pieces.append(("\n", linked))
        if node.text:
            pieces.append((" ".join(re.split(r"\s*\n\s*", node.text)), linked))
        own = node.tag if inside else tag
        for child in node:
            walk(child, own, linked, own_chrome)
            if child.tag in _CELLS:
                pieces.append((" | ", linked))
            if child.tail:
                pieces.append((" ".join(re.split(r"\s*\n\s*", child.tail)), linked))
        if inside:
            flush(own, own_chrome)

    walk(element, "div", False, False)
    flush("div", False)
    return found


def plain(markup_text: str) -> str:
    """A title or label without tags and entities, its blanks collapsed."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup_text)).split())


def _compose(title: str | None, found: list[Block]) -> tuple[str, tuple[str, ...]]:
    kept: list[str] = []
    cut: list[str] = []
    teasers = False
    for block in found:
        label = re.sub(r"[\W\d_]+", " ", block.text).strip().casefold()
        if label in _values("heading"):
            teasers = True
        elif teasers and not block.linked and not _is_teaser(block):
            teasers = False
        if teasers or block.chrome or block.linked or label in _values("line"):
            cut.append(block.text)
        elif kept or block.text != title:
            kept.append(f"• {block.text}" if block.tag == "li" and not re.match(r"[•\-–*]", block.text) else block.text)
    if not kept:
        raise UnreadableError("the post has no text")
    return "\n\n".join([*([title] if title else []), *kept]), tuple(cut)


def _is_teaser(block: Block) -> bool:
    return len(block.text) <= TEASER_CHARACTERS and not _SENTENCE_END.search(block.text)


def _is_chrome(node: Element) -> bool:
    classes = (node.get("class") or "").split()
    return node.get("rel") == "tag" or any(name in _values("cut") for name in classes)


def _body(page: Element) -> Element | None:
    if page.xpath("//body[contains(concat(' ', @class, ' '), ' error404 ')]"):
        return None
    for name in _values("body"):
        held = page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")
        if held:
            return max(held, key=lambda node: len(node.text_content()))
    articles = page.xpath("//article")
    return articles[0] if len(articles) == 1 else None


def _title(page: Element) -> str | None:
    for path in ("//h1[contains(@class, 'title')]", "//article//h1", "//h1"):
        for node in page.xpath(path):
            if said := plain(node.text_content()):
                return said
    said = plain(_first(page, "//meta[@property='og:title']/@content", "//title/text()") or "")
    site = plain(_first(page, "//meta[@property='og:site_name']/@content") or "")
    return re.sub(rf"\s*[|–—-]\s*{re.escape(site)}$", "", said) if site else said or None


def _first(page: Element, *paths: str) -> str | None:
    found: Iterator[str] = (str(value).strip() for path in paths for value in page.xpath(path))
    return next(filter(None, found), None)


def _native_id(page: Element) -> str | None:
    for value in page.xpath("//body/@class | //article/@id | //link[@rel='shortlink']/@href"):
        if match := _POST_ID.search(value) or _SHORT_LINK.search(value):
            return str(match[1])
    return None


def _language(page: Element) -> str | None:
    match = re.match(r"[A-Za-z]{2,3}\b", _first(page, "//html/@lang") or "")
    return match[0].lower() if match else None


@cache
def _values(kind: str) -> tuple[str, ...]:
    return tuple(row["value"] for row in data_table("wordpress_chrome.csv") if row["kind"] == kind)
