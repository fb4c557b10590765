"""What can go wrong with a warehouse, each with a sentence for the person at the keyboard.

WarehouseError
├── WarehouseMissing      no such file, or nothing loaded yet
├── WarehouseBusy         another process, or another connection of this one, is writing it
├── WarehouseReadOnly     file or folder cannot be written
├── WarehouseFull         no space left
├── WarehouseUnreadable   not a DuckDB file, or one of a later DuckDB
├── WarehouseOutdated     made with other tables than this version declares
├── QueryRefused          SQL that is wrong, or that would write
└── ExportRefused         no such view, unknown format, unwritable target
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb


class WarehouseError(Exception):
    """Base of all; ``str()`` says what, which file, and what to do."""


class WarehouseMissing(WarehouseError):
    """There is no such file, or nothing has been loaded into it."""


class WarehouseBusy(WarehouseError):
    """Somebody else has it open for writing."""


class WarehouseReadOnly(WarehouseError):
    """File or folder cannot be written."""


class WarehouseFull(WarehouseError):
    """The disk is full."""


class WarehouseUnreadable(WarehouseError):
    """The file is no warehouse that this DuckDB can read."""


class WarehouseOutdated(WarehouseError):
    """The file's tables are not the declared ones."""


class QueryRefused(WarehouseError):
    """The SQL is wrong or would write."""


class ExportRefused(WarehouseError):
    """The view, format or target of an export cannot be used."""


# DuckDB tells these apart only by the words of its message (checked with 1.5 and 2.0).
_SIGNS: tuple[tuple[tuple[str, ...], type[WarehouseError], str], ...] = (
    (
        ("could not set lock", "conflicting lock", "unique file handle conflict"),
        WarehouseBusy,
        "{path} is being written by another process; try again when it has finished",
    ),
    (
        ("no space left", "disk full", "file too large", "could not write all", "disk quota"),
        WarehouseFull,
        "no space left for {path}: nothing of this load was kept; free some space and run it again",
    ),
    (
        ("permission denied", "read-only file system", "cannot open file"),
        WarehouseReadOnly,
        "{path} cannot be opened for writing: check the permissions of the file and its folder",
    ),
    (
        (
            "not a valid duckdb",
            "serialization version",
            "storage version",
            "could not read enough bytes",
            "newer version of duckdb",
            "corrupt",
        ),
        WarehouseUnreadable,
        "{path} is no warehouse that can be read (another kind of file, or damaged): name another file",
    ),
)


def explanation(error: Exception, path: Path) -> WarehouseError:
    """*error* of DuckDB or the file system as the warehouse's own, with its plain sentence."""
    if isinstance(error, WarehouseError):
        return error
    message = str(error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        message = f"no space left: {message}"
    for signs, kind, sentence in _SIGNS:
        if any(sign in message.lower() for sign in signs):
            return kind(sentence.format(path=path))
    return WarehouseError(f"{path}: {message.splitlines()[0] if message else type(error).__name__}")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns errors of DuckDB and the file system inside the block into `WarehouseError`."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        raise explanation(error, path) from error
