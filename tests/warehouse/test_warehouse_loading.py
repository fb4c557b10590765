"""Loading: nothing twice, nothing lost, the refused beside the good, and again without a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from schemas.records import Claim, Reject, Toll

from .conftest import content, dump, make_document, make_facts, make_record, make_report

Rows = Callable[[str], list[tuple[Any, ...]]]


def load(path: Path, *facts: Any, **options: Any) -> warehouse.LoadSummary:
    return warehouse.load(path, facts, flow="test", **options)


def test_a_claim_becomes_a_row_of_the_public_view(path: Path, rows: Rows) -> None:
    summary = load(path, make_facts())
    assert (summary.documents, summary.new, summary.claims, summary.rejected) == (1, 1, 2, 0)
    (total,) = rows(
        "SELECT low, high, value_text, part_of, perpetrators FROM mart.claim_flat WHERE demographic IS NULL"
    )
    assert total[:4] == (12, None, "At least 12", None)
    assert [blamed["stance"] for blamed in total[4]] == ["alleged", "possible"]
    assert rows(
        "SELECT a.part_of = b.claim_id FROM mart.claim_flat a, mart.claim_flat b WHERE a.number = 1 AND b.number = 0"
    )[0][0]


def test_the_same_input_again_changes_no_row(path: Path) -> None:
    facts = [make_facts(1), make_record(), make_report(), make_facts(2, rejects=(Reject("files", "warn", "odd"),))]
    load(path, *facts, rejects=[Reject("files", "read", "broken line", record={"line": 3})])
    before = dump(path)
    later = [
        replace(f, document=replace(f.document, received_at=datetime(2030, 1, 1), snapshot_id="f" * 64)) for f in facts
    ]
    summary = load(path, *later, rejects=[Reject("files", "read", "broken line", record={"line": 3})])
    assert (summary.new, summary.changed, summary.unchanged, summary.claims) == (0, 0, 4, 0)
    assert dump(path) == before


def test_known_documents_need_not_be_read_again(path: Path) -> None:
    documents = [make_document(1), make_document(2)]
    assert warehouse.known(path, documents, extractor="rules", extractor_version="0") == set()
    load(path, make_facts(1))
    found = warehouse.known(path, documents, extractor="rules", extractor_version="0")
    assert found == {documents[0].document_id}
    assert warehouse.known(path, documents, extractor="rules", extractor_version="1") == set()
    dated = replace(documents[0], published=date(2018, 7, 1))
    assert warehouse.known(path, [dated], extractor="rules", extractor_version="0") == set()
    before = dump(path)
    assert load(path, seen=[documents[0]]).unchanged == 1
    assert dump(path) == before


def test_one_bad_claim_is_quarantined_with_its_reason_and_the_rest_loads(path: Path, rows: Rows) -> None:
    facts = make_facts()
    bad = replace(facts.claims[1], number=2, low=5, best=None, high=3, part_of=None)
    misquoted = replace(facts.claims[1], number=3, quote="3 adults, were killed", part_of=None)
    orphan = replace(facts.claims[1], number=4, harm="injured", part_of=2)
    summary = load(path, replace(facts, claims=(*facts.claims, bad, misquoted, orphan)))
    assert (summary.claims, summary.rejected) == (3, 3)
    found = rows('SELECT source, stage, schema, "column", "check", failure_case FROM mart.rejected ORDER BY "check"')
    assert found == [
        ("files", "validate", "core.claim", None, "low <= high", "low=5, high=3"),
        ("files", "validate", "core.claim", "part_of", "names a claim of the document that was loaded", "2"),
        ("files", "validate", "core.claim", "quote", "stands in the text at its offsets", "3 adults, were killed"),
    ]
    assert rows("SELECT record->>'low' FROM mart.rejected WHERE \"check\" = 'low <= high'") == [("5",)]
    assert rows("SELECT part_of FROM mart.claim_flat WHERE harm = 'injured'") == [(None,)]


def test_a_refused_document_takes_its_claims_along_and_nothing_else(path: Path, rows: Rows) -> None:
    bad = make_facts(1, document=replace(make_document(1), doc_type="rumour"))
    shared = make_facts(2, document=replace(make_document(2), version_key=bad.document.version_key))
    assert load(path, bad, shared).rejected == 1
    assert rows("SELECT DISTINCT document_name FROM mart.claim_flat") == [("d2.txt",)]
    before = dump(path)
    load(path, bad, shared)
    assert dump(path) == before


@pytest.mark.parametrize("value", [2**80, "many"])
def test_a_figure_of_the_wrong_kind_is_quarantined(path: Path, rows: Rows, value: Any) -> None:
    facts = make_facts()
    load(path, replace(facts, claims=(facts.claims[0], replace(facts.claims[1], high=value))))
    assert rows('SELECT "column", "check" FROM mart.rejected') == [("high", "is of type BIGINT")]
    assert len(rows("FROM mart.claim_flat")) == 1


def test_a_lone_surrogate_in_a_text_refuses_that_text_only(path: Path, rows: Rows) -> None:
    broken = make_document(9, text="Three died \ud83d in Hajin.")
    load(path, replace(make_facts(1), document=broken, claims=(), positions=()), make_facts(2))
    assert rows('SELECT "schema", "column" FROM mart.rejected') == [("core.document", "text")]
    assert rows("SELECT document_name FROM core.document") == [("d2.txt",)]


def test_a_mended_fault_leaves_the_list_of_rejects(path: Path, rows: Rows) -> None:
    facts = make_facts()
    load(path, replace(facts, claims=(replace(facts.claims[0], low=20),)))
    assert len(rows("FROM mart.rejected")) == 1
    load(path, replace(facts, extractor_version="1"))
    assert rows("FROM mart.rejected") == []
    assert rows("SELECT resolution FROM ops.quarantine") == [("read again without this fault",)]


def test_the_latest_text_under_a_key_is_current(path: Path, rows: Rows) -> None:
    first, second = make_facts(1), make_facts(2)
    second = replace(second, document=replace(second.document, version_key=first.document.version_key))
    load(path, first)
    load(path, second)
    assert rows("SELECT DISTINCT document_name FROM mart.claim_flat") == [("d2.txt",)]
    assert len(rows("FROM core.claim")) == 4, "claims of the earlier version stay"
    assert warehouse.known(path, [first.document], extractor="rules", extractor_version="0") == set()
    load(path, first)
    assert rows("SELECT DISTINCT document_name FROM mart.claim_flat") == [("d1.txt",)], "the text came back"


def test_texts_of_one_load_are_separate_documents_also_later(path: Path, rows: Rows) -> None:
    facts = [make_facts(n, document=replace(make_document(n), version_key="https://example.org/a")) for n in (1, 2, 3)]
    load(path, *facts[:2])
    assert len(rows("FROM core.document WHERE current")) == 2
    load(path, facts[2], seen=[one.document for one in facts[:2]])
    assert len(rows("FROM core.document WHERE current")) == 3, "they arrived in the same load again"


def test_a_publication_date_supplied_later_is_followed(path: Path, rows: Rows) -> None:
    load(path, make_facts())
    dated = replace(make_document(), published=date(2018, 7, 12), published_basis="external")
    facts = make_facts(document=dated)
    claims = (replace(facts.claims[0], date_start=date(2018, 7, 9), date_end=date(2018, 7, 9)),)
    summary = load(path, replace(facts, claims=claims, positions=()))
    assert (summary.changed, summary.claims) == (1, 1)
    assert rows("SELECT published, date_start FROM mart.claim_flat") == [(date(2018, 7, 12), date(2018, 7, 9))]
    assert rows("SELECT count(*) FROM core.claim") == [(1,)], "the new reading replaces the old one"
    assert rows("FROM core.claim_relation") == []
    assert rows("FROM mart.position_flat") == []


def test_the_same_bytes_under_two_names_are_one_document(path: Path, rows: Rows) -> None:
    plain = make_facts()
    dated = make_facts(document=replace(make_document(), version_key="/other.txt", published=date(2018, 7, 12)))
    load(path, plain, dated)
    assert rows("SELECT published FROM mart.claim_flat GROUP BY ALL") == [(date(2018, 7, 12),)]
    before = dump(path)
    for again in ([plain], [dated], [dated, plain]):
        assert load(path, *again).unchanged == 1
        assert dump(path) == before


def test_a_newer_extractor_replaces_what_is_shown(path: Path, rows: Rows) -> None:
    facts = make_facts()
    load(path, facts)
    load(path, replace(facts, claims=facts.claims[:1], extractor_version="1"))
    assert rows("SELECT extractor_version, number FROM mart.claim_flat") == [("1", 0)]
    assert rows("SELECT extractor_version, number FROM core.claim ORDER BY ALL") == [("0", 1), ("1", 0)]
    load(path, replace(facts, extractor="other"))
    assert rows("SELECT DISTINCT extractor FROM mart.claim_flat") == [("other",)]
    assert len(rows("FROM core.claim")) == 4


def test_every_written_row_is_told(path: Path, rows: Rows) -> None:
    run = load(path, make_facts()).run_id
    told = rows("SELECT run_id, entity, action, count(*) FROM ops.lineage GROUP BY ALL ORDER BY ALL")
    assert told == [
        (run, "core.claim", "insert", 2),
        (run, "core.document", "insert", 1),
        (run, "core.position", "insert", 1),
    ]
    assert rows("SELECT run_id, flow, documents, claims, status FROM ops.run") == [(run, "test", 1, 2, "completed")]


def test_tolls_count_each_person_once_or_as_the_caller_says(path: Path, rows: Rows) -> None:
    load(path, make_facts())
    assert rows("SELECT document_name, harm, low, high FROM mart.document_toll") == [("d0.txt", "killed", 12, 12)]

    def rule(claims: Any) -> list[Toll]:
        assert all(isinstance(claim, Claim) for claim in claims)
        return [Toll("killed", 12, 12, None)]

    load(path, make_facts(extractor_version="1"), tolls=rule)
    assert rows("SELECT low, high FROM mart.document_toll") == [(12, None)]


def test_tolls_by_other_rules_stand_beside_the_default(path: Path, rows: Rows, tmp_path: Path) -> None:
    load(path, make_facts(), tolls=lambda _: [Toll("killed", 12, 12, 12), Toll("killed", 9, 9, 9, "strict")])
    assert rows("SELECT harm, low FROM mart.document_toll") == [("killed", 12)]
    assert rows("SELECT counting, low FROM mart.toll_by_counting ORDER BY ALL") == [("default", 12), ("strict", 9)]
    assert warehouse.export(path, "document_toll", "csv", tmp_path / "tolls.csv", "strict") == 1
    assert "d0.txt,killed,9,9,9," in (tmp_path / "tolls.csv").read_text()
    with pytest.raises(warehouse.ExportRefused, match="choose one of default, strict"):
        warehouse.export(path, "document_toll", "csv", tmp_path / "x", "nosuch")
    with pytest.raises(warehouse.ExportRefused, match="claim_flat"):
        warehouse.export(path, "claim_flat", "csv", tmp_path / "x", "strict")


def test_a_total_of_one_role_is_a_series_of_its_own(path: Path, rows: Rows) -> None:
    claim = make_facts().claims[0]
    cumulative = replace(claim, scope="cumulative", period_end=date(2019, 1, 31), low=90, best=90, high=90, number=1)
    later = replace(cumulative, period_end=date(2019, 2, 28), low=95, best=95, high=95, number=2)
    medics = replace(later, role="medics", victim_class="civilian", low=4, best=4, high=4, number=3)
    load(path, make_facts(claims=(cumulative, later, medics)))
    assert rows("SELECT role, low FROM mart.toll_series ORDER BY low") == [("medics", 4), (None, 90), (None, 95)]
    assert rows("SELECT count(*) FROM mart.toll_break") == [(0,)]


def test_a_record_is_kept_as_received(path: Path, rows: Rows) -> None:
    load(path, make_record(), release="2026-08")
    assert rows("SELECT record->>'extra', release FROM raw.record") == [("kept", "2026-08")]
    assert rows("SELECT scheme, grade FROM core.assessment") == [("own_grading", "Fair")]


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(5)), cut=st.integers(0, 5))
def test_order_and_batches_make_no_difference(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int
) -> None:
    facts = [make_facts(1), make_facts(2), make_record(), make_record("8", "XX8"), make_report()]
    folder = tmp_path_factory.mktemp("order")
    load(folder / "a.duckdb", *facts)
    mixed = [facts[index] for index in order]
    for batch in (mixed[:cut], mixed[cut:], mixed):
        load(folder / "b.duckdb", *batch)
    assert content(folder / "a.duckdb") == content(folder / "b.duckdb")
