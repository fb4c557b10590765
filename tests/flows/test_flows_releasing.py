"""A dataset's releases through the main job: what a newer one takes back, what is held back, and the same rebuilt."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows import pipeline
from sources import ucdp
from tests.flows.conftest import ARTICLE, Outcome
from tests.sources.table_samples import ucdp_csv, ucdp_event

Ask = Callable[[str], list[dict[str, Any]]]
Run = Callable[..., Outcome]
STANDING = "SELECT locator, withdrawn_in FROM core.document JOIN raw.record USING (document_id) ORDER BY locator"
CURRENT = "SELECT document_name, best FROM mart.claim_flat WHERE part_of IS NULL ORDER BY document_name"


@pytest.fixture
def any_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases of a few records, which the source would not take for whole ones."""
    monkeypatch.setattr(ucdp, "EXPECTS", replace(ucdp.EXPECTS, records_at_least=1))


def release(folder: Path, name: str, *numbers: int, **values: object) -> str:
    path = folder / f"{name}.csv"
    path.write_text(ucdp_csv(*(ucdp_event(number, **values) for number in numbers)), encoding="utf-8")
    return str(path)


@pytest.mark.usefixtures("any_number")
def test_an_event_that_a_newer_release_lacks_is_withdrawn_and_stays_so_after_a_rebuild(
    ask: Ask, tmp_path: Path
) -> None:
    path = tmp_path / "w.duckdb"
    pipeline.ingest([release(tmp_path, "GEDEvent_v24_1", 1, 2, 3)], path)
    pipeline.ingest([release(tmp_path, "GEDEvent_v25_1", 1, 3)], path)
    marked = ask(STANDING)
    assert [row["withdrawn_in"] for row in marked] == [None, "25.1", None]
    pipeline.rebuild(path)
    assert ask(STANDING) == marked


@pytest.mark.usefixtures("any_number")
def test_two_releases_in_one_run_are_loaded_one_after_the_other(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    newer = release(tmp_path, "GEDEvent_v25_1", 1, best=9, high=9, deaths_civilians=9, deaths_unknown=0)
    older = release(tmp_path, "GEDEvent_v24_1", 1, 2)
    pipeline.ingest([newer, older], path)
    as_of = "SELECT release, version_key, document_id FROM mart.record_as_of ORDER BY ALL"
    said, standing = ask(as_of), ask(CURRENT)
    assert [(row["release"], row["version_key"]) for row in said] == [
        ("24.1", "ucdp:1"), ("24.1", "ucdp:2"), ("25.1", "ucdp:1"),
    ]  # fmt: skip
    assert [(row["document_name"], row["best"]) for row in standing] == [("ucdp:1", 9)]
    pipeline.ingest([newer, older], path)
    assert (ask(as_of), ask(CURRENT)) == (said, standing)
    pipeline.rebuild(path)
    assert (ask(as_of), ask(CURRENT)) == (said, standing)


def test_a_load_far_below_waits_for_somebodys_word(casualties: Run, ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text(ARTICLE, encoding="utf-8")
    first = casualties("ingest", release(tmp_path, "GEDEvent_v25_1", 1, 2), "post.txt")
    assert first.status == 0
    assert "ucdp release 25.1 is held back, not published: records: 2, at least 500 expected" in first.err
    assert {row["document_name"] for row in ask("SELECT document_name FROM mart.claim_flat")} == {"post.txt"}
    assert len(ask("SELECT * FROM raw.record WHERE source = 'ucdp' AND held_in IS NOT NULL")) == 2
    assert casualties("held", "--publish", "0").status == 2
    (waiting,) = json.loads(casualties("held", "--format", "json").out)
    assert (waiting["source"], waiting["release"], waiting["decision"]) == ("ucdp", "25.1", None)

    done = casualties("held", "--publish", waiting["held_id"][:6], "--by", "ana", "--why", "an excerpt")
    assert done.status == 0, done.err
    published = ask(CURRENT)
    assert [row["document_name"] for row in published][-2:] == ["ucdp:1", "ucdp:2"]
    assert ask("SELECT * FROM raw.record WHERE held_in IS NOT NULL") == []
    (decided,) = json.loads(casualties("held", "--format", "json").out)
    assert (decided["decision"], decided["reviewer"], decided["decision_reason"]) == ("publish", "ana", "an excerpt")
    assert "held back" not in casualties("ingest", "GEDEvent_v25_1.csv").err
    assert casualties("rebuild").status == 0
    assert ask(CURRENT) == published


def test_a_release_that_would_withdraw_most_of_what_stands_is_held(
    casualties: Run, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ucdp, "EXPECTS", replace(ucdp.EXPECTS, records_at_least=1))
    casualties("ingest", release(tmp_path, "GEDEvent_v24_1", *range(1, 41)))
    before = ask(CURRENT)
    cut_off = casualties("ingest", release(tmp_path, "GEDEvent_v25_1", *range(1, 11)))
    assert "30 of the 40 records that stand would be withdrawn" in cut_off.err
    assert ask(CURRENT) == before
    assert ask("SELECT * FROM raw.record WHERE withdrawn_in IS NOT NULL") == []


def test_an_unknown_hold_is_told(casualties: Run, tmp_path: Path) -> None:
    casualties("ingest", release(tmp_path, "GEDEvent_v25_1", 1))
    nobody = casualties("held", "--publish", "zz", "--by", "ana")
    assert nobody.status == 1
    assert "no load held back under an id that begins with 'zz'" in nobody.err


def test_a_reviewer_publishes_a_hold_in_a_spreadsheet(casualties: Run, ask: Ask, tmp_path: Path) -> None:
    casualties("ingest", release(tmp_path, "GEDEvent_v25_1", 1))
    casualties("review", "--export", "open.csv")
    asked = (tmp_path / "open.csv").read_text(encoding="utf-8-sig").splitlines()
    header, row = asked[0].split(","), asked[1].split(",")
    assert row[0] == "load"
    filled = dict(zip(header, [""] * len(header), strict=True)) | {
        "subject": "load", "subject_id": row[1], "decision": "publish", "reviewer": "ana",
    }  # fmt: skip
    (tmp_path / "done.csv").write_text(",".join(filled) + "\n" + ",".join(filled.values()) + "\n", encoding="utf-8")
    assert casualties("review", "--load", "done.csv").status == 0
    assert [row["document_name"] for row in ask(CURRENT)] == ["ucdp:1"]
