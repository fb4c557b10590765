"""Fetching over HTTP: the only module that speaks it.

One call is bounded in time and size whatever the server does: a total deadline holds for names, handshakes, headers and
bodies of all attempts and redirects; the size limit counts decompressed bytes. Every hop of a redirect is checked like
the first URL, and the connection goes to the address that was checked. Retrying happens here and at no other layer.
No proxy of the environment is used: it would connect to addresses that nobody checked.
"""

from __future__ import annotations

import email.utils
import json as json_text
import random
import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from functools import cache
from importlib import metadata
from typing import Any

import httpcore
import httpx

from sources.addresses import RefusedError, resolve

RETRIED = frozenset({429, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PIECE_BYTES = 65_536


class FetchError(Exception):
    """A URL that could not be fetched: ``str()`` is the reason, ``url`` the hop, ``status`` the server's answer.

    ``retry_after`` is the wait in seconds that the server asked for, where it was too long for this call.
    """

    def __init__(
        self, url: str, reason: str, status: int | None = None, retry_after: float | None = None
    ) -> None:  # fmt: skip
        super().__init__(reason)
        self.url = url
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request as it went: a row of ``ops.fetch``."""

    url: str
    status: int | None
    """None where no answer came."""
    bytes: int | None
    """Of the body, decompressed; None where none was read whole."""
    outcome: str
    """``ok``, ``not modified``, ``redirect``, or the reason why not."""
    etag: str | None
    last_modified: str | None
    started_at: datetime
    """UTC without a time zone."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may cost."""

    seconds: float = 60.0
    """Total, with all attempts, waits and redirects."""
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    """Longest silence of a server."""
    content_bytes: int = 50_000_000
    """Of the body, decompressed."""
    attempts: int = 4
    redirects: int = 10


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, decompressed."""

    url: str
    """Of the last hop."""
    status: int
    content: bytes
    media_type: str | None
    """Lower case, without parameters."""
    charset: str | None
    """As the server declares it, unless the bytes are plainly UTF-8 (`sniffed`)."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""


def user_agent(contact: str | None = None) -> str:
    """How we name ourselves: package, version, and where to complain (an e-mail or web address)."""
    name = f"casualty-facts/{metadata.version('casualty-facts')}"
    return f"{name} (+{contact})" if contact else name


def sniffed(content: bytes, declared: str | None) -> str | None:
    """The charset of a body: UTF-8 where its bytes can hardly be anything else, else what the server declares."""
    if declared in (None, "utf-8") or content.isascii():
        return declared
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return declared
    # Text beyond ASCII in another encoding is as good as never valid UTF-8.
    return "utf-8"


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    json: Mapping[str, Any] | None = None,
    accept: frozenset[str] = frozenset(),
    contact: str | None = None,
    allow_hosts: frozenset[str] = frozenset(),
    limits: Limits | None = None,
    sleep: Callable[[float], None] = time.sleep,
    before_hop: Callable[[str], None] | None = None,
    on_attempt: Callable[[Attempt], None] | None = None,
) -> Response:
    """GET ``url``, following redirects, with new attempts after 429, 502, 503, 504 and broken connections.

    With ``form`` its fields, with ``json`` that object is POSTed instead, and a redirect is an error. ``headers`` may
    hold secrets: they go to the scheme, host and port of ``url`` and to no other that it redirects to.
    ``allow_hosts`` may have private addresses (names in lower case, as they stand in the URL). A 304 is a response.
    With ``accept``, a body of another media type is refused before it is read, unless its first bytes show a web page
    and pages are accepted. ``before_hop`` is told each URL that a redirect leads to, and may raise `FetchError`;
    ``on_attempt`` is told each request when it has ended. ``contact`` goes into the User-Agent.

    Raises `FetchError` for everything else: a status that is no success, an address that is refused, a limit, a body
    that breaks off.
    """
    post = _Post(form, json) if form is not None or json is not None else None
    call = _Call(url, limits or Limits(), headers or {}, post, accept, user_agent(contact), allow_hosts, sleep)
    return call.run(before_hop, on_attempt or _LISTENER.get())


_LISTENER: ContextVar[Callable[[Attempt], None] | None] = ContextVar("listener", default=None)


@contextmanager
def told(on_attempt: Callable[[Attempt], None]) -> Iterator[None]:
    """Every request of this thread inside the block is told to ``on_attempt``, also those of APIs that know of none."""
    token = _LISTENER.set(on_attempt)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@dataclass(frozen=True, slots=True)
class _Post:
    """What is sent instead of asking."""

    form: Mapping[str, str] | None
    json: Mapping[str, Any] | None

    def request(self, url: str, headers: Mapping[str, str], extensions: dict[str, Any]) -> httpx.Request:
        if self.json is None:
            return httpx.Request("POST", url, headers=headers, data=self.form, extensions=extensions)
        body = json_text.dumps(self.json, ensure_ascii=False).encode()
        typed = {**headers, "Content-Type": "application/json"}
        return httpx.Request("POST", url, headers=typed, content=body, extensions=extensions)


class _BrokenBodyError(Exception):
    """A body that ends or fails in the middle: worth another attempt."""


class _Call:
    """One call of `fetch`: what all its hops and attempts share."""

    def __init__(
        self, url: str, limits: Limits, headers: Mapping[str, str], post: _Post | None, accept: frozenset[str],
        agent: str, allowed: frozenset[str], sleep: Callable[[float], None],
    ) -> None:  # fmt: skip
        self.url = url
        self.limits = limits
        self.own_headers = headers
        self.post = post
        self.accept = accept
        self.sleep = sleep
        self.deadline = time.monotonic() + limits.seconds
        self.headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
        self.timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds).as_dict()
        # The transport alone: a client would look into redirects, cookies and proxies before we do.
        self.transport = _GuardedTransport(_GuardedBackend(allowed, self.deadline))

    def run(
        self, before_hop: Callable[[str], None] | None, on_attempt: Callable[[Attempt], None] | None
    ) -> Response:  # fmt: skip
        url = self.url
        with self.transport:
            for _ in range(self.limits.redirects + 1):
                _check(url)
                response = self._hop(url, on_attempt or _ignored)
                if response.status not in REDIRECTS or "location" not in response.headers:
                    return _accepted(response)
                if self.post is not None:
                    raise FetchError(url, "it redirects where a form was sent", response.status)
                url = _next(url, response.headers["location"])
                if before_hop:
                    before_hop(url)
        raise FetchError(url, f"it redirects more than {self.limits.redirects} times")

    def _hop(self, url: str, on_attempt: Callable[[Attempt], None]) -> Response:
        """One URL, tried again while attempts and time last."""
        for attempt in range(1, self.limits.attempts + 1):
            asked: float | None = None
            status: int | None = None
            try:
                response = self._observed(url, on_attempt)
                if response.status not in RETRIED:
                    return response
                asked, status = _retry_after(response.headers.get("retry-after")), response.status
                reason = f"the server answers {status}"
            except (httpx.TransportError, httpx.DecodingError, _BrokenBodyError) as error:
                reason = _in_words(error)
            except RefusedError as error:
                raise FetchError(url, str(error)) from error
            if attempt < self.limits.attempts:
                self._wait(url, attempt, asked, reason, status)
        raise FetchError(url, f"{reason} ({attempt} attempts)", status, asked)

    def _observed(self, url: str, on_attempt: Callable[[Attempt], None]) -> Response:
        """One request, told to ``on_attempt`` whatever comes of it."""
        started, clock = datetime.now(UTC).replace(tzinfo=None), time.monotonic()

        def tell(outcome: str, status: int | None = None, response: Response | None = None) -> None:
            headers = response.headers if response else {}
            body = len(response.content) if response and 200 <= response.status < 300 else None
            on_attempt(
                Attempt(url, status, body, outcome, headers.get("etag"), headers.get("last-modified"), started,
                        round(time.monotonic() - clock, 3))
            )  # fmt: skip

        try:
            response = self._get(url)
        except (httpx.TransportError, httpx.DecodingError, _BrokenBodyError, RefusedError, FetchError) as error:
            tell(_in_words(error), error.status if isinstance(error, FetchError) else None)
            raise
        tell(_outcome(response.status), response.status, response)
        return response

    def _wait(self, url: str, attempt: int, asked: float | None, reason: str, status: int | None) -> None:
        # Jitter keeps several of us from coming back in step.
        wait = asked if asked is not None else min(2.0 ** (attempt - 1), 30.0) * random.uniform(0.5, 1.0)
        if time.monotonic() + wait >= self.deadline:
            raise FetchError(url, f"{reason}; a new attempt in {wait:.0f} s would be after the deadline", status, asked)
        self.sleep(wait)

    def _get(self, url: str) -> Response:
        headers = self.headers | dict(self.own_headers) if _origin(url) == _origin(self.url) else self.headers
        extensions = {"timeout": self.timeout}
        if self.post is None:
            request = httpx.Request("GET", url, headers=headers, extensions=extensions)
        else:
            request = self.post.request(url, headers, extensions)
        with closing(self.transport.handle_request(request)) as answer:
            media_type, charset = _content_type(answer.headers.get("content-type"))
            body = b""
            if answer.is_success:
                encoding = answer.headers.get("content-encoding", "").strip().lower()
                chunks = _inflated(answer.iter_raw(), encoding, url)
                body = self._body(url, self._taken(url, media_type, chunks, answer.status_code))
            charset = sniffed(body, charset)
            return Response(url, answer.status_code, body, media_type, charset, dict(answer.headers))

    def _taken(self, url: str, media_type: str | None, chunks: Iterator[bytes], status: int) -> Iterator[bytes]:
        """The chunks of a body whose type is accepted; a page that is declared as something else is a page."""
        if self.accept and media_type not in self.accept:
            first = next(chunks, b"")
            if not (_PAGE_START.match(first) and "text/html" in self.accept):
                raise FetchError(url, f"its type {media_type or '(none)'} is not taken", status)
            yield first
        yield from chunks

    def _body(self, url: str, chunks: Iterable[bytes]) -> bytes:
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if len(body) > self.limits.content_bytes:
                raise FetchError(url, f"its content is larger than {self.limits.content_bytes:,} bytes")
        return bytes(body)


