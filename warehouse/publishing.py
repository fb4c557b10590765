"""Publications: copies of the warehouse that readers open while the warehouse itself is being written.

    w.files/published/casualties.duckdb      the newest, replaced at once and never changed in place
    w.files/published/catalogue.json         what it holds, and which folder its Parquet files are in
    w.files/published/20261121T090500/       each publication: the database, catalogue.json, parquet/, shared/

The database and ``parquet/`` hold all of the warehouse. ``shared/`` is meant for others: it is made from a copy that
has lost every document whose licence does not allow passing it on, with all that hangs on it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from schemas.ddl import literal, qualified, quoted
from schemas.declaration import Table, tables
from warehouse.connection import STORAGE_VERSION, files_folder, reading, remove
from warehouse.errors import WarehouseFull, explained
from warehouse.exporting import export
from warehouse.sharing import copy_redistributable, remove_orphans

NAME = "casualties.duckdb"
CATALOGUE = "catalogue.json"
STAMP = "%Y%m%dT%H%M%S%f"
SMALL_BYTES = 50_000_000
SMALL_BLOCK, USUAL_BLOCK = 16_384, 262_144
"""With DuckDB's usual blocks a hundred rows in a hundred columns take 13 MB; with small ones big files take longer."""
PARTITION = "source"
"""A view with this column is split into a folder a source, so that each part has one licence."""
GROUP_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication. ``path`` is the file that readers open; ``folder`` holds it with its Parquet files."""

    path: Path
    folder: Path
    published_at: datetime
    """UTC without a time zone."""
    claims: int
    shared_claims: int
    """Claims in the Parquet files meant for others."""
    bytes: int
    """Of the database."""
    parquet_bytes: int
    removed: int
    """Older publications that were taken away."""
    seconds: float


def published_folder(path: Path) -> Path:
    """Where the publications of the warehouse *path* are."""
    return files_folder(path) / "published"


def newest_publication(path: Path) -> Path | None:
    """The newest publication of the warehouse *path*; None when there is none."""
    found = published_folder(path) / NAME
    return found if found.is_file() else None


def published_at(publication: Path) -> datetime:
    """When the publication (from `newest_publication`) was made: UTC without a time zone."""
    return datetime.fromtimestamp(publication.stat().st_mtime, UTC).replace(tzinfo=None)


def export_for_others(path: Path, view: str, fmt: str, out: Path | None = None, counting: str | None = None) -> int:
    """Like `warehouse.exporting.export`, without what may not be passed on. Raises `ExportRefused`."""
    with tempfile.TemporaryDirectory(prefix="casualties-") as folder:
        shared = Path(folder) / NAME
        with redistributable(path, shared, keep=True):
            pass
        return export(shared, view, fmt, out, counting)


def publish(path: Path, *, keep: int = 5, keep_days: float | None = None) -> Publication:
    """Publishes the warehouse *path*, and takes away publications beyond *keep* or older than *keep_days*.

    The newest always stays. Readers that have an older one open can go on reading it.
    Raises `WarehouseError`: missing, busy, full; the last publication is then as it was.
    """
    started = time.monotonic()
    published_at = datetime.now(UTC).replace(tzinfo=None)
    home = published_folder(path)
    aside = home / f".{published_at.strftime(STAMP)}.{secrets.token_hex(3)}"
    with explained(path):
        _clear_broken(home)
        try:
            with reading(path) as connection:
                aside.mkdir(parents=True)
                _check_space(path, home)
                _copy(connection, path, aside / NAME)
            catalogue = _write_parquet(aside, published_at)
            _write(aside / CATALOGUE, catalogue)
            (aside / NAME).chmod(0o444)
            os.utime(aside / NAME)
            folder = home / published_at.strftime(STAMP)
            aside.rename(folder)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        _put_in_place(folder, home)
        removed = _remove_old(home, keep, keep_days, published_at)
    size = (home / NAME).stat().st_size
    parquet = sum(file.stat().st_size for file in folder.rglob("*.parquet"))
    return Publication(
        home / NAME, folder, published_at, catalogue["claims"], catalogue["shared_claims"], size, parquet, removed,
        round(time.monotonic() - started, 3),
    )  # fmt: skip


def _clear_broken(home: Path) -> None:
    """Takes away what a killed publication left; what is older than an hour is surely dead."""
    for leftover in home.glob(".*"):
        if time.time() - leftover.stat().st_mtime > 3600:
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink(missing_ok=True)


def _check_space(path: Path, home: Path) -> None:
    # The copy, the copy for others while it is made, and the Parquet files are each smaller than the warehouse.
    needed, free = 2 * path.stat().st_size, shutil.disk_usage(home).free
    if free < needed:
        raise WarehouseFull(
            f"no space left to publish {path}: {needed / 1e6:,.0f} MB are needed and {free / 1e6:,.0f} MB free; "
            "free some, or keep fewer publications"
        )


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, target: Path, *, shared: bool = False) -> None:
    """A compact copy of the attached warehouse *path*, checkpointed, with no log beside it."""
    block = SMALL_BLOCK if path.stat().st_size < SMALL_BYTES else USUAL_BLOCK
    options = f"STORAGE_VERSION '{STORAGE_VERSION}', BLOCK_SIZE {block}"
    connection.execute(f"ATTACH {literal(str(target))} AS publication ({options})")
    if shared:
        copy_redistributable(connection, "publication")
    else:
        connection.execute("COPY FROM DATABASE warehouse TO publication")
    connection.execute("CHECKPOINT publication")
    connection.execute("DETACH publication")


@contextmanager
def redistributable(path: Path, target: Path, *, keep: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a copy at *target* of the warehouse or publication *path*, without what may not be passed on.

    The copy is gone when the block ends, unless *keep*. Raises `WarehouseError`.
    """
    try:
        with reading(path) as connection:
            _copy(connection, path, target, shared=True)
        with explained(target):
            connection = duckdb.connect()
            try:
                connection.execute(f"ATTACH {literal(str(target))} AS warehouse")
                connection.execute("USE warehouse")
                connection.execute("SET TimeZone = 'UTC'")
                remove_orphans(connection)
                yield connection
            finally:
                connection.close()
    finally:
        if not keep:
            remove(target)


