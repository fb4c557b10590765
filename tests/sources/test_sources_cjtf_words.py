"""Numbers and dates as reports write them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from sources.cjtf import mgrs
from sources.cjtf.words import NUMBER, parse_dates, to_int


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("7", 7),
        ("1,335", 1335),
        ("1139", 1139),
        ("Twelve", 12),
        ("Thirty three", 33),
        ("seventy-nine", 79),
        ("one hundred and five", 105),
        ("two hundred", 200),
        ("none", 0),
        ("another", 1),
        ("n/a", None),
        ("many", None),
        ("", None),
    ],
)
def test_numbers_in_digits_and_words(written: str, number: int | None) -> None:
    assert to_int(written) == number


def test_the_number_pattern_takes_the_whole_number() -> None:
    for written in ("sixteen", "sixty", "Thirty three", "20,205", "one hundred and five"):
        assert re.fullmatch(NUMBER, written, re.IGNORECASE), written


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("March 4, 2018", "2018-03-04", "2018-03-04"),
        ("Mar. 4, 2018", "2018-03-04", "2018-03-04"),
        ("Sept 4 , 2018", "2018-09-04", "2018-09-04"),
        ("July, 9, 2017", "2017-07-09", "2017-07-09"),
        ("04 MAR 18", "2018-03-04", "2018-03-04"),
        ("4-6 March 2018", "2018-03-04", "2018-03-06"),
        ("May 7/8, 2020", "2020-05-07", "2020-05-08"),
        ("April 2-9, 2023", "2023-04-02", "2023-04-09"),
        ("June 9 and 10, 2016", "2016-06-09", "2016-06-10"),
        ("June 29 - July 2, 2016", "2016-06-29", "2016-07-02"),
        ("Dec. 31 – Jan. 1, 2017", "2016-12-31", "2017-01-01"),
        ("Dec. 31, 2016 to Jan. 1, 2017", "2016-12-31", "2017-01-01"),
        ("February 2020", "2020-02-01", "2020-02-29"),
        ("Aug. 3, 2108", "2108-08-03", "2108-08-03"),
    ],
)
def test_dates_and_ranges(written: str, first: str, last: str) -> None:
    assert parse_dates(written) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("written", ["Feb. 30, 2017", "March 9-3, 2017", "Mariam 2017", "soon"])
def test_days_that_do_not_exist_are_no_dates(written: str) -> None:
    assert parse_dates(written) is None


def test_a_grid_reference_becomes_a_point() -> None:
    # The Washington Monument, 38.8895 N 77.0353 W, to ten metres
    point = mgrs.to_lat_lon("18SUJ23480647")
    assert point == pytest.approx((38.8895, -77.0353), abs=0.0005)
    assert mgrs.to_lat_lon("18S UJ 2348 0647") == point


@pytest.mark.parametrize("written", ["37SCA34707", "377SCA347072", "37FSU347072", "37SCA", "", "somewhere"])
def test_mistyped_grid_references_are_not_guessed_at(written: str) -> None:
    assert mgrs.to_lat_lon(written) is None
