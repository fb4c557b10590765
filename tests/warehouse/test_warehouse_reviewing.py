"""Reviews: questions go out, decisions come back, are kept beside the warehouse and obeyed by every linking."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import warehouse

from .story import article, atlas, record

Rows = Callable[[str], list[tuple[Any, ...]]]
DAY = date(2018, 5, 3)
TEXT = "Jets hit Hajin: 23 people died, said Dr. Karam. In Umm Tuba 4 more died."


def facts() -> list[Any]:
    told = {"day": DAY, "place_text": "Hajin", "claimant": "Dr. Karam"}
    elsewhere = {"day": date(2017, 1, 1), "place_text": "Umm Tuba", "confidence": 0.3}
    return [
        record("1", "Hajin", DAY, (20, 25)), record("2", "Hajin", DAY, (20, 25)),
        article("raid.txt", TEXT, ("23", told), ("4", elsewhere)),
    ]  # fmt: skip


@pytest.fixture
def linked(path: Path) -> Path:
    warehouse.load(path, facts(), flow="test")
    warehouse.link(path, atlas)
    return path


def questions(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def answer(path: Path, subject: str, decision: str, pick: Callable[[dict[str, str]], bool] = lambda row: True) -> None:
    """Exports, fills in the first fitting row as a person would, and loads it back."""
    file = path.with_name("questions.csv")
    warehouse.export_reviews(path, file)
    rows = questions(file)
    chosen = next(row for row in rows if row["subject"] == subject and pick(row))
    chosen |= {"decision": decision, "reviewer": "Mira", "reason": "read the text"}
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    assert warehouse.load_reviews(path, file).taken == 1
    warehouse.link(path, atlas)


def test_every_kind_of_doubt_is_asked_once(linked: Path, tmp_path: Path) -> None:
    count = warehouse.export_reviews(linked, tmp_path / "q.csv")
    asked = [(row["subject"], row["allowed"]) for row in questions(tmp_path / "q.csv")]
    assert count == len(asked)
    assert set(asked) == {("link", "same / different"), ("claim", "right / wrong"), ("place", "a name"),
                          ("actor", "a name")}  # fmt: skip
    assert [kind for kind, _ in asked].count("link") == 2


def test_a_link_decided_is_obeyed_and_asked_no_more(linked: Path, rows: Rows) -> None:
    answer(linked, "link", "same", lambda row: "Hajin 2" in row["question"])
    found = rows("""SELECT i.title, c.method, c.reason FROM core.incident_claim c JOIN core.incident i USING
        (incident_id) WHERE c.method = 'review'""")
    today = found[0][2].split(" on ")[1][:10]
    assert found == [("Hajin 2", "review", f"decided by Mira on {today}: read the text")]
    assert rows("SELECT count(*) FROM core.link_candidate") == [(0,)]


def test_a_link_refused_leaves_the_other(linked: Path, rows: Rows) -> None:
    answer(linked, "link", "different", lambda row: "Hajin 2" in row["question"])
    assert rows("SELECT i.title FROM core.incident_claim JOIN core.incident i USING (incident_id)"
                " WHERE method = 'features'") == [("Hajin 1",)]  # fmt: skip


def test_a_review_survives_a_rebuild(linked: Path, rows: Rows) -> None:
    answer(linked, "link", "same", lambda row: "Hajin 2" in row["question"])
    warehouse.rebuild(linked, lambda: [warehouse.Load("again", facts())], resolver=atlas)
    assert rows("SELECT count(*) FROM core.incident_claim WHERE method = 'review'") == [(1,)]


def test_a_wrong_claim_stays_as_stated_and_leaves_the_incidents(linked: Path, rows: Rows) -> None:
    answer(linked, "claim", "wrong")
    assert rows("SELECT review FROM mart.claim_flat WHERE confidence < 0.5") == [("wrong",)]
    assert rows("SELECT count(*) FROM core.incident WHERE document_id IS NULL") == [(0,)]


def test_a_place_named_by_a_person_is_resolved(linked: Path, rows: Rows) -> None:
    answer(linked, "place", "Gharanij")
    assert rows("SELECT place, admin1 FROM mart.claim_flat WHERE place_text = 'Umm Tuba'") == [
        ("Gharanij", "Deir ez-Zor")
    ]


def test_an_actor_named_by_a_person_stands_in_the_matrix(linked: Path, rows: Rows) -> None:
    answer(linked, "link", "same", lambda row: "Hajin 2" in row["question"])
    answer(linked, "actor", "Hajin clinic", lambda row: row["subject_id"] == "Dr. Karam")
    assert ("Hajin clinic",) in rows("SELECT claimant FROM mart.incident_claimant")


def test_a_decision_on_a_changed_text_is_flagged(linked: Path, rows: Rows) -> None:
    answer(linked, "claim", "right")
    newer = article("raid.txt", TEXT + " Updated.", ("23", {"day": DAY, "place_text": "Hajin"}))
    warehouse.load(linked, [newer], flow="test")
    warehouse.link(linked, atlas)
    assert rows("SELECT subject, decision, reason FROM mart.review_stale") == [
        ("claim", "right", "its document has a newer version")
    ]


def test_the_same_file_again_takes_nothing_and_the_last_decision_counts(
    linked: Path, tmp_path: Path, rows: Rows
) -> None:
    file = tmp_path / "mine.csv"
    head = "subject,subject_id,decision,reviewer,decided_at\n"
    file.write_text(head + "place,Umm Tuba,Shafah,Mira,2026-01-02\nplace,Other,,,\n")
    assert warehouse.load_reviews(linked, file) == warehouse.ReviewSummary(1, 0, 1)
    assert warehouse.load_reviews(linked, file) == warehouse.ReviewSummary(0, 1, 1)
    file.write_text(head + "place,Umm Tuba,Gharanij,Omar,2026-01-03T10:00\n")
    warehouse.load_reviews(linked, file)
    warehouse.link(linked, atlas)
    assert rows("SELECT decision, reviewer FROM ops.review") == [("Gharanij", "Omar")]
    kept = (warehouse.files_folder(linked) / "reviews" / "decisions.csv").read_text(encoding="utf-8")
    assert "Shafah" in kept


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("claim,c1,perhaps,Mira", "row 2, decision: perhaps is none of right, wrong"),
        ("colour,c1,red,Mira", "row 2, subject: colour is none of claim"),
        ("claim,c1,right,", "row 2, reviewer: must be given"),
        ("claim,,right,Mira", "row 2, subject_id: must be given"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_taken(linked: Path, tmp_path: Path, row: str, told: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"subject,subject_id,decision,reviewer\n{row}\nplace,Umm Tuba,Shafah,Mira\n")
    with pytest.raises(warehouse.ReviewError) as caught:
        warehouse.load_reviews(linked, file)
    assert told in str(caught.value)
    assert not (warehouse.files_folder(linked) / "reviews").exists()


@pytest.mark.parametrize("body", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_list_of_decisions_is_refused(linked: Path, tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(body)
    with pytest.raises(warehouse.ReviewError, match=r"mine\.csv"):
        warehouse.load_reviews(linked, file)
