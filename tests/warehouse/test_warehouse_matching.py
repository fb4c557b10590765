"""Texts and official entries meet the incidents that monitors recorded: linked, left open, or on their own."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import warehouse

from .conftest import content
from .story import article, atlas, record, statement

Rows = Callable[[str], list[tuple[Any, ...]]]
MAY_3, MAY_4 = date(2018, 5, 3), date(2018, 5, 4)

RAID = "Jets hit the market of Hajin on Thursday and 23 people were killed, the clinic said; 40 were hurt."
PART = {"day": MAY_3, "place_text": "Hajin"}


def raid(name: str = "raid.txt", text: str = RAID, **told: Any) -> Any:
    return article(
        name, text, ("23", PART | told), ("40", PART | {"harm": "injured", "claimant": "narrator"} | told),
        published=MAY_4,
    )  # fmt: skip


LINKS = """SELECT f.document_name, i.title, c.method FROM core.incident_claim c JOIN mart.claim_flat f USING (claim_id)
    JOIN core.incident i USING (incident_id) WHERE f.source = 'files' ORDER BY ALL"""


def put(path: Path, *facts: Any) -> None:
    warehouse.load(path, facts, flow="test")
    warehouse.link(path, atlas)


def test_an_article_is_linked_by_day_place_and_toll_and_says_why(path: Path, rows: Rows) -> None:
    put(path, record("1", "Hajin", MAY_3, (20, 25)), record("2", "Shafah", MAY_3, (1, 2)), raid())
    assert rows(LINKS) == [("raid.txt", "Hajin 1", "features")] * 2
    ((score, reason),) = rows("SELECT DISTINCT score, reason FROM core.incident_claim WHERE method = 'features'")
    assert 0.9 < score < 1
    for words in ("same day (+", "town named (+", "23 killed beside 20–25 (+"):
        assert words in reason


@pytest.mark.parametrize(
    "other", [{"day": date(2018, 5, 7)}, {"place_text": "Mosul"}, {"place_text": "Gharanij"}], ids=str
)
def test_another_day_or_place_is_an_incident_of_its_own(path: Path, rows: Rows, other: dict[str, Any]) -> None:
    put(path, record("1", "Hajin", MAY_3, (1, 2)), raid(**other))
    assert [(name, method) for name, _, method in rows(LINKS)] == [("raid.txt", "told")] * 2
    assert rows("SELECT count(*) FROM core.incident WHERE document_id IS NULL") == [(1,)]


def test_two_incidents_alike_are_left_open_and_listed(path: Path, rows: Rows) -> None:
    put(path, record("1", "Hajin", MAY_3, (20, 25)), record("2", "Hajin", MAY_3, (22, 24)), raid())
    assert rows(LINKS) == []
    listed = rows("SELECT title, verdict, quote FROM mart.open_link ORDER BY title")
    assert listed == [("Hajin 1", "ambiguous", "23"), ("Hajin 2", "ambiguous", "23")]
    assert rows("SELECT count(*) FROM core.incident WHERE document_id IS NULL") == [(0,)]


def test_another_spelling_of_the_name_is_found(path: Path, rows: Rows) -> None:
    put(path, record("1", "Hajin", MAY_3, (20, 25)), raid(place_text="Hajeen"))
    assert {title for _, title, _ in rows(LINKS)} == {"Hajin 1"}


def test_a_text_without_day_is_linked_by_its_publication_and_toll(path: Path, rows: Rows) -> None:
    put(path, record("1", "Hajin", MAY_3, (20, 25)), raid(day=None))
    assert {title for _, title, _ in rows(LINKS)} == {"Hajin 1"}
    assert "published in the week after it" in rows("SELECT min(reason) FROM core.incident_claim")[0][0]


def test_articles_on_an_event_that_no_monitor_has_share_an_incident(path: Path, rows: Rows) -> None:
    put(path, raid("a.txt"), raid("b.txt", RAID.replace("Jets", "Planes")), raid("c.txt", "Later: " + RAID, day=MAY_4))
    titles = [(title, len(set(names))) for title, names in rows(
        "SELECT i.title, list(f.document_name) FROM core.incident_claim c JOIN mart.claim_flat f USING (claim_id)"
        " JOIN core.incident i USING (incident_id) GROUP BY ALL ORDER BY ALL")]  # fmt: skip
    assert titles == [("Hajin, 2018-05-03", 2), ("Hajin, 2018-05-04", 1)]
    assert rows("SELECT documents, killed_low, killed_high FROM mart.incident_flat ORDER BY 1 DESC") == [
        (2, 23, 23), (1, 23, 23),
    ]  # fmt: skip


GROUPS = "Jets hit Hajin: 2 soldiers and 3 guards were killed. Later 4 troops were named, and 1 more died."


def group(value: str, quote: str, **told: Any) -> tuple[str, dict[str, Any]]:
    return value, {"day": MAY_3, "place_text": "Hajin", "victim_class": "combatant", "quote": quote, **told}


def test_groups_of_one_clause_are_added_and_a_smaller_figure_told_later_is_among_them(path: Path, rows: Rows) -> None:
    told = (
        group("2", "2 soldiers and 3 guards were killed", role="soldiers"),
        group("3", "3 guards were killed", role="guards"), group("4", "4 troops"),
        group("1", "1 more died", flags=("additional",)),
    )  # fmt: skip
    put(path, article("groups.txt", GROUPS, *told, published=MAY_4))
    assert rows("SELECT low, high FROM mart.incident_claimant") == [(6, 6)]


def test_an_entry_without_code_is_linked_by_place_day_and_concession(path: Path, rows: Rows) -> None:
    put(
        path, record("1", "Hajin", MAY_3, (2, 5), finding="credible", conceded=2),
        record("2", "Hajin", MAY_3, (2, 5), finding="non_credible"), statement("s1", "Hajin", MAY_3, "credible", 2),
    )  # fmt: skip
    assert rows("SELECT i.title, e.method FROM core.incident_entry e JOIN core.incident i USING (incident_id)") == [
        ("Hajin 1", "features")
    ]
    found = rows("""SELECT title, position, killed_conceded, reported_high, lag_days FROM mart.conceded_reported
        WHERE position = 'credible'""")
    assert found == [("Hajin 1", "credible", 2, 5, 394)]


def test_records_of_two_monitors_about_one_event_are_one_incident(path: Path, rows: Rows) -> None:
    put(
        path, record("1", "Hajin", MAY_3, (20, 25)), record("2", "Shafah", MAY_3, (1, 2)),
        record("7", "Hajin", MAY_3, (18, 30), source="watch"),
    )  # fmt: skip
    assert rows("SELECT title, killed_low, killed_high, documents FROM mart.incident_flat ORDER BY title") == [
        ("Hajin 1", 18, 30, 2), ("Shafah 2", 1, 2, 1),
    ]  # fmt: skip
    ids = rows("SELECT list(x.external_id ORDER BY x.external_id) FROM core.incident_xref x JOIN core.incident i USING"
               " (incident_id) WHERE title = 'Hajin 1'")  # fmt: skip
    assert ids == [(["1", "7", "XX1", "XX7"],)]


def test_two_records_of_one_monitor_are_never_joined_through_another(path: Path, rows: Rows) -> None:
    put(
        path, record("1", "Hajin", MAY_3, (20, 25)), record("7", "Hajin", MAY_3, (20, 25), source="watch"),
        record("8", "Hajin", MAY_3, (20, 25), source="watch"),
    )  # fmt: skip
    assert rows("SELECT count(*) FROM core.incident") == [(3,)]


def story() -> list[Any]:
    return [
        record("1", "Hajin", MAY_3, (20, 25), finding="credible", conceded=2), record("2", "Shafah", MAY_3, (1, 2)),
        record("3", "Hajin", MAY_4, (2, 3)), record("7", "Hajin", MAY_3, (18, 30), source="watch"), raid(),
        raid("again.txt", RAID + " Again."), statement("s1", "Hajin", MAY_3, "credible", 2),
        article("gharanij.txt", "In Gharanij 4 died.", ("4", {"day": MAY_3, "place_text": "Gharanij"})),
        article("both.txt", "Near Gharanij 5 died.", ("5", {"day": MAY_3, "place_text": "Gharanij"})),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_neither_order_nor_steps_of_loading_change_the_result(tmp_path: Path, seed: int) -> None:
    at_once, stepwise = tmp_path / "once.duckdb", tmp_path / "steps.duckdb"
    put(at_once, *story())
    shuffled = story()
    random.Random(seed).shuffle(shuffled)
    for start in range(0, len(shuffled), 3):
        put(stepwise, *shuffled[start : start + 3])
    tables = ("core.incident", "core.incident_claim", "core.incident_entry", "core.incident_document",
              "core.incident_xref", "core.link_candidate", "core.document_voice")  # fmt: skip
    one, other = content(at_once), content(stepwise)
    assert len(one["core.incident_claim"]) == 10
    assert {name: one[name] for name in tables} == {name: other[name] for name in tables}


def test_one_story_in_two_papers_is_one_voice(path: Path, rows: Rows) -> None:
    long = RAID + " Rescue teams dug in the rubble of the old market through the whole night without pause." * 4
    for n, name in enumerate(("a", "b")):
        put(path, raid(f"{name}.txt", f"{long} Edition {n}"))
    assert rows("SELECT documents, voices FROM mart.incident_flat") == [(2, 1)]
    ((similarity,),) = rows("SELECT DISTINCT similarity FROM core.document_voice")
    assert 0.9 < similarity < 1


def test_a_country_told_alone_is_the_place(path: Path, rows: Rows) -> None:
    put(path, article("total.txt", "So far 900 died.", ("900", {"scope": "cumulative", "country": "SYR"})))
    assert rows("SELECT place, country, geo_precision, lat FROM mart.claim_flat") == [("Syria", "SYR", "country", None)]


LINKED = ("core.incident", "core.incident_claim", "core.incident_entry", "core.incident_document",
          "core.incident_xref", "core.link_candidate")  # fmt: skip


def from_scratch(path: Path, folder: Path, *facts: Any) -> None:
    """What stepwise linking left in *path* is what one load of *facts* gives."""
    put(folder / "scratch.duckdb", *facts)
    one, other = content(path), content(folder / "scratch.duckdb")
    for name in LINKED:
        assert one[name] == other[name], name


def answers(rows: Rows) -> dict[str, str]:
    return dict(rows("SELECT DISTINCT mention_id, fingerprint FROM ops.link_memo"))


def test_a_further_article_leaves_the_answers_of_the_others(path: Path, tmp_path: Path, rows: Rows) -> None:
    hajin, shafah = record("1", "Hajin", MAY_3, (20, 25)), record("2", "Shafah", MAY_3, (1, 2))
    put(path, hajin, shafah, raid())
    before = answers(rows)
    put(path, raid("more.txt", "More: " + RAID))
    after = answers(rows)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1
    from_scratch(path, tmp_path, hajin, shafah, raid(), raid("more.txt", "More: " + RAID))


def test_a_new_record_changes_the_answers_of_its_days_alone(path: Path, tmp_path: Path, rows: Rows) -> None:
    hajin, later = record("1", "Hajin", MAY_3, (20, 25)), raid("later.txt", "Later: " + RAID, day=date(2018, 7, 1))
    put(path, hajin, raid(), later)
    before, linked = answers(rows), rows(LINKS)
    assert ("raid.txt", "Hajin 1", "features") in linked
    rival = record("2", "Hajin", MAY_3, (22, 24))
    put(path, rival)
    after = answers(rows)
    assert sum(before[mention] != after[mention] for mention in before) == 1
    assert not any(name == "raid.txt" for name, _, _ in rows(LINKS))
    from_scratch(path, tmp_path, hajin, raid(), later, rival)


def test_a_decision_is_obeyed_by_remembered_answers_too(path: Path, rows: Rows) -> None:
    put(path, record("1", "Hajin", MAY_3, (20, 25)), raid())
    ((claim_id, incident_id),) = rows(
        "SELECT c.claim_id, c.incident_id FROM core.incident_claim c JOIN mart.claim_flat f USING (claim_id)"
        " WHERE f.harm = 'killed' AND c.method = 'features'"
    )
    folder = warehouse.files_folder(path) / "reviews"
    folder.mkdir(parents=True)
    (folder / "decisions.csv").write_text(
        f"subject,subject_id,decision,reviewer,decided_at\nlink,{claim_id} {incident_id},different,Mira,2026-02-03\n",
        encoding="utf-8",
    )
    warehouse.link(path, atlas)
    assert {method for _, _, method in rows(LINKS)} == {"told"}
