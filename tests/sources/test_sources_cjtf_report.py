"""Headers of monthly reports, in wording of the project's own after the formulas of each era."""

from __future__ import annotations

import re
import textwrap
from datetime import date

import pytest

from schemas.records import OfficialReport
from sources.cjtf import parse_report, parse_statement
from sources.cjtf.report import reconciles

OCTOBER_2016 = """During the month of October the task force received 18 reports of civilian harm. Twelve of these
reports were determined to be non-credible, three were determined to be credible, and three reports are still
being assessed.

The following 12 reports are non-credible, for now.
1. Sept. 3, 2015, near Hit, Iraq: Nothing flew there.
2. Oct. 2, 2016, near Mosul, Iraq: Insufficient evidence.

The following three reports are credible.
1. Oct. 9, 2016, near Tal Afar, Iraq: During a strike on two ISIL fighters, a civilian was killed.
"""
MARCH_2017 = (
    "For the month of March 2017 the staff carried over 43 open reports, received 27 new ones, and completed the "
    "assessment on 28 of them. Seventeen were assessed to be non-credible, nine were assessed to be credible, and two "
    "reports were assessed to be duplicates. A total of 42 reports are still open. Since the start the Coalition "
    "conducted a total of 20,205 strikes that included 42,089 separate engagements."
)
NOVEMBER_2018 = (
    "The Coalition conducted a total of 31,406 strikes. Our staff finds that at least 1139 civilians have been "
    "accidentally killed. In the month of November, we carried over 194 open reports and received 15 new reports. "
    "The assessment of 25 such reports has been completed. Out of the 25 completed reports, three were credible and "
    "resulted in 15 regrettable civilian deaths. Two reports were found to be duplicates and the remaining 20 were "
    "assessed to be non-credible. A total of 184 reports are still open."
)
DECEMBER_2018 = (
    "In the month of December, we carried over 184 open reports and received 10 new reports. We "
    "completed 12 assessments. Five "
    "reports were found to be credible and resulted in 51 unintentional civilian deaths. One report was "
    "determined to be a "
    "duplicate and six reports were non-credible. A total of 182 reports are still open."
)
AUGUST_2019 = (
    "The Coalition conducted 34,573* strikes, and at least 1,335 civilians were unintentionally killed. "
    "In the month of August, "
    "we carried over 97 open reports and received two new reports. We completed 20 civilian-casualty "
    "allegation reports. Seven "
    "reports were determined to be credible and resulted in 22 unintentional civilian deaths. We "
    "assessed the remaining 13 "
    "reports as non-credible. Seventy-nine reports are still open, including two that we had previously "
    "closed but reopened."
)


def header(text: str, released: date | None = None) -> OfficialReport:
    report = parse_report(text, released)
    assert report is not None
    return report


def figures(report: OfficialReport) -> tuple[int | None, ...]:
    return (
        report.carried_over, report.received, report.closed, report.credible, report.non_credible, report.duplicate,
        report.reopened, report.still_open, report.killed, report.cumulative_at_least,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "released", "expected", "month"),
    [
        (MARCH_2017, date(2017, 4, 30), (43, 27, 28, 9, 17, 2, None, 42, None, None), date(2017, 3, 1)),
        (NOVEMBER_2018, date(2018, 12, 30), (194, 15, 25, 3, 20, 2, None, 184, 15, 1139), date(2018, 11, 1)),
        (DECEMBER_2018, date(2019, 1, 31), (184, 10, 12, 5, 6, 1, None, 182, 51, None), date(2018, 12, 1)),
        (AUGUST_2019, date(2019, 9, 26), (97, 2, 20, 7, 13, None, 2, 79, 22, 1335), date(2019, 8, 1)),
    ],
)
def test_published_months_balance(text: str, released: date, expected: tuple[int | None, ...], month: date) -> None:
    report = header(text, released)
    assert figures(report) == expected
    assert report.reconciles is True
    assert report.period_start == month
    assert report.released_on == released


def test_strikes_and_engagements() -> None:
    assert (header(MARCH_2017).strikes_total, header(MARCH_2017).engagements_total) == (20205, 42089)
    assert header(AUGUST_2019).strikes_total == 34573


def test_first_era_with_two_lists() -> None:
    report = header(OCTOBER_2016, date(2016, 12, 1))
    assert figures(report) == (None, 18, None, 3, 12, None, None, 3, None, None)
    assert (report.period_start, report.period_end) == (date(2016, 10, 1), date(2016, 10, 31))
    assert report.reconciles is None
    entries = parse_statement(OCTOBER_2016, date(2016, 12, 1))
    # Sections give the finding where the entry has no formula of its own; numbering goes on through the document
    assert [(entry.entry_no, entry.finding) for entry in entries] == [
        (1, "non_credible"), (2, "non_credible"), (3, "credible"),
    ]  # fmt: skip
    assert entries[1].quote.endswith("Insufficient evidence.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In December 2016 the staff received 12 new reports and assessed 11 reports.", {"received": 12, "closed": 11}),
        (
            "In November 2016 the staff received 16 new reports and assessed seven previously received reports. "
            "Thirteen were "
            "assessed to be non-credible, five were credible, and five reports are still being assessed.",
            {"carried_over": 7, "received": 16, "non_credible": 13, "credible": 5, "still_open": 5, "reconciles": True},
        ),
        (
            "They completed the assessment of 47 reports, of which 31 were assessed to be non-credible and 16 "
            "were assessed to "
            "be credible resulting in 132 unintentional civilian deaths.",
            {"closed": 47, "non_credible": 31, "credible": 16, "killed": 132, "reconciles": True},
        ),
        (
            "They completed reviews on 19 reports. Nine reports were credible resulting in the unintended death "
            "of 21 and "
            "injury to two civilians. A further 19 reports, some of them old, are still open.",
            {"closed": 19, "credible": 9, "killed": 21, "injured": 2, "still_open": 19},
        ),
        (
            "Out of the 104 completed reports, none of the reports were determined to be credible and resulted in zero "
            "unintentional civilian deaths.",
            {"closed": 104, "credible": 0, "killed": 0},
        ),
        ("To date at least 603 civilians have been unintentionally killed.", {"cumulative_at_least": 603}),
        (
            "They had five open reports at the start, received no new reports, and closed four reports.",
            {"carried_over": 5, "received": 0, "closed": 4},
        ),
        (
            "They finished 31 assessments. Of those, 29 were assessed and dismissed as non-credible and two were found "
            "credible, in which six civilians were unintentionally killed.",
            {"closed": 31, "non_credible": 29, "credible": 2, "killed": 6, "reconciles": True},
        ),
        ("They received eight reports. Six reports were closed.", {"received": 8, "closed": 6}),
    ],
)
def test_formulas_of_other_months(text: str, expected: dict[str, int]) -> None:
    report = header(text)
    assert {name: getattr(report, name) for name in expected} == expected


