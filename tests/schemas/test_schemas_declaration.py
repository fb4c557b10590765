"""The declaration, what is made from it, and the records of other rooms must not drift apart, in either direction."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import duckdb
import pytest

from schemas import records
from schemas.ddl import comments, create_table, described
from schemas.declaration import tables, unused_columns
from schemas.dictionary import dictionary
from schemas.enums import enums
from schemas.models import frame, model, polars_type
from warehouse.layout import SCHEMAS, view_sql

ROOT = Path(__file__).parents[2]

# Fields that become rows of another table, or are worked into another column, with the reason.
ELSEWHERE = {
    ("Claim", "part_of"): "core.claim_relation",
    ("Claim", "restates"): "core.claim_relation",
    ("Claim", "partition"): "core.claim_relation",
    ("Claim", "perpetrators"): "core.claim_perpetrator",
    ("Document", "record"): "raw.record",
}
HOMES = {
    "Document": "core.document",
    "Claim": "core.claim",
    "Perpetrator": "core.claim_perpetrator",
    "Position": "core.position",
    "Assessment": "core.assessment",
    "OfficialReport": "core.official_report",
    "OfficialEntry": "core.official_entry",
    "IncidentRecord": "core.incident_record",
    "Reject": "ops.quarantine",
    "Toll": "core.document_toll",
}
# Columns of those tables that the loader adds.
ADDED = {
    "core.document": {
        "text_sha256",
        "char_len",
        "current",
        "metadata_sha256",
        "extractor",
        "extractor_version",
        "run_id",
    },
    "core.claim": {"claim_id", "document_id", "extractor", "extractor_version", "run_id"},
    "core.claim_perpetrator": {"claim_id", "number", "run_id"},
    "core.position": {"position_id", "document_id", "extractor", "extractor_version", "run_id"},
    "core.assessment": {"assessment_id", "document_id", "run_id"},
    "core.official_report": {"document_id", "run_id"},
    "core.official_entry": {"entry_id", "document_id", "run_id"},
    "core.incident_record": {"document_id", "run_id"},
    "ops.quarantine": {"quarantine_id", "run_id", "document_id", "rejected_at", "resolved_at", "resolution"},
    "core.document_toll": {"document_id", "run_id"},
}


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for schema in SCHEMAS:
        connection.execute(f"CREATE SCHEMA {schema}")
    for table in tables().values():
        connection.execute(f"CREATE VIEW {table.name} AS {view_sql(table.name)}" if table.view else create_table(table))
        for statement in comments(table):
            connection.execute(statement)
    return connection


@pytest.mark.parametrize("record", HOMES)
def test_record_fields_and_table_columns_are_the_same(record: str) -> None:
    table = HOMES[record]
    names = {field.name for field in fields(getattr(records, record))}
    moved = {name for kind, name in ELSEWHERE if kind == record}
    assert moved <= names, "ELSEWHERE names a field that is gone"
    assert names - moved == set(tables()[table].names) - ADDED[table]


def test_no_column_is_declared_for_nothing() -> None:
    assert unused_columns() == set()


def test_every_enumeration_is_used() -> None:
    used = {column.enum for table in tables().values() for column in table.columns if column.enum}
    assert used == set(enums())


@pytest.mark.parametrize("name", list(tables()))
def test_database_has_the_declared_columns_in_order(database: duckdb.DuckDBPyConnection, name: str) -> None:
    schema, table = name.split(".")
    found = database.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?"
        " ORDER BY column_index", [schema, table],
    ).fetchall()  # fmt: skip
    declared = [(column.name, column.type, described(column)) for column in tables()[name].columns]
    assert [(n, t.replace('"', ""), c) for n, t, c in found] == declared


@pytest.mark.parametrize("name", [name for name, table in tables().items() if table.view])
def test_there_is_one_sql_file_a_view(name: str) -> None:
    assert "SELECT" in view_sql(name)


def test_no_sql_file_without_declaration() -> None:
    files = {path.stem for path in (ROOT / "warehouse" / "sql").glob("*.sql")}
    assert files == {name for name, table in tables().items() if table.view}


@pytest.mark.parametrize("name", list(tables()))
def test_model_has_the_declared_columns_and_types(name: str) -> None:
    declared = {column.name: polars_type(column.type) for column in tables()[name].columns}
    assert {column: kind.dtype.type for column, kind in model(name).columns.items()} == declared
    assert dict(frame(tables()[name], [])[0].schema) == declared


def test_required_columns_are_required_everywhere(database: duckdb.DuckDBPyConnection) -> None:
    for name, table in tables().items():
        declared = {column.name for column in table.columns if column.required}
        assert {column for column, kind in model(name).columns.items() if not kind.nullable} == declared
        if not table.view:
            schema, short = name.split(".")
            sql = (
                "SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? AND NOT is_nullable"
            )
            assert {row[0] for row in database.execute(sql, [schema, short]).fetchall()} == declared


def test_tables_and_views_tell_what_they_are(database: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT schema_name || '.' || table_name, comment FROM duckdb_tables()
            WHERE schema_name IN (SELECT unnest(?))
        UNION ALL SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE schema_name = 'mart'"""
    found = dict(database.execute(sql, [list(SCHEMAS)]).fetchall())
    assert found == {name: table.meaning for name, table in tables().items()}


def test_the_data_dictionary_is_up_to_date() -> None:
    written = (ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary(), "run: python -m schemas.dictionary"
