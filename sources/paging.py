"""Downloading an API page by page into one bundle, so that a broken download goes on where it stopped.

A bundle is a text file of lines: the first tells the source, the query and whether it is complete, every further line
is the body of one page as received (line breaks between JSON tokens become spaces, nothing else changes). While it
grows it is ``NAME.part``; a later call with the same query goes on after its last whole line.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sources.table import UnreadableError

RESUME_SECONDS = 24 * 3600
"""An older part is thrown away: the API may have changed under it."""
MOST_PAGES = 100_000

Page = dict[str, Any]


class StaleError(Exception):
    """The data changed on the server while its pages were read."""


class ApiError(Exception):
    """An API did not give what was asked; the text says which, why and what to do. It never holds a secret."""


def credential(variable: str, whose: str) -> str:
    """A secret from the environment. Raises `ApiError` that names the variable when it is not set."""
    value = os.environ.get(variable, "").strip()
    if not value:
        raise ApiError(f"{whose} needs {variable}: set it in the environment")
    return value


def download(
    target: Path,
    header: Mapping[str, Any],
    fetch: Callable[[int], bytes],
    is_last: Callable[[Page, int], bool],
    check: Callable[[Page], None],
) -> Path:
    """Fetch pages 0, 1, 2, … until ``is_last``, and return ``target``, written whole or not at all.

    ``header`` names source (as ``bundle``) and query. ``fetch`` may raise: what came before is kept for the next call.
    ``check`` raises `UnreadableError` for a page that tells an error, `StaleError` when earlier pages no longer fit
    (then the next call starts anew).
    """
    part = target.with_name(target.name + ".part")
    try:
        _fill(part, json.dumps(header) + "\n", fetch, is_last, check)
    except StaleError:
        part.unlink()
        raise
    part.replace(target)
    return target


def _fill(
    part: Path,
    first_line: str,
    fetch: Callable[[int], bytes],
    is_last: Callable[[Page, int], bool],
    check: Callable[[Page], None],
) -> None:
    number, done = _resume(part, first_line, is_last, check)
    with part.open("ab") as out:
        while not done:
            if number >= MOST_PAGES:
                raise UnreadableError(f"{part.name}: more than {MOST_PAGES} pages; the API does not end")
            body = fetch(number)
            page = _parse(body, f"page {number} of {part.stem}")
            check(page)
            out.write(re.sub(rb"[\r\n]+", b" ", body.strip()) + b"\n")
            out.flush()
            done = is_last(page, number)
            number += 1


def _resume(
    part: Path, first_line: str, is_last: Callable[[Page, int], bool], check: Callable[[Page], None]
) -> tuple[int, bool]:
    """Make ``part`` hold the header and whole pages only: (number of the next page, whether the last one is there)."""
    part.parent.mkdir(parents=True, exist_ok=True)
    lines = part.read_bytes().splitlines(keepends=True) if part.exists() else []
    fresh = bool(lines) and time.time() - part.stat().st_mtime < RESUME_SECONDS
    if not fresh or lines[0] != first_line.encode():
        part.write_text(first_line, encoding="utf-8")
        return 0, False
    if not lines[-1].endswith(b"\n"):
        lines.pop()
        with part.open("r+b") as file:
            file.truncate(sum(map(len, lines)))
    done = False
    for number, line in enumerate(lines[1:]):
        page = _parse(line, f"page {number} of {part.stem}")
        check(page)
        done = is_last(page, number)
    return len(lines) - 1, done


def _parse(body: bytes, what: str) -> Page:
    try:
        page = json.loads(body)
    except ValueError as error:
        shown = body[:80].decode("utf-8", errors="replace")
        raise UnreadableError(f"{what} is not JSON: it begins {shown!r}; try again later") from error
    if not isinstance(page, dict):
        raise UnreadableError(f"{what} is not a JSON object; the API has changed")
    return page
