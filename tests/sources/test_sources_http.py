"""Fetching from servers on 127.0.0.1 that behave, misbehave and attack."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

import sources
from sources import addresses
from sources.http import FetchError, Limits, fetch

LOCAL = frozenset({"127.0.0.1"})
Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server whose paths answer as the test says; a list of answers is used up one a request."""

    address: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    posted: list[bytes] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://{self.address}{path}"

    def on(self, path: str, *answers: Answer) -> str:
        self.answers[path] = list(answers)
        return self.url(path)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answers = site.answers[self.path]
            (answers.pop(0) if len(answers) > 1 else answers[0])(self)

        def do_POST(self) -> None:
            site.posted.append(self.rfile.read(int(self.headers["content-length"])))
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


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    def send(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"content-length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        with suppress(ConnectionError):  # the client had enough
            handler.wfile.write(body)

    return send


def breaks_off(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    handler.wfile.write(b"only this")


def resets(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def drips(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        try:
            handler.wfile.write(b".")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.02)


def drips_headers(handler: http.server.BaseHTTPRequestHandler) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nx-slow: " + b"a" * 200:
        try:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.02)


class Naps:
    """Takes the place of waiting, and remembers how long it would have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def get(url: str, naps: Naps | None = None, **limits: float) -> sources.http.Response:  # type: ignore[name-defined]
    return fetch(url, allow_hosts=LOCAL, limits=Limits(**limits), sleep=naps or Naps())  # type: ignore[arg-type]


def test_a_page_comes_with_type_charset_url_and_our_name(site: Site) -> None:
    url = site.on("/a", answer(b"<p>Two were killed.</p>", content_type="Text/HTML; Charset=UTF-8", etag='"x"'))
    response = get(url)
    assert (response.content, response.media_type, response.charset) == (
        b"<p>Two were killed.</p>",
        "text/html",
        "utf-8",
    )
    assert (response.url, response.status, response.headers["etag"]) == (url, 200, '"x"')
    assert site.asked[0][1]["user-agent"].startswith("casualty-facts/")


def test_headers_are_sent_and_not_modified_is_an_answer(site: Site) -> None:
    url = site.on("/a", answer(status=304))
    response = fetch(url, headers={"If-None-Match": '"x"'}, allow_hosts=LOCAL)
    assert (response.status, response.content) == (304, b"")
    assert site.asked[0][1]["if-none-match"] == '"x"'


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_busy_servers_are_asked_again_when_they_say(site: Site, status: int) -> None:
    naps = Naps()
    url = site.on("/a", answer(status=status, retry_after="7"), answer(b"now"))
    assert get(url, naps).content == b"now"
    assert naps.seconds == [7.0]


def test_retry_after_may_be_a_date(site: Site) -> None:
    naps = Naps()
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    get(site.on("/a", answer(status=503, retry_after=when), answer(b"now")), naps)
    assert 25 < naps.seconds[0] <= 30


def test_waiting_past_the_deadline_is_not_begun(site: Site) -> None:
    naps = Naps()
    with pytest.raises(FetchError, match="after the deadline") as caught:
        get(site.on("/a", answer(status=429, retry_after="3600")), naps)
    assert (caught.value.status, naps.seconds) == (429, [])


@pytest.mark.parametrize("failing", [breaks_off, resets])
def test_broken_connections_are_tried_again(site: Site, failing: Answer) -> None:
    assert get(site.on("/a", failing, answer(b"whole"))).content == b"whole"


def test_attempts_end_and_waits_grow(site: Site) -> None:
    naps = Naps()
    with pytest.raises(FetchError, match=r"503 \(4 attempts\)"):
        get(site.on("/a", answer(status=503)), naps)
    assert len(site.asked) == 4
    assert [0.5 * 2**n <= nap <= 2**n for n, nap in enumerate(naps.seconds)] == [True, True, True]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 500])
def test_other_failures_are_not_repeated(site: Site, status: int) -> None:
    with pytest.raises(FetchError, match=str(status)) as caught:
        get(site.on("/a", answer(b"no", status=status)))
    assert (caught.value.status, len(site.asked)) == (status, 1)


@pytest.mark.parametrize("drip", [drips, drips_headers])
def test_a_dripping_server_meets_the_deadline(site: Site, drip: Answer) -> None:
    with pytest.raises(FetchError):
        get(site.on("/a", drip), seconds=0.3)


def zlib_raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"Two " * 50_000)),
        ("gzip", gzip.compress(b"Two " * 25_000) + gzip.compress(b"Two " * 25_000) + b"\0" * 8),
        ("deflate", zlib.compress(b"Two " * 50_000)),
        ("deflate", zlib_raw(b"Two " * 50_000)),
        ("identity", b"Two " * 50_000),
    ],
    ids=["gzip", "two gzips and padding", "deflate", "raw deflate", "plain"],
)
def test_compressed_bodies(site: Site, encoding: str, packed: bytes) -> None:
    assert get(site.on("/a", answer(packed, content_encoding=encoding))).content == b"Two " * 50_000


def test_a_gzip_bomb_is_stopped_at_the_limit(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 60_000_000)
    with pytest.raises(FetchError, match="larger than 1,000,000 bytes"):
        get(site.on("/a", answer(bomb, content_encoding="gzip")), content_bytes=1_000_000)


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"Two were killed." * 100, mtime=0)[:-12], b"\x1f\x8bnot really gzip"],
    ids=["cut short", "no gzip after its mark"],
)
def test_damaged_compression_is_no_text(site: Site, packed: bytes) -> None:
    with pytest.raises(FetchError, match="compressed content"):
        get(site.on("/a", answer(packed, content_encoding="gzip")))


def test_an_encoding_nobody_asked_for(site: Site) -> None:
    with pytest.raises(FetchError, match="'br'"):
        get(site.on("/a", answer(b"x", content_encoding="br")))


def test_a_plain_body_has_a_limit_too(site: Site) -> None:
    url = site.on("/a", answer(b"x" * 2_000))
    assert len(get(url, content_bytes=2_000).content) == 2_000
    with pytest.raises(FetchError, match="larger than 1,999"):
        get(url, content_bytes=1_999)


def test_redirects_are_followed_to_the_end(site: Site) -> None:
    site.on("/b/c", answer(b"there"))
    url = site.on("/a", answer(status=302, location="b/c"))
    response = get(url)
    assert (response.content, response.url) == (b"there", site.url("/b/c"))


def test_secrets_in_headers_go_to_the_first_host_only(site: Site) -> None:
    site.on("/b", answer(b"there"))
    other = site.url("/b").replace("127.0.0.1", "localhost")
    secret = {"Authorization": "Bearer x"}
    allowed = LOCAL | {"localhost"}
    assert fetch(site.on("/a", answer(status=302, location=other)), headers=secret, allow_hosts=allowed).url == other
    assert fetch(site.on("/c", answer(status=302, location="/b")), headers=secret, allow_hosts=allowed).url == site.url(
        "/b"
    )
    assert [headers.get("authorization") for _, headers in site.asked] == ["Bearer x", None, "Bearer x", "Bearer x"]


def test_a_form_is_posted_and_never_redirected(site: Site) -> None:
    form = {"user": "ana", "word": "a&b"}
    assert fetch(site.on("/token", answer(b"{}")), form=form, allow_hosts=LOCAL).content == b"{}"
    with pytest.raises(FetchError, match="form"):
        fetch(site.on("/moved", answer(status=307, location="/token")), form=form, allow_hosts=LOCAL)
    assert site.posted == [b"user=ana&word=a%26b"] * 2


def test_redirect_loops_end(site: Site) -> None:
    with pytest.raises(FetchError, match="redirects more than 10 times"):
        get(site.on("/a", answer(status=301, location="/a")))
    assert len(site.asked) == 11


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "only http"), ("ftp://example.org/x", "only http"), ("http://x:port/", "no URL"),
        ("http://10.0.0.7/x", "private network"), ("http://169.254.169.254/latest", "private network"),
        ("http://localhost/x", "private network"), ("http://[::ffff:192.168.1.1]/", "private network"),
    ],
)  # fmt: skip
def test_every_hop_is_checked(site: Site, location: str, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        get(site.on("/a", answer(status=302, location=location)))
    assert len(site.asked) == 1


def test_a_private_address_is_refused_unless_allowed(site: Site) -> None:
    url = site.on("/a", answer(b"inside"))
    with pytest.raises(FetchError, match="private network"):
        fetch(url)
    assert site.asked == []
    assert get(url).content == b"inside"


def test_the_connection_goes_to_the_address_that_was_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.address.rsplit(":", 1)[1])
    asked = []

    def rebinding(host: str, *args: object, **kwargs: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14" if len(asked) == 1 else "127.0.0.1", port))
        ]

    connected: list[str] = []

    def connect(self: object, host: str, *args: object, **kwargs: object) -> object:
        connected.append(host)
        raise sources.http.httpcore.ConnectError("nobody is there")  # type: ignore[attr-defined]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", rebinding)
    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    with pytest.raises(FetchError):
        fetch(f"http://rebinding.example:{port}/", limits=Limits(attempts=1))
    assert connected == ["93.184.215.14"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("64:ff9b::808:808", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.0.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False),
        ("::", False), ("fe80::1", False), ("fc00::1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False), ("ff0e::1", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert addresses.is_public(ipaddress.ip_address(address)) is public


def test_a_port_where_nobody_listens(site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        with pytest.raises(FetchError, match="attempts"):
            get(f"http://127.0.0.1:{taken.getsockname()[1]}/")


PAGE = b"""<!doctype html><html lang="en"><head><title>Shell on the bakery</title></head><body><article>
<p>At least five bakers were killed and eleven customers wounded when a shell hit the bakery of Tal Qaria on Sunday.</p>
<p>The town council said that the oven had been lit at four in the morning and that a queue stood before the door.</p>
</article></body></html>"""


def test_an_article_is_read_by_its_url_and_kept(site: Site, tmp_path: Path) -> None:
    site.on("/final", answer(PAGE, content_type="text/html; charset=utf-8"))
    url = site.on("/story", answer(status=301, location="/final"))
    store = sources.SnapshotStore(tmp_path / "snapshots")
    (reading,) = sources.read(url, store=store, allow_hosts=LOCAL)
    document = reading.facts[0].document
    assert "five bakers were killed" in document.text
    assert (document.url, document.version_key, document.title) == (
        site.url("/final"),
        site.url("/final"),
        "Shell on the bakery",
    )
    assert document.document_id == hashlib.sha256(PAGE).hexdigest()
    (receipt,) = store.receipts()
    assert (receipt.origin, receipt.url, receipt.media_type) == (url, site.url("/final"), "text/html")
    assert [again.facts[0].document for again in sources.reread(store, [receipt])] == [document]


def test_a_url_that_fails_is_a_failed_reading(site: Site) -> None:
    (reading,) = sources.read(site.on("/gone", answer(status=404)), allow_hosts=LOCAL)
    assert reading.failed is not None
    assert "404" in reading.failed
    (reading,) = sources.read(site.url("/gone"))
    assert reading.failed is not None
    assert "private network" in reading.failed
