"""Publications: whole, compact, replaced in one step, and without what may not be passed on where others get it."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

import warehouse
from tests.warehouse.conftest import Gazetteer, dump, make_document, make_facts, make_record
from warehouse import publishing
from warehouse.errors import WarehouseBusy, WarehouseMissing
from warehouse.publishing import publish


@pytest.fixture
def loaded(path: Path) -> Path:
    """Two articles that may be passed on, one that may not, a restricted monitor's record of the same event."""
    free = [
        make_facts(n, document=make_document(n, source="open", licence="CC-BY-4.0", redistributable=True))
        for n in (1, 2)
    ]
    closed = make_facts(3, document=make_document(3, source="closed"))
    warehouse.load(path, [*free, closed, make_record()], flow="test")
    warehouse.link(path, Gazetteer())
    return path


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_publication_holds_all_rows_of_the_warehouse(loaded: Path) -> None:
    done = publish(loaded)
    assert done.path == loaded.with_name("w.files") / "published" / "casualties.duckdb"
    assert dump(done.path, events=True) == dump(loaded, events=True)
    assert ask(done.path, "SELECT count(*) FROM mart.claim_flat") == ask(loaded, "SELECT count(*) FROM mart.claim_flat")
    assert (done.claims, done.shared_claims) == (7, 4)


def test_it_is_compact_closed_and_read_only(loaded: Path) -> None:
    done = publish(loaded)
    assert done.bytes < loaded.stat().st_size
    assert not list(done.path.parent.rglob("*.wal"))
    assert not list(done.path.parent.rglob(".*"))
    assert done.path.stat().st_mode & 0o222 == 0
    assert done.path.stat().st_ino == (done.folder / "casualties.duckdb").stat().st_ino


def test_it_says_the_storage_version_that_older_tools_open(loaded: Path) -> None:
    done = publish(loaded)
    # Bytes 12 to 19 of a DuckDB file are the number of its storage format; DuckDB 1.5 itself writes 68.
    assert int.from_bytes(done.path.read_bytes()[12:20], "little") == 68


def test_parquet_holds_all_and_shared_what_may_be_passed_on(loaded: Path) -> None:
    done = publish(loaded)
    whole = pl.read_parquet(done.folder / "parquet" / "claim_flat" / "**" / "*.parquet")
    shared = pl.read_parquet(done.folder / "shared" / "claim_flat" / "**" / "*.parquet")
    assert whole.height == 7
    assert set(shared["source"]) == {"open"}
    assert shared.height == 4
    for file in (done.folder / "shared").rglob("*.parquet"):
        text = file.read_bytes()
        assert b"closed" not in text
        assert b"XX7" not in text, "the code of the restricted monitor's incident"
    assert pl.read_parquet(done.folder / "shared" / "incident_flat.parquet").height == 0


def test_the_catalogue_lists_every_file_row_and_column(loaded: Path) -> None:
    done = publish(loaded)
    catalogue = json.loads((done.path.parent / "catalogue.json").read_bytes())
    assert catalogue["folder"] == done.folder.name
    for kind in ("parquet", "shared"):
        listed = {file["path"] for view in catalogue[kind] for file in view["files"]}
        assert listed == {str(file.relative_to(done.folder)) for file in (done.folder / kind).rglob("*.parquet")}
    claims = next(view for view in catalogue["parquet"] if view["view"] == "claim_flat")
    assert claims["rows"] == 7
    assert {"name": "low", "type": "BIGINT"}.items() <= next(c for c in claims["columns"] if c["name"] == "low").items()
    assert {row["source"]: (row["documents"], row["shared_documents"]) for row in catalogue["sources"]} == {
        "closed": (1, 0), "monitor": (1, 0), "open": (2, 2),
    }  # fmt: skip


def test_older_publications_are_kept_by_count(loaded: Path) -> None:
    folders = [publish(loaded, keep=2).folder for _ in range(3)]
    assert [folder.exists() for folder in folders] == [False, True, True]


def test_older_publications_are_kept_by_age_and_the_newest_stays(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    first = publish(loaded)
    old = first.folder.with_name((first.published_at - timedelta(days=9)).strftime(publishing.STAMP))
    first.folder.rename(old)
    second = publish(loaded, keep_days=7)
    assert not old.exists()
    assert second.folder.exists()
    assert second.removed == 1


def test_a_reader_of_an_older_publication_reads_on(loaded: Path) -> None:
    done = publish(loaded)
    with duckdb.connect(str(done.path), read_only=True) as reader:
        before = reader.execute("SELECT count(*) FROM core.document").fetchall()
        warehouse.load(loaded, [make_facts(9)], flow="test")
        publish(loaded, keep=1)
        assert reader.execute("SELECT count(*) FROM core.document").fetchall() == before
    assert ask(done.path, "SELECT count(*) FROM core.document") == [(before[0][0] + 1,)]


def test_readers_meet_no_error_and_no_mixture_while_it_is_loaded_and_published(loaded: Path) -> None:
    publish(loaded)
    published = publishing.newest_publication(loaded)
    assert published is not None
    stop = threading.Event()
    errors: list[Exception] = []
    seen: list[tuple[int, int]] = []

    def read() -> None:
        while not stop.is_set():
            try:
                runs, documents = ask(
                    published, "SELECT (SELECT count(*) FROM ops.run), (SELECT count(*) FROM core.document)"
                )[0]
                seen.append((runs, documents))
            except Exception as error:
                errors.append(error)
            time.sleep(0.02)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(10, 12):
        warehouse.load(loaded, [make_facts(number)], flow="test")
        publish(loaded)
    stop.set()
    reader.join()
    assert errors == []
    # Each load brought one document: whoever sees one of them sees its run, too.
    assert {documents - runs for runs, documents in seen} == {3}


def test_a_publication_that_fails_leaves_the_last_one(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = publish(loaded)
    before = done.path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "_write_parquet", full)
    with pytest.raises(warehouse.WarehouseFull):
        publish(loaded)
    assert done.path.read_bytes() == before
    assert sorted(one.name for one in done.path.parent.iterdir()) == sorted(
        ["casualties.duckdb", "catalogue.json", done.folder.name]
    )


def test_a_file_system_without_hard_links_gets_a_copy(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    done = publish(loaded)
    assert done.path.read_bytes() == (done.folder / "casualties.duckdb").read_bytes()


def test_what_cannot_be_published_is_said(path: Path, rows: Callable[..., Any]) -> None:
    with pytest.raises(WarehouseMissing):
        publish(path)
    warehouse.load(path, [make_facts()], flow="test")
    with duckdb.connect(str(path)), pytest.raises(WarehouseBusy):
        publish(path)
    assert publishing.newest_publication(path) is None


def test_an_export_for_others_leaves_out_what_may_not_be_passed_on(loaded: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    assert publishing.export_for_others(loaded, "claim_flat", "csv", out) == 4
    assert set(pl.read_csv(out)["source"]) == {"open"}
    assert not publishing.published_folder(loaded).exists()


def test_a_warehouse_of_restricted_documents_alone_shares_nothing(path: Path) -> None:
    warehouse.load(path, [replace(make_facts(1)), make_record()], flow="test")
    done = publish(path)
    assert (done.claims, done.shared_claims) == (3, 0)
