"""The APIs of UCDP and ACLED against loopback servers: paging, errors, rate limits, tokens, broken downloads."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sources import acled, ucdp
from sources.acled import api as acled_api
from sources.paging import ApiError
from sources.ucdp import api as ucdp_api
from tests.sources.table_samples import acled_event, joined, received, ucdp_event

HOSTS = frozenset({"127.0.0.1"})
Answer = tuple[int, dict[str, str], bytes]
HTML = b"<html><head><title>502 Bad Gateway</title></head></html>"


def as_json(body: Any, status: int = 200) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps(body, indent=1).encode()


class Api:
    """A server on the loopback; ``faults`` holds answers to give, once each, before the next real one to a page."""

    def __init__(self, answer: Callable[[Api, str, dict[str, str], dict[str, str]], Answer]) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.faults: dict[str, list[Answer]] = {}
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply(dict(self.headers))

            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.reply({name: values[0] for name, values in parse_qs(form).items()})

            def reply(self, said: dict[str, str]) -> None:
                url = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(url.query).items()}
                api.asked.append((url.path, query | ({} if self.command == "GET" else said)))
                waiting = api.faults.get(query.get("page", ""), [])
                headers = {name.lower(): value for name, value in said.items()} if self.command == "GET" else said
                status, extra, body = waiting.pop(0) if waiting else answer(api, url.path, query, headers)
                self.send_response(status)
                for name, value in extra.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def pages(self) -> list[str]:
        return [query["page"] for _, query in self.asked if "page" in query]

    def __enter__(self) -> Api:
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)


EVENTS = 25


def ucdp_answer(api: Api, path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
    if headers.get("x-ucdp-access-token") != "right token":
        return as_json({"error": "no access"}, 401)
    if not path.startswith("/api/gedevents/25.1"):
        return as_json({"error": "no such version"}, 404)
    size, page = int(query["pagesize"]), int(query["page"])
    last = -(-EVENTS // size) - 1
    numbers = range(page * size + 1, min((page + 1) * size, EVENTS) + 1)
    return as_json(
        {
            "TotalCount": EVENTS,
            "TotalPages": last + 1,
            "PreviousPageUrl": "",
            "NextPageUrl": "" if page >= last else f"{api.url}{path}?pagesize={size}&page={page + 1}",
            "Result": [ucdp_event(n, adm_2="line\nbreak") | {"best": 5} for n in numbers],
        }
    )


@pytest.fixture
def ucdp_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    monkeypatch.setenv("UCDP_TOKEN", "right token")
    with Api(ucdp_answer) as api:
        yield api


def release(api: Api, folder: Path, version: str = "25.1", **more: Any) -> Path:
    waits = more.pop("waits", [])
    return ucdp_api.download_release(
        version, folder, url=f"{api.url}/api", page_size=10, allow_hosts=HOSTS, sleep=waits.append, **more
    )


def ids(module: Any, bundle: Path) -> list[str | None]:
    facts, rejects, failed = joined(list(module.read(received(bundle.read_bytes(), bundle.name))))
    assert failed is None
    assert rejects == []
    return [found.document.locator for found in facts]


def test_release_is_read_page_by_page_and_is_complete(ucdp_server: Api, tmp_path: Path) -> None:
    bundle = release(ucdp_server, tmp_path)
    assert ucdp_server.pages() == ["0", "1", "2"]
    assert ids(ucdp, bundle) == [str(n) for n in range(1, EVENTS + 1)]
    readings = list(ucdp.read(received(bundle.read_bytes(), bundle.name)))
    assert {(r.release, r.covers) for r in readings} == {("25.1", ucdp.covers("25.1"))}
    assert ucdp.recognises(bundle.read_bytes(), bundle.name)
    assert list(tmp_path.iterdir()) == [bundle]


def test_filtered_release_covers_nothing(ucdp_server: Api, tmp_path: Path) -> None:
    bundle = release(ucdp_server, tmp_path, filters={"Country": "652"})
    assert ucdp_server.asked[0][1]["Country"] == "652"
    assert {r.covers for r in ucdp.read(received(bundle.read_bytes(), bundle.name))} == {None}


def test_rate_limit_is_waited_for_as_the_server_says(ucdp_server: Api, tmp_path: Path) -> None:
    ucdp_server.faults["1"] = [(429, {"Retry-After": "7"}, b""), (503, {"Retry-After": "3"}, b"")]
    waits: list[float] = []
    bundle = release(ucdp_server, tmp_path, waits=waits)
    assert waits == [7.0, 3.0]
    assert len(ids(ucdp, bundle)) == EVENTS


@pytest.mark.parametrize(
    "fault", [(500, {}, b"oops"), (200, {}, HTML), as_json({"Message": "busy"}), (200, {}, b'{"Res')]
)
def test_broken_page_half_way_resumes_without_loss_or_duplicates(
    ucdp_server: Api, tmp_path: Path, fault: Answer
) -> None:
    ucdp_server.faults["1"] = [fault]
    with pytest.raises(ApiError, match=r"UCDP release 25\.1"):
        release(ucdp_server, tmp_path)
    assert not (tmp_path / "ucdp-25.1.pages").exists()
    bundle = release(ucdp_server, tmp_path)
    assert ucdp_server.pages() == ["0", "1", "1", "2"]
    assert ids(ucdp, bundle) == [str(n) for n in range(1, EVENTS + 1)]


def test_half_a_line_left_by_a_crash_is_fetched_again(ucdp_server: Api, tmp_path: Path) -> None:
    ucdp_server.faults["2"] = [(500, {}, b"")]
    with pytest.raises(ApiError):
        release(ucdp_server, tmp_path)
    part = tmp_path / "ucdp-25.1.pages.part"
    part.write_bytes(part.read_bytes()[:-25])
    bundle = release(ucdp_server, tmp_path)
    assert ucdp_server.pages() == ["0", "1", "2", "1", "2"]
    assert ids(ucdp, bundle) == [str(n) for n in range(1, EVENTS + 1)]


def test_part_of_another_query_is_not_continued(ucdp_server: Api, tmp_path: Path) -> None:
    ucdp_server.faults["1"] = [(500, {}, b"")]
    with pytest.raises(ApiError):
        release(ucdp_server, tmp_path, filters={"Country": "652"})
    release(ucdp_server, tmp_path, filters={"Country": "645"})
    assert ucdp_server.pages() == ["0", "1", "0", "1", "2"]


def test_release_that_changes_while_it_is_read_starts_anew(ucdp_server: Api, tmp_path: Path) -> None:
    other = as_json({"TotalCount": 99, "TotalPages": 10, "NextPageUrl": "x", "Result": [ucdp_event(1)]})
    ucdp_server.faults["1"] = [other]
    bundle = release(ucdp_server, tmp_path)
    assert ucdp_server.pages() == ["0", "1", "0", "1", "2"]
    assert len(ids(ucdp, bundle)) == EVENTS
    bundle.unlink()
    ucdp_server.faults["1"] = [other, other]
    with pytest.raises(ApiError, match="changed twice"):
        release(ucdp_server, tmp_path)


@pytest.mark.parametrize(
    ("token", "version", "said"),
    [
        (None, "25.1", "needs UCDP_TOKEN"),
        ("old secret", "25.1", "UCDP_TOKEN is not accepted"),
        ("right token", "24.9", "no such release"),
        ("right token", "latest", "write it as 25.1"),
    ],
)
def test_what_is_wrong_is_told_without_the_token(
    ucdp_server: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str | None, version: str, said: str
) -> None:
    monkeypatch.delenv("UCDP_TOKEN")
    if token:
        monkeypatch.setenv("UCDP_TOKEN", token)
    with pytest.raises(ApiError, match=said) as raised:
        release(ucdp_server, tmp_path, version)
    assert token is None or token not in str(raised.value)


def test_unknown_filter_is_named(ucdp_server: Api, tmp_path: Path) -> None:
    with pytest.raises(ApiError, match="no filter 'Land'"):
        release(ucdp_server, tmp_path, filters={"Land": "652"})
    assert ucdp_server.asked == []


class Acled:
    """ACLED's tokens and rows, behind `Api`."""

    def __init__(self) -> None:
        self.events = [acled_event(n, timestamp=str(1000 + n)) for n in range(1, EVENTS + 1)]
        self.deleted = [{"event_id_cnty": "SYR7", "deleted_timestamp": "2000"}]
        self.issued = 0
        self.valid: set[str] = set()
        self.refreshable = True
        self.cap = 10

    def answer(self, api: Api, path: str, query: dict[str, str], said: dict[str, str]) -> Answer:
        if path == "/oauth/token":
            return self.token(said)
        if said.get("authorization", "").removeprefix("Bearer ") not in self.valid:
            return as_json({"message": "token expired"}, 401)
        rows = self.deleted if path == "/api/deleted/read" else self.events
        field = "deleted_timestamp" if path == "/api/deleted/read" else "timestamp"
        if query.get(f"{field}_where") == ">=":
            rows = [row for row in rows if int(row[field]) >= int(query[field])]
        size = min(int(query["limit"]), self.cap)
        start = (int(query["page"]) - 1) * size
        data = rows[start : start + size]
        return as_json({"status": 200, "success": True, "count": len(data), "messages": [], "data": data})

    def token(self, form: dict[str, str]) -> Answer:
        known = form.get("username") == "ana@example.org" and form.get("password") == "s3cret & more"
        again = form.get("refresh_token") == f"refresh {self.issued}" and self.refreshable
        if form.get("client_id") != "acled" or not (known or again):
            return as_json({"error": "invalid_grant"}, 400)
        self.issued += 1
        self.valid = {f"access {self.issued}"}
        token = {"token_type": "Bearer", "expires_in": 86400, "access_token": f"access {self.issued}"}
        return as_json(token | {"refresh_token": f"refresh {self.issued}"})