def test_an_imbalance_is_told_and_figures_that_are_no_numbers_are_left_out() -> None:
    assert header(NOVEMBER_2018.replace("A total of 184", "A total of 185")).reconciles is False
    unknown = header(NOVEMBER_2018.replace("A total of 184", "A total of n/a"))
    assert (unknown.still_open, unknown.received) == (None, 15)


def test_reconciles_needs_figures() -> None:
    assert reconciles({"received": 3}) is None
    assert reconciles({"closed": 5, "credible": 2, "non_credible": 3}) is True
    assert reconciles({"closed": 5, "credible": 2, "non_credible": 2}) is False
    assert reconciles({"carried_over": 5, "received": 4, "closed": 2, "still_open": 7}) is True


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("In the month of November", date(2018, 11, 1), date(2018, 11, 30)),
        ("From October to December 2018", date(2018, 10, 1), date(2018, 12, 31)),
        ("Between November 1 and December 31, 2018", date(2018, 11, 1), date(2018, 12, 31)),
        ("From December 2017 through May 2018", date(2017, 12, 1), date(2018, 5, 31)),
    ],
)
def test_periods(said: str, start: date, end: date) -> None:
    report = header(
        f"The staff works hard. {said} it received 15 new reports and completed 12 assessments.", date(2019, 1, 31)
    )
    assert (report.period_start, report.period_end) == (start, end)


def test_a_month_without_any_year_is_not_guessed() -> None:
    assert header(NOVEMBER_2018).period_start is None


def test_the_dateline_tells_the_release() -> None:
    assert header(f"Monthly report\nDec. 30, 2018\n{NOVEMBER_2018}").released_on == date(2018, 12, 30)


def test_a_text_without_header_figures_is_no_report() -> None:
    assert parse_report("Seven strikes hit a bridge. The weather was fine.", None) is None


SECTIONS = """OIR monthly report on civilian harm

September 14, 2018

In August, the staff carried over 30 open reports and received four new reports.

Credible Assessments

1. June 5, 2018, near Tal Brak, Syria, via Airwars report. A strike was carried out. Sadly, one civilian was killed.

Duplicate Assessments

2. Jan. 9, 2018, near Susah, Syria, via media report. This was told before; it is a duplicate of allegation 12.

Non-credible Assessments

After a look at the records no Coalition strikes were conducted in the area of these reports of harm:

3. March 4, 2018, near Tal Brak, Syria, via social media report.
4. March 6, 2018, near Susah, Syria, via Airwars report.

Insufficient Information

5. March 8, 2018, near Hajin, Syria, via Airwars report.

Way Ahead

The Coalition conducted a total of 29,010 strikes. Our staff finds that at least 702 civilians have been killed.
"""


@pytest.mark.parametrize("line_end", ["\n\n", "\n"])
def test_an_entry_ends_before_the_next_heading_and_takes_its_finding_from_its_own(line_end: str) -> None:
    text = SECTIONS.replace("\n\n", line_end)
    entries = parse_statement(text, None)
    assert [(entry.finding, entry.reason) for entry in entries] == [
        ("credible", None),
        ("duplicate", None),
        ("non_credible", "no_coalition_strikes"),
        ("non_credible", "no_coalition_strikes"),
        ("non_credible", "insufficient_information"),
    ]
    assert [entry.quote.rpartition(" ")[2] for entry in entries] == ["killed.", "12.", "report.", "report.", "report."]
    report = header(text)
    assert (report.cumulative_at_least, report.strikes_total) == (702, 29010)
    assert (report.period_start, report.released_on) == (date(2018, 8, 1), date(2018, 9, 14))


@pytest.mark.parametrize("width", range(40, 121, 4))
def test_lines_may_break_anywhere(width: int) -> None:
    """A PDF breaks lines within entries; a word that ends a line behind a full stop is no heading."""
    whole = SECTIONS.replace("was carried out. Sadly", "was carried out. Coalition aircraft left. Sadly")
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in re.split(r"\n\n|\n(?=\d)", whole))
    read = [
        (entry.finding, entry.reason, entry.place_text, entry.killed_conceded)
        for entry in parse_statement(wrapped, None)
    ]
    assert read == [(e.finding, e.reason, e.place_text, e.killed_conceded) for e in parse_statement(whole, None)]
    assert read[0] == ("credible", None, "Tal Brak", 1)
    assert header(wrapped) == header(whole)
