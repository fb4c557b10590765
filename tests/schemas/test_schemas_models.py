"""What the models refuse, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.declaration import tables
from schemas.models import validate

TABLE = tables()["core.assessment"]


def row(**changes: Any) -> dict[str, Any]:
    return {
        "assessment_id": "a",
        "document_id": "0" * 64,
        "assessor": "Monitor",
        "scheme": "own",
        "grade": "Fair",
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "column", "check"),
    [
        ({"stance": "maybe"}, "stance", "one of: alleged, possible, admitted, denied"),
        ({"grade": None}, "grade", "must be given"),
        ({"killed_low": -1}, "killed_low", "at least 0"),
        ({"document_id": "0" * 63}, "document_id", "matches [0-9a-f]{64}"),
        ({"killed_low": 9, "killed_high": 5}, None, "killed_low <= killed_high"),
        ({"killed_low": 2**80}, "killed_low", "is of type BIGINT"),
        ({"killed_low": "nine"}, "killed_low", "is of type BIGINT"),
        ({"grade": "lone \ud800 surrogate"}, "grade", "is of type VARCHAR"),
        ({"assessed_on": "2018-02-30"}, "assessed_on", "is of type DATE"),
    ],
)
def test_a_bad_row_is_refused_and_its_neighbours_pass(changes: dict[str, Any], column: str | None, check: str) -> None:
    good, failures = validate(TABLE, [row(assessment_id="x"), row(**changes), row(assessment_id="y")])
    assert good["assessment_id"].to_list() == ["x", "y"]
    assert [(failure.row, failure.column, failure.check) for failure in failures] == [(1, column, check)]


def test_the_failing_values_are_told() -> None:
    _, failures = validate(TABLE, [row(killed_low=9, killed_high=5), row(grade=None)])
    assert [failure.value for failure in failures] == ["killed_low=9, killed_high=5", None]


def test_an_unknown_bound_is_no_fault() -> None:
    good, failures = validate(TABLE, [row(killed_low=9), row(assessment_id="b", killed_high=0)])
    assert (good.height, failures) == (2, [])


def test_no_rows_are_fine() -> None:
    assert validate(TABLE, [])[0].height == 0
