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


def check_tables(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raises `WarehouseOutdated` when the file's tables are not the declared ones."""
    found = connection.execute("SELECT tables_sha256 FROM ops.layout").fetchall()
    if found != [(_hash([create_table(table) for table in _tables()]),)]:
        raise WarehouseOutdated(f"{path} was made by another version of this package: run `casualties rebuild`")


def ensure_layout(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Makes tables in a new file and renews views that changed. Raises `WarehouseOutdated` when the tables differ."""
    made = has_layout(connection)
    if made:
        check_tables(connection, path)
    view_statements = _view_statements()
    views = _hash(view_statements)
    if made and connection.execute("SELECT views_sha256 FROM ops.layout").fetchall() == [(views,)]:
        return
    table_statements = [create_table(table) for table in _tables()]
    connection.execute("BEGIN TRANSACTION")
    if not made:
        for schema in SCHEMAS:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        connection.execute(";\n".join(table_statements + [line for table in _tables() for line in comments(table)]))
    connection.execute(";\n".join(view_statements))
    connection.execute("DELETE FROM ops.layout")
    connection.execute("INSERT INTO ops.layout VALUES (?, ?)", [_hash(table_statements), views])
    connection.execute("COMMIT")
