"""Stretches of time resolved against a Thursday, 14 June 2018."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.mentions.periods import period_mentions

PUBLISHED = date(2018, 6, 14)


@pytest.mark.parametrize(
    ("text", "first", "last", "kind"),
    [
        ("since March 2011", "2011-03-01", "2018-06-14", "since"),
        ("since 2014", "2014-01-01", "2018-06-14", "since"),
        ("since the beginning of the year", "2018-01-01", "2018-06-14", "since"),
        ("since the end of April", "2018-04-30", "2018-06-14", "since"),
        ("since August 2014 until February 2019", "2014-08-01", "2019-02-28", "since"),
        ("between June 2014 and May 2018", "2014-06-01", "2018-05-31", "range"),
        ("between June and May 2018", "2017-06-01", "2018-05-31", "range"),
        ("between 2014 and 2018", "2014-01-01", "2018-12-31", "range"),
        ("between 5 and 7 June", "2018-06-05", "2018-06-07", "range"),
        ("from January 2017 through March 2018", "2017-01-01", "2018-03-31", "range"),
        ("in the past 24 hours", "2018-06-13", "2018-06-14", "past"),
        ("in the last two months", "2018-04-14", "2018-06-14", "past"),
        ("over the past week", "2018-06-07", "2018-06-14", "past"),
        ("over the past half century", "1968-06-14", "2018-06-14", "past"),
        ("in the past few days", "None", "2018-06-14", "past"),
        ("so far this year", "2018-01-01", "2018-06-14", "this"),
        ("last month", "2018-05-01", "2018-05-31", "within"),
        ("during July", "2017-07-01", "2017-07-31", "within"),
        ("in 2015", "2015-01-01", "2015-12-31", "within"),
        ("in the first half of 2019", "2019-01-01", "2019-06-30", "within"),
        ("since the 2014 invasion", "2014-01-01", "2018-06-14", "since"),
        ("to date", "None", "2018-06-14", "to_date"),
        ("by the end of March", "None", "2018-03-31", "until"),
    ],
)
def test_periods(text: str, first: str, last: str, kind: str) -> None:
    found = period_mentions(f"The wells ran dry {text}, farmers say", PUBLISHED)
    assert [(m.text, str(m.period_start), str(m.period_end), m.kind) for m in found] == [(text, first, last, kind)]


def test_an_open_period_stays_open_without_a_publication_date() -> None:
    assert [(m.period_start, m.period_end) for m in period_mentions("since March 2011", None)] == [
        (date(2011, 3, 1), None)
    ]
    assert period_mentions("since the war began", PUBLISHED) == []
    assert period_mentions("since the 2014 killing of a mayor", PUBLISHED) == []
