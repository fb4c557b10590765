"""What DuckDB and the system say, as sentences that tell what to do."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb
import pytest

import warehouse
from warehouse.errors import explanation

PATH = Path("w.duckdb")


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        (
            duckdb.IOException('IO Error: Could not set lock on file "w.duckdb": Conflicting lock is held in python'),
            warehouse.WarehouseBusy,
            "another process",
        ),
        (
            duckdb.IOException('IO Error: Cannot open file "w.duckdb": Permission denied'),
            warehouse.WarehouseReadOnly,
            "permissions",
        ),
        (
            duckdb.IOException('IO Error: Cannot open file "w.duckdb": Read-only file system'),
            warehouse.WarehouseReadOnly,
            "permissions",
        ),
        (
            duckdb.IOException('IO Error: Could not write file "w.duckdb": No space left on device'),
            warehouse.WarehouseFull,
            "free some space",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), warehouse.WarehouseFull, "free some space"),
        (
            duckdb.IOException("IO Error: The file exists, but it is not a valid DuckDB database file!"),
            warehouse.WarehouseUnreadable,
            "no warehouse",
        ),
        (duckdb.Error("Something else\nwith a second line"), warehouse.WarehouseError, "w.duckdb: Something else"),
    ],
)
def test_an_error_is_told_in_plain_words(error: Exception, kind: type[Exception], says: str) -> None:
    found = explanation(error, PATH)
    assert type(found) is kind
    assert says in str(found)
    assert "w.duckdb" in str(found)
    assert "\n" not in str(found)


def test_every_error_of_the_package_can_be_caught_at_once() -> None:
    names = [name for name in dir(warehouse.errors) if isinstance(getattr(warehouse.errors, name), type)]
    kinds = [getattr(warehouse.errors, name) for name in names if name.startswith(("Warehouse", "Query", "Export"))]
    assert len(kinds) == 9
    assert all(issubclass(kind, warehouse.WarehouseError) for kind in kinds)