@pytest.fixture
def acled_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Acled, Api]]:
    monkeypatch.setenv("ACLED_EMAIL", "ana@example.org")
    monkeypatch.setenv("ACLED_PASSWORD", "s3cret & more")
    behind = Acled()
    with Api(behind.answer) as api:
        yield behind, api


def session(api: Api, **more: Any) -> acled_api.Session:
    return acled_api.Session(api.url, allow_hosts=HOSTS, sleep=lambda _: None, **more)


def grants(api: Api) -> list[str]:
    return [query["grant_type"] for path, query in api.asked if path == "/oauth/token"]


def test_events_come_page_by_page_with_one_sign_in(acled_server: tuple[Acled, Api], tmp_path: Path) -> None:
    _, api = acled_server
    bundle = acled_api.download_events(tmp_path, session(api), filters={"country": "Syria"}, page_size=10)
    assert grants(api) == ["password"]
    assert api.pages() == ["1", "2", "3", "4"]
    assert api.asked[1][1]["country"] == "Syria"
    assert ids(acled, bundle) == [f"SYR{n}" for n in range(1, EVENTS + 1)]
    assert acled.recognises(bundle.read_bytes(), bundle.name)


def test_account_that_gets_smaller_pages_loses_nothing(acled_server: tuple[Acled, Api], tmp_path: Path) -> None:
    behind, api = acled_server
    behind.cap = 7
    assert len(ids(acled, acled_api.download_events(tmp_path, session(api)))) == EVENTS


