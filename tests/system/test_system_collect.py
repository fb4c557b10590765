"""Collecting and publishing at size, against a site that misbehaves in every way: figures are printed (pytest -s)."""

from __future__ import annotations

import hashlib
import http.server
import json
import resource
import socket
import sys
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

import extraction
import warehouse
from flows.collecting import run as collecting
from flows.collecting.ledger import Ledger
from schemas.declaration import tables
from schemas.records import Document, Facts
from sources import config as configuration
from sources.http import Limits
from sources.visiting import Manners
from warehouse.publishing import newest_publication, publish

pytestmark = pytest.mark.system
Handler = http.server.BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


class Site:
    """Paths and what they answer; a list of answers is used up one a request."""

    def __init__(self) -> None:
        self.address = ""
        self.answers: dict[str, list[Answer]] = {}
        self.asked: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()

    def on(self, path: str, *answers: Answer) -> str:
        self.answers[path] = list(answers)
        return f"http://{self.address}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Answering(Handler):
        def do_GET(self) -> None:
            site.asked[self.path] += 1
            answers = site.answers.get(self.path, [says(b"", 404)])
            with suppress(OSError):
                (answers.pop(0) if len(answers) > 1 else answers[0])(self)

        def send_response(self, code: int, message: str | None = None) -> None:
            site.statuses[code] += 1
            super().send_response(code, message)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    site.address = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


