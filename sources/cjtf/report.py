"""The header of a Coalition civilian casualty report: how many allegations came in, were decided and stay open.

The formulas of every era since 2016 are data (`sources/data/cjtf_header.csv`, after the domain notes §2.1): digits and
words mix, "none" and "zero" are 0, a strike total may carry an asterisk. A figure that no formula gives is None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from schemas.records import OfficialReport
from sources.cjtf.words import DATE, MONTH, NUMBER, month_number, month_span, parse_dates, to_int
from sources.fields import data_table

ACTOR = "US-led Coalition"
OPERATION_START = date(2014, 8, 8)
"""First strikes of what became Operation Inherent Resolve: "since the start of the operation" begins here."""

_FIGURE = rf"(?P<n>\b(?:{NUMBER}|none|no)\b)"
# Words that may stand between a number of reports and what is said of them
_GAP = (
    r"(?:\s+(?:of|these|those|the|them|remaining|other|completed|new|open|total|reports?|allegations?|civilian|casualty|casualties"
    r"|incidents?|assessments?|were|was|are|is|have|has|had|been|be|to|as|determined|assessed|found|deemed|judged|closed|considered"
    r"|possible|more|which|and|dismissed))*?"
)
_DAY_OF_MONTH = r"(?:\s+\d{1,2}(?!\d))?"
_MONTHS = re.compile(
    rf"(?P<m1>\b{MONTH}){_DAY_OF_MONTH}(?:\s*,?\s*(?P<y1>\d{{4}}))?"
    rf"(?:\s*(?:-|–|to|through|and)\s*(?:the\s+end\s+of\s+)?(?P<m2>{MONTH}){_DAY_OF_MONTH})?(?:\s*,?\s*(?P<y2>\d{{4}}))?",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    rf"(?:^|\|)[^\S\n]*(?:[A-Z ]+,\s*)?(?P<date>{DATE})[^\S\n]*(?=$|\||—|–|-)", re.IGNORECASE | re.MULTILINE
)
_DATELINE_WITHIN = 1500
_REPORTS_COUNTED = {"carried_over", "received", "closed", "credible", "non_credible", "duplicate", "still_open"}
_ENOUGH_FIGURES = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a header. Spans are code points: of the number, and of the sentence's clause that gives it."""

    number: int
    value: tuple[int, int]
    quote: tuple[int, int]


def find_figures(text: str, entries: Sequence[tuple[int, int]]) -> dict[str, Figure]:
    """The header figures of ``text`` by field of `OfficialReport`, looked for outside the spans of its entries."""
    header = list(text)
    for start, end in entries:
        header[start:end] = " " * (end - start)
    outside = "".join(header)
    figures: dict[str, Figure] = {}
    for field, pattern in _formulas():
        found = None if field in figures else pattern.search(outside)
        number = to_int(found["n"]) if found else None
        if found and number is not None:
            figures[field] = Figure(number, found.span("n"), found.span())
    return figures


def is_report(figures: Mapping[str, Figure]) -> bool:
    """True when the figures make a header: a running total, or several figures of reports."""
    return "cumulative_at_least" in figures or len(_REPORTS_COUNTED & figures.keys()) >= _ENOUGH_FIGURES


def build_report(text: str, figures: Mapping[str, Figure], released: date | None) -> OfficialReport:
    """The header as a record. ``released`` (else the text's dateline) tells the year of a month named without one."""
    released = released or release_date(text)
    numbers = {field: figure.number for field, figure in figures.items()}
    period = _period(text, figures, released)
    return OfficialReport(
        actor=ACTOR,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        released_on=released,
        reconciles=reconciles(numbers),
        **numbers,
    )


def reconciles(numbers: Mapping[str, int]) -> bool | None:
    """Whether carried_over + received - closed = still_open and closed = credible + non_credible + duplicate.

    Reports reopened are counted inside still_open. Without ``closed`` the findings are added up in its place. None when
    the figures of neither equation are told.
    """
    findings = [numbers[name] for name in ("credible", "non_credible", "duplicate") if name in numbers]
    decided = sum(findings) if {"credible", "non_credible"} <= numbers.keys() else None
    closed = numbers.get("closed", decided)
    checks = []
    if "closed" in numbers and decided is not None:
        checks.append(numbers["closed"] == decided)
    if closed is not None and {"carried_over", "received", "still_open"} <= numbers.keys():
        checks.append(numbers["carried_over"] + numbers["received"] - closed == numbers["still_open"])
    return all(checks) if checks else None


def release_date(text: str) -> date | None:
    """The date that stands on a line of its own, or beside a bar or dash, near the start of a report."""
    found = _DATELINE.search(text, 0, _DATELINE_WITHIN)
    days = parse_dates(found["date"]) if found else None
    return days[1] if days and days[0] == days[1] else None


def _period(text: str, figures: Mapping[str, Figure], released: date | None) -> tuple[date, date] | None:
    """The month or months that the sentence with the received or completed reports names."""
    for field in ("carried_over", "received", "closed", "credible"):
        if field not in figures:
            continue
        at = figures[field].quote[0]
        start = max(text.rfind("\n\n", 0, at), text.rfind(". ", 0, at), 0)
        named = [m for m in _MONTHS.finditer(text, start, figures[field].quote[1]) if m["m1"][0].isupper()]
        if named:
            # A dateline may stand before the sentence: the month nearest to the figure is the report's.
            return _month_span(next((m for m in reversed(named) if m.start() < at), named[0]), released)
    return None


def _month_span(found: re.Match[str], released: date | None) -> tuple[date, date] | None:
    first, last = month_number(found["m1"]), month_number(found["m2"] or found["m1"])
    year = int(found["y2"] or found["y1"] or 0)
    if not year and released:
        year = released.year - (last > released.month)
    if not year:
        return None
    first_year = int(found["y1"] or year) if found["m2"] else year
    return month_span(first_year - (first_year == year and first > last), first)[0], month_span(year, last)[1]


@cache
def _formulas() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["field"], re.compile(row["pattern"].replace("{n}", _FIGURE).replace("{gap}", _GAP), re.IGNORECASE))
        for row in data_table("cjtf_header.csv")
    )