def _write_parquet(aside: Path, published_at: datetime) -> dict[str, Any]:
    """The Parquet files of the publication in *aside*; returns its catalogue."""
    views = [table for name, table in tables().items() if table.view and name != "mart.rejected"]
    with reading(aside / NAME) as whole:
        written = _write_views(whole, views, aside / "parquet")
        held = _sources(whole)
    with redistributable(aside / NAME, aside / "shared.duckdb") as connection:
        shared = _write_views(connection, views, aside / "shared")
        passed_on = {row["source"]: row["documents"] for row in _sources(connection)}
    for row in held:
        row["shared_documents"] = passed_on.get(row["source"], 0)
    return {
        "published_at": f"{published_at.isoformat(timespec='seconds')}Z", "database": NAME,
        "claims": _rows(written), "shared_claims": _rows(shared), "duckdb": duckdb.__version__,
        "storage_version": STORAGE_VERSION, "sources": held, "parquet": written, "shared": shared,
        "note": "shared leaves out documents whose licence does not allow passing them on; parquet holds everything.",
    }  # fmt: skip


def _rows(written: list[dict[str, Any]]) -> int:
    return int(next(one["rows"] for one in written if one["view"] == "claim_flat"))


def _write_views(connection: duckdb.DuckDBPyConnection, views: list[Table], folder: Path) -> list[dict[str, Any]]:
    folder.mkdir()
    return [_write_view(connection, table, folder) for table in views]


def _write_view(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> dict[str, Any]:
    name = table.name.rpartition(".")[2]
    partition = PARTITION if PARTITION in table.names else None
    target = folder / (name if partition else f"{name}.parquet")
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP_ROWS}"
    if partition:
        target.mkdir()
        options += f", PARTITION_BY ({quoted(partition)}), WRITE_PARTITION_COLUMNS true, OVERWRITE_OR_IGNORE true"
    chosen = f"SELECT * FROM {qualified(table.name)} {_order(table)}"
    rows = connection.execute(f"COPY ({chosen}) TO {literal(str(target))} ({options})").fetchall()[0][0]
    files = sorted(target.rglob("*.parquet")) if partition else [target]
    return {
        "view": name, "meaning": table.meaning, "rows": rows, "partitioned_by": partition,
        "files": [{"path": str(file.relative_to(folder.parent)), "bytes": file.stat().st_size} for file in files],
        "columns": [{"name": c.name, "type": c.type, "meaning": c.meaning, "unit": c.unit} for c in table.columns],
    }  # fmt: skip


def _order(table: Table) -> str:
    """Rows in an order that compresses well and stays the same from one publication to the next."""
    keys = [name for name in ("source", "document_name", "document_id", "incident_id", "number") if name in table.names]
    return f"ORDER BY {', '.join(map(quoted, keys))}" if keys else ""


def _sources(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    found = connection.execute(
        "SELECT source, max(licence), bool_and(redistributable), count(*) FROM core.document GROUP BY source ORDER BY 1"
    ).fetchall()
    return [dict(zip(("source", "licence", "redistributable", "documents"), row, strict=True)) for row in found]


def _write(target: Path, catalogue: dict[str, Any]) -> None:
    target.write_text(json.dumps(catalogue, indent=1, ensure_ascii=False), encoding="utf-8")


def _put_in_place(folder: Path, home: Path) -> None:
    """Makes *folder* the newest: each file changes in one step, the database first."""
    for name in (NAME, CATALOGUE):
        aside = home / f".{name}.{secrets.token_hex(3)}"
        if name == NAME:
            try:
                os.link(folder / name, aside)
            except OSError:
                # A file system without hard links: the same bytes twice.
                shutil.copy2(folder / name, aside)
        else:
            catalogue = json.loads((folder / name).read_bytes())
            _write(aside, {"folder": folder.name, **catalogue})
        aside.replace(home / name)
    # A log that stood beside an earlier file would make this one unopenable.
    (home / f"{NAME}.wal").unlink(missing_ok=True)


def _remove_old(home: Path, keep: int, keep_days: float | None, now: datetime) -> int:
    removed = 0
    found = sorted((folder for folder in home.iterdir() if _stamp(folder) and folder.is_dir()), reverse=True)
    for number, folder in enumerate(found[1:], start=2):
        age = now - (_stamp(folder) or now)
        if number > keep or (keep_days is not None and age > timedelta(days=keep_days)):
            shutil.rmtree(folder)
            removed += 1
    return removed


def _stamp(folder: Path) -> datetime | None:
    try:
        return datetime.strptime(folder.name, STAMP)
    except ValueError:
        return None
