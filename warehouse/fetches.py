"""What was fetched, when, and what came of it: ``ops.fetch``, and what collecting has to know before it asks again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from schemas.declaration import tables
from schemas.keys import content_key
from warehouse.connection import reading, transaction, writing
from warehouse.errors import WarehouseMissing

VISITS = """
    SELECT url, arg_max(source, started_at), min(started_at), max(started_at),
           arg_max(outcome, started_at),
           max_by({'etag': etag, 'last_modified': last_modified}, started_at) FILTER (status = 200),
           bool_or(list_contains(?, outcome))
    FROM ops.fetch WHERE list_contains(?, outcome) GROUP BY url"""
TEXTS = """
    SELECT version_key, list(text_sha256) FROM core.document
    WHERE current AND version_key IN (SELECT unnest(?::VARCHAR[])) GROUP BY version_key"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known of a URL from all visits so far."""

    source: str
    first: datetime
    """UTC without a time zone."""
    last: datetime
    outcome: str
    """Of the last visit."""
    etag: str | None
    last_modified: str | None
    loaded: bool
    """Whether it ever gave a document."""


def record_fetches(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds *rows* (columns of ``ops.fetch``) to the warehouse *path*; those that are there already stay as they are.

    Raises `WarehouseError`.
    """
    if not rows:
        return
    # Only now: reading a warehouse must not wait for polars.
    from schemas.models import validate
    from warehouse.merge import merge

    frame, failures = validate(tables()["ops.fetch"], [dict(row) for row in rows])
    if failures:
        raise ValueError(f"a row does not fit ops.fetch: {failures[0]}")
    with writing(path) as connection, transaction(connection):
        there = "SELECT fetch_id FROM ops.fetch WHERE fetch_id IN (SELECT unnest(?::VARCHAR[]))"
        known = {row[0] for row in connection.execute(there, [frame["fetch_id"].to_list()]).fetchall()}
        fresh = [number for number, fetch_id in enumerate(frame["fetch_id"]) if fetch_id not in known]
        merge(connection, "ops.fetch", frame[fresh])


def fetch_key(source: str, url: str, started_at: datetime) -> str:
    """The key of one attempt: ``fetch_id``."""
    return content_key("fetch", source, url, started_at)


def visits(path: Path, outcomes: Iterable[str], loaded: Iterable[str]) -> dict[str, Visit]:
    """The URLs that were visited with one of *outcomes*; those of *loaded* gave a document. Empty without a warehouse.

    Raises `WarehouseError`.
    """
    try:
        with reading(path) as connection:
            rows = connection.execute(VISITS, [list(loaded), list(outcomes)]).fetchall()
    except WarehouseMissing:
        return {}
    return {
        url: Visit(source, first, last, outcome, (said or {}).get("etag"), (said or {}).get("last_modified"), held)
        for url, source, first, last, outcome, said, held in rows
    }


def has_fetches(path: Path) -> bool:
    """Whether any attempt is recorded; False without a warehouse. Raises `WarehouseError`."""
    try:
        with reading(path) as connection:
            return bool(connection.execute("SELECT count(*) FROM ops.fetch").fetchall()[0][0])
    except WarehouseMissing:
        return False


def same_texts(path: Path, texts: Mapping[str, str]) -> set[str]:
    """Of *texts* (version key to text) the keys whose current version has this very text already.

    Raises `WarehouseError`.
    """
    try:
        with reading(path) as connection:
            held = dict(connection.execute(TEXTS, [list(texts)]).fetchall())
    except WarehouseMissing:
        return set()
    return {name for name, text in texts.items() if _text_hash(text) in held.get(name, ())}


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
