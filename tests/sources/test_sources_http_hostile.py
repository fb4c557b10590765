"""Servers on 127.0.0.1 that lie, stall and attack: what a visitor makes of them."""

from __future__ import annotations

import gzip
import http.server as server_module
import ipaddress
import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from sources import addresses, http
from sources.http import Attempt, FetchError, Limits, fetch
from sources.robots import Robots, RobotsError
from sources.visiting import FEED_TYPES, JSON_TYPES, PAGE_TYPES, AskedToWaitError, Known, Manners, Visitor

LOCAL = frozenset({"127.0.0.1"})
QUICK = Limits(seconds=10, attempts=2)
PAGE = b"<!doctype html><html><body><p>At least four people were killed in Hajin.</p></body></html>"
Answer = Callable[..., None]


@dataclass
class Site:
    address: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def on(self, path: str, *answers: Answer) -> str:
        self.answers[path] = list(answers)
        return f"http://{self.address}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    site.on("/robots.txt", says(b"", 404))

    class Handler(server_module.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answers = site.answers[self.path]
            with suppress(ConnectionError):
                (answers.pop(0) if len(answers) > 1 else answers[0])(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = server_module.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    def send(handler: server_module.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"content-length": str(len(body))} | named).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def visitor_of(clock: Clock, told: list[Attempt] | None = None) -> Visitor:
    on_attempt = told.append if told is not None else None
    return Visitor("ops@example.org", allow_hosts=LOCAL, on_attempt=on_attempt, sleep=clock.sleep, clock=clock)


def test_every_attempt_is_told_with_its_outcome(site: Site, clock: Clock) -> None:
    told: list[Attempt] = []
    url = site.on("/a", says(b"", 302, location="/b"))
    site.on("/b", says(b"", 503), says(PAGE, content_type="text/html", etag='"7"', last_modified="Thu, 05 Nov 2026"))
    fetch(url, allow_hosts=LOCAL, on_attempt=told.append, sleep=clock.sleep)
    assert [(one.url[-2:], one.status, one.outcome) for one in told] == [
        ("/a", 302, "redirect"), ("/b", 503, "the server answers 503"), ("/b", 200, "ok"),
    ]  # fmt: skip
    assert (told[2].bytes, told[2].etag, told[2].last_modified) == (len(PAGE), '"7"', "Thu, 05 Nov 2026")
    assert told[0].etag is None


def test_an_attempt_that_gets_no_answer_is_told(clock: Clock) -> None:
    told: list[Attempt] = []
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/"
    with pytest.raises(FetchError):
        fetch(url, allow_hosts=LOCAL, limits=QUICK, on_attempt=told.append, sleep=clock.sleep)
    assert [(one.status, one.bytes) for one in told] == [(None, None)] * 2
    assert "refused" in told[0].outcome


def test_we_say_who_we_are_and_where_to_complain(site: Site, clock: Clock) -> None:
    visitor_of(clock).get(site.on("/a", says(PAGE, content_type="text/html")), Manners())
    assert {asked["user-agent"] for _, asked in site.asked} == {http.user_agent("ops@example.org")}
    assert "(+ops@example.org)" in http.user_agent("ops@example.org")


@pytest.mark.parametrize("media_type", ["video/mp4", "application/zip", "application/json", "image/png"])
def test_a_type_that_is_not_taken_is_refused_before_its_body(site: Site, media_type: str) -> None:
    url = site.on("/a", says(b"\x00" * 100, content_type=media_type, content_length=str(10**9)))
    with pytest.raises(FetchError, match=f"its type {media_type} is not taken"):
        fetch(url, accept=PAGE_TYPES, allow_hosts=LOCAL)


@pytest.mark.parametrize("media_type", ["application/json", "application/octet-stream"])
def test_a_page_served_as_something_else_is_a_page(site: Site, media_type: str) -> None:
    url = site.on("/a", says(b"\xef\xbb\xbf\n<!-- kept --> " + PAGE, content_type=media_type))
    assert fetch(url, accept=PAGE_TYPES, allow_hosts=LOCAL).content.endswith(PAGE)


def test_a_page_served_by_an_api_is_for_its_reader_to_tell(site: Site) -> None:
    url = site.on("/api", says(PAGE, content_type="text/html"))
    assert fetch(url, accept=JSON_TYPES, allow_hosts=LOCAL).media_type == "text/html"


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "expected"),
    [
        ("Déir ez-Zor", "utf-8", "iso-8859-1", "utf-8"),
        ("Déir ez-Zor", "utf-8", "windows-1251", "utf-8"),
        ("Déir ez-Zor", "cp1252", "utf-8", "utf-8"),
        ("Déir ez-Zor", "cp1252", "windows-1252", "windows-1252"),
        ("دير الزور", "cp1256", "windows-1256", "windows-1256"),
        ("plain", "ascii", "iso-8859-1", "iso-8859-1"),
        ("Déir ez-Zor", "utf-8", None, None),
    ],
)
def test_a_charset_that_the_bytes_contradict_is_not_believed(
    text: str, encoding: str, declared: str | None, expected: str | None
) -> None:
    assert http.sniffed(text.encode(encoding), declared) == expected


