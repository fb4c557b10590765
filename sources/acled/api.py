"""The ACLED API: events and deletions, page by page, as bundles that `sources.acled` reads.

Access is an OAuth password grant: an access token for 24 hours and a refresh token for 14 days, both kept in memory
only. E-mail and password are read from ``ACLED_EMAIL`` and ``ACLED_PASSWORD``. Increments ask for events whose
``timestamp`` is not before the newest one held; what was deleted meanwhile is only in the deletions feed. Some refusals
come as HTTP 200 with another ``status`` in the body. Events can shift between pages while ACLED writes: what comes
twice is left out when reading, and the next increment brings what was written meanwhile.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from sources import http
from sources.paging import ApiError, Page, credential, download
from sources.table import UnreadableError

URL = "https://acleddata.com"
EMAIL_VARIABLE, PASSWORD_VARIABLE = "ACLED_EMAIL", "ACLED_PASSWORD"
PAGE_SIZE = 5000
RENEW_SECONDS = 60
"""A token is renewed this long before it ends."""


class Session:
    """Signs in, keeps the tokens, and fetches with them."""

    def __init__(
        self,
        url: str = URL,
        *,
        allow_hosts: frozenset[str] = frozenset(),
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.url = url
        self._allow_hosts = allow_hosts
        self._sleep = sleep
        self._clock = clock
        self._access = self._refresh = ""
        self._ends = 0.0

    def get(self, path: str, query: Mapping[str, str]) -> bytes:
        """The body of one page; a token that the server no longer accepts is renewed once. Raises `http.FetchError`."""
        url = f"{self.url}{path}?{urlencode(query)}"
        if self._clock() >= self._ends:
            self._renew()
        try:
            return self._fetch(url)
        except http.FetchError as error:
            if error.status != 401:
                raise
        self._renew()
        return self._fetch(url)

    def _fetch(self, url: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._access}"}
        return http.fetch(url, headers=headers, allow_hosts=self._allow_hosts, sleep=self._sleep).content

    def _renew(self) -> None:
        """A new access token by the refresh token, or by e-mail and password where that is missing or too old."""
        if self._refresh:
            try:
                self._sign_in({"grant_type": "refresh_token", "refresh_token": self._refresh})
                return
            except http.FetchError as error:
                if error.status not in (400, 401):
                    raise
        account = {
            "username": credential(EMAIL_VARIABLE, "the ACLED API"),
            "password": credential(PASSWORD_VARIABLE, "the ACLED API"),
        }
        try:
            self._sign_in({"grant_type": "password", **account})
        except http.FetchError as error:
            if error.status not in (400, 401, 403):
                raise
            raise ApiError(
                f"ACLED does not accept the account ({error.status}): check {EMAIL_VARIABLE} and {PASSWORD_VARIABLE}, "
                "and that the terms are accepted on its site"
            ) from None

    def _sign_in(self, form: Mapping[str, str]) -> None:
        answer = http.fetch(
            f"{self.url}/oauth/token",
            form={"client_id": "acled", **form},
            allow_hosts=self._allow_hosts,
            sleep=self._sleep,
        )
        try:
            token = json.loads(answer.content)
            self._access, lasts = str(token["access_token"]), float(token["expires_in"])
        except (ValueError, KeyError, TypeError):
            # Not chained: the answer may hold half a token.
            raise ApiError("ACLED answered the sign-in without a token; try again later") from None
        self._refresh = str(token.get("refresh_token") or "")
        self._ends = self._clock() + lasts - RENEW_SECONDS


def download_events(
    folder: Path,
    session: Session,
    *,
    since: int | None = None,
    filters: Mapping[str, str] | None = None,
    page_size: int = PAGE_SIZE,
) -> Path:
    """Download events into ``folder``: the path of the bundle, to be ingested with ``--source acled``.

    ``since`` is the newest ``timestamp`` held (Unix seconds; `sources.acled.latest_timestamp`): only events written
    since then come. ``filters`` are the API's (``country``, ``event_date`` with ``event_date_where``, …). A download
    that broke off goes on where it stopped when it is called again. Raises `ApiError`.
    """
    query = dict(filters or {})
    if since is not None:
        query |= {"timestamp": str(since), "timestamp_where": ">="}
    name = f"acled-{'all' if since is None else since}.pages"
    return _download(folder / name, session, "/api/acled/read", query, page_size)


def download_deletions(folder: Path, session: Session, *, since: int, page_size: int = PAGE_SIZE) -> Path:
    """Download what was deleted since ``since`` (Unix seconds) as a bundle; return its path. Raises `ApiError`."""
    query = {"deleted_timestamp": str(since), "deleted_timestamp_where": ">="}
    return _download(folder / f"acled-deleted-{since}.pages", session, "/api/deleted/read", query, page_size)


def _download(target: Path, session: Session, path: str, query: Mapping[str, str], page_size: int) -> Path:
    header = {"bundle": "acled", "path": path, "query": query, "limit": page_size}

    def fetch(number: int) -> bytes:
        return session.get(path, {"_format": "json", "limit": str(page_size), "page": str(number + 1), **query})

    try:
        # An account may get fewer rows a page than asked for: only an empty page is surely the last.
        return download(target, header, fetch, lambda page, _: not page["data"], _check)
    except UnreadableError as error:
        raise ApiError(f"ACLED {path}: {error}") from error
    except http.FetchError as error:
        meaning = {401: "the token is not accepted (401)", 403: "the account has no right to this (403)"}
        raise ApiError(f"ACLED {path}: {meaning.get(error.status or 0, str(error))}") from error


def _check(page: Page) -> None:
    if page.get("success") is False or page.get("status", 200) != 200 or not isinstance(page.get("data"), list):
        said = page.get("error") or page.get("message") or page.get("messages") or f"keys {', '.join(page)}"
        raise UnreadableError(f"the answer tells status {page.get('status')}: {str(said)[:200]}")
