"""Set-wise writing: one MERGE a table, which says what it did."""

from __future__ import annotations

import duckdb
import polars as pl

from schemas.ddl import qualified, quoted
from schemas.declaration import Table, tables

LINEAGE = ("core.document", "core.claim", "core.position", "core.assessment", "core.official_entry")
"""Tables whose every written row is told in ``ops.lineage``; the others hang on one of these."""


def _statement(table: Table, gone: str | None, *, compare_stamps: bool) -> str:
    key = " AND ".join(f"t.{quoted(name)} = s.{quoted(name)}" for name in table.key)
    rest = [column for column in table.columns if column.name not in table.key]
    compared = [column for column in rest if compare_stamps or not column.stamp]
    lines = [f"MERGE INTO {qualified(table.name)} AS t USING incoming AS s ON {key}"]
    if compared:
        differs = " OR ".join(f"t.{quoted(c.name)} IS DISTINCT FROM s.{quoted(c.name)}" for c in compared)
        lines.append(
            f"WHEN MATCHED AND ({differs}) THEN UPDATE SET "
            + ", ".join(f"{quoted(c.name)} = s.{quoted(c.name)}" for c in rest)
        )
    lines.append("WHEN NOT MATCHED THEN INSERT BY NAME")
    if gone:
        lines.append(f"WHEN NOT MATCHED BY SOURCE AND ({gone}) THEN DELETE")
    returned = [
        *table.key,
        *(["document_id"] if "document_id" in table.names and "document_id" not in table.key else []),
    ]
    lines.append("RETURNING merge_action, " + ", ".join(quoted(name) for name in returned))
    return "\n".join(lines)


def select(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """The result of *sql* as a frame; also of a statement that writes and returns, which runs once."""
    rows: pl.DataFrame = connection.sql(sql).pl()
    return rows


def merge(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: pl.DataFrame,
    *,
    gone: str | None = None,
    compare_stamps: bool = False,
) -> pl.DataFrame:
    """Inserts new rows of table *name*, updates those that differ, deletes those that are not among *rows* and satisfy
    *gone*.

    Rows that agree in everything but stamps (run, time received) stay untouched. Of rows with one key the first counts.
    Returns what was done: ``merge_action`` (INSERT, UPDATE, DELETE) with the key and the document of each row touched.
    """
    table = tables()[name]
    if rows.is_empty() and not gone:
        return pl.DataFrame({"merge_action": []}, schema={"merge_action": pl.String})
    connection.register("incoming", rows.unique(subset=list(table.key), keep="first", maintain_order=True).to_arrow())
    try:
        return select(connection, _statement(table, gone, compare_stamps=compare_stamps))
    finally:
        connection.unregister("incoming")


def write_lineage(connection: duckdb.DuckDBPyConnection, name: str, done: pl.DataFrame, run_id: str) -> None:
    """Tells in ``ops.lineage`` what *done* (from `merge`) did to table *name*."""
    if done.is_empty() or name not in LINEAGE:
        return
    rows = done.select(
        run_id=pl.lit(run_id),
        entity=pl.lit(name),
        entity_id=pl.col(tables()[name].key[0]),
        action=pl.col("merge_action").str.to_lowercase(),
        parent_id=pl.col("document_id"),
    )
    merge(connection, "ops.lineage", rows)


def replace(connection: duckdb.DuckDBPyConnection, name: str, rows: pl.DataFrame) -> int:
    """Makes table *name* hold exactly *rows*; returns how many rows had to be touched."""
    return merge(connection, name, rows.select(tables()[name].names), gone="true").height