def test_a_gzip_bomb_is_left_after_the_limit_and_its_memory_is_bounded(site: Site) -> None:
    bomb = gzip.compress(b"\x00" * 300_000_000, 9)
    url = site.on("/bomb", says(bomb, content_type="text/html", content_encoding="gzip"))
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="larger than 5,000,000 bytes"):
            fetch(url, allow_hosts=LOCAL, limits=Limits(content_bytes=5_000_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::7f00:1", "64:ff9b:1:fffe::1", "2002:7f00:1::", "2002:a00:1::",
        "::ffff:10.0.0.1", "::127.0.0.1", "::", "fec0::1", "fe80::1", "fd00::1", "ff02::1", "0.0.0.0", "127.0.0.2",
        "100.64.0.1", "169.254.169.254", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "2001::1", "2001:db8::1", "100::1",
    ],
)  # fmt: skip
def test_addresses_of_no_public_host(address: str) -> None:
    assert not addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2600::1", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"])
def test_addresses_of_public_hosts(address: str) -> None:
    assert addresses.is_public(ipaddress.ip_address(address))


def test_a_name_that_resolves_anew_cannot_slip_in_between(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    port = int(site.address.rsplit(":", 1)[1])
    answers = iter(["203.0.113.7", "127.0.0.1", "127.0.0.1"])
    asked: list[str] = []

    def rebinding(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "203.0.113.7")
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    tried: list[str] = []

    def connect(self: object, host: str, *_: object, **__: object) -> None:
        tried.append(host)
        raise http.httpcore.ConnectError("unreachable")

    monkeypatch.setattr(http.httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(FetchError, match="private network"):
        fetch(f"http://rebinding.example:{port}/", limits=QUICK, sleep=lambda _: None)
    # The first answer was connected to as it was checked; the second was checked anew, and refused.
    assert tried == ["203.0.113.7"]
    assert asked == ["rebinding.example"] * 2


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    port = site.address.rsplit(":", 1)[1]
    url = site.on("/a", says(b"", 302, location=f"http://localhost:{port}/secret"))
    with pytest.raises(FetchError, match="private network"):
        fetch(url, allow_hosts=LOCAL)
    assert [path for path, _ in site.asked] == ["/a"]


def test_a_host_is_asked_once_in_so_many_seconds(site: Site, clock: Clock) -> None:
    visitor = visitor_of(clock)
    for number in range(3):
        visitor.get(site.on(f"/{number}", says(PAGE, content_type="text/html")), Manners(seconds_between=2))
    assert clock.slept == [2, 2]


def test_a_redirect_waits_its_turn_too(site: Site, clock: Clock) -> None:
    site.on("/b", says(PAGE, content_type="text/html"))
    visitor_of(clock).get(site.on("/a", says(b"", 301, location="/b")), Manners(seconds_between=3))
    assert clock.slept == [3]


def test_the_sites_own_delay_wins(site: Site, clock: Clock) -> None:
    site.on("/robots.txt", says(b"User-agent: *\nCrawl-delay: 7\n", content_type="text/plain"))
    visitor = visitor_of(clock)
    for number in range(2):
        visitor.get(site.on(f"/{number}", says(PAGE, content_type="text/html")), Manners(seconds_between=1))
    assert clock.slept == [7]


def test_a_host_that_asks_to_wait_is_left_alone(site: Site, clock: Clock) -> None:
    url = site.on("/a", says(b"", 429, retry_after="3600"))
    visitor = visitor_of(clock)
    with pytest.raises(FetchError, match="429") as first:
        visitor.get(url, Manners(robots=False))
    assert first.value.retry_after == 3600
    with pytest.raises(AskedToWaitError, match="left alone"):
        visitor.get(url, Manners(robots=False))
    assert len(site.asked) == 1
    clock.sleep(3601)
    site.on("/a", says(PAGE, content_type="text/html"))
    assert visitor.get(url, Manners(robots=False)).status == 200


def test_what_is_known_is_asked_about(site: Site, clock: Clock) -> None:
    url = site.on("/a", says(b"", 304))
    known = Known(etag='W/"x"', last_modified="Thu, 05 Nov 2026 10:00:00 GMT")
    assert visitor_of(clock).get(url, Manners(), known=known).status == 304
    assert site.asked[-1][1]["if-none-match"] == 'W/"x"'
    assert site.asked[-1][1]["if-modified-since"] == "Thu, 05 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/news/1", True), ("/private/1", False), ("/a/print/1", False), ("/doc.pdf", False), ("/doc.pdf?x", True)],
)
def test_rules_of_robots_txt(path: str, allowed: bool, site: Site, clock: Clock) -> None:
    rules = b"User-agent: *\nDisallow: /private\nDisallow: /*/print/\nDisallow: /*.pdf$\n"
    site.on("/robots.txt", says(rules, content_type="text/plain"))
    url = site.on(path, says(PAGE, content_type="text/html"))
    visitor = visitor_of(clock)
    if allowed:
        assert visitor.get(url, Manners()).status == 200
    else:
        with pytest.raises(RobotsError, match=r"robots\.txt"):
            visitor.get(url, Manners())
    assert len(site.asked) == 1 + allowed


