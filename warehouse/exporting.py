"""Exports of views to files, written aside and moved into place."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from schemas.ddl import literal, quoted
from warehouse.connection import reading
from warehouse.errors import ExportRefused, explained

FORMATS = {"jsonl": "FORMAT json", "csv": "FORMAT csv, HEADER true", "parquet": "FORMAT parquet, COMPRESSION zstd"}

# A spreadsheet runs a cell that begins with one of these as a formula; an apostrophe before it keeps it text.
FORMULA_START = "^[=+\\-@\\t\\r]"


def spreadsheet_safe(value: object) -> object:
    """*value* as a cell of a CSV: text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and re.match(FORMULA_START, value) else value


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> list[tuple[str, str]]:
    schema, _, name = view.rpartition(".")
    found = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns()"
        " WHERE database_name = 'warehouse' AND schema_name = ? AND table_name = ? ORDER BY column_index",
        [schema or "mart", name],
    ).fetchall()
    if not found:
        names = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'mart' ORDER BY ALL"
        ).fetchall()
        raise ExportRefused(f"there is no view {view}; choose one of: {', '.join('mart.' + row[0] for row in names)}")
    return found


def _cell(name: str, kind: str) -> str:
    """The SQL of one CSV cell: lists and structs as JSON, text that a spreadsheet would run made harmless."""
    column = quoted(name)
    if kind.endswith("[]") or kind.startswith("STRUCT"):
        return f"to_json({column})::VARCHAR AS {column}"
    if kind in ("VARCHAR", "JSON"):
        text = f"{column}::VARCHAR"
        runs = f"regexp_matches({text}, {literal(FORMULA_START)})"
        return f"CASE WHEN {runs} THEN '''' || {text} ELSE {text} END AS {column}"
    return column


def _source(connection: duckdb.DuckDBPyConnection, view: str, counting: str | None) -> str:
    """The rows of *view*; of the tolls, those by the named set of counting options."""
    schema, _, name = view.rpartition(".")
    if counting is None:
        return f"(SELECT * FROM {quoted(schema or 'mart')}.{quoted(name)} ORDER BY ALL)"
    if view.removeprefix("mart.") != "document_toll":
        raise ExportRefused(f"only document_toll is counted by named rules, not {view}")
    known = connection.execute("SELECT DISTINCT counting FROM mart.toll_by_counting ORDER BY ALL").fetchall()
    if known and (counting,) not in known:
        raise ExportRefused(
            f"no set of counting options {counting}: choose one of {', '.join(row[0] for row in known)}"
        )
    return f"(SELECT * FROM mart.toll_by_counting WHERE counting = {literal(counting)} ORDER BY ALL)"


def _copy(connection: duckdb.DuckDBPyConnection, view: str, fmt: str, target: Path, counting: str | None) -> int:
    columns = _columns(connection, view)
    cells = ", ".join(_cell(name, kind) if fmt == "csv" else quoted(name) for name, kind in columns)
    source = _source(connection, view, counting)
    done = connection.execute(
        f"COPY (SELECT {cells} FROM {source}) TO {literal(str(target))} ({FORMATS[fmt]})"
    ).fetchall()
    return int(done[0][0])


def export(path: Path, view: str, fmt: str, out: Path | None = None, counting: str | None = None) -> int:
    """Writes *view* (``mart.claim_flat`` or ``claim_flat``) of the warehouse *path* to *out*, else to standard output.

    *fmt* is jsonl, csv or parquet; rows are in the order of their columns. *out* is replaced only when all is written.
    *counting* names the set of counting options for document_toll, in place of the default.
    Returns the number of rows. Raises `ExportRefused`, `WarehouseError`.
    """
    if fmt not in FORMATS:
        raise ExportRefused(f"unknown format {fmt}: choose one of {', '.join(FORMATS)}")
    if out is not None and (
        out.is_dir() or not out.resolve().parent.is_dir() or not os.access(out.resolve().parent, os.W_OK)
    ):
        raise ExportRefused(f"cannot write {out}: name a file in a folder that exists and can be written")
    with (
        reading(path) as connection,
        explained(out or path),
        tempfile.TemporaryDirectory(dir=out.resolve().parent if out else None, prefix=".export-") as folder,
    ):
        aside = Path(folder) / "rows"
        rows = _copy(connection, view, fmt, aside, counting)
        if out is not None:
            aside.replace(out)
        else:
            with aside.open("rb") as source:
                shutil.copyfileobj(source, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    return rows