def page(number: int, toll: int = 4) -> bytes:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Report {number}</title>"
        "<meta property='article:published_time' content='2018-11-08'></head><body><article>"
        f"<h1>Report {number}</h1><p>HAJIN - At least {toll} people were killed when an airstrike hit quarter {number} "
        "of Hajin on Tuesday, the town's clinic said.</p><p>Residents spoke of a second strike some minutes later, "
        "and of houses that had been damaged along the main road.</p></article></body></html>"
    ).encode()


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    named = {"content-length": str(len(body)), "content-type": "text/html; charset=utf-8"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}

    def send(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in named.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


def validated(body: bytes, media_type: str = "text/html; charset=utf-8") -> Answer:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    def send(handler: Handler) -> None:
        same = handler.headers.get("if-none-match") == etag
        says(b"" if same else body, 304 if same else 200, etag=etag, content_type=media_type)(handler)

    return send


def resets(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\ncontent-type: text/html\r\n\r\n<html>")
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    handler.connection.close()


def drips(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "text/html")
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b"<p>")
        handler.wfile.flush()
        time.sleep(0.05)


def sleeps(handler: Handler) -> None:
    time.sleep(6)


def say(text: str) -> None:
    sys.stdout.write(f"\n{text}")


def bomb(megabytes: int) -> bytes:
    """So many megabytes of nothing, packed, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(megabytes)) + packer.flush()


def peak() -> float:
    """Megabytes of this process at its largest."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1e6 if sys.platform == "darwin" else 1e3)


def collect(tmp_path: Path, sources: str, *names: str) -> collecting.Summary:
    file = tmp_path / "sources.toml"
    head = 'contact = "ops@example.org"\nallow_hosts = ["127.0.0.1"]\n[defaults]\nrecheck_hours = 0\n'
    file.write_text(f"{head}seconds_between = 0\nlimit = 1000\n{sources}", encoding="utf-8")
    config, path = configuration.load(file), tmp_path / "w.duckdb"
    selected = collecting.chosen(config, names, Ledger(path), only_due=False, at=collecting.now())
    return collecting.collect(config, path, selected, secret=lambda _: "", sleep=lambda _: time.sleep(0.01))


def test_a_site_that_misbehaves_in_every_way(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    quick = Limits(seconds=8, connect_seconds=1, read_seconds=2, content_bytes=20_000_000)
    plain = configuration.Source.manners
    monkeypatch.setattr(
        configuration.Source, "manners",
        lambda self, secret: Manners(0.0, self.robots, plain(self, secret).headers, quick),
    )  # fmt: skip
    well = [site.on(f"/well/{n}", says(page(n))) for n in range(3)]
    port = site.address.rsplit(":", 1)[1]
    cases = {
        "503 then 200": site.on("/busy", says(b"", 503), says(page(10))),
        "429 with Retry-After: 0": site.on("/slow-down", says(b"", 429, retry_after="0"), says(page(11))),
        "no answer in time": site.on("/sleeps", sleeps),
        "reset half-way, then 200": site.on("/resets", resets, says(page(12))),
        "truncated, then 200": site.on("/short", says(page(13), content_length="9000"), says(page(13))),
        "wrong length (too small)": site.on("/long", says(page(14), content_length="40")),
        "redirect loop": site.on("/loop", says(b"", 302, location="/loop")),
        "redirect to a private address": site.on("/inward", says(b"", 302, location=f"http://localhost:{port}/x")),
        "redirect to link-local": site.on("/meta", says(b"", 302, location="http://169.254.169.254/latest")),
        "gzip bomb": site.on("/bomb", says(bomb(500), content_encoding="gzip")),
        "endless drip": site.on("/drip", drips),
        "wrong charset": site.on("/charset", says(page(15).replace(b"Hajin", "Hajín".encode("cp1252")))),
        "page as JSON": site.on("/json", says(page(16), content_type="application/json")),
        "video": site.on("/video", says(b"\0" * 1000, content_type="video/mp4")),
        "no such page": site.on("/missing", says(b"", 404)),
        "paywall": site.on("/wall", says(b"<html><body><p>Subscribe to continue reading.</p></body></html>")),
    }
    links = "".join(f"<url><loc>http://{site.address}/deep/{n}</loc></url>" for n in range(100_000))
    sitemap = site.on("/sitemap.xml", says(f"<urlset>{links}</urlset>".encode(), content_type="application/xml"))
    items = "".join(f"<item><link>{url}</link><title>a & b</title></item>" for url in well)
    feed = site.on("/feed.xml", says(f"<rss><channel>{items}<item><lin".encode(), content_type="text/xml"))
    sources = (
        f'[sources.feed]\nkind = "feed"\nurl = "{feed}"\nrobots = false\n'
        f'[sources.big]\nkind = "sitemap"\nurl = "{sitemap}"\nlimit = 3\nrobots = false\n'
        + "".join(
            f'[sources.case-{n}]\nkind = "pages"\nurls = ["{url}"]\nrobots = false\n'
            for n, url in enumerate(cases.values())
        )
    )  # fmt: skip
    before = peak()
    first = {outcome.source: outcome for outcome in collect(tmp_path, sources).outcomes}
    attempts = dict(
        warehouse.query(
            tmp_path / "w.duckdb",
            "SELECT source, string_agg(coalesce(status::VARCHAR, '-') || ' ' || outcome, '; ' ORDER BY started_at) "
            "FROM ops.fetch GROUP BY source",
        ).rows
    )
    for number, what in enumerate(cases):
        say(f"{what:32} {attempts[f'case-{number}']}")
    say(f"{'100,000 links in a sitemap':32} {first['big'].found:,} found, {first['big'].waiting:,} wait")
    say(f"{'feed with broken XML':32} {first['feed'].new} new, trouble: {first['feed'].trouble}")
    say(f"peak memory {peak():.0f} MB ({before:.0f} MB before)")
    assert first["feed"].new == 3
    assert first["big"].found == 100_000
    loaded = {what for number, what in enumerate(cases) if first[f"case-{number}"].new}
    assert loaded == {
        "503 then 200", "429 with Retry-After: 0", "reset half-way, then 200", "truncated, then 200", "wrong charset",
        "page as JSON",
    }  # fmt: skip
    sql = "SELECT count(*), count(DISTINCT url) FROM core.document"
    held = warehouse.query(tmp_path / "w.duckdb", sql).rows
    assert held == [(9, 9)]
    collect(tmp_path, sources, "feed", "case-0", "case-1", "case-3", "case-11")
    assert warehouse.query(tmp_path / "w.duckdb", sql).rows == held
    assert peak() < 1_500


def test_a_feed_of_five_hundred_articles_three_times(site: Site, tmp_path: Path) -> None:
    day = format_datetime(datetime.now(UTC))

    def put(numbers: Iterator[int] | range) -> None:
        items = "".join(
            f"<item><title>Report {n}</title><link>http://{site.address}/n/{n}</link><pubDate>{day}</pubDate></item>"
            for n in numbers
        )
        site.on("/feed.xml", validated(f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml"))

    for n in range(500):
        site.on(f"/n/{n}", validated(page(n)))
    put(range(500))
    source = f'[sources.wire]\nkind = "feed"\nurl = "http://{site.address}/feed.xml"\n'
    path = tmp_path / "w.duckdb"
    for number in (1, 2, 3):
        if number == 3:
            for n in range(20):
                site.on(f"/n/{500 + n}", validated(page(500 + n)))
            for n in range(30):
                site.on(f"/n/{n}", validated(page(n, toll=9)))
            for n in range(30, 40):
                site.on(f"/n/{n}", says(b"", 410))
            put(range(40, 520))
        site.asked.clear()
        site.statuses.clear()
        started = time.monotonic()
        outcome = collect(tmp_path, source).outcomes[0]
        counts = warehouse.query(
            path,
            "SELECT count(*), count(*) FILTER (current), (SELECT count(*) FROM mart.claim_flat) FROM core.document",
        ).rows[0]
        say(
            f"run {number}: {sum(site.asked.values())} requests {dict(site.statuses)}, {outcome.new} new, "
            f"{outcome.changed} changed, {outcome.unchanged} unchanged, {outcome.refused} gone; documents {counts[0]}, "
            f"current {counts[1]}, claims {counts[2]}; {time.monotonic() - started:.0f} s"
        )
        assert outcome.trouble is None
    assert (outcome.new, outcome.changed, outcome.unchanged, outcome.refused) == (20, 30, 460, 10)
    assert counts[:2] == (550, 520)


def article(number: int) -> Facts:
    text = f"Wave {number}: at least 12 people were killed in Hajin, the clinic said. " + f"More of {number}. " * 60
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        digest, f"{number}.txt", "wire", "news_article", text, f"/in/{number}.txt", digest,
        redistributable=number % 2 == 0,
    )  # fmt: skip
    found = extraction.extract(text)
    return Facts(document, claims=found.claims, extractor=extraction.EXTRACTOR, extractor_version=extraction.VERSION)


def test_readers_during_fifty_loads_and_publications(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    warehouse.load(path, [article(0)], flow="test")
    publish(path)
    published = newest_publication(path)
    assert published is not None
    views = [name for name, table in tables().items() if table.view]
    errors: list[str] = []
    waits: list[float] = []
    mixed: list[tuple[Any, ...]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            started = time.monotonic()
            try:
                with duckdb.connect(str(published), read_only=True) as connection:
                    waits.append(time.monotonic() - started)
                    runs = connection.execute("SELECT count(*) FROM ops.run").fetchall()[0][0]
                    for view in views:
                        connection.execute(f"SELECT * FROM {view}").fetchall()
                    documents = connection.execute("SELECT count(DISTINCT document_id) FROM mart.claim_flat").fetchall()
                if documents != [(runs,)]:
                    mixed.append((runs, documents))
            except duckdb.Error as error:
                errors.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    started = time.monotonic()
    for number in range(1, 51):
        warehouse.load(path, [article(number)], flow="test")
        publish(path)
    stop.set()
    reader.join()
    say(
        f"{len(waits)} reads of {len(views)} views during 50 loads and publications in "
        f"{time.monotonic() - started:.0f} s: {len(errors)} errors, {len(mixed)} mixed; "
        f"opening took {max(waits):.3f} s at most"
    )
    assert errors == []
    assert mixed == []
    assert len(waits) > 10


def test_a_publication_of_a_hundred_thousand_claims(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    number = claims = 0
    while claims < 100_000:
        batch = [article(n) for n in range(number, number + 10_000)]
        number += len(batch)
        claims += warehouse.load(path, batch, flow="test").claims
    done = publish(path)
    say(
        f"{done.claims:,} claims: warehouse {path.stat().st_size / 1e6:.0f} MB, publication "
        f"{done.bytes / 1e6:.0f} MB and {done.parquet_bytes / 1e6:.0f} MB Parquet in {done.seconds:.1f} s; "
        f"peak {peak():.0f} MB"
    )
    assert done.claims >= 100_000
    assert 0 < done.shared_claims < done.claims
    assert json.loads((done.path.parent / "catalogue.json").read_bytes())["claims"] == done.claims
