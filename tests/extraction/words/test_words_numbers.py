"""Number expressions: words, bounds and kinds, by the way they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.words.numbers import COUNTING_KINDS, Quantity, quantities


def only(text: str) -> Quantity:
    found = [q for q in quantities(text) if q.kind in COUNTING_KINDS]
    assert len(found) == 1, found
    return found[0]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(q.text, q.kind) for q in quantities(text)]


@pytest.mark.parametrize(
    ("words", "low", "best", "high", "qualifier"),
    [
        ("15", 15, 15, 15, "exact"),
        ("Fifteen", 15, 15, 15, "exact"),
        ("at least 15", 15, 15, None, "at_least"),
        ("No fewer than fifteen", 15, 15, None, "at_least"),
        ("not less than 15", 15, 15, None, "at_least"),
        ("15 or more", 15, 15, None, "at_least"),
        ("50+", 50, 50, None, "at_least"),
        ("more than 15", 15, 15, None, "more_than"),
        ("over 4,000 at a minimum", 4000, 4000, None, "more_than"),
        ("more than a thousand", 1000, 1000, None, "more_than"),
        ("up to 15", None, None, 15, "at_most"),
        ("as many as 15", None, None, 15, "at_most"),
        ("a maximum of 15", None, None, 15, "at_most"),
        ("no more than fifteen", None, None, 15, "at_most"),
        ("fewer than 15", None, None, 15, "fewer_than"),
        ("nearly 15", None, 15, 15, "almost"),
        ("almost two dozen", None, 24, 24, "almost"),
        ("about 15", None, 15, None, "about"),
        ("some 30", None, 30, None, "about"),
        ("an estimated 2,000", None, 2000, None, "about"),
        ("a dozen or so", None, 12, None, "about"),
        ("twenty-odd", None, 20, None, "about"),
        ("between five and seven", 5, None, 7, "range"),
        ("5–7", 5, None, 7, "range"),
        ("two or three", 2, None, 3, "range"),
        ("one, two or four", 1, None, 4, "range"),
        ("three, five or no", 0, None, 5, "range"),
        ("two, four or six", 2, None, 6, "range"),
        ("0-4", 0, None, 4, "range"),
        ("two or three hundred", 200, None, 300, "range"),
        ("15-20,000", 15000, None, 20000, "range"),
        ("at least 15 and possibly 20", 15, None, 20, "range"),
        ("15, possibly 16", 15, None, 16, "range"),
        ("dozens", 12, None, None, "vague"),
        ("Scores", 20, None, None, "vague"),
        ("tens of thousands", 10_000, None, None, "vague"),
        ("hundreds of thousands", 100_000, None, None, "vague"),
        ("several", 3, None, None, "vague"),
        ("several hundred", 300, None, None, "vague"),
        ("dozens, possibly hundreds,", 12, None, None, "vague"),
        ("many", None, None, None, "unquantified"),
        ("a number", None, None, None, "unquantified"),
        ("others", None, None, None, "unquantified"),
        ("no", 0, 0, 0, "none_reported"),
        ("zero", 0, 0, 0, "none_reported"),
        ("a couple of", 2, 2, 2, "exact"),
        ("12-10", 10, None, 12, "range"),
    ],
)
def test_bounds_are_those_that_the_words_support(
    words: str, low: int | None, best: int | None, high: int | None, qualifier: str
) -> None:
    found = only(f"{words} villagers were hurt there.")
    assert (found.low, found.best, found.high, found.qualifier) == (low, best, high, qualifier)
    assert found.text == words.rstrip(",")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,300", 1300),
        ("1.3 million", 1_300_000),
        ("1,5 million", 1_500_000),
        ("3.600", 3600),
        ("1 300", 1300),
        ("1\u00a0300", 1300),
        ("Thirty three", 33),
        ("TWENTY-SEVEN", 27),
        ("one hundred and five", 105),
        ("two thousand three hundred", 2300),
        ("half a dozen", 6),
        ("two dozen", 24),
        ("12 thousand", 12_000),
        ("\u0664\u0665", 45),
        ("\uff11\uff12", 12),
        ("another 11", 11),
        ("a total of 9", 9),
        ("twelve hundred", 1200),
    ],
)
def test_ways_of_writing_one_number(written: str, value: int) -> None:
    assert only(f"The clinic took in {written} patients that week").best == value


def test_numbers_side_by_side_stay_apart() -> None:
    assert [q.best for q in quantities("killing 12 30 wounded")] == [12, 30]
    assert [q.best for q in quantities("killing 12 300 wounded")] == [12, 300]
    assert [q.best for q in quantities("two thousand, three children")] == [2000, 3]
    assert [q.best for q in quantities("the count rose from 12 to 15")] == [12, 15]


def test_a_qualifier_belongs_to_its_own_number() -> None:
    assert [q.qualifier for q in quantities("killed 15, at least 3 of them boys")] == ["exact", "at_least"]
    assert [q.qualifier for q in quantities("killed 15 people at least 5 of whom fought")] == ["exact", "at_least"]
    apart = quantities("It hurt 15 people at least.")[0]
    assert (apart.text, apart.qualifier) == ("15", "at_least")


def test_quote_marks_may_part_qualifier_and_number() -> None:
    found = quantities("He spoke of more than “20” dead and “at least 54” hurt")
    assert [(q.best, q.qualifier, q.core_start) for q in found] == [(20, "more_than", 23), (54, "at_least", 46)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("aged 17", "age"),
        ("aged either 40 or 41", "age"),
        ("a road, 36-year-old", "age"),
        ("Ezzat Deeb (36)", "age"),
        ("in 2014 it fell", "year"),
        ("the 1990s", "year"),
        ("mid-2014", "year"),
        ("from 2014-2018", "year"),
        ("May 21", "date"),
        ("21 May", "date"),
        ("17 and 18 May", "date"),
        ("2018-05-02", "date"),
        ("at 4:30", "time"),
        ("5 p.m.", "time"),
        ("between 5 and 6 p.m.", "time"),
        ("0700 hours", "time"),
        ("25 miles", "distance"),
        ("an 85-km road", "distance"),
        ("$5 million", "money"),
        ("20 dollars", "money"),
        ("500-pound bomb", "calibre"),
        ("155mm", "calibre"),
        ("AK-47", "calibre"),
        ("Su-35", "calibre"),
        ("five-year war", "duration"),
        ("24 hours", "duration"),
        ("Resolution 2254", "code"),
        ("No. 5", "code"),
        ("https://example.org/77", "code"),
        ("1. First", "code"),
        ("42 percent", "percent"),
        ("3%", "percent"),
        ("two thirds", "fraction"),
        ("half of them", "fraction"),
        ("1.5", "fraction"),
        ("ten times higher", "ratio"),
        ("the 54th brigade", "ordinal"),
    ],
)
def test_kinds_that_never_count_people(text: str, kind: str) -> None:
    found = [q.kind for q in quantities(text) if q.kind != "article"]
    assert found, text
    assert set(found) == {kind}


@pytest.mark.parametrize(
    "text", ["12 foot soldiers", "15 night guards", "killed15 men", "12 may have died", "In May 12 boys fell"]
)
def test_traps_that_do_count_people(text: str) -> None:
    assert only(text).best in (12, 15)


def test_a_year_keeps_its_value_for_the_caller() -> None:
    assert [(q.kind, q.best) for q in quantities("2014 civilians")] == [("year", 2014)]
    assert [(q.kind, q.best) for q in quantities("at least 2014 civilians")] == [("count", 2014)]
    assert [q.kind for q in quantities("since at least 2014")] == ["year"]


def test_single_victims_are_told_apart() -> None:
    assert kinds("a nurse, another nurse, a third nurse, one nurse and both drivers") == [
        ("a", "article"),
        ("another", "ordinal_one"),
        ("a third", "ordinal_one"),
        ("one", "one"),
        ("both", "definite"),
    ]
    assert kinds("they spoke to one another and at one point left") == []
    assert kinds("two others") == [("two", "count")]


def test_relative_figures_have_no_bound() -> None:
    found = quantities("more than ten times the toll admitted")[0]
    assert (found.low, found.best, found.high, found.qualifier) == (None, None, None, "relative")


_WORDY = st.lists(
    st.sampled_from(
        [
            "at",
            "least",
            "over",
            "about",
            "up",
            "to",
            "between",
            "and",
            "5",
            "7",
            "12,000",
            "1.5",
            "dozens",
            "a",
            "an",
            "hundred",
            "thousand",
            "twenty-one",
            "no",
            "one",
            ".",
            ",",
            "–",
            "“",
            "”",
            "May",
            "2017",
            "or",
            "more",
            "possibly",
            "of",
            "km",
            "aged",
            "%",
            "$",
            "others",
            "another",
            "third",
            "\xa0",
            "İ",
            "١٢",
            "soldiers",
            "killed",
            "\n",
        ]
    )
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), _WORDY))
def test_any_text_gives_exact_ordered_spans_and_bounds(text: str) -> None:
    last = 0
    for found in quantities(text):
        assert text[found.start : found.end] == found.text
        assert last <= found.start <= found.core_start < found.core_end
        assert found.core_start < found.end
        bounds = [bound for bound in (found.low, found.best, found.high) if bound is not None]
        assert bounds == sorted(bounds)
        assert all(0 <= bound < 10**12 for bound in bounds)
        last = found.end


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=999_999))
def test_every_integer_is_read_with_thousands_commas(number: int) -> None:
    assert only(f"{number:,} villagers" if not 1900 <= number <= 2099 else "5 villagers").best == (
        number if not 1900 <= number <= 2099 else 5
    )


def test_a_day_joined_to_another_is_a_date() -> None:
    assert [item.kind for item in quantities("between September 23 and 30.")] == ["date", "date"]


def test_information_about_people_is_no_estimate() -> None:
    assert only("There is information about 15 more.").qualifier == "exact"
    assert only("There were about 15 of them.").qualifier == "about"


def test_a_year_before_a_comma_begins_no_range() -> None:
    assert quantities("which began on 7 October 2023, to 61,827")[-1].low == 61827


def test_thousands_may_be_parted_by_a_comma_and_a_space() -> None:
    assert quantities("no fewer than 100, 000 people")[0].low == 100_000
