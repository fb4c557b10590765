"""Versioned data sets: what each release added, changed and took back. Nothing is erased, so that any release can be
asked for as it was (``mart.record_as_of``). Releases are ordered by when they were loaded, not by their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from schemas.ddl import literal
from schemas.declaration import tables
from schemas.models import frame
from schemas.records import Document, Withdrawal
from warehouse.connection import reading
from warehouse.errors import WarehouseMissing
from warehouse.merge import merge, select

# What this load says of each record, beside what was last known of it.
HISTORY = """
    WITH last AS (
        SELECT * FROM raw.record_history QUALIFY row_number() OVER (PARTITION BY version_key ORDER BY load_no DESC) = 1
    ), told AS (
        SELECT a.version_key, a.source, a.document_id, NULL AS reason, NULL::TIMESTAMP AS withdrawn_at FROM arrived a
        JOIN raw.record r USING (document_id)
        UNION ALL BY NAME
        SELECT w.version_key, l.source, NULL AS document_id, w.reason, w.withdrawn_at
        FROM taken_back w JOIN last l USING (version_key)
        WHERE w.version_key NOT IN (SELECT version_key FROM arrived)
    )
    SELECT t.version_key, {load_no}::INTEGER AS load_no, t.source, {release}::VARCHAR AS release, t.document_id,
           CASE WHEN l.version_key IS NULL THEN 'added' WHEN t.document_id IS NULL THEN 'withdrawn'
                WHEN l.document_id IS NULL THEN 'returned' ELSE 'changed' END AS record_action,
           t.reason, t.withdrawn_at
    FROM told t LEFT JOIN last l USING (version_key)
    WHERE l.version_key IS NULL OR t.document_id IS DISTINCT FROM l.document_id"""

MARK = """
    UPDATE raw.record SET withdrawn_in = now.mark FROM (
        SELECT d.document_id, CASE WHEN h.document_id IS NULL
               THEN coalesce(h.release, strftime(h.withdrawn_at, '%Y-%m-%d'), 'load ' || h.load_no) END AS mark
        FROM core.document d JOIN (
            SELECT * FROM raw.record_history
            QUALIFY row_number() OVER (PARTITION BY version_key ORDER BY load_no DESC) = 1) h USING (version_key)
    ) AS now
    WHERE now.document_id = raw.record.document_id AND now.mark IS DISTINCT FROM raw.record.withdrawn_in"""

PASSED = """
    SELECT count(*) FROM raw.release r WHERE r.release = ? AND r.source IN (SELECT unnest(?::VARCHAR[]))
        AND EXISTS (SELECT 1 FROM raw.release n
                    WHERE n.source = r.source AND n.release <> r.release AND n.load_no > r.load_no)"""

HELD = """
    SELECT d.locator, coalesce(r.date_start, min(c.date_start))
    FROM core.document d JOIN raw.record k ON k.document_id = d.document_id AND k.withdrawn_in IS NULL
    LEFT JOIN core.incident_record r ON r.document_id = d.document_id
    LEFT JOIN core.claim c ON c.document_id = d.document_id
    WHERE d.current AND d.source = ? AND d.locator IS NOT NULL GROUP BY d.locator, r.date_start"""


def passed(connection: duckdb.DuckDBPyConnection, arriving: Iterable[Document], release: str | None) -> bool:
    """Whether *release* of what arrives was loaded before, and a newer one after it."""
    return connection.execute(PASSED, [release, _sources(arriving)]).fetchall() != [(0,)]


def _sources(arriving: Iterable[Document]) -> list[str]:
    return sorted({document.source for document in arriving if document.record})


def write_history(
    connection: duckdb.DuckDBPyConnection, arriving: Sequence[Document], withdrawn: Iterable[Withdrawal],
    release: str | None, load_no: int,
) -> None:  # fmt: skip
    """Notes which records this load added, changed, took back or brought back, and marks those that are taken back.

    A withdrawal of a record that was never there is nothing; one that arrives in the same load stands. A release that
    is loaded again after a newer one says nothing new.
    """
    records = [
        {"version_key": d.version_key, "source": d.source, "document_id": d.document_id} for d in arriving if d.record
    ]
    back = [{"version_key": w.version_key, "reason": w.reason, "withdrawn_at": w.withdrawn_at} for w in withdrawn]
    sources = _sources(arriving)
    if passed(connection, arriving, release):
        return
    text = pl.String
    arrived = pl.DataFrame(records, schema={"version_key": text, "source": text, "document_id": text}, orient="row")
    taken = pl.DataFrame(
        back, schema={"version_key": text, "reason": text, "withdrawn_at": pl.Datetime("us")}, orient="row"
    )
    connection.register("arrived", arrived.unique(subset=["version_key"], keep="last").to_arrow())
    connection.register("taken_back", taken.unique(subset=["version_key"], keep="last").to_arrow())
    try:
        named = "NULL" if release is None else literal(release)
        told = select(connection, HISTORY.format(load_no=load_no, release=named))
        merge(connection, "raw.record_history", told)
        if release is not None:
            rows = [{"source": s, "release": release, "load_no": load_no} for s in sources]
            merge(connection, "raw.release", frame(tables()["raw.release"], rows)[0])
        if not told.is_empty():
            connection.execute(MARK)
    finally:
        connection.unregister("arrived")
        connection.unregister("taken_back")


def held(path: Path, source: str) -> dict[str, date | None]:
    """native id → first day, of the records of *source* that stand: what a newer release is compared with.

    Empty when nothing is loaded yet. Raises `WarehouseError`: busy, unreadable, outdated.
    """
    try:
        with reading(path) as connection:
            return dict(connection.execute(HELD, [source]).fetchall())
    except WarehouseMissing:
        return {}
