"""Feeds, sitemaps and searches, well-formed, broken and hostile; pages that are walls."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from datetime import date, datetime, timedelta

import pytest

from sources import articles, reliefweb, walls
from sources.finding import FindingError, feeds, gdelt, plain_url, sitemaps

FEED = "https://example.org/feed.xml"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Example Wire</title><language>en-GB</language>
<item><title>Market hit</title><link>/news/1?utm_source=rss&amp;id=4#top</link>
<pubDate>Thu, 05 Nov 2026 22:30:00 +0300</pubDate></item>
<item><title>Again</title><link>https://example.org/news/1?id=4</link></item>
<item><title>No page</title><link>mailto:desk@example.org</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Office</title><entry><title>Statement</title>
<link rel="alternate" href="https://example.org/s/9"/><published>2026-11-01T00:00:00Z</published>
<updated>2026-11-03T12:00:00Z</updated></entry></feed>"""
MAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://example.org/news/1 </loc><image:image><image:loc>https://example.org/1.jpg</image:loc>
<image:title>A picture</image:title></image:image><news:news><news:publication><news:name>Example Wire</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2026-11-05T22:30:00+03:00</news:publication_date>
<news:title>Market &amp; clinic hit</news:title></news:news></url>
<url><loc>https://example.org/news/2</loc><lastmod>2026-11-04</lastmod></url></urlset>"""


def test_an_rss_feed_gives_each_page_once() -> None:
    found = feeds.articles(RSS.encode(), FEED)
    assert [(one.url, one.title) for one in found] == [("https://example.org/news/1?id=4", "Market hit")]
    assert (found[0].published, found[0].changed) == (date(2026, 11, 5), datetime(2026, 11, 5, 19, 30))
    assert (found[0].publisher, found[0].language) == ("Example Wire", "en")


def test_an_atom_feed_tells_when_an_entry_was_changed() -> None:
    one = feeds.articles(ATOM.encode(), FEED)[0]
    assert (one.url, one.published, one.changed) == (
        "https://example.org/s/9", date(2026, 11, 1), datetime(2026, 11, 3, 12),
    )  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("Market hit", "Market & clinic <b>hit"),
        RSS[: RSS.index("<item><title>No page")],
        RSS.replace("</title>", "", 1),
        RSS.replace("?>", "?>\x00\x01", 1),
    ],
)
def test_a_feed_with_broken_xml_gives_what_it_has(broken: str) -> None:
    assert "https://example.org/news/1?id=4" in [one.url for one in feeds.articles(broken.encode(), FEED)]


def test_a_feed_opens_no_file_and_resolves_no_entity() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY a "xxxxxxxxxx">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9)
    )
    text = RSS.replace('<rss version', f'{bomb}]><rss version').replace("Market hit", "&f;&a8;")
    assert len(feeds.articles(text.encode(), FEED)[0].title or "") < 1000


@pytest.mark.parametrize("body", [b"", b"<!doctype html><html><body>Hello</body></html>", b'{"items": []}', b"\x89PNG"])
def test_what_is_no_feed_is_said(body: bytes) -> None:
    with pytest.raises(FindingError, match="no RSS or Atom feed"):
        feeds.articles(body, FEED)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_news_sitemap(pack: object) -> None:
    assert callable(pack)
    found = sitemaps.read(pack(MAP.encode()), "https://example.org/map.xml")
    first, second = found.pages
    assert (first.url, first.title, first.publisher) == (
        "https://example.org/news/1", "Market & clinic hit", "Example Wire",
    )  # fmt: skip
    assert (first.published, first.changed) == (date(2026, 11, 5), datetime(2026, 11, 5, 19, 30))
    assert (second.changed, second.title) == (datetime(2026, 11, 4), None)
    assert found.broken is None


def test_a_sitemap_that_breaks_off_gives_what_came_before() -> None:
    found = sitemaps.read(MAP[: MAP.index("<url><loc>https://example.org/news/2") + 20].encode(), FEED)
    assert [one.url for one in found.pages] == ["https://example.org/news/1"]
    assert "broken" in (found.broken or "")


def test_a_sitemap_index_and_a_list_of_lines() -> None:
    entry = "<sitemap><loc>/a.xml.gz</loc><lastmod>2026-11-04T01:00:00Z</lastmod></sitemap>"
    index = f"<sitemapindex>{entry}</sitemapindex>"
    found = sitemaps.read(index.encode(), "https://example.org/map.xml")
    assert [(one.url, one.changed) for one in found.sitemaps] == [
        ("https://example.org/a.xml.gz", datetime(2026, 11, 4, 1))
    ]
    lines = sitemaps.read(b"https://example.org/1\r\n\r\nhttps://example.org/2\n", FEED)
    assert len(lines.pages) == 2


def test_a_large_sitemap_within_bounded_memory() -> None:
    urls = "".join(f"<url><loc>https://example.org/news/{n}</loc></url>" for n in range(20_000))
    content = f"<urlset>{urls}</urlset>".encode()
    tracemalloc.start()
    try:
        assert len(sitemaps.read(content, FEED).pages) == 20_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16_000_000


