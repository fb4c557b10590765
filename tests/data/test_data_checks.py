"""The SQL checks of this folder over a loaded and linked warehouse: each returns offending rows; there are none."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import warehouse
from tests.warehouse.conftest import Gazetteer, make_facts, make_record, make_report

CHECKS = sorted(Path(__file__).parent.glob("*.sql"))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Loaded in several steps with every kind of change: new versions, another extractor, fewer claims."""
    path = tmp_path_factory.mktemp("data") / "w.duckdb"
    facts = make_facts(1)
    steps = [
        [facts, make_facts(2), make_record(), make_record("8", "XX8"), make_report()],
        [make_facts(1, claims=facts.claims[:1], extractor_version="1"), make_record(killed=(3, 4))],
        [make_facts(2, extractor="other")],
    ]
    for step in steps:
        warehouse.load(path, step, flow="test")
        warehouse.link(path, Gazetteer())
    return path


@pytest.mark.parametrize("check", CHECKS, ids=[check.stem for check in CHECKS])
def test_no_row_offends(loaded: Path, check: Path) -> None:
    found = warehouse.query(loaded, check.read_text(encoding="utf-8"))
    assert found.rows == []


BREAKING = {
    "claim_without_document": "DELETE FROM core.document",
    "quote_not_in_text": "UPDATE core.document SET text = 'x' || text",
    "value_not_in_text": "UPDATE core.document SET text = 'x' || text",
    "perpetrator_without_claim": "DELETE FROM core.claim",
    "relation_without_claim": "DELETE FROM core.claim WHERE number = 0",
    "part_of_another_document": "UPDATE core.claim SET document_id = repeat('0', 64) WHERE number = 1",
    "position_about_nothing": "DELETE FROM core.claim",
    "detail_without_document": "DELETE FROM core.document",
    "document_without_receipt": "DELETE FROM raw.document",
    "incident_link_to_nothing": "DELETE FROM core.incident",
    "claim_in_two_incidents": """INSERT INTO core.incident_claim
        SELECT 'other', claim_id, method, score, reason FROM core.incident_claim""",
    "place_of_nothing": "DELETE FROM ref.place",
    "flat_claim_twice": "CREATE OR REPLACE VIEW mart.claim_flat AS FROM core.claim UNION ALL FROM core.claim",
    "history_of_nothing": "UPDATE raw.record_history SET document_id = NULL",
    "open_and_linked": """INSERT INTO core.link_candidate
        SELECT 'claim', claim_id, incident_id, 0.6, 'ambiguous', 'two alike' FROM core.incident_claim""",
    "incident_without_document": "DELETE FROM core.incident_document; DELETE FROM core.incident_claim",
    "run_without_row": "DELETE FROM ops.run",
}


def test_every_check_has_a_way_to_fail() -> None:
    assert set(BREAKING) == {check.stem for check in CHECKS}


@pytest.mark.parametrize("name", BREAKING)
def test_a_check_finds_what_it_is_for(loaded: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(loaded.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute(BREAKING[name])
        sql = (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
        assert connection.execute(sql).fetchall() != []
