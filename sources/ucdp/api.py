"""The UCDP API: one release of events, page by page, as a bundle that `sources.ucdp` reads.

Pages hold at most 1,000 events and count from 0. A release does not change once it is out, so ``TotalCount`` has to be
the same in every page and the pages have to hold that many events. The token (free, asked for at UCDP) is read from
``UCDP_TOKEN``; 5,000 requests a day, errors count too.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from sources import http
from sources.paging import ApiError, Page, StaleError, credential, download
from sources.table import UnreadableError

URL = "https://ucdpapi.pcr.uu.se/api"
TOKEN_VARIABLE = "UCDP_TOKEN"
PAGE_SIZE = 1000
FILTERS = frozenset({"Id", "Country", "Geography", "StartDate", "EndDate", "TypeOfViolence", "Dyad", "Actor"})

_RELEASE = re.compile(r"\d{2}(\.\d{1,2}){1,3}")


def download_release(
    release: str,
    folder: Path,
    *,
    filters: Mapping[str, str] | None = None,
    url: str = URL,
    page_size: int = PAGE_SIZE,
    allow_hosts: frozenset[str] = frozenset(),
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """Download a release such as ``25.1`` or ``26.0.7`` into ``folder``: the path of the bundle, to be ingested.

    With ``filters`` (names of the API, `FILTERS`) the bundle is not complete: nothing vanishes by it. A download that
    broke off goes on where it stopped when it is called again. Raises `ApiError`.
    """
    filters = dict(filters or {})
    if not _RELEASE.fullmatch(release):
        raise ApiError(f"{release!r} is not a UCDP release: write it as 25.1, 26.0.7 or 26.01.26.06")
    if unknown := sorted(filters.keys() - FILTERS):
        raise ApiError(f"the UCDP API has no filter {unknown[0]!r}; it has {', '.join(sorted(FILTERS))}")
    headers = {"x-ucdp-access-token": credential(TOKEN_VARIABLE, "the UCDP API")}
    base = f"{url}/gedevents/{release}"

    def fetch(number: int) -> bytes:
        query = urlencode({"pagesize": page_size, "page": number, **filters})
        return http.fetch(f"{base}?{query}", headers=headers, allow_hosts=allow_hosts, sleep=sleep).content

    header = {"bundle": "ucdp", "release": release, "complete": not filters, "filters": filters, "pagesize": page_size}
    target = folder / f"ucdp-{release}{'-filtered' if filters else ''}.pages"
    try:
        try:
            return _download(target, header, fetch)
        except StaleError:
            return _download(target, header, fetch)
    except StaleError as error:
        raise ApiError(f"UCDP release {release} changed twice while it was read: {error}; try later") from error
    except UnreadableError as error:
        raise ApiError(f"UCDP release {release}: {error}") from error
    except http.FetchError as error:
        raise ApiError(f"UCDP release {release}: {_MEANING.get(error.status or 0, str(error))}") from error


_MEANING = {
    401: f"the token in {TOKEN_VARIABLE} is not accepted (401): ask UCDP for a new one",
    403: f"the token in {TOKEN_VARIABLE} has no right to this (403)",
    404: "there is no such release (404)",
}


def _download(target: Path, header: Mapping[str, object], fetch: Callable[[int], bytes]) -> Path:
    pages = _Pages()
    download(target, header, fetch, pages.is_last, pages.check)
    if pages.events != pages.total:
        target.unlink()
        raise StaleError(f"{pages.total} events were announced and {pages.events} came")
    return target


class _Pages:
    """What the pages so far have told."""

    def __init__(self) -> None:
        self.total: int | None = None
        self.events = 0

    def check(self, page: Page) -> None:
        result = page.get("Result")
        if not isinstance(result, list) or not isinstance(page.get("TotalCount"), int):
            raise UnreadableError(f"a page has no Result or TotalCount, but {', '.join(page)[:200]}")
        if self.total not in (None, page["TotalCount"]):
            raise StaleError(f"TotalCount went from {self.total} to {page['TotalCount']}")
        self.total = page["TotalCount"]
        self.events += len(result)

    def is_last(self, page: Page, number: int) -> bool:
        return (
            not page.get("NextPageUrl") or not page["Result"] or number + 1 >= int(page.get("TotalPages", number + 2))
        )
