"""Releases of a data set: added, changed, taken back, never erased; and the deletions that a feed lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import warehouse
from schemas.records import Withdrawal

from .conftest import content
from .story import atlas, record

Rows = Callable[[str], list[tuple[Any, ...]]]
DAY = date(2018, 5, 3)


def one(native: str, killed: tuple[int, int] = (2, 5)) -> Any:
    return record(native, "Hajin", DAY, killed)


def release(path: Path, name: str, *facts: Any, gone: tuple[str, ...] = ()) -> None:
    withdrawn = [Withdrawal(f"monitor:{native}", f"not in {name}") for native in gone]
    warehouse.load(path, facts, flow="test", release=name, withdrawn=withdrawn)
    warehouse.link(path, atlas)


CHANGES = "SELECT release, record_action, version_key FROM mart.release_change ORDER BY load_no, version_key"
STANDING = "SELECT list(version_key ORDER BY version_key) FROM mart.record_as_of WHERE release = '{}'"


def test_a_newer_release_adds_changes_and_takes_back(path: Path, rows: Rows) -> None:
    release(path, "25.1", one("1"), one("2"))
    release(path, "26.1", one("1", (3, 6)), one("3"), gone=("2", "99"))
    assert rows(CHANGES) == [
        ("25.1", "added", "monitor:1"), ("25.1", "added", "monitor:2"), ("26.1", "changed", "monitor:1"),
        ("26.1", "withdrawn", "monitor:2"), ("26.1", "added", "monitor:3"),
    ]  # fmt: skip
    assert rows("SELECT count(*) FROM core.document") == [(4,)]
    assert rows("SELECT count(*) FROM core.incident") == [(2,)]
    assert rows("SELECT DISTINCT withdrawn_in FROM raw.record WHERE withdrawn_in IS NOT NULL") == [("26.1",)]
    assert rows("SELECT DISTINCT document_name FROM mart.claim_flat ORDER BY 1") == [("monitor:1",), ("monitor:3",)]


def test_an_older_release_answers_as_it_was(path: Path, rows: Rows) -> None:
    release(path, "9.1", one("1"), one("2"))
    release(path, "10.1", one("1", (3, 6)), gone=("2",))
    assert rows(STANDING.format("9.1")) == [(["monitor:1", "monitor:2"],)]
    assert rows(STANDING.format("10.1")) == [(["monitor:1"],)]
    then = "SELECT c.low FROM mart.record_as_of r JOIN core.claim c USING (document_id) WHERE version_key = 'monitor:1'"
    assert rows(f"{then} AND release = '9.1'") == [(2,)]
    assert rows(f"{then} AND release = '10.1'") == [(3,)]


def test_what_comes_back_stands_again(path: Path, rows: Rows) -> None:
    release(path, "1", one("1"))
    release(path, "2", gone=("1",))
    assert rows("SELECT count(*) FROM mart.incident_flat") == [(0,)]
    release(path, "3", one("1"))
    assert rows("SELECT count(*) FROM mart.incident_flat") == [(1,)]
    assert [row[1] for row in rows(CHANGES)] == ["added", "withdrawn", "returned"]


def test_the_same_release_again_changes_nothing(path: Path) -> None:
    release(path, "1", one("1"), one("2"))
    release(path, "2", one("1"), gone=("2",))
    before = content(path)
    release(path, "2", one("1"), gone=("2",))
    release(path, "1", one("1"), one("2"))
    after = content(path)
    assert {k: v for k, v in after.items() if k != "raw.release"} == {
        k: v for k, v in before.items() if k != "raw.release"
    }


def test_a_feed_of_deletions_marks_with_its_day(path: Path, rows: Rows) -> None:
    warehouse.load(path, [one("1")], flow="test")
    back = Withdrawal("monitor:1", "deleted by the source", datetime(2019, 2, 3, 4))
    warehouse.load(path, [], flow="test", withdrawn=[back, Withdrawal("monitor:404", "never seen")])
    assert rows("SELECT withdrawn_in FROM raw.record") == [("2019-02-03",)]
    assert rows("SELECT reason FROM mart.release_change WHERE record_action = 'withdrawn'") == [
        ("deleted by the source",)
    ]


def test_what_stands_can_be_asked_for_before_a_newer_release(path: Path) -> None:
    assert warehouse.held(path, "monitor") == {}
    release(path, "1", one("1"), one("2"))
    release(path, "2", gone=("2",))
    assert warehouse.held(path, "monitor") == {"1": DAY}


def test_a_rebuild_takes_back_again(path: Path) -> None:
    loads = [
        warehouse.Load("one", [one("1"), one("2")], release="1"),
        warehouse.Load("two", [one("1")], release="2", withdrawn=(Withdrawal("monitor:2", "gone"),)),
    ]
    for load in loads:
        warehouse.load(path, load.facts, flow=load.flow, release=load.release, withdrawn=load.withdrawn)
    warehouse.link(path, atlas)
    before = content(path)
    warehouse.rebuild(path, lambda: loads, resolver=atlas)
    assert content(path) == before
