"""The main job from file to view, and what a second run leaves alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows import pipeline

CLAIMS = "SELECT * FROM mart.claim_flat ORDER BY claim_id"


def test_an_article_becomes_claims_with_exact_quotes(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], article: Path
) -> None:
    answer = casualties("ingest", article)
    assert answer.status == 0
    assert "documents" in answer.out
    rows = ask(
        "SELECT c.*, substr(d.text, quote_start + 1, quote_end - quote_start) = quote AS exact "
        "FROM mart.claim_flat c JOIN core.document d USING (document_id) ORDER BY quote_start, low DESC"
    )
    assert all(row["exact"] for row in rows)
    assert [(row["low"], row["harm"], row["demographic"]) for row in rows] == [
        (14, "killed", None), (3, "killed", "children"), (9, "injured", None),
    ]  # fmt: skip
    assert {row["publisher"] for row in rows} == {"Example Wire"}
    assert {row["published"] for row in rows} == {"2018-11-08"}
    assert rows[1]["part_of"] == rows[0]["claim_id"]


def test_a_second_run_changes_no_row_and_extracts_nothing(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], article: Path, tmp_path: Path
) -> None:
    first = pipeline.ingest([str(article)], tmp_path / "w.duckdb")
    before = ask(CLAIMS)
    second = pipeline.ingest([str(article)], tmp_path / "w.duckdb")
    assert (first.documents, first.unchanged) == (1, 0)
    assert (second.documents, second.unchanged, second.claims) == (1, 1, 0)
    assert first.claims == len(before) > 0
    assert ask(CLAIMS) == before


def test_a_date_supplied_later_is_read_again(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], article: Path
) -> None:
    sidecar = article.with_name("article.txt.meta.json")
    meta = sidecar.read_text(encoding="utf-8")
    sidecar.unlink()
    casualties("ingest", article)
    assert {row["date_start"] for row in ask(CLAIMS)} == {None}
    sidecar.write_text(meta, encoding="utf-8")
    casualties("ingest", article)
    assert "2018-11-06" in {row["date_start"] for row in ask(CLAIMS)}


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], article: Path
) -> None:
    casualties("ingest", article)
    article.write_text(article.read_text(encoding="utf-8").replace("14 people", "16 people"), encoding="utf-8")
    casualties("ingest", article)
    assert max(row["low"] for row in ask(CLAIMS)) == 16
    assert {row["low"] for row in ask("SELECT low FROM core.claim")} >= {14, 16}


def test_rebuild_gives_the_same_rows(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], article: Path, tmp_path: Path
) -> None:
    casualties("ingest", article)
    lines = [json.dumps({"text": f"Shelling killed {n} civilians in Hajin.", "id": f"p{n}"}) for n in (12, 13)]
    (tmp_path / "posts.jsonl").write_text("\n".join(["{broken", *lines]) + "\n", encoding="utf-8")
    casualties("ingest", "posts.jsonl")
    views = ("claim_flat", "document_toll", "incident_flat", "position_flat")
    before = {view: ask(f"SELECT * FROM mart.{view} ORDER BY ALL") for view in views}
    rejected = ask('SELECT source, stage, "column", "check" FROM mart.rejected ORDER BY ALL')
    (tmp_path / "w.duckdb").unlink()
    assert casualties("rebuild").status == 0
    assert {view: ask(f"SELECT * FROM mart.{view} ORDER BY ALL") for view in views} == before
    assert len(before["claim_flat"]) >= 5
    assert ask('SELECT source, stage, "column", "check" FROM mart.rejected ORDER BY ALL') == rejected != []


def test_status_counts_what_is_there(casualties: Callable[..., Any], article: Path) -> None:
    casualties("ingest", article)
    answer = casualties("status", "--format", "json")
    [row] = json.loads(answer.out)
    assert (row["source"], row["documents"], row["claims"]) == ("files", 1, 3)
    assert "1 documents" in answer.err


def test_an_input_that_fails_does_not_stop_the_others(
    casualties: Callable[..., Any], ask: Callable[[str], list[dict[str, Any]]], article: Path
) -> None:
    answer = casualties("ingest", "nowhere.txt", article)
    assert answer.status == 1
    assert "nowhere.txt" in answer.err
    assert len(ask(CLAIMS)) == 3


def test_an_unknown_source_is_wrong_usage(casualties: Callable[..., Any], article: Path, tmp_path: Path) -> None:
    answer = casualties("ingest", article, "--source", "nobody")
    assert answer.status == 2
    assert "nobody" in answer.err
    assert "airwars" in answer.err
    assert not (tmp_path / "w.duckdb").exists()
