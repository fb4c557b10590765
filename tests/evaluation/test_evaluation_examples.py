"""The examples are whole: what the demonstration loads is what the manifest and `docs/examples.md` name."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
ARTICLES = {path.name for path in EXAMPLES.iterdir() if path.suffix in {".txt", ".md", ".html"}}


def rows(name: str) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in (EXAMPLES / name).read_text(encoding="utf-8").splitlines()]


def test_the_manifest_names_every_article_once_with_publisher_and_day() -> None:
    manifest = rows("manifest.jsonl")
    assert sorted(row["document_name"] for row in manifest) == sorted(ARTICLES)
    for row in manifest:
        assert row["publisher"], row
        assert date.fromisoformat(row["published"]) <= date(2020, 12, 31)


def test_there_are_enough_voices_and_the_page_about_them_names_each_file() -> None:
    page = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    assert len(ARTICLES) >= 8
    for path in EXAMPLES.iterdir():
        assert path.name in page, path.name


def test_posts_have_text_and_names_of_their_own() -> None:
    posts = rows("posts.jsonl")
    assert len({post["document_name"] for post in posts}) == len(posts) >= 5
    assert all(post["text"].strip() and date.fromisoformat(post["published"]) for post in posts)


def test_the_monitor_table_is_rectangular_with_ordered_ranges_and_unique_ids() -> None:
    with (EXAMPLES / "monitor_incidents.csv").open(encoding="utf-8", newline="") as handle:
        header, *records = list(csv.reader(handle))
    assert {len(record) for record in records} == {len(header)}
    table = [dict(zip(header, record, strict=True)) for record in records]
    assert len({row["airwars_id"] for row in table}) == len(table) >= 12
    for row in table:
        for name in (column.removesuffix("_min") for column in header if column.endswith("_min")):
            low, high = row[f"{name}_min"], row[f"{name}_max"]
            assert not (low and high) or int(low) <= int(high), (row["code"], name)


def test_the_official_report_balances() -> None:
    text = (EXAMPLES / "official_report_2019-02.txt").read_text(encoding="utf-8")
    carried, received, still_open = (
        int(re.search(pattern, text)[1])  # type: ignore[index]
        for pattern in (r"carried over (\d+)", r"received (\d+)", r"A total of (\d+) reports"))
    entries = re.findall(r"^\d+\. \w", text, flags=re.MULTILINE)
    assert carried + received - len(entries) == still_open
