"""Collecting from a news site on 127.0.0.1 that adds, edits and deletes articles, and from sources that fail."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

import warehouse
from flows.collecting import run as collecting
from flows.collecting.desk import Wish
from flows.collecting.ledger import CollectBusyError, Ledger
from flows.collecting.pages import Pages
from sources import config as configuration
from sources.config import Config, ConfigError

Run = Callable[..., collecting.Summary]


@dataclass
class Article:
    title: str
    text: str
    changed: datetime = field(default_factory=lambda: datetime.now(UTC))
    status: int = 200

    def page(self) -> bytes:
        paragraphs = "".join(f"<p>{part}</p>" for part in self.text.split("\n"))
        return (
            f"<!doctype html><html lang='en'><head><title>{self.title}</title>"
            f"<meta property='article:published_time' content='2018-11-08T10:00:00Z'></head>"
            f"<body><nav>Home | World</nav><article><h1>{self.title}</h1>{paragraphs}</article></body></html>"
        ).encode()


@dataclass
class NewsSite:
    """A site with a feed, a sitemap and validators; it counts what it is asked."""

    address: str = ""
    articles: dict[str, Article] = field(default_factory=dict)
    files: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    robots: bytes = b"User-agent: *\nDisallow: /private/\n"

    def url(self, path: str) -> str:
        return f"http://{self.address}{path}"

    def write(self, number: int, toll: int = 3) -> None:
        text = (
            f"HAJIN - At least {toll} people were killed when an airstrike hit a market in Hajin on Tuesday, "
            f"the town's clinic number {number} said.\nResidents spoke of a second strike some minutes later, and of "
            "houses that had been damaged along the main road of the town."
        )
        self.articles[f"/news/{number}.html"] = Article(f"Market of clinic {number} hit", text)

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>{one.title}</title><link>{self.url(path)}</link>"
            f"<pubDate>{format_datetime(one.changed)}</pubDate></item>"
            for path, one in self.articles.items()
            if one.status == 200
        )
        return f"<rss version='2.0'><channel><title>Example Wire</title>{items}</channel></rss>".encode()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if path == "/robots.txt":
            return 200, "text/plain", self.robots
        if path == "/feed.xml":
            return 200, "application/rss+xml", self.feed()
        if path in self.files:
            return self.files[path]
        if path in self.articles:
            one = self.articles[path]
            return one.status, "text/html; charset=utf-8", one.page() if one.status == 200 else b"gone"
        return 404, "text/plain", b"not here"

    def count(self, status: int) -> int:
        return sum(one == status for path, one in self.asked if path != "/robots.txt")


@pytest.fixture
def site() -> Iterator[NewsSite]:
    site = NewsSite()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, media_type, body = site.answer(self.path)
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if status == 200 and self.headers.get("if-none-match") == etag:
                status, body = 304, b""
            site.asked.append((self.path, status))
            self.send_response(status)
            self.send_header("content-type", media_type)
            self.send_header("content-length", str(len(body)))
            self.send_header("etag", etag)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


@pytest.fixture
def configure(tmp_path: Path) -> Callable[[str], Config]:
    def write(sources: str) -> Config:
        file = tmp_path / "sources.toml"
        file.write_text(
            'contact = "ops@example.org"\nallow_hosts = ["127.0.0.1"]\n'
            "[defaults]\nrecheck_hours = 0\nseconds_between = 0\n" + sources,
            encoding="utf-8",
        )
        return configuration.load(file)

    return write


@pytest.fixture
def run(path: Path) -> Run:
    def collect(config: Config, *names: str, **wish: Any) -> collecting.Summary:
        selected = collecting.chosen(config, names, Ledger(path), only_due=False, at=collecting.now())
        return collecting.collect(
            config, path, selected, Wish(**wish), secret=lambda _: "s3cret", sleep=lambda _: None
        )

    return collect


def feed_of(site: NewsSite, name: str = "wire") -> str:
    return f'[sources.{name}]\nkind = "feed"\nurl = "{site.url("/feed.xml")}"\n'


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    return warehouse.query(path, sql).rows


def test_three_runs_over_a_feed_that_grows_changes_and_shrinks(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path
) -> None:
    for number in range(6):
        site.write(number)
    config = configure(feed_of(site))
    assert [(o.new, o.changed, o.unchanged, o.trouble) for o in run(config).outcomes] == [(6, 0, 0, None)]
    assert rows(path, "SELECT count(*), min(low) FROM mart.claim_flat WHERE restates IS NULL") == [(6, 3)]

    site.asked.clear()
    second = run(config).outcomes[0]
    assert (second.new, second.changed, second.unchanged) == (0, 0, 6)
    assert Counter(status for url, status in site.asked if url != "/robots.txt") == {304: 7}
    assert rows(path, "SELECT count(*) FROM core.document") == [(6,)]

    site.write(7)
    site.write(2, toll=9)
    site.articles["/news/4.html"].status = 410
    site.asked.clear()
    third = run(config).outcomes[0]
    assert (third.new, third.changed, third.unchanged, third.refused) == (1, 1, 4, 1)
    assert site.count(200) == 3, "the feed, the new article and the edited one"
    assert rows(path, "SELECT count(*), count(*) FILTER (current) FROM core.document") == [(8, 7)]
    assert rows(path, "SELECT max(low) FROM mart.claim_flat WHERE url LIKE '%/2.html'") == [(9,)]
    # A deleted article is told, not erased, and not asked for again.
    site.asked.clear()
    run(config)
    assert "/news/4.html" not in dict(site.asked)


def test_every_attempt_is_a_row_and_no_article_is_asked_for_twice_in_one_run(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path
) -> None:
    for number in range(3):
        site.write(number)
    site.articles["/news/1.html"].status = 503
    urls = json.dumps([site.url(f"/news/{number}.html") for number in range(3)])
    run(configure(f'[sources.list]\nkind = "pages"\nurls = {urls}\n'))
    found = rows(path, "SELECT url, status, outcome FROM ops.fetch ORDER BY started_at")
    assert len(found) == len(site.asked)
    assert sorted(outcome for _, _, outcome in found) == sorted(
        ["robots.txt: ok", "new", "new", *["the server answers 503"] * 3, "the server answers 503 (4 attempts)"]
    )


def test_an_article_that_failed_waits_although_its_feed_forgets_it(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path
) -> None:
    for number in range(3):
        site.write(number)
    page = site.articles["/news/1.html"]
    site.files["/old.xml"] = (200, "application/rss+xml", site.feed())
    config = configure(f'[sources.wire]\nkind = "feed"\nurl = "{site.url("/old.xml")}"\nrobots = false\n')
    page.status = 500
    outcome = run(config).outcomes[0]
    assert (outcome.new, outcome.failed, outcome.waiting) == (2, 1, 1)
    site.files["/old.xml"] = (200, "application/rss+xml", b"<rss version='2.0'><channel></channel></rss>")
    page.status = 200
    outcome = run(config).outcomes[0]
    assert (outcome.new, outcome.waiting) == (1, 0)
    assert rows(path, "SELECT count(*) FROM core.document WHERE current") == [(3,)]


def test_one_source_that_fails_stops_no_other(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path
) -> None:
    site.write(1)
    site.files["/broken"] = (200, "text/html", b"<!doctype html><html><body>Maintenance</body></html>")
    config = configure(feed_of(site) + f'[sources.other]\nkind = "feed"\nurl = "{site.url("/broken")}"\n')
    summary = run(config)
    assert [(o.source, o.new) for o in summary.outcomes] == [("wire", 1), ("other", 0)]
    assert len(summary.failed) == 1
    assert "no RSS or Atom feed" in summary.failed[0]
    ledger = Ledger(path)
    assert ledger.state("wire").last_success is not None
    assert ledger.state("other").last_success is None


def test_the_limit_leaves_the_rest_for_the_next_run(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path
) -> None:
    for number in range(5):
        site.write(number)
    config = configure(feed_of(site))
    assert [(o.new, o.waiting) for o in run(config, limit=2).outcomes] == [(2, 3)]
    # The feed says that it has not changed, and still nothing is lost.
    assert [(o.new, o.unchanged, o.waiting) for o in run(config).outcomes] == [(3, 2, 0)]
    assert rows(path, "SELECT count(*) FROM core.document") == [(5,)]


def test_a_run_that_is_killed_between_batches_is_completed_by_the_next(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        site.write(number)
    config = configure(feed_of(site))
    monkeypatch.setattr("flows.collecting.pages.BATCH_PAGES", 2)
    settle = Pages._settle
    batches: list[int] = []

    def killed(pages: Pages, batch: list[Any]) -> None:
        batches.append(len(batch))
        if len(batches) == 2:
            raise KeyboardInterrupt
        settle(pages, batch)

    with monkeypatch.context() as patch:
        patch.setattr(Pages, "_settle", killed)
        with pytest.raises(KeyboardInterrupt):
            run(config)
    assert rows(path, "SELECT count(*) FROM core.document") == [(2,)]
    before = len(site.asked)
    outcome = run(config).outcomes[0]
    assert (outcome.new, outcome.waiting, outcome.failed) == (4, 0, 0)
    assert rows(path, "SELECT count(*), count(DISTINCT url) FROM core.document") == [(6, 6)]
    # The attempts of the killed run are known, too.
    assert rows(path, "SELECT count(*) FROM ops.fetch") == [(len(site.asked),)]
    assert before == 1 + 1 + 4, "robots.txt, the feed and the articles of two batches"


def test_a_rebuilt_warehouse_knows_what_was_fetched(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path
) -> None:
    from flows import pipeline

    for number in range(3):
        site.write(number)
    config = configure(feed_of(site) + 'publisher = "Example Wire"\nlicence = "CC-BY-4.0"\nredistributable = true\n')
    run(config)
    held = "SELECT source, publisher, licence, redistributable, url, text_sha256 FROM core.document ORDER BY url"
    before = rows(path, held)
    assert before[0][:4] == ("wire", "Example Wire", "CC-BY-4.0", True)
    pipeline.rebuild(path)
    assert rows(path, held) == before
    assert rows(path, "SELECT count(*) FROM ops.fetch") == [(0,)]
    site.asked.clear()
    assert run(config).outcomes[0].unchanged == 3
    assert site.count(200) == 0, "what is held is not fetched again"


def test_a_page_whose_frame_changes_is_no_new_version(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path
) -> None:
    site.write(1)
    config = configure(feed_of(site))
    run(config)
    one = site.articles["/news/1.html"]
    body = one.page().replace(b"Home | World", b"Home | World | 17 readers now")
    site.files["/news/1.html"] = (200, "text/html", body)
    assert [(o.changed, o.unchanged) for o in run(config).outcomes] == [(0, 1)]
    assert rows(path, "SELECT count(*) FROM core.document") == [(1,)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<h1>Clinic hit</h1><p>Subscribe to continue reading this report.</p>", "paywall"),
        (b"<div>Before you continue: we value your privacy. Accept all cookies</div>", "cookie wall"),
        (b"<div>Checking your browser before you may enter</div>", "robot check"),
        (b"<h1>Oops</h1><p>The page you are looking for is no longer available.</p>", "missing page"),
        (b"", "empty page"),
    ],
)
def test_walls_are_recorded_and_not_loaded(
    body: bytes, kind: str, site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path
) -> None:
    site.files["/a"] = (200, "text/html", b"<!doctype html><html><body>" + body + b"</body></html>")
    site.write(1)
    urls = json.dumps([site.url("/a"), site.url("/news/1.html")])
    outcome = run(configure(f'[sources.list]\nkind = "pages"\nurls = {urls}\n')).outcomes[0]
    assert (outcome.new, outcome.refused, outcome.trouble) == (1, 1, None)
    assert rows(path, "SELECT outcome FROM ops.fetch WHERE url LIKE '%/a'") == [(kind,)]
    assert rows(path, "SELECT count(*) FROM core.document") == [(1,)]
    assert rows(path, "SELECT source, schema FROM mart.rejected") == [("list", kind)]


def test_robots_txt_is_obeyed(site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path) -> None:
    site.files["/private/1"] = (200, "text/html", b"<!doctype html><html></html>")
    urls = json.dumps([site.url("/private/1")])
    outcome = run(configure(f'[sources.list]\nkind = "pages"\nurls = {urls}\n')).outcomes[0]
    assert outcome.refused == 1
    assert [path for path, _ in site.asked] == ["/robots.txt"]
    assert rows(path, "SELECT status, outcome FROM ops.fetch WHERE source = 'list'") == [
        (None, "forbidden by robots.txt")
    ]


def test_a_dry_run_lists_and_writes_nothing(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path, tmp_path: Path
) -> None:
    site.write(1)
    outcome = run(configure(feed_of(site)), dry_run=True).outcomes[0]
    assert [found.url for found in outcome.listed] == [site.url("/news/1.html")]
    assert [one.name for one in tmp_path.iterdir()] == ["sources.toml"]
    assert "/news/1.html" not in dict(site.asked)


def test_since_takes_what_was_published_from_that_day_on(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path
) -> None:
    for number, days in ((1, 0), (2, 40), (3, 80)):
        site.write(number)
        site.articles[f"/news/{number}.html"].changed -= timedelta(days=days)
    since = collecting.now() - timedelta(days=60)
    until = collecting.now() - timedelta(days=20)
    assert run(configure(feed_of(site)), since=since, until=until).outcomes[0].new == 1
    assert rows(path, "SELECT url FROM core.document") == [(site.url("/news/2.html"),)]


def test_a_folder_is_read_when_its_files_change(
    configure: Callable[[str], Config], run: Run, path: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    old = datetime.now(UTC).timestamp() - 60

    def put(name: str, text: str, age: float = 0) -> None:
        (inbox / name).write_text(text, encoding="utf-8")
        os.utime(inbox / name, (old + age, old + age))

    config = configure('[sources.inbox]\nkind = "folder"\npath = "inbox"\n')
    put("a.txt", "Four people were killed in Hajin on Monday, a clinic said.")
    assert run(config).outcomes[0].new == 1
    assert run(config).outcomes[0].found == 0
    put("a.txt", "Five people were killed in Hajin on Monday, a clinic said.", 1)
    put("b.txt", "Two people were wounded in Hajin on Monday, a clinic said.")
    (inbox / "growing.txt").write_text("Seven people were", encoding="utf-8")
    assert run(config).outcomes[0].found == 2
    assert rows(path, "SELECT count(*), count(*) FILTER (current) FROM core.document") == [(3, 2)]


def test_gdelt_finds_and_the_pages_tell(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write(1)
    answer = {"articles": [{"url": site.url("/news/1.html"), "title": "x", "seendate": "20261101T101500Z"}]}
    asked: list[str] = []
    plain = site.answer

    def api(url: str) -> tuple[int, str, bytes]:
        if url.startswith("/doc?"):
            asked.append(url)
            return 200, "application/json", json.dumps(answer).encode()
        return plain(url)

    monkeypatch.setattr(site, "answer", api)
    config = configure(f'[sources.search]\nkind = "gdelt"\nquery = "airstrike"\nurl = "{site.url("/doc")}"\n')
    assert run(config).outcomes[0].new == 1
    assert "query=airstrike" in asked[0]
    assert Ledger(path).state("search").covered is not None


def test_an_error_of_gdelt_is_the_sources_trouble(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "answer", lambda _: (200, "text/html", b"Your query was too short or too long."))
    config = configure(f'[sources.search]\nkind = "gdelt"\nquery = "x"\nurl = "{site.url("/doc")}"\nrobots = false\n')
    outcome = run(config).outcomes[0]
    assert "Your query was too short" in (outcome.trouble or "")
    assert Ledger(path).state("search").covered is None


def test_reliefweb_gives_reports_with_their_text(
    site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = {
        "id": "4012345",
        "fields": {
            "title": "Flash update",
            "body": "At least **eleven people** were killed in Hajin on 3 May, officials said.",
            "url": "https://reliefweb.int/node/4012345", "source": [{"name": "Example Office"}],
            "date": {"original": "2026-05-04T00:00:00+00:00"}, "language": [{"code": "en"}],
        },
    }  # fmt: skip
    empty = {"id": "4012346", "fields": {"title": "Map", "url": "https://reliefweb.int/node/4012346"}}
    answer = json.dumps({"data": [report, empty]}).encode()
    monkeypatch.setattr(site, "answer", lambda _: (200, "application/json", answer))
    config = configure(
        f'[sources.relief]\nkind = "reliefweb"\nquery = "airstrike"\nurl = "{site.url("/v2/reports")}"\n'
        'appname = {env = "RELIEFWEB_APPNAME"}\nrobots = false\n'
    )
    first = run(config).outcomes[0]
    assert (first.new, first.refused, first.trouble) == (1, 1, None)
    assert rows(path, "SELECT low, publisher, source FROM mart.claim_flat") == [(11, "Example Office", "relief")]
    assert run(config).outcomes[0].unchanged == 1
    assert rows(path, "SELECT count(*) FROM core.document") == [(1,)]


def test_two_runs_at_once_are_refused(configure: Callable[[str], Config], run: Run, path: Path) -> None:
    config = configure('[sources.inbox]\nkind = "folder"\npath = "."\n')
    with Ledger(path).running(), pytest.raises(CollectBusyError, match="another run"):
        run(config)


def test_only_due_sources_are_taken(site: NewsSite, configure: Callable[[str], Config], run: Run, path: Path) -> None:
    config = configure(feed_of(site) + "every_hours = 2\n")
    ledger = Ledger(path)
    now = collecting.now()
    assert len(collecting.chosen(config, [], ledger, only_due=True, at=now)) == 1
    run(config)
    assert collecting.chosen(config, [], ledger, only_due=True, at=now) == []
    assert len(collecting.chosen(config, [], ledger, only_due=True, at=now + timedelta(hours=2))) == 1
    assert len(collecting.chosen(config, ["wire"], ledger, only_due=True, at=now)) == 1
    with pytest.raises(ConfigError, match="no source is called 'wine'"):
        collecting.chosen(config, ["wine"], ledger, only_due=False, at=now)
