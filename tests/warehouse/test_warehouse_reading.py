"""Opening, querying and exporting: clear words for what cannot be done."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

import warehouse
from warehouse.connection import STORAGE_VERSION, writing

from .conftest import Gazetteer, make_facts, make_record

Rows = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def loaded(path: Path) -> Path:
    facts = make_facts()
    formula = replace(facts.claims[0], claimant='=HYPERLINK("http://example.org")')
    warehouse.load(path, [replace(facts, claims=(formula, *facts.claims[1:])), make_record()], flow="test")
    warehouse.link(path, Gazetteer())
    return path


@contextmanager
def held_by_another_process(path: Path) -> Iterator[None]:
    script = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    other = subprocess.Popen([sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        yield
    finally:
        other.communicate(timeout=30)


def test_a_missing_warehouse_says_to_ingest_first(path: Path) -> None:
    for read in (
        lambda: warehouse.query(path, "SELECT 1"),
        lambda: warehouse.status(path),
        lambda: warehouse.link(path),
    ):
        with pytest.raises(warehouse.WarehouseMissing, match="ingest"):
            read()
    assert not path.exists()


def test_a_warehouse_in_use_says_so(loaded: Path) -> None:
    with held_by_another_process(loaded):
        with pytest.raises(warehouse.WarehouseBusy, match="another process"):
            warehouse.query(loaded, "SELECT 1")
        with pytest.raises(warehouse.WarehouseBusy, match="another process"):
            warehouse.load(loaded, [make_facts(5)], flow="test")
        with pytest.raises(warehouse.WarehouseBusy):
            warehouse.rebuild(loaded, lambda: [warehouse.Load("test", [make_facts(5)])], resolver=Gazetteer())
    assert warehouse.query(loaded, "SELECT 1").rows == [(1,)]


def test_two_writers_of_one_process_do_not_meet(loaded: Path) -> None:
    with writing(loaded), pytest.raises(warehouse.WarehouseBusy):
        warehouse.load(loaded, [make_facts(5)], flow="test")


def test_a_folder_that_is_not_there_and_a_file_that_is_no_warehouse(tmp_path: Path) -> None:
    with pytest.raises(warehouse.WarehouseReadOnly, match="does not exist"):
        warehouse.load(tmp_path / "no" / "w.duckdb", [make_facts()], flow="test")
    with pytest.raises(warehouse.WarehouseReadOnly, match="is a folder"):
        warehouse.load(tmp_path, [make_facts()], flow="test")
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"not a database" * 2000)
    with pytest.raises(warehouse.WarehouseUnreadable):
        warehouse.query(broken, "SELECT 1")
    with pytest.raises(warehouse.WarehouseUnreadable):
        warehouse.load(broken, [make_facts()], flow="test")


def test_a_full_disk_keeps_what_was_there(loaded: Path) -> None:
    """A limit on file size stands in for the disk: DuckDB meets the same refusal to write."""
    script = textwrap.dedent("""
        import resource, signal, sys
        from pathlib import Path
        import warehouse
        from tests.warehouse.conftest import make_document, make_facts
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        path = Path(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 4096,) * 2)
        long = [make_document(n, text=make_document(n).text + "x" * 2_000_000) for n in range(100, 110)]
        facts = [make_facts(document=document) for document in long]
        try:
            warehouse.load(path, facts, flow="test")
        except warehouse.WarehouseFull as error:
            print("full:", error)
    """)
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, str(loaded)], cwd=root, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.startswith("full: no space left"), done.stdout + done.stderr
    assert warehouse.query(loaded, "SELECT count(*) FROM core.document").rows == [(2,)]


def test_a_disk_that_is_full_at_the_start_leaves_no_broken_file(path: Path) -> None:
    script = textwrap.dedent("""
        import resource, signal, sys
        from pathlib import Path
        import warehouse
        from tests.warehouse.conftest import make_facts
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            warehouse.load(Path(sys.argv[1]), [make_facts()], flow="test")
        except warehouse.WarehouseFull as error:
            print("full:", error)
    """)
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=root, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.startswith("full: no space left"), done.stdout + done.stderr
    assert warehouse.load(path, [make_facts()], flow="test").new == 1


def test_the_file_is_written_for_duckdb_1_5(loaded: Path) -> None:
    with duckdb.connect(str(loaded), read_only=True) as connection:
        sql = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal"
        assert STORAGE_VERSION in str(connection.execute(sql).fetchall()[0][0])


def test_another_layout_asks_for_a_rebuild(loaded: Path) -> None:
    with duckdb.connect(str(loaded)) as connection:
        connection.execute("UPDATE ops.layout SET tables_sha256 = 'older'")
    with pytest.raises(warehouse.WarehouseOutdated, match="rebuild"):
        warehouse.load(loaded, [make_facts(5)], flow="test")
    with pytest.raises(warehouse.WarehouseOutdated, match="rebuild"):
        warehouse.known(loaded, [make_facts(5).document], extractor="rules", extractor_version="0")
    assert warehouse.query(loaded, "SELECT count(*) FROM core.document").rows == [(2,)]


def test_an_empty_database_is_no_warehouse_yet_and_can_become_one(path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS empty (STORAGE_VERSION '{STORAGE_VERSION}')")
    document = make_facts().document
    assert warehouse.known(path, [document], extractor="rules", extractor_version="0") == set()
    with pytest.raises(warehouse.WarehouseMissing, match="ingest"):
        warehouse.query(path, "SELECT 1")
    assert warehouse.load(path, [make_facts()], flow="test").new == 1


def test_views_that_changed_are_renewed(loaded: Path) -> None:
    with duckdb.connect(str(loaded)) as connection:
        connection.execute("CREATE OR REPLACE VIEW mart.document_toll AS SELECT 1 AS old")
        connection.execute("UPDATE ops.layout SET views_sha256 = 'older'")
    warehouse.load(loaded, [], flow="test")
    assert "document_name" in warehouse.query(loaded, "FROM mart.document_toll").columns


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM core.claim",
        "CREATE TABLE core.x AS SELECT 1",
        "COPY (SELECT 1) TO 'never.csv'",
        "ATTACH 'never.duckdb'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SET threads = 1",
    ],
)
def test_sql_only_reads(loaded: Path, sql: str) -> None:
    with pytest.raises(warehouse.QueryRefused, match="only reads"):
        warehouse.query(loaded, sql)


def test_wrong_sql_is_told_in_duckdbs_words(loaded: Path) -> None:
    with pytest.raises(warehouse.QueryRefused, match="nosuch"):
        warehouse.query(loaded, "SELECT * FROM nosuch")


def test_status_counts_and_rejects(loaded: Path) -> None:
    assert [row[:4] for row in warehouse.status(loaded).rows] == [("files", 1, 1, 2), ("monitor", 1, 1, 1)]
    assert warehouse.counts(loaded) == {"documents": 2, "claims": 3, "incidents": 1, "positions": 2, "rejected": 0}
    assert warehouse.rejects(loaded, 5).rows == []


def test_export_to_jsonl_keeps_lists_and_dates(loaded: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.jsonl"
    assert warehouse.export(loaded, "mart.claim_flat", "jsonl", out) == 3
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    blamed = next(line["perpetrators"] for line in lines if line["perpetrators"])
    assert blamed[0] == {"actor": "Russia", "stance": "alleged", "asserted_by": "town clinic"}
    assert {line["source"] for line in lines} == {"files", "monitor"}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_export_to_csv_is_safe_in_a_spreadsheet(loaded: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    warehouse.export(loaded, "claim_flat", "csv", out)
    with out.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    claimant = next(row["claimant"] for row in rows if "HYPERLINK" in row["claimant"])
    assert claimant == '\'=HYPERLINK("http://example.org")'
    assert json.loads(rows[0]["relays"]) == []
    assert all(row["low"].lstrip("-").isdigit() for row in rows)


def test_export_to_parquet_keeps_types(loaded: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.parquet"
    warehouse.export(loaded, "claim_flat", "parquet", out)
    kinds = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{out}')").fetchall())
    assert kinds["perpetrators"].startswith("STRUCT(")
    assert kinds["low"] == "BIGINT"


def test_export_refuses_what_it_cannot_do(loaded: Path, tmp_path: Path) -> None:
    with pytest.raises(warehouse.ExportRefused, match=r"mart\.claim_flat"):
        warehouse.export(loaded, "mart.nosuch", "csv", tmp_path / "x")
    with pytest.raises(warehouse.ExportRefused, match="jsonl"):
        warehouse.export(loaded, "claim_flat", "xlsx", tmp_path / "x")
    with pytest.raises(warehouse.ExportRefused, match="folder"):
        warehouse.export(loaded, "claim_flat", "csv", tmp_path / "no" / "x")
    assert not (tmp_path / "x").exists()


def test_export_to_standard_output(loaded: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert warehouse.export(loaded, "document_toll", "jsonl") == 2
    assert len(capfdbinary.readouterr().out.splitlines()) == 2


def test_reading_needs_none_of_the_loading_libraries() -> None:
    script = """import sys, warehouse
warehouse.query, warehouse.export
print(sorted({'polars', 'pandera'} & set(sys.modules)))"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stderr
