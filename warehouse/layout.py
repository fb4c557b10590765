"""Schemas, tables and views of a warehouse file, made from the declaration and kept in step with it."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import duckdb

from schemas.ddl import comments, create_table
from schemas.declaration import Table, tables
from warehouse.errors import WarehouseOutdated

SCHEMAS = ("raw", "ref", "core", "ops", "mart")


def view_sql(name: str) -> str:
    """The SELECT behind view *name*, from ``sql/NAME.sql``."""
    return files("warehouse").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _tables() -> list[Table]:
    return [table for table in tables().values() if not table.view]


def _views() -> list[Table]:
    return [table for table in tables().values() if table.view]


def _view_statements() -> list[str]:
    # Views stand in the declaration in an order in which each may use those before it.
    return [
        s
        for view in _views()
        for s in (f"CREATE OR REPLACE VIEW {view.name} AS\n{view_sql(view.name)}", *comments(view))
    ]


def has_layout(connection: duckdb.DuckDBPyConnection) -> bool:
    """True when the attached file holds a warehouse."""
    sql = """SELECT count(*) FROM duckdb_tables()
        WHERE database_name = 'warehouse' AND schema_name = 'ops' AND table_name = 'layout'"""
    return bool(connection.execute(sql).fetchall()[0][0])


def ensure_layout(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Makes tables in a new file and refreshes views that changed. Raises `WarehouseOutdated` when the tables
    differ."""
    table_statements = [create_table(table) for table in _tables()]
    view_statements = _view_statements()
    wanted = (_hash(table_statements), _hash(view_statements))
    found = (
        connection.execute("SELECT tables_sha256, views_sha256 FROM ops.layout").fetchall()
        if has_layout(connection)
        else []
    )
    if found == [wanted]:
        return
    if found and found[0][0] != wanted[0]:
        raise WarehouseOutdated(f"{path} was made by another version of this package: run `casualties rebuild`")
    connection.execute("BEGIN TRANSACTION")
    if not found:
        for schema in SCHEMAS:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        for statement in table_statements + [line for table in _tables() for line in comments(table)]:
            connection.execute(statement)
    for statement in view_statements:
        connection.execute(statement)
    connection.execute("DELETE FROM ops.layout")
    connection.execute("INSERT INTO ops.layout VALUES (?, ?)", list(wanted))
    connection.execute("COMMIT")
