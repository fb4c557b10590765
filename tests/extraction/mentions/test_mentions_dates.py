"""Days, months and years resolved against a Thursday, 14 June 2018."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.mentions.dates import date_mentions
from extraction.mentions.periods import period_mentions

PUBLISHED = date(2018, 6, 14)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "basis"),
    [
        ("June 3, 2017", "2017-06-03", "2017-06-03", "day", "explicit"),
        ("3 June 2017", "2017-06-03", "2017-06-03", "day", "explicit"),
        ("Saturday, June 3, 2017", "2017-06-03", "2017-06-03", "day", "explicit"),
        ("Jun. 3", "2018-06-03", "2018-06-03", "day", "relative_to_doc"),
        ("3 July", "2017-07-03", "2017-07-03", "day", "relative_to_doc"),
        ("29 February", "2016-02-29", "2016-02-29", "day", "relative_to_doc"),
        ("2018-05-02", "2018-05-02", "2018-05-02", "day", "explicit"),
        ("2018-05-02T04:30", "2018-05-02", "2018-05-02", "time", "explicit"),
        ("13/06/2017", "2017-06-13", "2017-06-13", "day", "explicit"),
        ("3.6.2017", "2017-06-03", "2017-06-03", "day", "explicit"),
        ("May 17/18, 2020", "2020-05-17", "2020-05-18", "day_range", "explicit"),
        ("January 20-26, 2023", "2023-01-20", "2023-01-26", "day_range", "explicit"),
        ("17 and 18 May", "2018-05-17", "2018-05-18", "day_range", "relative_to_doc"),
        ("30 May to 2 June 2018", "2018-05-30", "2018-06-02", "day_range", "explicit"),
        ("30 December to 2 January 2018", "2017-12-30", "2018-01-02", "day_range", "explicit"),
        ("June 2014", "2014-06-01", "2014-06-30", "month", "explicit"),
        ("July", "2017-07-01", "2017-07-31", "month", "relative_to_doc"),
        ("Thursday", "2018-06-14", "2018-06-14", "day", "relative_to_doc"),
        ("early Monday", "2018-06-11", "2018-06-11", "day", "relative_to_doc"),
        ("Monday night", "2018-06-11", "2018-06-11", "day", "relative_to_doc"),
        ("last Friday", "2018-06-08", "2018-06-08", "day", "relative_to_doc"),
        ("today", "2018-06-14", "2018-06-14", "day", "relative_to_doc"),
        ("last night", "2018-06-13", "2018-06-13", "day", "relative_to_doc"),
        ("the day before yesterday", "2018-06-12", "2018-06-12", "day", "relative_to_doc"),
        ("overnight", "2018-06-13", "2018-06-14", "day_range", "relative_to_doc"),
        ("overnight Monday and Tuesday", "2018-06-11", "2018-06-12", "day_range", "relative_to_doc"),
        ("overnight from Monday to Tuesday", "2018-06-11", "2018-06-12", "day_range", "relative_to_doc"),
        ("earlier this week", "2018-06-11", "2018-06-14", "week", "relative_to_doc"),
        ("last week", "2018-06-04", "2018-06-10", "week", "relative_to_doc"),
        ("two weeks ago", "2018-05-31", "2018-05-31", "week", "relative_to_doc"),
        ("three days ago", "2018-06-11", "2018-06-11", "day", "relative_to_doc"),
        ("last month", "2018-05-01", "2018-05-31", "month", "relative_to_doc"),
        ("earlier this month", "2018-06-01", "2018-06-14", "month", "relative_to_doc"),
    ],
)
def test_a_date_is_settled_by_its_words_and_the_publication_day(
    text: str, first: str, last: str, precision: str, basis: str
) -> None:
    found = date_mentions(f"The bridge fell {text}, they said", PUBLISHED)
    assert [m.text for m in found] == [text]
    assert (str(found[0].date_start), str(found[0].date_end), found[0].precision, found[0].basis) == (
        first,
        last,
        precision,
        basis,
    )


def test_year_and_ordinal_day_need_their_preposition() -> None:
    assert [(m.text, m.precision) for m in date_mentions("in late 2016, and 2016 men", None)] == [("late 2016", "year")]
    assert [str(m.date_start) for m in date_mentions("He died on the 20th.", PUBLISHED)] == ["2018-05-20"]
    assert date_mentions("on the 54th street block", PUBLISHED) == []


@pytest.mark.parametrize(
    "text",
    [
        "February 30, 2017",
        "31 April",
        "03/06/2017",
        "It may rain",
        "they march on",
        "Bloody Sunday",
        "the Friday Times",
        "13.13.2013",
    ],
)
def test_no_mention(text: str) -> None:
    assert date_mentions(text, PUBLISHED) == []


def test_without_publication_date_nothing_is_guessed() -> None:
    found = date_mentions("On Monday, in July, on 3 June, yesterday and last week", None)
    assert len(found) == 5
    assert {(m.date_start, m.date_end, m.basis) for m in found} == {(None, None, "none")}
    explicit = date_mentions("on 3 June 2017", None)
    assert [m.date_start for m in explicit] == [date(2017, 6, 3)]


def test_future_and_anaphoric_days_are_marked() -> None:
    assert [(m.kind, m.date_start) for m in date_mentions("next Monday", PUBLISHED)] == [("future", date(2018, 6, 18))]
    found = date_mentions("a day earlier; the previous day; two days later; that night", PUBLISHED)
    assert [(m.kind, m.date_start, m.offset_days) for m in found] == [
        ("anaphoric", None, -1),
        ("anaphoric", None, -1),
        ("anaphoric", None, 2),
        ("anaphoric", None, 0),
    ]


def test_a_count_after_a_month_is_no_day() -> None:
    assert [m.text for m in date_mentions("In May 12 civilians drowned", PUBLISHED)] == ["May"]
    assert [m.text for m in date_mentions("On May 12 civilians drowned", PUBLISHED)] == ["May 12"]


_WORDY = st.lists(
    st.sampled_from(
        [
            "since",
            "between",
            "and",
            "from",
            "to",
            "in",
            "the",
            "last",
            "past",
            "two",
            "days",
            "May",
            "June",
            "31",
            "30",
            "2014",
            "2018-02-30",
            "Monday",
            "next",
            "last",
            "week",
            "ago",
            "99",
            "9999",
            "years",
            "on",
            "14th",
            "3/4/2011",
            "beginning",
            "of",
            "end",
            "until",
            "half",
            "a",
            "century",
            ",",
            "-",
            "a",
            "day",
            "earlier",
            "yesterday",
            "overnight",
            "this",
            "first",
            "quarter",
        ]
    )
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), _WORDY), st.one_of(st.none(), st.dates()))
def test_any_text_gives_exact_ordered_spans_and_ordered_dates(text: str, published: date | None) -> None:
    place = 0
    for found in date_mentions(text, published):
        assert text[found.start : found.end] == found.text
        assert place <= found.start < found.end
        assert (found.date_start is None) == (found.date_end is None) == (found.basis == "none")
        assert found.date_start is None or found.date_end is None or found.date_start <= found.date_end
        place = found.end
    place = 0
    for period in period_mentions(text, published):
        assert text[period.start : period.end] == period.text
        assert place <= period.start < period.end
        assert period.period_start is None or period.period_end is None or period.period_start <= period.period_end
        place = period.end
