"""What is timed: general texts say nothing of harm, dense ones do; the table has a line for each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import run, texts
from extraction import extract


def test_general_texts_differ_and_hold_no_claim() -> None:
    made = texts.general(0.05)
    assert texts.size(made) >= 50_000
    assert len({text.text for text in made}) == len(made)
    assert not any(extract(text.text, published=text.published).claims for text in made)


def test_own_texts_are_dense() -> None:
    some = texts.own()[:10]
    assert all(text.text for text in some)
    assert sum(len(extract(text.text, published=text.published).claims) for text in some) > len(some)


def test_news_are_read_where_they_are(tmp_path: Path) -> None:
    assert texts.news(tmp_path) == []
    folder = tmp_path / "gold" / "news"
    folder.mkdir(parents=True)
    row = {"document_name": "d", "text": "One\u2028two", "published": "2020-02-03"}
    (folder / "docs.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    (found,) = texts.news(tmp_path)
    assert (found.text, str(found.published)) == ("One\u2028two", "2020-02-03")


def test_a_line_of_the_table_has_median_and_range(capsys: pytest.CaptureFixture[str]) -> None:
    run._say("extract", [0.5, 0.1, 0.3])
    assert capsys.readouterr().out.split("|")[2:4] == ["      0.30 MB/s   ", " 0.10–0.50     "]


def test_documents_of_the_main_job_are_all_different(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "INGEST_MB", 0.01)
    run._write(tmp_path / "texts.jsonl", texts.own()[:3])
    rows = [json.loads(line) for line in (tmp_path / "texts.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert len(rows) > 3
    assert len({row["text"] for row in rows}) == len({row["document_name"] for row in rows}) == len(rows)


def test_the_profile_names_the_functions_of_the_extractor() -> None:
    assert "reader.py" in run.profile(texts.own()[:2])
