"""Numbers and dates as Coalition reports write them: "Thirty three", "1,335", "May 17/18, 2020", "03 DEC 21".

Pure text functions without knowledge of the reports. Dates are calendar days as written; a day that does not exist
(February 30) is no date. Numbers are people or reports, as the caller knows.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_UNITS = re.split(
    " ",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_TENS = re.split(" ", "twenty thirty forty fifty sixty seventy eighty ninety")
_VALUES = (
    {word: value for value, word in enumerate(_UNITS)}
    | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
    | {"no": 0, "none": 0, "a": 1, "an": 1, "another": 1}
)
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(_UNITS[1:10])})\b)?|{_UNIT})"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{_BELOW_100}(?:\s+hundred(?:\s+(?:and\s+)?{_BELOW_100})?)?)"
"""A whole number in digits or words up to 999, without its own word boundaries; match it without regard to case."""

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|/|&|to\b|and\b|through\b|,\s*and\b|,)\s*"
_DATE_FORMS = (
    rf"(?P<am1>{MONTH})\s*(?P<ad1>{_DAY})\s*,?\s*(?P<ay1>\d{{4}}){_TO}"
    rf"(?P<am2>{MONTH})\s*(?P<ad2>{_DAY})\s*,?\s*(?P<ay2>\d{{4}})",
    rf"(?P<bm1>{MONTH}),?\s*(?P<bd1>{_DAY}){_TO}(?:(?P<bm2>{MONTH})\s*)?(?P<bd2>{_DAY})\s*,?\s*(?P<by2>\d{{4}})",
    rf"(?P<cm1>{MONTH}),?\s*(?P<cd1>{_DAY})\s*,?\s*(?P<cy2>\d{{4}})",
    rf"(?P<dd1>{_DAY})(?:{_TO}(?P<dd2>{_DAY}))?\s+(?P<dm1>{MONTH}),?\s*(?P<dy2>\d{{4}}|\d{{2}})",
    rf"(?P<em1>{MONTH}),?\s*(?P<ey2>\d{{4}})",
)
DATE = "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", form) for form in _DATE_FORMS) + r")(?!\d)"
"""A day, a range of days or a month, as a regular expression without groups."""
_DATE_RES = tuple(re.compile(form + r"(?!\d)", re.IGNORECASE) for form in _DATE_FORMS)


def to_int(text: str) -> int | None:
    """The number that ``text`` writes in digits or words ("1,335", "Thirty three", "none"); None if it writes none."""
    words = re.sub(r"[\s-]+", " ", text.strip().lower())
    if re.fullmatch(r"[\d,]+", words):
        return int(words.replace(",", ""))
    total = 0
    for word in words.split():
        if word == "hundred":
            total *= 100
        elif word in _VALUES:
            total += _VALUES[word]
        elif word != "and":
            return None
    return total if words else None


def month_number(name: str) -> int:
    """1–12 for a month's name or abbreviation ("Sept.", "JUNE")."""
    return [abbreviation.lower() for abbreviation in calendar.month_abbr].index(name[:3].lower())


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def parse_dates(text: str) -> tuple[date, date] | None:
    """First and last day of the date or range that ``text`` starts with (a month: its span); None if no such day."""
    for pattern in _DATE_RES:
        found = pattern.match(text)
        if found:
            parts = {name[1:]: value for name, value in found.groupdict().items() if value}
            try:
                return _days(parts)
            except ValueError:
                return None
    return None


def _days(parts: dict[str, str]) -> tuple[date, date]:
    year = int(parts["y2"])
    year += 2000 if year < 100 else 0
    month = month_number(parts["m1"])
    if "d1" not in parts:
        return month_span(year, month)
    first_day = _day(parts["d1"])
    last = date(year, month_number(parts.get("m2", parts["m1"])), _day(parts.get("d2", parts["d1"])))
    first = date(int(parts.get("y1", year)), month, first_day)
    # "December 31 - January 1, 2017" writes only the later year
    if first > last and "m2" in parts and "y1" not in parts:
        first = date(year - 1, month, first_day)
    if first > last or last - first > timedelta(days=366):
        raise ValueError("the range ends before it starts")
    return first, last


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))
