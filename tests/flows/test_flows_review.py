"""`casualties review` and `casualties mapping`: what goes to a person, and a first mapping for a new table."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def loaded(casualties: Callable[..., Any], article: Path) -> Callable[..., Any]:
    assert casualties("ingest", article).status == 0
    return casualties


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_uncertain_claims_are_those_below_the_bound(loaded: Callable[..., Any], ask: Any, tmp_path: Path) -> None:
    answer = loaded("review", "--uncertain", "--below", "1", "-o", "look.csv")
    assert answer.status == 0, answer.err
    wanted = ask("SELECT claim_id FROM mart.claim_flat WHERE confidence < 1 ORDER BY confidence, quote_start")
    assert [row["claim_id"] for row in rows(tmp_path / "look.csv")] == [row["claim_id"] for row in wanted]
    assert f"{len(wanted)} claims below 1" in answer.err


def test_nothing_is_below_zero(loaded: Callable[..., Any]) -> None:
    answer = loaded("review", "--uncertain", "--below", "0")
    assert answer.status == 0
    assert "0 claims below 0" in answer.err


@pytest.mark.parametrize("args", [(), ("--uncertain", "--below", "2"), ("--uncertain", "--below", "nan"),
                                  ("--uncertain", "--below", "x"), ("--uncertain", "--load", "x.csv")])  # fmt: skip
def test_wrong_usage(args: tuple[str, ...], loaded: Callable[..., Any]) -> None:
    assert loaded("review", *args).status == 2


def test_a_file_that_cannot_be_written_is_named(loaded: Callable[..., Any]) -> None:
    answer = loaded("review", "--uncertain", "-o", "nowhere/look.csv")
    assert answer.status == 1
    assert "nowhere/look.csv" in answer.err


def test_questions_go_out_and_come_back(loaded: Callable[..., Any], tmp_path: Path) -> None:
    answer = loaded("review", "--export", "questions.csv")
    assert answer.status == 0, answer.err
    assert (tmp_path / "questions.csv").is_file()
    back = loaded("review", "--load", "questions.csv")
    assert back.status == 0, back.err
    assert back.err.startswith("0 decisions taken over")


def test_a_table_gets_a_mapping_that_is_toml(casualties: Callable[..., Any], tmp_path: Path) -> None:
    table = tmp_path / "mills.csv"
    table.write_text("id,date,killed_min,killed_max,town\nZ1,2014-05-02,2,3,Tal Sifr\n", encoding="utf-8")
    shown = casualties("mapping", "new", table)
    assert shown.status == 0
    assert tomllib.loads(shown.out)["figures"] == [{"low": "killed_min", "high": "killed_max", "harm": "killed"}]
    assert casualties("mapping", "new", table, "-o", "mills.toml").status == 0
    assert (tmp_path / "mills.toml").read_text(encoding="utf-8") == shown.out


def test_a_finished_mapping_is_not_overwritten(casualties: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "mills.csv").write_text("id,killed\nZ1,2\n", encoding="utf-8")
    (tmp_path / "mills.toml").write_text("# by hand\n", encoding="utf-8")
    answer = casualties("mapping", "new", "mills.csv", "-o", "mills.toml")
    assert answer.status == 1
    assert "mills.toml" in answer.err
    assert (tmp_path / "mills.toml").read_text(encoding="utf-8") == "# by hand\n"


@pytest.mark.parametrize(("name", "content"), [("none.csv", None), ("empty.csv", "")])
def test_a_table_that_cannot_be_read_is_named(
    name: str, content: str | None, casualties: Callable[..., Any], tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    answer = casualties("mapping", "new", name)
    assert (answer.status, answer.out) == (1, "")
    assert name in answer.err