def test_rules_for_us_by_name_win(site: Site, clock: Clock) -> None:
    rules = b"User-agent: *\nDisallow:\n\nUser-agent: casualty-facts\nDisallow: /\n"
    site.on("/robots.txt", says(rules, content_type="text/plain"))
    with pytest.raises(RobotsError):
        visitor_of(clock).get(site.on("/a", says(PAGE)), Manners())


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_robots_txt_that_cannot_be_had(status: int, fetched: bool, clock: Clock) -> None:
    def get(url: str) -> http.Response:
        raise FetchError(url, f"the server answers {status}", status)

    robots = Robots(get, clock=clock)
    if fetched:
        assert robots.check("https://example.org/a") == 0
    else:
        with pytest.raises(RobotsError, match="cannot be had") as refused:
            robots.check("https://example.org/a")
        assert refused.value.temporary


def test_robots_txt_is_asked_for_once_a_day_and_site(clock: Clock) -> None:
    asked: list[str] = []

    def get(url: str) -> http.Response:
        asked.append(url)
        return http.Response(url, 200, b"User-agent: *\nDisallow: /x\n", "text/plain", None)

    robots = Robots(get, clock=clock)
    for url in ("https://example.org/a", "https://example.org/b", "http://example.org/a", "https://example.org:8443/a"):
        robots.check(url)
    assert len(asked) == 3
    clock.sleep(25 * 3600)
    robots.check("https://example.org/a")
    assert len(asked) == 4


def test_feeds_in_strange_clothes_are_taken(site: Site) -> None:
    for media_type in ("text/html", "application/octet-stream", "text/xml; charset=utf-8"):
        url = site.on("/feed", says(b"<rss/>", content_type=media_type))
        assert fetch(url, accept=FEED_TYPES, allow_hosts=LOCAL).content == b"<rss/>"
