"""The one place that opens warehouse files.

A file is attached rather than opened, because only ATTACH takes the storage version: without it DuckDB 2 writes files
that
DuckDB 1.5 cannot open. One writer at a time; readers open read-only and, for queries of users, without file access.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseMissing, WarehouseReadOnly, explained
from warehouse.layout import ensure_layout, has_layout

STORAGE_VERSION = "v1.5.0"

log = logging.getLogger(__name__)


def files_folder(path: Path) -> Path:
    """The folder beside the warehouse for snapshots, reviews and publications: ``w.files`` for ``w.duckdb``."""
    return path.with_name(f"{path.stem}.files")


def _attach(path: Path, options: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    try:
        name = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{name}' AS warehouse ({options})")
        connection.execute("USE warehouse")
        connection.execute("SET TimeZone = 'UTC'")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_writable(path: Path) -> None:
    folder = path.resolve().parent
    if not folder.is_dir():
        raise WarehouseReadOnly(f"the folder {folder} does not exist: create it, or name another warehouse file")
    if path.is_dir():
        raise WarehouseReadOnly(f"{path} is a folder: name a file for the warehouse")
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise WarehouseReadOnly(f"{path} cannot be written: check the permissions of the file and of its folder")


def _open_for_writing(path: Path) -> duckdb.DuckDBPyConnection:
    """Attaches *path* with its tables; a file that could not be completed is taken away again."""
    new = not path.exists()
    connection = None
    try:
        connection = _attach(path, f"STORAGE_VERSION '{STORAGE_VERSION}'")
        ensure_layout(connection, path)
    except BaseException:
        if connection is not None:
            connection.close()
        if new:
            remove(path)
        raise
    return connection


def remove(path: Path) -> None:
    """Removes a warehouse file with its log, where they exist."""
    for file in (path, path.with_name(f"{path.name}.wal")):
        file.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes *path*, made with the declared tables when it is new.

    Raises `WarehouseBusy`, `WarehouseReadOnly`, `WarehouseFull`, `WarehouseUnreadable`, `WarehouseOutdated`.
    """
    _check_writable(path)
    with explained(path):
        connection = _open_for_writing(path)
        try:
            yield connection
            _checkpoint(connection, path)
        finally:
            connection.close()


def _checkpoint(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        connection.execute("CHECKPOINT warehouse")
    except duckdb.Error as error:
        # What was committed is safe in the log beside the file, and the next opening takes it over.
        log.warning("%s is complete, but its log could not be merged into it: %s", path, error)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: commits when the block ends well, else rolls back."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def reading(path: Path, *, sealed: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to *path*; *sealed* also forbids its SQL to touch other files or settings.

    Raises `WarehouseMissing`, `WarehouseBusy`, `WarehouseUnreadable`.
    """
    if not path.is_file():
        raise WarehouseMissing(
            f"there is no warehouse {path}: run `casualties ingest` first, or name another --warehouse"
        )
    with explained(path):
        connection = _attach(path, "READ_ONLY")
        try:
            if not has_layout(connection):
                raise WarehouseMissing(f"{path} holds no warehouse yet: run `casualties ingest` first")
            if sealed:
                connection.execute("SET enable_external_access = false; SET lock_configuration = true")
            yield connection
        finally:
            connection.close()