_PAGE_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,400}?-->\s*)?(?:<!doctype\s+html|<html)", re.I | re.S)


def _ignored(attempt: Attempt) -> None:
    pass


def _outcome(status: int) -> str:
    if status == 304:
        return "not modified"
    if status in REDIRECTS:
        return "redirect"
    return "ok" if 200 <= status < 300 else f"the server answers {status}"


class _GuardedTransport(httpx.HTTPTransport):
    """httpx over connections that the backend checks."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        context = _ssl_context()
        super().__init__(verify=context)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend, retries=0)


class _GuardedBackend(httpcore.NetworkBackend):
    """Resolves, checks, and connects to a checked address; nothing on its connections outlasts the deadline."""

    def __init__(self, allowed: frozenset[str], deadline: float) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        try:
            addresses = resolve(host, port, self._allowed)
        except RefusedError:
            raise
        except OSError as error:
            raise httpcore.ConnectError(f"the name {host} is not known") from error
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        return self._connect(addresses[-1], port, timeout, local_address, socket_options)

    def _connect(
        self, address: str, port: int, timeout: float | None, local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        left = _left(timeout, self._deadline, httpcore.ConnectTimeout)
        stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
        return _TimedStream(stream, self._deadline)


class _TimedStream(httpcore.NetworkStream):
    """A connection on which each step may take no longer than is left of the call: a dripping server cannot hold it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, self._deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, self._deadline, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, deadline: float, error: type[httpcore.TimeoutException]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise error("the time of the whole call is over")
    return left if timeout is None else min(timeout, left)