def test_increment_begins_at_the_newest_timestamp(acled_server: tuple[Acled, Api], tmp_path: Path) -> None:
    behind, api = acled_server
    first = acled_api.download_events(tmp_path, session(api), page_size=10)
    newest = acled.latest_timestamp(list(acled.read(received(first.read_bytes(), first.name))))
    assert newest == 1000 + EVENTS
    behind.events += [acled_event(90, timestamp="1500"), acled_event(3, fatalities="5", timestamp="1600")]
    second = acled_api.download_events(tmp_path, session(api), since=newest, page_size=10)
    assert ids(acled, second) == [f"SYR{EVENTS}", "SYR90", "SYR3"]


def test_deletions_feed_gives_withdrawals(acled_server: tuple[Acled, Api], tmp_path: Path) -> None:
    _, api = acled_server
    bundle = acled_api.download_deletions(tmp_path, session(api), since=1500)
    (reading,) = acled.read(received(bundle.read_bytes(), bundle.name))
    assert [gone.version_key for gone in reading.withdrawn] == ["acled:SYR7"]
    empty = acled_api.download_deletions(tmp_path, session(api), since=3000)
    (reading,) = acled.read(received(empty.read_bytes(), empty.name))
    assert (reading.withdrawn, reading.failed) == ((), None)


