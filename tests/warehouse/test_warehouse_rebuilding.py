"""A rebuilt warehouse holds the same rows, and the old one stays until it is complete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import warehouse

from .conftest import Gazetteer, content, make_facts, make_record


def loads() -> Iterator[warehouse.Load]:
    yield warehouse.Load("first", [make_facts(1), make_record()])
    newer = make_facts(2)
    yield warehouse.Load("second", [replace(newer, document=replace(newer.document, version_key="/in/d1.txt"))])


def test_a_rebuild_gives_the_same_rows(path: Path) -> None:
    for one in loads():
        warehouse.load(path, one.facts, flow=one.flow)
    warehouse.link(path, Gazetteer())
    before = content(path)
    path.with_name("w.duckdb.wal").write_bytes(b"stale")
    path.unlink()
    summary = warehouse.rebuild(path, loads, resolver=Gazetteer())
    assert (summary.documents, summary.new, summary.claims) == (3, 3, 5)
    assert content(path) == before
    assert list(warehouse.files_folder(path).iterdir()) == []


def test_a_rebuild_that_fails_leaves_the_old_file(path: Path) -> None:
    warehouse.load(path, [make_facts(1)], flow="test")
    before = content(path)

    def broken() -> Iterator[warehouse.Load]:
        yield warehouse.Load("first", [make_facts(2)])
        raise OSError(5, "snapshot cannot be read")

    with pytest.raises(warehouse.WarehouseError, match="snapshot cannot be read"):
        warehouse.rebuild(path, broken, resolver=Gazetteer())
    with pytest.raises(warehouse.WarehouseMissing, match="no snapshots"):
        warehouse.rebuild(path, lambda: [], resolver=Gazetteer())
    assert content(path) == before


def test_an_outdated_file_can_be_rebuilt(path: Path) -> None:
    path.write_bytes(b"an older thing altogether" * 1000)
    assert warehouse.rebuild(path, loads, resolver=Gazetteer()).new == 3
    assert warehouse.counts(path)["documents"] == 2