def test_bombs_in_sitemaps_are_refused() -> None:
    entities = '<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
    with pytest.raises(FindingError, match="document type"):
        sitemaps.read(entities.encode(), FEED)
    with pytest.raises(FindingError, match="when unpacked"):
        sitemaps.read(gzip.compress(b"<urlset>" + b" " * (sitemaps.SITEMAP_BYTES + 1)), FEED)
    with pytest.raises(FindingError, match="no sitemap"):
        sitemaps.read(b"<rss></rss>", FEED)


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        ("HTTP://Example.org", "http://example.org/"),
        ("a/b?x=1&fbclid=9&y=", "https://example.org/a/b?x=1&y="),
        ("//cdn.example.org/a", "https://cdn.example.org/a"),
        ("?p=12#comments", "https://example.org/feed.xml?p=12"),
        ("javascript:alert(1)", None),
        ("http://[::1", None),
        ("https://example.org/" + "a" * 3000, None),
    ],
)
def test_addresses_are_made_plain(link: str, plain: str | None) -> None:
    assert plain_url(link, FEED) == plain


@pytest.mark.parametrize(
    ("fetched", "said", "kept"),
    [
        ("https://m.example.org/news/bakery", "https://www.example.org/world/bakery.html", "said"),
        ("https://example.org/news/bakery?ref=home", "https://example.org/news/bakery", "fetched"),
        ("https://example.org/news/bakery", "https://example.org/", "fetched"),
        ("https://example.org/news/bakery", "https://other.example/news/bakery", "fetched"),
        ("https://example.org/news/bakery", "https://example.org/news/clinic", "fetched"),
        ("https://example.org/?p=4", "https://example.org/", "fetched"),
        ("https://example.org/news/bakery", None, "fetched"),
    ],
)
def test_a_canonical_address_is_believed_only_where_it_can_be(fetched: str, said: str | None, kept: str) -> None:
    assert articles.canonical(fetched, said) == (said if kept == "said" else fetched)


def test_gdelt_halves_the_span_while_answers_are_full() -> None:
    asked: list[tuple[str, str]] = []
    start = datetime(2026, 11, 1)

    def get(url: str) -> bytes:
        query = dict(pair.split("=") for pair in url.split("?")[1].split("&"))
        asked.append((query["startdatetime"], query["enddatetime"]))
        full = query["enddatetime"] == "20261102000000" and query["startdatetime"] != "20261101180000"
        rows = [{"url": f"https://example.org/{len(asked)}/{n}"} for n in range(250 if full else 3)]
        return json.dumps({"articles": rows}).encode()

    found = list(gdelt.search("x", start, start + timedelta(days=1), get))
    assert len(asked) == 5
    assert len(found) == len({one.url for one in found}) == 9


@pytest.mark.parametrize("answer", [b"Your query was too short.", b"[]", b'{"articles": 7}'])
def test_gdelt_errors_come_as_text_and_are_said(answer: bytes) -> None:
    with pytest.raises(FindingError, match="GDELT answers"):
        list(gdelt.search("x", datetime(2026, 11, 1), datetime(2026, 11, 2), lambda _: answer))


def test_gdelt_knows_nothing_is_an_empty_answer() -> None:
    assert list(gdelt.search("x", datetime(2026, 11, 1), datetime(2026, 11, 2), lambda _: b"{}")) == []


def test_reliefweb_pages_until_an_answer_is_short() -> None:
    asked: list[int] = []

    def post(url: str, question: object) -> bytes:
        assert isinstance(question, dict)
        asked.append(question["offset"])
        count = 2 if question["offset"] < 4 else 1
        return json.dumps({"data": [{"id": str(n)} for n in range(count)]}).encode()

    pages = list(reliefweb.search("x", datetime(2026, 1, 1), datetime(2026, 2, 1), "a", post, page_size=2))
    assert (len(pages), asked) == (3, [0, 2, 4])


def test_reliefweb_errors_are_said() -> None:
    def post(url: str, question: object) -> bytes:
        return b'{"error": {"message": "appname is not approved"}}'

    with pytest.raises(FindingError, match="appname is not approved"):
        list(reliefweb.search("x", datetime(2026, 1, 1), datetime(2026, 2, 1), "a", post))


def test_markdown_with_stray_html_becomes_text() -> None:
    assert reliefweb.plain("<p>Four &amp; five</p><p>people</p>") == "Four & five\npeople"
    assert reliefweb.plain("**Four** < five\n\n\n\npeople") == "**Four** < five\n\npeople"


LONG = "At least four people were killed when a strike hit the market in Hajin, the clinic of the town said. " * 12


@pytest.mark.parametrize(
    ("source", "text", "kind"),
    [
        ("<p>x</p>", LONG + " Subscribe to continue reading our newsletter.", None),
        ("<p>x</p>", "Four people were killed in Hajin. Already a subscriber? Sign in to read.", "paywall"),
        ('<script type="application/ld+json">[{"a": {"isAccessibleForFree": "False"}}]</script>',
         "Four people were killed in Hajin, said the clinic of the small town.", "paywall"),
        ('<script type="application/ld+json">{"isAccessibleForFree": false}</script>', LONG, None),
        ('<script type="application/ld+json">{broken</script>', "Four people were killed " * 6, None),
        ("<div>We use cookies. <b>Accept all cookies</b></div>", None, "cookie wall"),
        ("<script>var a = 'captcha'</script>", None, "empty page"),
        ("<p>Please enable JavaScript.</p>", "Please enable JavaScript.", "robot check"),
        ("<p>Five</p>", "Five people were wounded in Hajin by shelling on Monday, said two residents.", None),
    ],
)  # fmt: skip
def test_what_a_page_shows(source: str, text: str | None, kind: str | None) -> None:
    assert walls.recognise(source, text) == kind
