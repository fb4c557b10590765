"""`casualties places`, `actors` and `link`, as a person calls them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DUMP = "1\tTell Sabkha\tTell Sabkha\tTall Sabkhah\t36.10\t40.20\tP\tPPL\tSY\t\t02\t\t\t\t900\t\t300\tx\t2012-01-01\n"
TEXT = "Jets bombed the village of Tell Sabkhah in Syria on 3 May 2018, killing 4 civilians, the Khabour Ledger said."


@pytest.fixture
def told(casualties: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert casualties("ingest", "a.txt").status == 0
    return casualties


def test_an_unknown_place_is_listed_until_a_gazetteer_knows_it(
    told: Callable[..., Any], ask: Any, tmp_path: Path
) -> None:
    answer = told("places", "unknown", "--format", "csv")
    assert answer.status == 0
    assert "Tell Sabkhah" in answer.out
    (tmp_path / "SY.txt").write_text(DUMP, encoding="utf-8")
    taken = told("places", "import", "SY.txt")
    assert taken.status == 0, taken.err
    assert "1 places of SY.txt" in taken.err
    assert "Tell Sabkhah" not in told("places", "unknown", "--format", "csv").out
    assert [(row["place"], row["lat"]) for row in ask("SELECT place, lat FROM mart.claim_flat")] == [
        ("Tell Sabkha", 36.1)
    ]


def test_a_file_that_is_no_dump_is_named_and_the_others_are_taken(told: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text(DUMP, encoding="utf-8")
    answer = told("places", "import", "a.txt", "SY.txt")
    assert answer.status == 1
    assert "a.txt, row 1: 1 columns instead of 19" in answer.err
    assert "1 places of SY.txt" in answer.err


@pytest.mark.parametrize("args", [("import",), ("unknown", "SY.txt"), ("list",)])
def test_wrong_usage(args: tuple[str, ...], told: Callable[..., Any]) -> None:
    assert told("places", *args).status == 2


def test_unknown_actors_are_listed(told: Callable[..., Any]) -> None:
    answer = told("actors", "unknown", "--format", "json")
    assert answer.status == 0
    assert "Khabour Ledger" in answer.out


def test_linking_again_says_what_there_is(told: Callable[..., Any]) -> None:
    answer = told("link")
    assert answer.status == 0
    assert "place" in answer.err
    assert answer.err.rstrip().endswith("0 rows changed")
