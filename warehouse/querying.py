"""Reading a warehouse: SQL of users, rejected rows, and what is in the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connection import reading
from warehouse.errors import QueryRefused, WarehouseError, explanation

# Messages of DuckDB for what a sealed, read-only connection does not do.
_WRITES = ("read-only mode", "disabled by configuration", "configuration has been locked", "read only")


@dataclass(frozen=True, slots=True)
class Table:
    """A result: column names, DuckDB types and rows of Python values (dates, lists, dicts)."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run(connection: duckdb.DuckDBPyConnection, sql: str) -> Table:
    """The result of the last statement of *sql*."""
    cursor = connection.execute(sql)
    described = cursor.description or []
    rows = cursor.fetchall() if described else []
    return Table(tuple(column[0] for column in described), tuple(str(column[1]) for column in described), rows)


def query(path: Path, sql: str) -> Table:
    """Runs *sql* on the warehouse *path*, read-only and without access to other files.

    Raises `QueryRefused` for SQL that is wrong or that would write, `WarehouseMissing`, `WarehouseBusy`.
    """
    with reading(path, sealed=True) as connection:
        try:
            return run(connection, sql)
        except duckdb.Error as error:
            plain = explanation(error, path)
            if type(plain) is not WarehouseError:
                raise plain from error
            if any(sign in str(error) for sign in _WRITES):
                raise QueryRefused(
                    "`sql` only reads: it changes no table, setting or file (use `casualties export` for files)"
                ) from error
            raise QueryRefused(str(error)) from error


def rejects(path: Path, limit: int | None = None) -> Table:
    """Rows of ``mart.rejected``, the newest first, at most *limit*."""
    bound = "" if limit is None else f" LIMIT {int(limit)}"
    with reading(path) as connection:
        return run(
            connection, f'SELECT * FROM mart.rejected ORDER BY rejected_at DESC, source, record, "column"{bound}'
        )


def status(path: Path) -> Table:
    """One row a source: documents, current ones, their claims, rejects, and the last load that brought something."""
    with reading(path) as connection:
        return run(
            connection,
            """
            SELECT d.source, count(*) AS documents, count(*) FILTER (d.current) AS current,
                   coalesce(sum(c.claims), 0)::BIGINT AS claims, coalesce(any_value(q.rejected), 0)::BIGINT AS rejected,
                   max(r.started_at) AS last_load
            FROM core.document d
            LEFT JOIN (SELECT document_id, count(*) AS claims FROM mart.claim_flat GROUP BY document_id) c USING
            (document_id)
            LEFT JOIN (SELECT source, count(*) AS rejected FROM mart.rejected WHERE stage <> 'warn' GROUP BY source) q
            USING (source)
            LEFT JOIN ops.run r USING (run_id)
            GROUP BY d.source ORDER BY d.source""",
        )


def counts(path: Path) -> dict[str, int]:
    """How many documents, claims, incidents, positions and rejected rows the public views show."""
    with reading(path) as connection:
        table = run(
            connection,
            """
            SELECT (SELECT count(*) FROM core.document WHERE current) AS documents, (SELECT count(*) FROM
            mart.claim_flat) AS claims,
                   (SELECT count(*) FROM core.incident) AS incidents, (SELECT count(*) FROM mart.position_flat) AS
                   positions,
                   (SELECT count(*) FROM mart.rejected WHERE stage <> 'warn') AS rejected""",
        )
    return dict(zip(table.columns, table.rows[0], strict=True))