@cache
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _inflated(chunks: Iterable[bytes], encoding: str, url: str) -> Iterator[bytes]:
    """Decompress in pieces of at most `PIECE_BYTES`, so that a bomb is seen before it has gone off."""
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(url, f"its content encoding {encoding!r} was not asked for")
    inflater = None
    try:
        for chunk in chunks:
            inflater = inflater or zlib.decompressobj(_window(chunk))
            while chunk:
                yield inflater.decompress(chunk, PIECE_BYTES)
                chunk = inflater.unconsumed_tail
                if inflater.eof:
                    # A gzip body may be several in a row; anything else after its end is padding.
                    chunk = inflater.unused_data if inflater.unused_data.startswith(b"\x1f\x8b") else b""
                    if chunk:
                        inflater = zlib.decompressobj(_window(chunk))
    except zlib.error as error:
        raise _BrokenBodyError(f"its compressed content is damaged ({error})") from error
    if inflater is not None and not inflater.eof:
        raise _BrokenBodyError("its compressed content breaks off")


def _window(start: bytes) -> int:
    """zlib's window: with a gzip or zlib header where there is one, raw where a server sends "deflate" without."""
    has_header = start[:1] == b"\x1f" or (start[:1] == b"\x78" and int.from_bytes(start[:2], "big") % 31 == 0)
    return 47 if has_header or len(start) < 2 else -15


def _accepted(response: Response) -> Response:
    if 200 <= response.status < 300 or response.status == 304:
        return response
    raise FetchError(response.url, f"the server answers {response.status}", response.status)


def _check(url: str) -> None:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(url, f"it is no URL: {error}") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchError(url, f"only http and https URLs with a host are fetched, not {url[:200]!r}")


def _origin(url: str) -> tuple[str, str, int | None]:
    parsed = httpx.URL(url)
    return parsed.scheme, parsed.host, parsed.port


def _next(url: str, location: str) -> str:
    try:
        return str(httpx.URL(url).join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(url, f"it redirects to what is no URL: {location[:200]!r}") from error


def _in_words(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "the server took too long"
    return str(error) or type(error).__name__


def _retry_after(value: str | None) -> float | None:
    """Seconds that the server asks to wait, as a number or a date (RFC 9110, 10.2.3); None when it does not."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _content_type(value: str | None) -> tuple[str | None, str | None]:
    if not value:
        return None, None
    message = Message()
    message["content-type"] = value
    return message.get_content_type(), message.get_content_charset()