def test_expired_token_is_renewed_by_the_refresh_token_half_way(
    acled_server: tuple[Acled, Api], tmp_path: Path
) -> None:
    behind, api = acled_server
    api.faults["2"] = [as_json({"message": "token expired"}, 401)]
    bundle = acled_api.download_events(tmp_path, session(api), page_size=10)
    assert grants(api) == ["password", "refresh_token"]
    assert ids(acled, bundle) == [f"SYR{n}" for n in range(1, EVENTS + 1)]
    assert behind.issued == 2


def test_refresh_token_that_is_too_old_falls_back_to_the_password(
    acled_server: tuple[Acled, Api], tmp_path: Path
) -> None:
    behind, api = acled_server
    now = [0.0]
    signed_in = session(api, clock=lambda: now[0])
    acled_api.download_events(tmp_path, signed_in, page_size=10)
    behind.refreshable = False
    now[0] = 86400.0
    acled_api.download_deletions(tmp_path, signed_in, since=0)
    assert grants(api) == ["password", "refresh_token", "password"]


@pytest.mark.parametrize(
    "fault",
    [
        (500, {}, b""),
        (200, {}, HTML),
        as_json({"status": 403, "success": False, "error": "Access denied"}),
        as_json({"status": 200, "success": True, "count": 3}),
    ],
)
def test_broken_acled_page_resumes_without_loss_or_duplicates(
    acled_server: tuple[Acled, Api], tmp_path: Path, fault: Answer
) -> None:
    _, api = acled_server
    api.faults["2"] = [fault]
    with pytest.raises(ApiError, match="ACLED /api/acled/read"):
        acled_api.download_events(tmp_path, session(api), page_size=10)
    bundle = acled_api.download_events(tmp_path, session(api), page_size=10)
    assert api.pages() == ["1", "2", "2", "3", "4"]
    assert ids(acled, bundle) == [f"SYR{n}" for n in range(1, EVENTS + 1)]


def test_rows_that_shift_between_pages_are_read_once(acled_server: tuple[Acled, Api], tmp_path: Path) -> None:
    behind, api = acled_server
    api.faults["2"] = [as_json({"status": 200, "data": [behind.events[9], *behind.events[10:20]]})]
    bundle = acled_api.download_events(tmp_path, session(api), page_size=10)
    facts, rejects, failed = joined(list(acled.read(received(bundle.read_bytes(), bundle.name))))
    assert (len(facts), [r.stage for r in rejects], failed) == (EVENTS, ["warn"], None)


def test_wrong_account_is_told_and_no_secret_is_said_or_logged(
    acled_server: tuple[Acled, Api], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _, api = acled_server
    caplog.set_level(logging.DEBUG)
    acled_api.download_events(tmp_path, session(api), page_size=10)
    monkeypatch.setenv("ACLED_PASSWORD", "wr0ng")
    with pytest.raises(ApiError, match="ACLED_EMAIL and ACLED_PASSWORD") as raised:
        acled_api.download_deletions(tmp_path, session(api), since=0)
    monkeypatch.delenv("ACLED_PASSWORD")
    with pytest.raises(ApiError, match="needs ACLED_PASSWORD"):
        acled_api.download_deletions(tmp_path, session(api), since=0)
    written = caplog.text + repr(raised.value) + "".join(path.read_text() for path in tmp_path.iterdir())
    for secret in ("wr0ng", "s3cret", "access 1", "refresh 1"):
        assert secret not in written
